import { posix } from 'node:path'
import pLimit from 'p-limit'
import { ActionError } from '../errors.ts'
import { comparedLock } from '../lock/diff.ts'
import { explicitPlatform, readExplicitForDiff } from '../lock/diff-explicit.ts'
import { readLock } from '../lock/read-lock.ts'
import type { LockedState } from '../publish/first-seen.ts'
import { isLockPath } from '../stack/lock-sources.ts'
import { commitsTouching, type NamedCommit, tagsOfHead } from '../tools/git-history.ts'
import { commitFiles } from '../tools/repository-files.ts'
import type { HistoryScene } from './history-images.ts'

/** Versions by package, of one platform. */
type Versions = ReadonlyMap<string, string>

const mostStates = 400
const atOnce = 4

/**
 * What the locks of each git tag hold of the packages of interest, oldest first; in a repository without tags, of each commit
 * that touched a lock. The images are those of today, found by their folders. A lock that cannot be read counts as none.
 */
export async function lockedStates(scene: HistoryScene): Promise<LockedState[]> {
  const { source, host, inputs } = scene
  const { git } = source
  if (!git || inputs.packagesOfInterest.length === 0) return []
  const folders = new Map(scene.images.map((image) => [image.path, image.name]))
  const place = { cwd: host.cwd, env: host.env }
  const tags = await tagsOfHead(place, mostStates)
  const commits = tags.length > 0 ? tags : await commitsTouching(place, await locksNow(scene, folders), mostStates)
  const limit = pLimit(atOnce)
  const known = new Map<string, Promise<Versions>>()
  return await Promise.all(commits.map((commit) => limit(() => stateOf(scene, commit, { folders, known }))))
}

async function locksNow({ source }: HistoryScene, folders: ReadonlyMap<string, string>): Promise<string[]> {
  const entries = (await source.git?.tree('HEAD')) ?? []
  return entries.map(({ path }) => path).filter((path) => isLock(path) && folders.has(posix.dirname(path)))
}

async function stateOf(
  { source, inputs, host }: HistoryScene,
  { name, commit }: NamedCommit,
  { folders, known }: { folders: ReadonlyMap<string, string>; known: Map<string, Promise<Versions>> },
): Promise<LockedState> {
  const git = source.git as NonNullable<typeof source.git>
  const locks = (await git.tree(commit)).filter(({ path }) => isLock(path) && folders.has(posix.dirname(path)))
  const images = new Map<string, Versions>()
  const wanted = new Set(inputs.packagesOfInterest)
  for (const [folder, entries] of Map.groupBy(locks, ({ path }) => posix.dirname(path))) {
    const [best] = entries.toSorted(
      (one, other) => rank(one.path) - rank(other.path) || (one.path < other.path ? -1 : 1),
    )
    if (!best) continue
    // Most tags share most locks.
    const versions = known.get(best.oid) ?? versionsIn(git, commit, { path: best.path, wanted })
    known.set(best.oid, versions)
    const found = await versions.catch((error) => {
      if (!(error instanceof ActionError) || error.code === 'cancelled') throw error
      host.out.debug(`${name}: ${error.message}`)
      return new Map<string, string>()
    })
    images.set(folders.get(folder) ?? folder, found)
  }
  return { label: name, images }
}

function isLock(path: string): boolean {
  return isLockPath(path) || explicitPlatform(path) !== null
}

/** An explicit lock is read ten times as fast as the lock it was rendered from; linux-64 is what most people run. */
function rank(path: string): number {
  const platform = explicitPlatform(path)
  return platform === 'linux-64' ? 0 : platform === null ? 1 : 2
}

async function versionsIn(
  git: Parameters<typeof commitFiles>[0],
  commit: string,
  { path, wanted }: { path: string; wanted: ReadonlySet<string> },
): Promise<Versions> {
  const text = (await commitFiles(git, commit).read([path])).contents.get(path)
  if (text === undefined) return new Map()
  const platform = explicitPlatform(path)
  const lock = platform === null ? comparedLock(readLock(text, path)) : readExplicitForDiff(text, platform, path)
  const first = lock.platforms.includes('linux-64') ? 'linux-64' : lock.platforms[0]
  const packages = lock.packages.filter((one) => one.platform === first && wanted.has(one.name))
  return new Map(packages.map(({ name, version }) => [name, version]))
}
