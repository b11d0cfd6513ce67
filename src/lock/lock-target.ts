import { posix } from 'node:path'
import { endingsOf, lockPaths } from '../stack/lock-sources.ts'
import type { Image, Tree } from '../stack/types.ts'
import { readLockMetadata } from './read-lock.ts'
import type { LockMetadata } from './types.ts'

/** The files that a lock is found and made from, as a tree gives them: of locks the head is enough. */
export type LockFiles = Pick<Tree, 'contents' | 'refused'>

/** What is asked of an image: the folder of its lock, and what the stack knows of the lock. */
export type LockedImage = Pick<Image, 'name' | 'path' | 'lockSources' | 'declared'>

/** A lock that is to be kept fresh. All paths are relative to the repository's root. */
export interface LockTarget {
  /** Images of this folder, in the order given: one, or the variants of one. */
  readonly images: readonly string[]
  readonly folder: string
  readonly lock: string
  readonly packagesList: string
  /** In the order that they are merged. */
  readonly sources: readonly string[]
  /** Those to be locked; empty: those that the sources name, else linux-64. */
  readonly platforms: readonly string[]
  /** virtual-packages.yml, null without one. */
  readonly virtualPackages: string | null
  /** Of the lock that is there, null without one. */
  readonly metadata: LockMetadata | null
  /** How the sources were found, in the reader's words. */
  readonly origin: string
}

/** The explicit lock of a platform. */
export function explicitLock({ folder }: Pick<LockTarget, 'folder'>, platform: string): string {
  return posix.join(folder, `conda-${platform}.lock`)
}

/** Files of which a change would make another lock, the lock itself included; a virtual-packages.yml that is not there may come. */
export function madeFrom({ sources, lock, virtualPackages, folder }: LockTarget): string[] {
  return [...sources, lock, virtualPackages ?? posix.join(folder, 'virtual-packages.yml')]
}

/** The files that `lockTargets` and the specs of what it finds may ask for, besides the locks themselves. */
export function lockInputs(images: readonly LockedImage[], files: LockFiles): string[] {
  const paths = images.flatMap((image) => [
    ...image.lockSources,
    ...besideOf(image.path, environmentNames),
    ...besideOf(image.path, virtualPackageNames),
    ...(metadataOf(lockOf(image.path, files), files)?.sources ?? []).flatMap(endingsOf),
  ])
  return [...new Set(paths)]
}

/**
 * The locks of a stack: one for each folder that has a conda-lock.yml, an environment.yml, or a word in spec.yml. Its sources
 * are those that spec.yml names, else those of the lock that is there, else the environment.yml beside it; its platforms
 * likewise. Throws ActionError('lock') for a lock whose head cannot be read.
 */
export function lockTargets(images: readonly LockedImage[], files: LockFiles): LockTarget[] {
  const folders = Map.groupBy(images, ({ path }) => path)
  return [...folders.values()].flatMap((group) => targetOf(group, files) ?? [])
}

const environmentNames = ['environment.yml', 'environment.yaml']
const virtualPackageNames = ['virtual-packages.yml', 'virtual-packages.yaml']

function targetOf(group: readonly LockedImage[], files: LockFiles): LockTarget | null {
  const image = group.find(({ lockSources }) => lockSources.length > 0) ?? group[0]
  if (!image) return null
  const folder = image.path
  const lock = lockOf(folder, files)
  const metadata = metadataOf(lock, files)
  const found = sourcesOf(image, { lock, metadata, files })
  if (!found) return null
  return {
    images: group.map(({ name }) => name),
    folder,
    lock,
    packagesList: posix.join(folder, 'packages.txt'),
    ...found,
    platforms: image.declared.lockPlatforms.length > 0 ? image.declared.lockPlatforms : (metadata?.platforms ?? []),
    virtualPackages: besideOf(folder, virtualPackageNames).find((path) => isThere(path, files)) ?? null,
    metadata,
  }
}

interface Present {
  readonly lock: string
  readonly metadata: LockMetadata | null
  readonly files: LockFiles
}

function sourcesOf(image: LockedImage, present: Present): Pick<LockTarget, 'sources' | 'origin'> | null {
  const { lock, files } = present
  const recorded = recordedSources(image.path, present)
  // The stack takes from a lock the paths within the repository: another list is spec.yml's.
  const known = sourcesWithin(image.path, present).filter((path) => path !== undefined && isInside(path))
  if (image.lockSources.length > 0 && image.lockSources.join('\n') !== known.join('\n'))
    return { sources: image.lockSources, origin: 'spec.yml names the sources' }
  if (recorded.length > 0) return { sources: recorded, origin: `${lock} names its sources` }
  const beside = besideOf(image.path, environmentNames).find((path) => isThere(path, files))
  return beside ? { sources: [beside], origin: `${posix.basename(beside)} stands beside the Dockerfile` } : null
}

/** What a lock was made from, as paths of this repository; none where one of them lies outside. */
function recordedSources(folder: string, present: Omit<Present, 'lock'>): string[] {
  const sources = sourcesWithin(folder, present)
  const inside = sources.filter((path) => path !== undefined && isInside(path))
  return inside.length === sources.length ? [...new Set(inside as string[])] : []
}

/** Its sources from the repository's root; undefined for an absolute one that is not in the repository. */
function sourcesWithin(folder: string, { metadata, files }: Omit<Present, 'lock'>): (string | undefined)[] {
  return (metadata?.sources ?? []).map((source) =>
    posix.isAbsolute(source) ? endingsOf(source).find((path) => isThere(path, files)) : posix.join(folder, source),
  )
}

function isInside(path: string): boolean {
  return path !== '..' && !path.startsWith('../')
}

function lockOf(folder: string, files: LockFiles): string {
  const [first = '', ...others] = lockPaths(folder)
  return [first, ...others].find((path) => isThere(path, files)) ?? first
}

function metadataOf(lock: string, { contents }: LockFiles): LockMetadata | null {
  const text = contents.get(lock)
  return text === undefined ? null : readLockMetadata(text, lock)
}

function besideOf(folder: string, names: readonly string[]): string[] {
  return names.map((name) => posix.join(folder, name))
}

function isThere(path: string, { contents, refused }: LockFiles): boolean {
  return contents.has(path) || refused.has(path)
}
