import { posix } from 'node:path'
import { ActionError } from '../errors.ts'
import { lockPlatform, type Solved } from './lock-platform.ts'
import { byCodes } from './order.ts'
import type { Channel, Lock, LockMetadata, LockSpec } from './types.ts'

/** A solve's answers for one lock, and what it was before. */
export interface LockQuestion {
  readonly spec: LockSpec
  /** Folder of the lock, relative to the repository's root: sources are written relative to it. */
  readonly folder: string
  /** Platform → what was chosen. Platforms of `old` that are not here keep their packages. */
  readonly solved: Readonly<Record<string, Solved>>
  /** The lock that is there, null for the first. */
  readonly old: Lock | null
  /** Platform → hash of what is asked for now. */
  readonly contentHash: Readonly<Record<string, string>>
  /** conda's name of a package → its name on PyPI, where they differ; for the categories of what pip packages need. */
  readonly pypiNames?: ReadonlyMap<string, string>
}

/**
 * The lock that conda-lock 4.0.3 would make of these answers (conda_lock.py, make_lock_files; v1/models.py, LockMeta): merged with
 * the one that is there, whose sources and further platforms never disappear. Throws ActionError('lock') where a
 * package has no md5, or the channels changed and a platform is not solved anew.
 */
export function toLock(question: LockQuestion): Lock {
  const { spec, solved, old } = question
  const names = question.pypiNames ?? new Map()
  const fresh = Object.entries(solved).flatMap(([platform, answer]) =>
    lockPlatform({ ...answer, platform, specs: spec.specs[platform] ?? [], pypiNames: names }),
  )
  const kept = (old?.packages ?? []).filter((entry) => !Object.hasOwn(solved, entry.platform))
  if (old && kept.length > 0) checkChannels(old.metadata.channels, spec.channels)
  const packages = [...kept, ...fresh].sort((a, b) =>
    byCodes([a.manager, a.name, a.platform, a.category], [b.manager, b.name, b.platform, b.category]),
  )
  return { metadata: metadataOf(question), packages }
}

function metadataOf({ spec, folder, old, contentHash }: LockQuestion): LockMetadata {
  const sources = spec.sources.map((source) => posix.relative(folder, source))
  const fresh = { contentHash, channels: spec.channels, platforms: spec.platforms, sources }
  if (!old) return fresh
  const { inputsMetadata, customMetadata } = old.metadata
  return {
    contentHash: { ...old.metadata.contentHash, ...contentHash },
    channels: spec.channels,
    platforms: [...new Set([...old.metadata.platforms, ...spec.platforms])].sort(),
    sources: [...new Set([...old.metadata.sources, ...sources])],
    ...(inputsMetadata !== undefined && { inputsMetadata }),
    ...(customMetadata !== undefined && { customMetadata }),
  }
}

/** Packages of two sets of channels cannot stand in one lock, which names its channels once. */
function checkChannels(old: readonly Channel[], now: readonly Channel[]): void {
  // `nodefaults` is no channel; conda-lock wrote it as one until 2.0.
  const names = (channels: readonly Channel[]) =>
    channels
      .map((channel) => channel.url)
      .filter((url) => url !== 'nodefaults')
      .join(', ')
  if (names(old) === names(now)) return
  throw new ActionError('lock', `the channels changed from ${names(old)} to ${names(now)}`, [
    'platforms that are not solved anew would keep packages of the old ones; relock all platforms of this lock',
  ])
}
