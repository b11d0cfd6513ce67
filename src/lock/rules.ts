import { ActionError } from '../errors.ts'
import { readLockWithLines } from './read-lock.ts'
import { checkPackage } from './rules-package.ts'
import { checkRender } from './rules-render.ts'
import type { LockFile, LockProblem, LockRules } from './rules-types.ts'
import { channelPrefix } from './rules-url.ts'
import type { Lock, LockedPackage } from './types.ts'

/**
 * Holds a lock, its explicit locks and its packages.txt against each other and against the places that packages may come
 * from; never throws for what stands in the files. conda-lock.yml and the explicit locks say the same twice: where a
 * platform has one, a change of a url, an md5, a name or a version of a conda package, of a url or sha256 of a
 * Python package, of the content hash, in one of the two files alone, is a problem. The sha256 of a conda package stands once: a change to another
 * well-formed one is seen for a url that stands in two platforms and where `known` knows it.
 */
export function checkRules(lockFile: LockFile, rules: LockRules): LockProblem[] {
  const { file, text } = lockFile
  try {
    const { lock, lines } = readLockWithLines(text, file)
    return [
      ...checkMetadata(lock, file, rules),
      ...lock.packages.flatMap((entry, index) => {
        const problems = checkPackage(entry, { rules, platforms: lock.metadata.platforms })
        return problems.map((problem) => ({ ...placeOf(entry, file, lines[index] ?? 1), ...problem }))
      }),
      ...checkAgainstOthers(lock, lines, file),
      ...checkRender(lock, lockFile, rules),
    ]
  } catch (error) {
    if (!(error instanceof ActionError)) throw error
    return [unreadable(error, file)]
  }
}

function placeOf(entry: LockedPackage, file: string, line: number) {
  return { file, line, package: entry.name, platform: entry.platform }
}

function unreadable(error: ActionError, file: string): LockProblem {
  const line = Number(/:(\d+): /.exec(error.message)?.[1] ?? 1)
  const remedy = error.details[0] ?? 'relock'
  return { rule: 'unreadable', file, line, package: null, platform: null, message: error.message, remedy }
}

function checkMetadata({ metadata }: Lock, file: string, rules: LockRules): LockProblem[] {
  const place = { file, line: 1, package: null }
  const allowed = new Set(rules.allowedChannels.map(channelPrefix))
  const foreign = metadata.channels.filter(({ url }) => url !== 'nodefaults' && !allowed.has(channelPrefix(url)))
  const unhashed = metadata.platforms.filter((platform) => !Object.hasOwn(metadata.contentHash, platform))
  return [
    ...foreign.map(({ url }) => ({
      ...{ ...place, rule: 'channel' as const, platform: null },
      message: `the lock names the channel ${url}`,
      remedy: 'only channels of `allowed-channels` may stand here',
    })),
    ...unhashed.map((platform) => ({
      ...{ ...place, rule: 'platform' as const, platform },
      message: `the lock has no content hash for ${platform}`,
      remedy: `relock ${platform}`,
    })),
  ]
}

/** A package stands once for a platform and category, with one content; a url has one hash wherever it stands. */
function checkAgainstOthers(lock: Lock, lines: readonly number[], file: string): LockProblem[] {
  const keys = new Map<string, LockedPackage>()
  const entries = new Set<string>()
  const hashes = new Map<string, LockedPackage>()
  return lock.packages.flatMap((entry, index) => {
    const place = placeOf(entry, file, lines[index] ?? 1)
    const problems: LockProblem[] = []
    const key = JSON.stringify([entry.manager, entry.name, entry.platform])
    const first = remember(keys, key, entry)
    if (entries.has(key + entry.category) || (first && contentOf(first) !== contentOf(entry)))
      problems.push({ ...place, rule: 'duplicate', message: `${entry.name} is locked twice`, remedy: 'relock' })
    entries.add(key + entry.category)
    const twin = remember(hashes, entry.url, entry)
    if (twin && hashOf(twin) !== hashOf(entry))
      problems.push({
        ...{ ...place, rule: 'hash' },
        message: `${entry.url} has another hash for ${twin.platform}`,
        remedy: 'one of the two was edited; relock',
      })
    return problems
  })
}

/** What was there under a key before. */
function remember<T>(map: Map<string, T>, key: string, value: T): T | undefined {
  const before = map.get(key)
  if (before === undefined) map.set(key, value)
  return before
}

function contentOf({ version, url, hash, dependencies }: LockedPackage): string {
  return JSON.stringify([version, url, hash, Object.entries(dependencies)])
}

function hashOf({ hash }: LockedPackage): string {
  return `${hash.md5} ${hash.sha256}`
}
