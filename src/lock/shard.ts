import { decode, encode } from '@msgpack/msgpack'
import { enter, fieldsAt, skip, textAt, textsAt } from './msgpack-walk.ts'
import type { CondaRecord } from './types.ts'
import { compareVersions, parseVersion, type Version } from './version.ts'

/** A package of a shard (CEP 16): what its file name says, and where in the shard its record is. Records stay unread. */
export interface ShardEntry {
  readonly filename: string
  readonly version: string
  readonly build: string
  readonly shard: Uint8Array
  readonly start: number
  readonly end: number
}

/** The packages of one name at one place, by version, the newest first. */
export interface Shard {
  readonly name: string
  readonly versions: readonly ShardVersion[]
}

/** All builds of one version; `version` is null where conda reads none in the text. */
export interface ShardVersion {
  readonly text: string
  readonly version: Version | null
  readonly entries: readonly ShardEntry[]
}

/** What the two maps of packages are called, in a shard as in repodata.json. */
export const packageMaps = ['packages', 'packages.conda'] as const

/**
 * Reads a shard of one name. Left out are entries whose file name is another name's (they would be taken for its
 * packages), those of `removed`, and a `.tar.bz2` of which there is the same package as `.conda`. Throws a RangeError
 * for bytes that are no shard.
 */
export function readShard(name: string, bytes: Uint8Array): Shard {
  const fields = fieldsAt(bytes, 0)
  if (!fields) throw new RangeError('a shard is a map')
  const removedAt = fields.get('removed')
  const removed = new Set(removedAt === undefined ? [] : textsAt(bytes, removedAt))
  const entries = packageMaps.flatMap((kind) => {
    const at = fields.get(kind)
    return at === undefined ? [] : entriesAt(name, bytes, at)
  })
  return shardOf(name, removed.size === 0 ? entries : entries.filter((entry) => !removed.has(entry.filename)))
}

/** A shard from records as repodata.json has them, by file name. */
export function shardOfRecords(name: string, records: Iterable<readonly [filename: string, record: unknown]>): Shard {
  const entries: ShardEntry[] = []
  for (const [filename, record] of records) {
    const bytes = encode(withBinaryHashes(record), { ignoreUndefined: true })
    const entry = entryOf(name, filename, { shard: bytes, start: 0, end: bytes.length })
    if (entry) entries.push(entry)
  }
  return shardOf(name, entries)
}

function withBinaryHashes(record: unknown): unknown {
  if (typeof record !== 'object' || record === null) return record
  const { md5, sha256 } = record as Readonly<Record<string, unknown>>
  const bytes = (value: unknown) => (typeof value === 'string' ? Buffer.from(value, 'hex') : undefined)
  return { ...record, ...(md5 ? { md5: bytes(md5) } : {}), ...(sha256 ? { sha256: bytes(sha256) } : {}) }
}

function shardOf(name: string, entries: readonly ShardEntry[]): Shard {
  const byVersion = new Map<string, ShardEntry[]>()
  for (const entry of withoutTwins(entries)) {
    const same = byVersion.get(entry.version)
    if (same) same.push(entry)
    else byVersion.set(entry.version, [entry])
  }
  const versions = [...byVersion].map(([text, of]) => ({ text, version: parseVersion(text), entries: of }))
  return { name, versions: versions.sort(newestFirst) }
}

/** What is no version comes last; equal ones (`1.0`, `1.00`) by their letters, so that the order is always the same. */
function newestFirst(a: ShardVersion, b: ShardVersion): number {
  if (a.version === null || b.version === null) {
    return Number(a.version === null) - Number(b.version === null) || (a.text < b.text ? -1 : 1)
  }
  return compareVersions(b.version, a.version) || (a.text < b.text ? -1 : 1)
}

function entriesAt(name: string, bytes: Uint8Array, at: number): ShardEntry[] {
  const map = enter(bytes, at)
  if (map?.kind !== 'map') return []
  const entries: ShardEntry[] = []
  let next = map.at
  for (let count = 0; count < map.count; count++) {
    const filename = textAt(bytes, next)
    const start = skip(bytes, next)
    next = skip(bytes, start)
    const entry = filename === null ? null : entryOf(name, filename, { shard: bytes, start, end: next })
    if (entry) entries.push(entry)
  }
  return entries
}

function entryOf(
  name: string,
  filename: string,
  place: Pick<ShardEntry, 'shard' | 'start' | 'end'>,
): ShardEntry | null {
  const parts = splitFilename(filename)
  return parts?.name === name ? { filename, version: parts.version, build: parts.build, ...place } : null
}

/** `name-version-build.conda` in its parts, null for another form: versions and builds have no dash. */
export function splitFilename(filename: string): { name: string; version: string; build: string } | null {
  const stem = stemOf(filename)
  const second = stem.lastIndexOf('-')
  const first = stem.lastIndexOf('-', second - 1)
  if (first < 1 || second - first < 2 || second === stem.length - 1 || /[/\\]/.test(filename)) return null
  return { name: stem.slice(0, first), version: stem.slice(first + 1, second), build: stem.slice(second + 1) }
}

/** The file name without its ending; empty for a file that is no package. */
function stemOf(filename: string): string {
  if (filename.endsWith('.conda')) return filename.slice(0, -6)
  return filename.endsWith('.tar.bz2') ? filename.slice(0, -8) : ''
}

function withoutTwins(entries: readonly ShardEntry[]): readonly ShardEntry[] {
  const isNew = ({ filename }: ShardEntry) => filename.endsWith('.conda')
  if (entries.every(isNew) || !entries.some(isNew)) return entries
  const stems = new Set(entries.filter(isNew).map((entry) => stemOf(entry.filename)))
  return entries.filter((entry) => isNew(entry) || !stems.has(stemOf(entry.filename)))
}

/** What packages an entry depends on, as match specs. */
export function dependsOf({ shard, start }: ShardEntry): string[] {
  const at = fieldsAt(shard, start)?.get('depends')
  return at === undefined ? [] : textsAt(shard, at)
}

/** When the package was made, milliseconds since 1970; null where the channel does not say. Old records have seconds. */
export function timestampOf({ shard, start }: ShardEntry): number | null {
  const at = fieldsAt(shard, start)?.get('timestamp')
  return at === undefined ? null : milliseconds(decoded(shard.subarray(at, skip(shard, at))))
}

function milliseconds(value: unknown): number | null {
  if (typeof value !== 'number' || !Number.isFinite(value) || value <= 0) return null
  return value > 253_402_300_799 ? value : value * 1000
}

/** The whole record, at the address of its subdir. Null for one that contradicts its file name or is none. */
export function recordOf(entry: ShardEntry, base: string): CondaRecord | null {
  const value = decoded(entry.shard.subarray(entry.start, entry.end)) as Readonly<Record<string, unknown>> | null
  const parts = splitFilename(entry.filename)
  if (typeof value !== 'object' || value === null || parts === null || typeof value.subdir !== 'string') return null
  if (value.name !== parts.name || value.version !== parts.version || value.build !== parts.build) return null
  return {
    ...parts,
    buildNumber: typeof value.build_number === 'number' ? value.build_number : 0,
    subdir: value.subdir,
    url: `${base}/${entry.filename}`,
    md5: hash(value.md5, 16),
    sha256: hash(value.sha256, 32),
    depends: texts(value.depends),
    constrains: texts(value.constrains),
    size: typeof value.size === 'number' ? value.size : null,
    timestamp: milliseconds(value.timestamp),
  }
}

/** A value, null for one that the decoder refuses (a key `__proto__`). */
function decoded(bytes: Uint8Array): unknown {
  try {
    return decode(bytes)
  } catch {
    return null
  }
}

/** In hexadecimal digits: shards hold hashes as bytes. */
function hash(value: unknown, bytes: number): string | null {
  return value instanceof Uint8Array && value.length === bytes ? Buffer.from(value).toString('hex') : null
}

function texts(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

/** A shard of some entries as every reader of CEP 16 reads it. The solver takes those that are `last` last. */
export function writeShard(entries: readonly ShardEntry[], last: (entry: ShardEntry) => boolean): Buffer {
  const parts = packageMaps.flatMap((kind) => {
    const of = entries.filter((entry) => entry.filename.endsWith('.conda') === (kind === 'packages.conda'))
    const pairs = of.flatMap((entry) => {
      const record = entry.shard.subarray(entry.start, entry.end)
      return [text(entry.filename), ...(last(entry) ? marked(record) : [record])]
    })
    return [text(kind), mapHeader(of.length), ...pairs]
  })
  return Buffer.concat([mapHeader(3), ...parts, text('removed'), encode([])])
}

/** Solvers take a package with track_features only where there is none without. */
function marked(record: Uint8Array): Uint8Array[] {
  const map = enter(record, 0)
  if (map?.kind !== 'map') return [record]
  if (fieldsAt(record, 0)?.has('track_features')) {
    return [encode({ ...(decode(record) as Record<string, unknown>), track_features: 'last' })]
  }
  return [mapHeader(map.count + 1), record.subarray(map.at), text('track_features'), text('last')]
}

/** A text as MessagePack has it. The library's encoder makes a buffer of 2 KiB for each. */
function text(value: string): Buffer {
  const bytes = Buffer.from(value)
  const header = Buffer.alloc(5)
  header[0] = 0xdb
  header.writeUInt32BE(bytes.length, 1)
  return Buffer.concat([header, bytes])
}

function mapHeader(count: number): Uint8Array {
  const header = Buffer.alloc(5)
  header[0] = 0xdf
  header.writeUInt32BE(count, 1)
  return header
}
