import { posix } from 'node:path'
import { explicitPlatform } from './diff-explicit.ts'
import { renderExplicit } from './explicit.ts'
import { explicitLock } from './lock-target.ts'
import { renderPackages } from './packages-list.ts'
import type { Lock } from './types.ts'
import { writeLock } from './write-lock.ts'

/** A file by its path from the repository's root, and its text. */
export interface OutputFile {
  readonly path: string
  readonly text: string
}

/** Where a lock is written, and what stands beside it already. */
export interface OutputPlace {
  /** Path of its conda-lock.yml. */
  readonly path: string
  /** Names of the files in its folder. */
  readonly names: readonly string[]
}

/** conda-lock.yml itself and all that is rendered from it. */
export function lockOutput(lock: Lock, place: OutputPlace): OutputFile[] {
  return [
    { path: place.path, text: writeLock(lock, { file: posix.basename(place.path) }) },
    ...renderedOutput(lock, place),
  ]
}

/**
 * What is rendered from a lock: the explicit locks that are there already (`conda-<platform>.lock`), where there is none that
 * of linux-64, else of the lock's first platform; and packages.txt from linux-64's, else from the first. Of a platform
 * that the lock does not have, the explicit lock is left alone.
 */
export function renderedOutput(lock: Lock, { path, names }: OutputPlace): OutputFile[] {
  const folder = posix.dirname(path)
  const { platforms } = lock.metadata
  const there = platforms.filter((platform) => names.some((name) => explicitPlatform(name) === platform))
  const main = platforms.includes('linux-64') ? 'linux-64' : platforms[0]
  const rendered = there.length > 0 || main === undefined ? there : [main]
  const files = rendered.map((platform) => ({
    path: explicitLock({ folder }, platform),
    text: renderExplicit(lock, platform, { file: path }),
    name: `conda-${platform}.lock`,
  }))
  const listed = files.find(({ name }) => name === 'conda-linux-64.lock') ?? files[0]
  return [
    ...files.map(({ path, text }) => ({ path, text })),
    ...(listed ? [{ path: posix.join(folder, 'packages.txt'), text: renderPackages(listed.text, listed.name) }] : []),
  ]
}
