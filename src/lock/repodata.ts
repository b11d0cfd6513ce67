import { packageMaps, type Shard, shardOfRecords, splitFilename } from './shard.ts'

/** A repodata.json whose records stay unread until their name is asked for. */
export interface Repodata {
  /** `info.base_url` (CEP 15), null where packages are beside the file. */
  readonly base: string | null
  readonly names: ReadonlyMap<string, unknown>
  shard(name: string): Shard
}

interface Span {
  readonly filename: string
  readonly start: number
  readonly end: number
}

const quote = 0x22
const backslash = 0x5c

/**
 * Finds the records of each name in the bytes of a repodata.json, in one pass: conda-forge's is longer than the longest
 * string that there can be, and of half a million records a few thousand are wanted. Throws a SyntaxError for what is no
 * JSON object.
 */
export function readRepodata(json: Buffer): Repodata {
  const names = new Map<string, Span[]>()
  const removed = new Set<string>()
  let base: string | null = null
  eachMember(json, skipSpace(json, 0), (key, start, end) => {
    if (key === 'info') base = baseOf(parse(json, start, end))
    else if (key === 'removed') for (const filename of listOf(parse(json, start, end))) removed.add(String(filename))
    else if ((packageMaps as readonly string[]).includes(key)) collect(json, start, names)
  })
  return {
    base,
    names,
    shard(name) {
      const spans = (names.get(name) ?? []).filter(({ filename }) => !removed.has(filename))
      return shardOfRecords(
        name,
        spans.map(({ filename, start, end }) => [filename, parse(json, start, end)] as const),
      )
    },
  }
}

function collect(json: Buffer, at: number, names: Map<string, Span[]>): void {
  eachMember(json, at, (filename, start, end) => {
    const name = splitFilename(filename)?.name
    if (name === undefined) return
    const spans = names.get(name)
    if (spans) spans.push({ filename, start, end })
    else names.set(name, [{ filename, start, end }])
  })
}

function parse(json: Buffer, start: number, end: number): unknown {
  return JSON.parse(json.toString('utf8', start, end))
}

function baseOf(info: unknown): string | null {
  const url = typeof info === 'object' && info !== null && 'base_url' in info ? info.base_url : null
  return typeof url === 'string' && url !== '' ? url : null
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** Calls back with key, start and end of each member of the object that begins at `at`. */
function eachMember(json: Buffer, at: number, take: (key: string, start: number, end: number) => void): void {
  if (json[at] !== 0x7b) throw new SyntaxError('repodata is no JSON object')
  let next = skipSpace(json, at + 1)
  while (json[next] !== 0x7d) {
    const keyEnd = endOfString(json, next)
    const key = String(parse(json, next, keyEnd))
    const colon = skipSpace(json, keyEnd)
    if (json[colon] !== 0x3a) throw new SyntaxError('repodata is no JSON')
    const start = skipSpace(json, colon + 1)
    const end = endOfValue(json, start)
    take(key, start, end)
    next = skipSpace(json, end)
    if (json[next] === 0x2c) next = skipSpace(json, next + 1)
    else if (json[next] !== 0x7d) throw new SyntaxError('repodata is no JSON')
  }
}

function skipSpace(json: Buffer, start: number): number {
  let at = start
  while (json[at] === 0x20 || json[at] === 0x0a || json[at] === 0x0d || json[at] === 0x09) at++
  return at
}

function endOfString(json: Buffer, start: number): number {
  if (json[start] !== quote) throw new SyntaxError('repodata is no JSON')
  let end = start
  do {
    end = json.indexOf(quote, end + 1)
    if (end === -1) throw new SyntaxError('repodata ends too early')
  } while (isEscaped(json, end))
  return end + 1
}

function isEscaped(json: Buffer, at: number): boolean {
  let before = at
  while (json[before - 1] === backslash) before--
  return (at - before) % 2 === 1
}

/** Where a value ends. What is inside is looked at by JSON.parse, when it is wanted. */
function endOfValue(json: Buffer, start: number): number {
  if (json[start] === quote) return endOfString(json, start)
  const nested = json[start] === 0x7b || json[start] === 0x5b
  let depth = 0
  for (let at = start; at < json.length; at++) {
    const byte = json[at]
    if (byte === quote && !nested) break
    if (byte === quote) at = endOfString(json, at) - 1
    else if (byte === 0x7b || byte === 0x5b) depth++
    else if (byte === 0x7d || byte === 0x5d) {
      if (--depth <= 0) return depth < 0 ? at : at + 1
    } else if (byte === 0x2c && depth === 0) return at
  }
  throw new SyntaxError('repodata is no JSON, or ends too early')
}
