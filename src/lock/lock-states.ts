import { ActionError } from '../errors.ts'
import type { Environment } from './environment.ts'
import { freshness } from './freshness.ts'
import { environmentReader, foreignSource, makeLockSpec, type SourceFile } from './lock-spec.ts'
import { type LockedImage, type LockFiles, type LockTarget, lockTargets } from './lock-target.ts'
import type { Freshness, LockSpec } from './types.ts'
import { readVirtualPackages } from './virtual-packages.ts'

/** A lock, what its sources ask for today, and whether it says so. */
export interface LockState {
  readonly target: LockTarget
  /** Null where only the program conda-lock can read a source. */
  readonly spec: LockSpec | null
  /** One for each platform, in the order of the target's first image. */
  readonly freshness: readonly Freshness[]
}

/**
 * All locks of a stack and their freshness: a matter of milliseconds, for nothing is solved or fetched. `foreign: true` lets
 * sources pass that only the program conda-lock reads. Throws ActionError('lock') for a source that is missing or no good.
 */
export function lockStates(question: {
  readonly images: readonly LockedImage[]
  readonly files: LockFiles
  readonly foreign?: boolean
}): LockState[] {
  const { images, files, foreign = false } = question
  const read = environmentReader()
  return lockTargets(images, files).map((target) => {
    const unread = foreign && target.sources.some((source) => foreignSource(source) !== null)
    const spec = unread ? null : lockSpecOf(target, files, read)
    return { target, spec, freshness: freshnessOf(target, spec) }
  })
}

/** What the sources of a lock ask for together. Throws ActionError('lock'). */
export function lockSpecOf(
  target: LockTarget,
  files: LockFiles,
  read: (source: SourceFile) => Environment = environmentReader(),
): LockSpec {
  const { sources, platforms, virtualPackages } = target
  return makeLockSpec({
    files: sources.map((file) => ({ file, text: foreignSource(file) ? '' : textOf(file, target, files) })),
    platforms,
    virtualPackages: virtualPackages
      ? readVirtualPackages({ file: virtualPackages, text: textOf(virtualPackages, target, files) })
      : null,
    read,
  })
}

function textOf(file: string, { lock }: LockTarget, { contents, refused }: LockFiles): string {
  const text = contents.get(file)
  if (text !== undefined) return text
  throw new ActionError('lock', `${file}: ${refused.get(file) ?? 'it is not there'}, but ${lock} is made from it`, [
    'A source is a regular file of the repository',
    'Restore it, or name the sources in spec.yml: lock: sources',
  ])
}

function freshnessOf(target: LockTarget, spec: LockSpec | null): Freshness[] {
  const { lock, metadata } = target
  const platforms = spec?.platforms ?? target.platforms
  return target.images.flatMap((image) => freshness({ image, lock, spec, metadata, platforms }))
}
