import { homedir } from 'node:os'
import path from 'node:path'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { CondaSolver, PipSolver } from '../lock/types.ts'
import type { Trust } from '../trigger/types.ts'
import { type LockJob, type SolvedLock, solveLocks } from './lock-solve.ts'

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
  return async (jobs) => {
    const conda = await condaSolver(question)
    const pip = await pipSolver(question)
    return await solveLocks(jobs, { solvers: { conda, pip }, excludeNewer: inputs.excludeNewer })
  }
}

async function condaSolver({ inputs, host, trust }: EngineQuestion): Promise<CondaSolver> {
  const { createSolver } = await import('../tools/solve/solver.ts')
  return createSolver({
    folder: storeFolder(host, trust),
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

/** Where channels' data stays for the next run. What an untrusted run reads stays with it. */
function storeFolder({ kind, env, temp }: Host, trust: Trust): string {
  if (trust === 'untrusted') return path.join(temp, 'repodata')
  if (kind === 'action') return path.join(env.RUNNER_TOOL_CACHE || env.RUNNER_TEMP || temp, 'buildx-action', 'repodata')
  return path.join(env.XDG_CACHE_HOME || path.join(env.HOME || homedir(), '.cache'), 'buildx-action', 'repodata')
}
