import { encode } from '@msgpack/msgpack'
import { writeShard } from '../../lock/shard.ts'
import type { Gathered } from './gather.ts'
import type { Subdir } from './subdir.ts'

/** A channel in memory: each file by its address, as the solver asks for it. */
export type Served = ReadonlyMap<string, Uint8Array>

/**
 * Writes windows as sharded repodata of their channels. The solver takes packages of `preferred` (file names) wherever it
 * can: all others of their names come last.
 */
export function serve(windows: Gathered, subdirs: readonly Subdir[], preferred: ReadonlySet<string>): Served {
  const served = new Map<string, Uint8Array>()
  for (const [place, { channel, subdir }] of subdirs.entries()) {
    const folder = `${addressOf(channel)}/${subdir}/`
    const names: string[] = []
    for (const [name, window] of windows) {
      const entries = window.places[place] ?? []
      if (entries.length === 0) continue
      const old = preferred.size > 0 && window.places.flat().some((entry) => preferred.has(entry.filename))
      const bytes = writeShard(entries, (entry) => old && !preferred.has(entry.filename))
      served.set(`${folder}shards/${idOf(names.length).toString('hex')}.msgpack.zst`, stored(bytes))
      names.push(name)
    }
    served.set(`${folder}repodata_shards.msgpack.zst`, stored(encode(indexOf(subdir, names))))
  }
  return served
}

/** A channel's address as the solver writes it into requests: braces of `${NAME}` are no characters of a URL. */
export function addressOf(channel: string): string {
  return new URL(channel).href.replace(/\/+$/, '')
}

/** Shards are told apart by a hash, which nobody compares here: a number does. */
function idOf(number: number): Buffer {
  const id = Buffer.alloc(32)
  id.writeUInt32BE(number)
  return id
}

function indexOf(subdir: string, names: readonly string[]): unknown {
  const info = { subdir, base_url: './', shards_base_url: './shards/', created_at: '2026-01-01T00:00:00Z' }
  return { version: 1, info, shards: Object.fromEntries(names.map((name, at) => [name, idOf(at)])) }
}

const blockBytes = 128 * 1024

/** A zstd frame of uncompressed blocks (RFC 8878, 3.1.1): the reader wants zstd, and both sides are one process. */
function stored(bytes: Uint8Array): Uint8Array {
  // Magic number, then a descriptor that says: one segment, content size in 4 bytes.
  const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xa0, 0, 0, 0, 0])
  head.writeUInt32LE(bytes.length, 5)
  const parts: Uint8Array[] = [head]
  for (let at = 0; at === 0 || at < bytes.length; at += blockBytes) {
    const block = bytes.subarray(at, at + blockBytes)
    const last = at + blockBytes >= bytes.length ? 1 : 0
    const size = Buffer.alloc(3)
    size.writeUIntLE((block.length << 3) | last, 0, 3)
    parts.push(size, block)
  }
  return Buffer.concat(parts)
}
