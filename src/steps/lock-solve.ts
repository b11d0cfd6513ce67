import { ActionError } from '../errors.ts'
import { contentHash } from '../lock/content-hash.ts'
import type { LockTarget } from '../lock/lock-target.ts'
import { pypiNames } from '../lock/pypi-names.ts'
import { newestRecipe } from '../lock/recipes.ts'
import { toLock } from '../lock/to-lock.ts'
import type {
  CondaRecord,
  CondaSolver,
  CondaSpec,
  Keep,
  Lock,
  LockSpec,
  PipRecord,
  PipRequest,
  PipSolver,
  PipSpec,
  SolveRequest,
} from '../lock/types.ts'
import { virtualPackagesForSolve } from '../lock/virtual-packages.ts'

/** One lock that is to be solved. */
export interface LockJob {
  readonly image: string
  readonly target: LockTarget
  /** The lock that is there, null for the first. */
  readonly old: Lock | null
  /** Null where only the program conda-lock reads the sources. */
  readonly spec: LockSpec | null
  /** Texts of the sources, the virtual packages and the lock, by path. */
  readonly texts: ReadonlyMap<string, string>
  /** Platforms that are solved; all others keep what they have. */
  readonly platforms: readonly string[]
  readonly keep: Keep
}

/** The solvers of a run; pip's is asked for only where an environment has a `pip:` list. */
export interface Solvers {
  readonly conda: CondaSolver
  readonly pip: () => PipSolver
}

/** A lock that was solved, or why it could not be. `sizes`: bytes of archives by URL, as far as the channels tell. */
export type SolvedLock =
  | { readonly lock: Lock; readonly sizes: ReadonlyMap<string, number> }
  | { readonly error: ActionError }

/** A job whose sources were read. */
type ReadJob = LockJob & { readonly spec: LockSpec }

/** A platform of a job, with what was answered for it so far. */
interface Part {
  readonly job: ReadJob
  readonly platform: string
  readonly conda: readonly CondaRecord[] | Error
}

/**
 * Solves all locks in one go, all their platforms: first conda's packages, then on top of them Python's. An answer for each job, in
 * order. Throws what concerns all of them (a channel that cannot be reached).
 */
export async function solveLocks(
  jobs: readonly LockJob[],
  { solvers, excludeNewer }: { readonly solvers: Solvers; readonly excludeNewer: number | null },
): Promise<SolvedLock[]> {
  const asked = jobs.filter(isRead).flatMap((job) => job.platforms.map((platform) => ({ job, platform })))
  const records = await solvers.conda.solve(asked.map(({ job, platform }) => condaRequest(job, platform, excludeNewer)))
  const parts = asked.map((one, at): Part => ({ ...one, conda: records[at] ?? [] }))
  const pip = await solvePip(parts, solvers, excludeNewer)
  return jobs.map((job) => {
    const own = parts.filter((part) => part.job === job)
    return isRead(job) ? assemble(job, own, pip) : { error: foreignSources(job) }
  })
}

function isRead(job: LockJob): job is ReadJob {
  return job.spec !== null
}

function foreignSources({ target }: LockJob): ActionError {
  return new ActionError('lock', `${target.sources.join(', ')}: only the program conda-lock reads these sources`, [
    'set lock-engine: conda-lock, or name the packages in an environment.yml',
  ])
}

function condaRequest({ spec, keep }: ReadJob, platform: string, excludeNewer: number | null): SolveRequest {
  const { channels } = spec
  return {
    ...{ platform, channels, excludeNewer },
    specs: specsOf(spec, platform).filter((one): one is CondaSpec => one.manager === 'conda'),
    virtualPackages: virtualPackagesForSolve(platform, spec.virtualPackages[platform] ?? []),
    keep: { ...keep, packages: keep.packages.filter((one) => one.manager === 'conda' && one.platform === platform) },
  }
}

async function solvePip(
  parts: readonly Part[],
  { pip }: Solvers,
  excludeNewer: number | null,
): Promise<Map<Part, readonly PipRecord[] | Error>> {
  const asked = parts.flatMap((part) => {
    const specs = specsOf(part.job.spec, part.platform).filter((one): one is PipSpec => one.manager === 'pip')
    if (specs.length === 0 || part.conda instanceof Error) return []
    const { keep, spec } = part.job
    const packages = keep.packages.filter((one) => one.manager === 'pip' && one.platform === part.platform)
    const request: PipRequest = {
      virtualPackages: virtualPackagesForSolve(part.platform, spec.virtualPackages[part.platform] ?? []),
      ...{ platform: part.platform, specs, conda: part.conda, excludeNewer },
      repositories: spec.pipRepositories,
      ...(spec.allowPypiRequests === false ? { allowPypiRequests: false } : {}),
      keep: { ...keep, packages },
    }
    return [{ part, request }]
  })
  if (asked.length === 0) return new Map()
  const answers = await pip().solve(asked.map(({ request }) => request))
  return new Map(asked.map(({ part }, at) => [part, answers[at] ?? []]))
}

function assemble(
  job: ReadJob,
  parts: readonly Part[],
  pip: ReadonlyMap<Part, readonly PipRecord[] | Error>,
): SolvedLock {
  try {
    const solved = parts.map((part) => {
      const records = { conda: part.conda, pip: pip.get(part) ?? [] }
      return [part.platform, { conda: answered(records.conda), pip: answered(records.pip) }] as const
    })
    const { target, old, spec, platforms } = job
    const lock = toLock({
      ...{ folder: target.folder, old, pypiNames },
      spec: { ...spec, platforms },
      solved: Object.fromEntries(solved),
      contentHash: Object.fromEntries(
        platforms.map((platform) => [platform, contentHash(spec, platform, newestRecipe)]),
      ),
    })
    const sizes = solved.flatMap(([, { conda }]) =>
      conda.flatMap(({ url, size }) => (size === null ? [] : [[url, size] as const])),
    )
    return { lock, sizes: new Map(sizes) }
  } catch (error) {
    if (error instanceof ActionError && error.code !== 'cancelled') return { error }
    throw error
  }
}

function answered<T>(answer: readonly T[] | Error): readonly T[] {
  if (answer instanceof Error) throw answer
  return answer
}

function specsOf(spec: LockSpec, platform: string) {
  return spec.specs[platform] ?? []
}
