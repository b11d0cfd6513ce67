import picomatch from 'picomatch'
import type { CleanupRules, KnownManifest, RepositoryContent, TagVerdict } from './types.ts'

interface Candidate {
  readonly tag: string
  readonly digest: string
  readonly kind: TagVerdict['kind']
  /** Kind and prefix: what is counted together. */
  readonly group: string
  readonly branch: string | null
  readonly created: number | null
  readonly cache: boolean
}

/**
 * What becomes of the tags that runs leave behind: caches of branches (`cache-main`) and fingerprints (`fp-<32 hex>`). All
 * other tags are kept, and so is whatever they reach: a tag whose manifest a kept one needs costs no room and stays, too. In doubt it is kept.
 */
export function decideCleanup(content: RepositoryContent, rules: CleanupRules): TagVerdict[] {
  const candidates = candidatesOf(content, rules)
  const own = new Map(candidates.map((candidate) => [candidate, whyKept(candidate, candidates, rules)]))
  const going = new Set([...own].flatMap(([{ tag }, why]) => (why === null ? [tag] : [])))
  const reached = reachedBy(content, (tag) => !going.has(tag))
  const counted = new Set(blobsOf(content, reached.keys()).map(({ digest }) => digest))
  return candidates.map((candidate): TagVerdict => {
    const { tag, digest, kind, created } = candidate
    const holder = reached.get(digest)
    const kept = own.get(candidate) ?? (holder === undefined ? null : `${holder} needs it`)
    const bytes = kept === null ? freed(content, digest, counted) : 0
    const reason = kept ?? `older than ${days(rules.olderThan)}: ${days(rules.now - (created ?? rules.now))}`
    return { tag, digest, kind, created, remove: kept === null, reason, bytes }
  })
}

/** Digests that nothing but the tags to be removed reaches: what may be removed by digest. */
export function removableDigests(content: RepositoryContent, verdicts: readonly TagVerdict[]): Set<string> {
  const going = new Map(verdicts.filter(({ remove }) => remove).map(({ tag, digest }) => [tag, digest]))
  const reached = reachedBy(content, (tag, digest) => going.get(tag) !== digest)
  return new Set([...going.values()].filter((digest) => !reached.has(digest)))
}

/** Whether a tag is one that runs leave behind: its age is asked for. */
export function isOfRuns({ prefixes }: Pick<CleanupRules, 'prefixes'>): (tag: string) => boolean {
  return (tag) => partsOf(tag, prefixes) !== null
}

/** A tag taken apart. Fingerprints have no prefix: they are those of all images of a repository. */
function partsOf(tag: string, prefixes: readonly string[]): { prefix: string; rest: string } | null {
  const own = prefixes.find((prefix) => tag.startsWith(prefix) && kindOf(tag.slice(prefix.length)) !== null)
  if (own === undefined) return kindOf(tag) === 'fingerprint' ? { prefix: '', rest: tag } : null
  return { prefix: own, rest: tag.slice(own.length) }
}

function candidatesOf({ tags, manifests }: RepositoryContent, { prefixes }: CleanupRules): Candidate[] {
  return [...tags].flatMap(([tag, digest]): Candidate[] => {
    const parts = partsOf(tag, prefixes)
    if (parts === null) return []
    const { prefix, rest } = parts
    const kind = kindOf(rest) as TagVerdict['kind']
    const { created = null, cache = false } = manifests.get(digest) ?? {}
    const branch = kind === 'cache' ? rest.slice('cache-'.length) : null
    return [{ tag, digest, kind, group: `${kind} ${prefix}`, branch, created, cache }]
  })
}

/** A tag without its image's prefix. A fingerprint may name the pull request that it is kept for. */
function kindOf(tag: string): TagVerdict['kind'] | null {
  if (/^fp-[0-9a-f]{32}(-[\w.-]+)?$/.test(tag)) return 'fingerprint'
  return /^cache-./.test(tag) ? 'cache' : null
}

function whyKept(candidate: Candidate, all: readonly Candidate[], rules: CleanupRules): string | null {
  const { tag, kind, cache, branch, created } = candidate
  if (rules.exclude.some((glob) => picomatch.isMatch(tag, glob, { dot: true }))) return 'exclude-tags names it'
  if (cache !== (kind === 'cache'))
    return kind === 'cache' ? 'it is no cache of BuildKit' : 'it is a cache, not an image'
  if (branch !== null && branch === rules.branch) return 'it is the default branch’s cache'
  if (created === null) return 'its age is not known'
  if (rules.now - created <= rules.olderThan)
    return `not older than ${days(rules.olderThan)}: ${days(rules.now - created)}`
  const newest = all
    .filter(({ group }) => group === candidate.group)
    .toSorted(
      (one, other) => (other.created ?? rules.now) - (one.created ?? rules.now) || (one.tag < other.tag ? -1 : 1),
    )
    .slice(0, rules.keep)
  return newest.includes(candidate) ? `one of the ${rules.keep} newest` : null
}

/** Digest → a tag that needs it, for what the chosen tags reach: themselves, what they need, and what is about any of these. */
function reachedBy(
  { tags, manifests }: RepositoryContent,
  chosen: (tag: string, digest: string) => boolean,
): Map<string, string> {
  const about = Map.groupBy(manifests.values(), ({ subject }) => subject)
  const reached = new Map<string, string>()
  const walk = (digest: string, tag: string): void => {
    if (reached.has(digest)) return
    reached.set(digest, tag)
    for (const next of manifests.get(digest)?.needs ?? []) walk(next, tag)
    for (const next of about.get(digest) ?? []) walk(next.digest, tag)
  }
  for (const [tag, digest] of tags) {
    if (!chosen(tag, digest)) continue
    walk(digest, tag)
    // The tags of signatures before there were referrers: sha256-<64 hex>.sig
    const signed = /^sha256-([0-9a-f]{64})(\.|$)/.exec(tag)?.[1]
    if (signed) walk(`sha256:${signed}`, tag)
  }
  return reached
}

function blobsOf({ manifests }: RepositoryContent, digests: Iterable<string>) {
  return [...digests].flatMap((digest) => manifests.get(digest)?.blobs ?? [])
}

/** Bytes of a manifest and of what it needs that were not counted yet; they are counted now. */
function freed(content: RepositoryContent, digest: string, counted: Set<string>): number {
  const all = new Set<string>()
  const walk = (manifest: KnownManifest | undefined): void => {
    if (!manifest || all.has(manifest.digest)) return
    all.add(manifest.digest)
    for (const next of manifest.needs) walk(content.manifests.get(next))
  }
  walk(content.manifests.get(digest))
  let bytes = 0
  for (const blob of blobsOf(content, all)) {
    if (counted.has(blob.digest)) continue
    counted.add(blob.digest)
    bytes += blob.size
  }
  return bytes
}

function days(milliseconds: number): string {
  const hours = Math.floor(milliseconds / 3_600_000)
  return hours < 48 ? `${hours} h` : `${Math.floor(hours / 24)} days`
}
