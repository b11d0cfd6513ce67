import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { LockState } from '../lock/lock-states.ts'
import { lockPaths } from '../stack/lock-sources.ts'
import { markCommit } from './commit-after.ts'
import type { Verdict } from './conclude.ts'
import type { Decision } from './decide.ts'
import type { Source } from './detect.ts'
import { checkLocks, concludeCheck } from './lock-check.ts'
import { placeOf } from './lock-place.ts'
import { isKept, type ScanFailure, scanLocks } from './lock-scan.ts'
import { type ImagesQuestion, isDue, isStale, makeForPull, makeHere, type RunRelock } from './relock-make.ts'
import { stackName } from './stack-name.ts'

/** What a run knows before it builds. */
export interface RelockQuestion {
  readonly source: Source
  readonly decision: Decision
  readonly inputs: Inputs
  readonly host: Host
}

/**
 * Makes the stale locks of what the plan builds, writes them where the builds read them, and brings them to the pull request. Null
 * where there is nothing to make. Only a local run and a pull request's make locks: elsewhere nobody could judge
 * or take them, so what the commit holds is built, and a warning says that it is stale.
 */
export async function relock(question: RelockQuestion): Promise<RunRelock | null> {
  const place = placeOf(question, builtNames(question))
  return await relockImages({ ...question, place, pushes: question.decision.push.push })
}

/** The same for the images of a place, whatever the plan says of them. */
export async function relockImages(question: ImagesQuestion): Promise<RunRelock | null> {
  const { source, inputs, host, place } = question
  const mode = inputs.lockMode
  if (mode !== 'auto' && mode !== 'minimal' && mode !== 'refresh') return null
  if (place.images.length === 0) return null
  const found = await scanLocks({ ...place, foreign: inputs.lockEngine === 'conda-lock' })
  const kept = found.states.filter((state) => isKept(state, place.images))
  const [touched, untouched] = partition(found.failures, source)
  for (const { images, error } of untouched)
    host.out.warning(`the lock of ${images[0]?.name} is not looked at: ${error.message}`)
  const due = kept.filter((state) => isDue(state, mode, inputs))
  if (due.length === 0 && touched.length === 0) return null
  const making = { ...question, mode, scan: { states: due, failures: touched } }
  if (source.trigger.kind === 'local') return await makeHere(making)
  if (await isPullRequest(source)) return await makeForPull(making)
  for (const state of due.filter(isStale)) host.out.warning(`${staleness(state)}: what the commit holds is built`)
  return null
}

/** `lock-mode: check`: the verdict of a run whose locks are stale or break the rules, null where all is well. */
export async function refuseStale(question: RelockQuestion): Promise<Verdict | null> {
  const { inputs, host, source } = question
  if (inputs.lockMode !== 'check' || ['tag', 'delete'].includes(source.trigger.kind)) return null
  const check = await checkLocks(placeOf(question, null), inputs)
  const good = check.locks.every((lock) => lock.fresh) && check.problems.length === 0
  if (good) host.out.info(`${check.locks.length} locks of ${source.stack.images.length} images are fresh`)
  return good ? null : await concludeCheck(check, host)
}

/** Tells on the commit of locks how the run that made it ended: GitHub shows this run on the commit before it. */
export async function markLocks(
  question: Pick<RelockQuestion, 'source' | 'inputs' | 'host'> & {
    readonly made: RunRelock | null
    readonly state: 'pending' | 'success' | 'failure'
  },
): Promise<void> {
  const { made, source, state, inputs, host } = question
  const { repository } = source.trigger
  if (!made?.delivery?.sha || !made.permission?.can || !repository) return
  const description = state === 'pending' ? 'building with new locks' : `built with new locks: ${state}`
  const place = { repository: made.permission.target, sha: made.delivery.sha }
  await markCommit({
    host,
    inputs,
    ...place,
    state,
    stack: stackName({ inputs, trigger: source.trigger }),
    description,
  })
}

/** Locks that cannot be looked at: what this change touched is its own fault, the rest was so before. */
function partition(failures: readonly ScanFailure[], { changes }: Source): [ScanFailure[], ScanFailure[]] {
  const changed = new Set(changes.files)
  const isTouched = ({ images }: ScanFailure) =>
    images.some(({ path, lockSources }) => [...lockSources, `${path}/conda-lock.yml`].some((file) => changed.has(file)))
  return [failures.filter(isTouched), failures.filter((failure) => !isTouched(failure))]
}

/** What is checked out is the pull request's head or its merge; `pull_request_target` stands on the base. */
async function isPullRequest({ trigger, commit, git }: Source): Promise<boolean> {
  const head = trigger.pullRequest?.headSha
  if (trigger.kind !== 'pull_request' || !head || !commit || !git) return false
  return commit === head || (await git.parents(commit)).includes(head)
}

/** Images that are built and may have a lock, with all variants of their folder: those share it. */
function builtNames({ source, decision }: RelockQuestion): ReadonlySet<string> {
  const built = new Set(decision.plan.images.filter(({ action }) => action === 'build').map(({ name }) => name))
  const locked = source.stack.images.filter(({ lockSources, path }) => lockSources.length > 0 || hasLock(source, path))
  return new Set(locked.filter(({ name }) => built.has(name)).map(({ name }) => name))
}

function hasLock({ tree }: Source, folder: string): boolean {
  return lockPaths(folder).some((path) => tree.contents.has(path) || tree.refused.has(path))
}

function staleness({ target, freshness }: LockState): string {
  const stale = freshness.filter((lock) => !lock.fresh)
  return `${target.lock} is stale (${[...new Set(stale.map(({ platform }) => platform))].join(', ')})`
}
