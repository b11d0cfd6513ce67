import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { LockState } from '../lock/lock-states.ts'
import { writeFiles } from '../tools/repository-files.ts'
import { buildsAfterCommit } from './commit-after.ts'
import { type Delivery, deliverLocks } from './commit-deliver.ts'
import { type CommitPermission, canCommit } from './commit-permission.ts'
import type { Source } from './detect.ts'
import type { LockPlace } from './lock-place.ts'
import { isKept, type LockScan } from './lock-scan.ts'
import type { Relock, RunLocks } from './lock-types.ts'
import { relockPlace } from './relock-place.ts'
import { type PullHead, readPullHead } from './relock-pull.ts'

/** What a run does with its locks. */
export interface RunRelock {
  readonly locks: RunLocks
  /** What became of them on the pull request; null in a local run. */
  readonly delivery: Delivery | null
  readonly permission: CommitPermission | null
  /** Why the run ends here without a build; null where it goes on. */
  readonly stop: string | null
}

/** The modes in which locks are made. */
export type Making = 'auto' | 'minimal' | 'refresh'

/** Locks that a run may make: of the images of a place. */
export interface ImagesQuestion {
  readonly source: Source
  readonly inputs: Inputs
  readonly host: Host
  readonly place: LockPlace
  /** Whether the run pushes images. */
  readonly pushes: boolean
}

/** Locks that a run makes. */
export interface Task extends ImagesQuestion {
  readonly mode: Making
  readonly scan: LockScan
}

/** Makes locks in a local run: the files are written, and nothing is committed. */
export async function makeHere({ source, pushes, inputs, host, mode, place, scan }: Task): Promise<RunRelock> {
  const built = await relockPlace(place, { ...source, inputs: { ...inputs, lockMode: mode }, host, scan })
  if (place.files.commit === null) await writeFiles(host.cwd, built.files)
  if (pushes && built.files.length > 0)
    throw new ActionError('input', 'push: true, but locks were made anew: no commit holds what would be pushed', [
      `commit them first: ${built.files.map(({ path }) => path).join(', ')}`,
    ])
  return { locks: { proposed: null, built, behind: [] }, delivery: null, permission: null, stop: null }
}

/** Makes locks in a pull request's run: for its head, to be committed, and for what is checked out, to be built with. */
export async function makeForPull(making: Task): Promise<RunRelock> {
  const { source, inputs, host, mode, place, scan } = making
  const { trigger } = source
  // Before the solve: it may turn out that nobody could take the answer.
  const permission = await canCommit({ host, inputs, trigger })
  const head = await headOf(making, permission)
  const how = { trigger, inputs: { ...inputs, lockMode: mode }, host }
  const built = await relockPlace(place, { ...how, scan })
  const proposed = await proposedFor(head, built, making)
  const behind = head === 'unknown' ? [] : (head?.behind ?? [])
  if (behind.length > 0)
    host.out.warning(
      `update your branch: ${behind.join(', ')} differ from its base; the locks that are built with are not committed`,
    )
  const delivery = proposed && (await deliver(making, permission, proposed))
  const after = buildsAfterCommit(inputs.afterCommit, permission.account)
  const stop = delivery?.kind === 'committed' && !after.build ? after.reason : null
  if (stop === null) await writeFiles(host.cwd, built.files)
  return { locks: { proposed, built, behind }, delivery, permission, stop }
}

/** The head's files, null where the head is what is checked out; `unknown` where they cannot be read and nobody could take the locks. */
async function headOf(making: Task, permission: CommitPermission): Promise<PullHead | null | 'unknown'> {
  try {
    return await readPullHead({ ...making, trigger: making.source.trigger })
  } catch (error) {
    if (permission.can || !(error instanceof ActionError) || error.code === 'cancelled') throw error
    making.host.out.notice(`the locks are neither committed nor offered: ${error.message}`)
    return 'unknown'
  }
}

/** What is to be committed: the very locks that are built with, unless the base has other sources. */
async function proposedFor(head: PullHead | null | 'unknown', built: Relock, making: Task): Promise<Relock | null> {
  if (head === 'unknown') return null
  if (head === null || head.behind.length === 0) return built
  const { source, inputs, host, mode } = making
  const { place, scan } = head
  const states = scan.states.filter((state) => isKept(state, place.images) && isDue(state, mode, inputs))
  const how = { trigger: source.trigger, inputs: { ...inputs, lockMode: mode }, host }
  return await relockPlace(place, { ...how, scan: { states, failures: scan.failures } })
}

async function deliver({ source, inputs, host, mode }: Task, permission: CommitPermission, relock: Relock) {
  const asked = mode === 'refresh' || inputs.update.length > 0
  const head = source.trigger.pullRequest?.headSha ?? ''
  return await deliverLocks({
    host,
    inputs,
    permission,
    relock,
    template: inputs.commitMessage,
    people: [],
    asked,
    head,
  })
}

/** With `update` whether a lock holds one of the packages is found out when it is read. */
export function isDue({ freshness }: LockState, mode: Making, { update }: Inputs): boolean {
  return mode === 'refresh' || update.length > 0 || isStale({ freshness })
}

/** Whether a lock does not say what its sources ask for, on any platform. */
export function isStale({ freshness }: Pick<LockState, 'freshness'>): boolean {
  return freshness.some((lock) => !lock.fresh)
}
