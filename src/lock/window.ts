import { matcherOf, parseMatchSpec } from './match-spec.ts'
import { type Shard, type ShardEntry, type ShardVersion, splitFilename, timestampOf } from './shard.ts'
import { compareVersions } from './version.ts'

/** What decides which packages of a name the solver is shown. */
export interface WindowOptions {
  /** Match specs of the environment for this name: only what they take is shown, for nothing else can be chosen. */
  readonly own: readonly string[]
  /** How many versions are shown, the newest; infinity for all. */
  readonly newest: number
  /** File names of the old lock: shown whatever their age. */
  readonly kept: ReadonlySet<string>
  /** Nothing is shown but what the old lock has, where that is still to be had. */
  readonly pinned: boolean
  /** Milliseconds since 1970, null for no limit. */
  readonly excludeNewer: number | null
}

/** What the solver is shown of a name: entries for each place, in the order of the places. */
export interface Window {
  readonly places: readonly (readonly ShardEntry[])[]
  /** Whether there is more that is not shown. */
  readonly cut: boolean
}

type Test = (version: ShardVersion, entry: ShardEntry) => boolean

/** How many versions are shown for a dependency that none of the newest fits. */
const rescued = 2

/** A window that grows by what is asked of it. */
export interface OpenWindow {
  /** What is shown from the start: the newest versions that the environment's own specs take, and what the old lock has. */
  readonly first: readonly ShardEntry[]
  /** Shows for each match spec that would find nothing the newest that it takes; gives what was not shown before. */
  ask(specs: Iterable<string>): readonly ShardEntry[]
  close(): Window
}

/**
 * Opens the window on one name. With all specs of shown packages asked of it, a narrow window has for each of them what a
 * wide one has.
 */
export function openWindow(shards: readonly Shard[], options: WindowOptions): OpenWindow {
  const { own, newest, kept, pinned } = options
  const all = inOrder(shards.map((shard) => notNewer(shard.versions, options.excludeNewer)))
  const fitting = filtered(all, testsOf(own))
  // Where nothing fits, the newest are shown all the same: the solver says what there is.
  const candidates = fitting.length > 0 ? fitting : all
  const held = kept.size === 0 ? [] : entriesOf(candidates).filter((entry) => kept.has(entry.filename))
  const still = pinned && held.length > 0
  const shown = new Set(still ? held : [...entriesOf(newestOf(candidates, newest)), ...held])
  return {
    first: [...shown],
    ask: (specs) => (still || candidates.length <= newest ? [] : rescue(candidates, shown, testsOf(specs))),
    close: () => ({
      places: shards.map((shard) => entriesOf(shard.versions).filter((entry) => shown.has(entry))),
      cut: shown.size < all.reduce((sum, version) => sum + version.entries.length, 0),
    }),
  }
}

function notNewer(versions: readonly ShardVersion[], limit: number | null): readonly ShardVersion[] {
  if (limit === null) return versions
  return versions.flatMap((version) => {
    const entries = version.entries.filter((entry) => (timestampOf(entry) ?? 0) <= limit)
    return entries.length > 0 ? [{ ...version, entries }] : []
  })
}

/** The versions of all places together, newest first. */
function inOrder([first = [], ...others]: readonly (readonly ShardVersion[])[]): readonly ShardVersion[] {
  const more = others.flat()
  if (more.length === 0) return first
  if (first.length === 0 && others.length === 1) return more
  return [...first, ...more].sort((a, b) => {
    if (a.version === null || b.version === null) return Number(a.version === null) - Number(b.version === null)
    return compareVersions(b.version, a.version)
  })
}

function filtered(versions: readonly ShardVersion[], tests: readonly Test[]): readonly ShardVersion[] {
  if (tests.length === 0) return versions
  return versions.flatMap((version) => {
    const entries = version.entries.filter((entry) => tests.every((test) => test(version, entry)))
    return entries.length > 0 ? [{ ...version, entries }] : []
  })
}

const tests = new Map<string, Test | null>()

/** Tests on what a file name says: channel, subdir and build number are the solver's to look at. */
function testsOf(specs: Iterable<string>): Test[] {
  return [...specs].flatMap((spec) => {
    let test = tests.get(spec)
    if (test === undefined) {
      test = testOf(spec)
      tests.set(spec, test)
    }
    return test ?? []
  })
}

function testOf(spec: string): Test | null {
  const parsed = parseMatchSpec(spec)
  const matches = parsed && matcherOf({ ...parsed, name: '*', buildNumber: null })
  return (
    matches && (({ text, version }, { build }) => matches({ name: '*', version: text, build, buildNumber: 0 }, version))
  )
}

function rescue(versions: readonly ShardVersion[], shown: Set<ShardEntry>, asked: readonly Test[]): ShardEntry[] {
  const missing = asked.flatMap((test) => missingFor(versions, shown, test))
  for (const entry of missing) shown.add(entry)
  return [...new Set(missing)]
}

/** The newest that a test takes, where nothing newer or as new is shown. */
function missingFor(versions: readonly ShardVersion[], shown: ReadonlySet<ShardEntry>, test: Test): ShardEntry[] {
  const missing: ShardEntry[] = []
  let found = 0
  for (const version of versions) {
    const fitting = version.entries.filter((entry) => test(version, entry))
    if (fitting.some((entry) => shown.has(entry))) break
    missing.push(...fitting)
    if (fitting.length > 0) found++
    if (found === rescued) break
  }
  return missing
}

function newestOf(versions: readonly ShardVersion[], count: number): readonly ShardVersion[] {
  return versions.length <= count ? versions : versions.slice(0, count)
}

function entriesOf(versions: readonly ShardVersion[]): ShardEntry[] {
  return versions.flatMap((version) => version.entries)
}

/** The file name of a locked package's URL, null where that is no conda package. */
export function filenameOf(url: string): string | null {
  const name = /\/([^/?#]+)(?:[?#].*)?$/.exec(url)?.[1] ?? ''
  return splitFilename(name) ? name : null
}
