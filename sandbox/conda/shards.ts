import { encode } from '@msgpack/msgpack'
import { digest } from './archive.ts'
import { entriesOf, type PackageRecord, type Repodata } from './records.ts'
import { compress } from './repodata.ts'

/** Sharded repodata (CEP 16): the index, and each shard by its file name below `shards/`. */
export interface Shards {
  readonly index: Buffer
  readonly files: ReadonlyMap<string, Buffer>
}

/** Makes sharded repodata of a subdir. */
export function makeShards(repodata: Repodata): Shards {
  const files = new Map<string, Buffer>()
  const hashes: Record<string, Buffer> = {}
  for (const [name, entries] of byName(repodata)) {
    const { file, hash, bytes } = makeShard(entries)
    files.set(file, bytes)
    hashes[name] = hash
  }
  return { index: makeIndex(repodata.info.subdir, hashes), files }
}

/** One name's shard: its records by file name. */
export function makeShard(entries: readonly (readonly [filename: string, record: PackageRecord])[]): {
  readonly file: string
  readonly hash: Buffer
  readonly bytes: Buffer
} {
  const of = (ending: string) =>
    Object.fromEntries(
      entries.filter(([name]) => name.endsWith(ending)).map(([name, record]) => [name, binary(record)]),
    )
  const bytes = compress(encode({ packages: of('.tar.bz2'), 'packages.conda': of('.conda'), removed: [] }))
  const hash = digest('sha256', bytes)
  return { file: `${hash}.msgpack.zst`, hash: Buffer.from(hash, 'hex'), bytes }
}

/** The index of a subdir: which shard a name has. */
export function makeIndex(subdir: string, shards: Readonly<Record<string, Buffer>>): Buffer {
  const info = { subdir, base_url: './', shards_base_url: './shards/', created_at: '2026-01-02T03:04:05Z' }
  return compress(encode({ version: 1, info, shards }))
}

/** A subdir's records by name. */
export function byName(repodata: Repodata): Map<string, [filename: string, record: PackageRecord][]> {
  const names = new Map<string, [string, PackageRecord][]>()
  for (const entry of entriesOf(repodata)) {
    const same = names.get(entry[1].name)
    if (same) same.push(entry)
    else names.set(entry[1].name, [entry])
  }
  return names
}

/** Shards have hashes as bytes. */
function binary(record: PackageRecord): Record<string, unknown> {
  return { ...record, md5: Buffer.from(record.md5, 'hex'), sha256: Buffer.from(record.sha256, 'hex') }
}
