import { ActionError } from '../errors.ts'
import { type LockState, lockStates } from '../lock/lock-states.ts'
import { type LockedImage, type LockFiles, lockInputs } from '../lock/lock-target.ts'
import type { Freshness } from '../lock/types.ts'
import { isLockPath } from '../stack/lock-sources.ts'
import type { RepositoryFiles } from '../tools/repository-files.ts'
import type { LockFailure } from './lock-types.ts'

/** What is looked at: images of a tree, with the heads of their locks as the tree was read, and its other files. */
export interface ScanQuestion {
  readonly images: readonly LockedImage[]
  readonly tree: LockFiles
  readonly files: RepositoryFiles
  /** Whether sources may stand that only the program conda-lock reads. */
  readonly foreign: boolean
}

/** Images whose lock or sources cannot be read, and why. */
export interface ScanFailure {
  readonly images: readonly LockedImage[]
  readonly error: LockFailure
}

/** All locks of some images as they stand. */
export interface LockScan {
  readonly states: readonly LockState[]
  readonly failures: readonly ScanFailure[]
}

/** Reads what the locks are made from and tells which of them are fresh. Nothing is solved or fetched. */
export async function scanLocks({ images, tree, files, foreign }: ScanQuestion): Promise<LockScan> {
  const whole = await statesOf(images, { tree, files, foreign })
  if (!(whole instanceof ActionError)) return { states: whole, failures: [] }
  // One that cannot be read hides none of the others.
  const folders = [...Map.groupBy(images, ({ path }) => path).values()]
  const each = await Promise.all(
    folders.map(async (group) => ({ images: group, found: await statesOf(group, { tree, files, foreign }) })),
  )
  return {
    states: each.flatMap(({ found }) => (found instanceof ActionError ? [] : found)),
    failures: each.flatMap(({ images, found }) => (found instanceof ActionError ? [{ images, error: found }] : [])),
  }
}

/**
 * Whether somebody keeps a lock for it: an environment.yml alone may be meant to be installed as it is, and gets a lock only
 * where a person asks for one.
 */
export function isKept({ target }: LockState, images: readonly LockedImage[]): boolean {
  return target.metadata !== null || images.some((image) => target.images.includes(image.name) && isDeclared(image))
}

/** The answer of `lock --check`: every kept lock, and as stale what cannot be read. */
export function freshnessOf({ states, failures }: LockScan, images: readonly LockedImage[]): Freshness[] {
  const known = states.filter((state) => isKept(state, images)).flatMap((state) => state.freshness)
  const unknown = failures.flatMap((failure) =>
    failure.images.flatMap(({ name, declared }) =>
      (declared.lockPlatforms.length > 0 ? declared.lockPlatforms : ['linux-64']).map((platform) => ({
        ...{ image: name, platform, fresh: false },
        reason: failure.error.message,
      })),
    ),
  )
  return [...known, ...unknown]
}

function isDeclared({ lockSources, declared }: LockedImage): boolean {
  return lockSources.length > 0 || declared.lockPlatforms.length > 0
}

async function statesOf(
  images: readonly LockedImage[],
  { tree, files, foreign }: Omit<ScanQuestion, 'images'>,
): Promise<LockState[] | ActionError> {
  try {
    const read = await files.read(lockInputs(images, tree))
    const all = (part: keyof LockFiles) => new Map([...read[part], ...heads(tree[part])])
    return lockStates({ images, files: { contents: all('contents'), refused: all('refused') }, foreign })
  } catch (error) {
    if (error instanceof ActionError && error.code === 'lock') return error
    throw error
  }
}

/** What the tree tells of locks; their heads are all that is needed here. */
function heads(found: ReadonlyMap<string, string>): (readonly [string, string])[] {
  return [...found].filter(([path]) => isLockPath(path))
}
