import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { readLock } from '../lock/read-lock.ts'
import { checkRules } from '../lock/rules.ts'
import type { CondaSolver, PipSolver } from '../lock/types.ts'
import type { Trust } from '../trigger/types.ts'
import { type LockJob, type SolvedLock, solveLocks } from './lock-solve.ts'
import { restoreStore } from './restore-store.ts'

/** Who asks, and how far it is trusted. */
export interface EngineQuestion {
  readonly inputs: Inputs
  readonly host: Host
  readonly trust: Trust
}

/**
 * The solve of a run's locks by the engine that the inputs name. Solvers are loaded when there is something to solve. An
 * untrusted run has the embedded engine alone, and nothing of its environment.
 */
export function lockEngine(question: EngineQuestion): (jobs: readonly LockJob[]) => Promise<SolvedLock[]> {
  const { inputs } = question
  if (inputs.lockEngine === 'conda-lock') return async (jobs) => await condaLockAll(jobs, question)
  return async (jobs) => {
    const names = jobs.map(({ target, platforms }) => `${target.lock} (${platforms.join(', ')})`)
    question.host.out.info(`solving ${names.join(', ')}`)
    const conda = await condaSolver(question)
    const pip = await pipSolver(question)
    return await solveLocks(jobs, { solvers: { conda, pip }, excludeNewer: inputs.excludeNewer })
  }
}

/** One after the other: each is a solver of its own, which takes what memory there is. */
async function condaLockAll(jobs: readonly LockJob[], question: EngineQuestion): Promise<SolvedLock[]> {
  const solved: SolvedLock[] = []
  for (const job of jobs) {
    question.host.out.info(`conda-lock solves ${job.target.lock} (${job.platforms.join(', ')})`)
    solved.push(await condaLockOne(job, question).catch(failed))
  }
  return solved
}

async function condaLockOne({ target, texts, platforms, keep }: LockJob, { inputs, host, trust }: EngineQuestion) {
  const [{ condaLock }, { findUv }] = await Promise.all([import('../tools/conda-lock.ts'), import('../tools/uv.ts')])
  const { env, temp, cwd: repository, signal } = host
  const { text } = await condaLock({
    ...{ env, temp, repository, signal, platforms, lock: target.lock, sources: target.sources },
    ...{ virtualPackages: target.virtualPackages, files: texts, update: keep.update, checkInputHash: false },
    trusted: trust === 'trusted',
    uv: async () => await findUv({ env, temp, repository, signal }),
  })
  // Its sources may have named places that nobody here has read.
  const [foreign] = checkRules({ file: target.lock, text }, { ...inputs, explicit: {} })
  if (foreign) throw new ActionError('lock', `${foreign.file}:${foreign.line}: ${foreign.message}`, [foreign.remedy])
  return { lock: readLock(text, target.lock), sizes: new Map<string, number>() }
}

function failed(error: unknown): SolvedLock {
  if (error instanceof ActionError && error.code !== 'cancelled') return { error }
  throw error
}

async function condaSolver({ inputs, host, trust }: EngineQuestion): Promise<CondaSolver> {
  const { createSolver } = await import('../tools/solve/solver.ts')
  return createSolver({
    folder: await restoreStore(host, trust),
    mirrors: new Map(Object.entries(inputs.channelMirrors)),
    env: trust === 'trusted' ? host.env : {},
    signal: host.signal,
    warn: (line) => host.out.warning(line),
  })
}

async function pipSolver({ inputs, host, trust }: EngineQuestion): Promise<() => PipSolver> {
  const [{ createPipSolver }, { findUv }] = await Promise.all([
    import('../tools/pip-solver.ts'),
    import('../tools/uv.ts'),
  ])
  const { env, temp, cwd: repository, signal } = host
  return () =>
    createPipSolver({
      ...{ env, temp, repository, signal },
      trusted: trust === 'trusted',
      allowedHosts: inputs.allowedHosts,
      uv: async () => await findUv({ env, temp, repository, signal }),
    })
}
