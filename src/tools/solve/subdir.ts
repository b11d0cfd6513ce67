import { hash } from 'node:crypto'
import { zstdDecompressSync } from 'node:zlib'
import { ActionError, messageOf } from '../../errors.ts'
import { fieldsAt, textAt } from '../../lock/msgpack-walk.ts'
import { readRepodata } from '../../lock/repodata.ts'
import { readShard, type Shard } from '../../lock/shard.ts'
import type { ChannelPlace } from './channel.ts'
import { type DownloadOptions, download, shown } from './download.ts'
import type { Store } from './store.ts'

/** One subdir of a channel, whose names are read when they are asked for, each once. */
export interface Subdir {
  /** The channel's own address, the first half of what a solver is told. */
  readonly channel: string
  readonly subdir: string
  /** Where its packages are, as locks say it; without a slash at the end. */
  readonly base: string
  readonly names: Iterable<string>
  has(name: string): boolean
  /** All packages of a name. Throws ActionError('solve'). */
  read(name: string): Promise<Shard>
}

/** How subdirs are opened. */
export interface SubdirOptions extends DownloadOptions {
  readonly store: Store
}

const indexBytes = 64 * 2 ** 20
const shardBytes = 32 * 2 ** 20
const repodataBytes = 512 * 2 ** 20
const unpackedBytes = { index: 128 * 2 ** 20, shard: 256 * 2 ** 20, repodata: 2 ** 30 }

/**
 * Opens a subdir: sharded repodata (CEP 16) where the channel has it, else repodata.json.zst, else repodata.json. Null where
 * it has none of them. What did not change since the last run is not downloaded again.
 */
export async function openSubdir(place: ChannelPlace, subdir: string, options: SubdirOptions): Promise<Subdir | null> {
  return (await openSharded(place, subdir, options)) ?? (await openWhole(place, subdir, options))
}

async function openSharded(place: ChannelPlace, subdir: string, options: SubdirOptions): Promise<Subdir | null> {
  const folder = `${place.asked}/${subdir}/`
  const url = `${folder}repodata_shards.msgpack.zst`
  const index = await fetchDocument(
    { url, limit: indexBytes, read: (body) => readIndex(unpack(body, 'index')) },
    options,
  )
  if (index === null) return null
  const shards = withSlash(new URL(index.shardsBase, folder).href)
  const read = remembered(async (name) => {
    const sha256 = index.hashOf(name)
    if (sha256 === null) return { name, versions: [] }
    const bytes = await fetchShard(new URL(`${sha256}.msgpack.zst`, shards).href, sha256, options)
    return understood(`the shard of ${name} at ${shown(shards)}`, () => readShard(name, unpack(bytes, 'shard')))
  })
  return {
    channel: place.own,
    subdir,
    base: baseOf(place, subdir, index.base),
    names: index.names,
    has: (name) => index.hashOf(name) !== null,
    read,
  }
}

async function openWhole(place: ChannelPlace, subdir: string, options: SubdirOptions): Promise<Subdir | null> {
  const url = `${place.asked}/${subdir}/repodata.json`
  const packed = {
    url: `${url}.zst`,
    limit: repodataBytes,
    read: (body: Buffer) => readRepodata(unpack(body, 'repodata')),
  }
  const plain = { url, limit: repodataBytes, read: readRepodata }
  const repodata = (await fetchDocument(packed, options)) ?? (await fetchDocument(plain, options))
  if (repodata === null) return null
  return {
    channel: place.own,
    subdir,
    base: baseOf(place, subdir, repodata.base),
    names: repodata.names.keys(),
    has: (name) => repodata.names.has(name),
    read: remembered(async (name) => understood(`${name} in ${shown(url)}`, () => repodata.shard(name))),
  }
}

/** A mirror's packages are written with the channel's own address; a channel itself may keep them elsewhere. */
function baseOf(place: ChannelPlace, subdir: string, written: string | null): string {
  const own = `${place.own}/${subdir}`
  if (place.mirrored || !written) return own
  const [found, beside] = [new URL(written, `${place.asked}/${subdir}/`), new URL(`${place.asked}/${subdir}/`)]
  if (found.protocol !== 'https:' && found.protocol !== 'http:') return own
  return withSlash(found.href) === beside.href ? own : place.hidden(found.href.replace(/\/+$/, ''))
}

function withSlash(url: string): string {
  return url.endsWith('/') ? url : `${url}/`
}

/** A document by its ETag: from the store where it did not change. Null where there is none. */
async function fetchDocument<T>(
  { url, limit, read }: { url: string; limit: number; read: (body: Buffer) => T },
  options: SubdirOptions,
): Promise<T | null> {
  const stored = options.store.document(url)
  const kept = stored && attempted(() => read(stored.body))
  const etag = kept ? stored.etag : null
  const came = await download({
    ...options,
    url,
    limit,
    etag,
    read: (body, newEtag) => ({ value: read(body), body, etag: newEtag }),
  })
  if (came === 'missing') return null
  if (came === 'unchanged') return kept ? kept.value : null
  options.store.putDocument(url, came.value.etag, came.value.body)
  return came.value.value
}

/** What is kept may be of a version that reads otherwise: then it is as if it were not there. */
function attempted<T>(read: () => T): { value: T } | null {
  try {
    return { value: read() }
  } catch {
    return null
  }
}

/** A shard's bytes, which are what the index says: from the store, else from the channel. */
async function fetchShard(url: string, sha256: string, options: SubdirOptions): Promise<Buffer> {
  const stored = options.store.content(sha256)
  if (stored) return stored
  const read = (body: Buffer) => {
    const found = hash('sha256', body)
    if (found !== sha256) throw new Error(`its sha256 is ${found}, and the index says ${sha256}`)
    return body
  }
  const came = await download({ ...options, url, limit: shardBytes, read })
  if (typeof came === 'string') {
    throw new ActionError('solve', `the channel has no ${shown(url)}, which its index names`, [
      'its index and its shards are of different times: run again in some minutes, or name a mirror in channel-mirrors',
    ])
  }
  options.store.putContent(sha256, came.value)
  return came.value
}

interface ShardIndex {
  readonly base: string | null
  readonly shardsBase: string
  readonly names: Iterable<string>
  /** In hexadecimal digits, null for a name that is not there. */
  hashOf(name: string): string | null
}

/** CEP 16's index: `info` with two addresses, `shards` with a sha256 of 32 bytes for each name. */
function readIndex(bytes: Buffer): ShardIndex {
  const fields = fieldsAt(bytes, 0)
  const [infoAt, shardsAt] = [fields?.get('info'), fields?.get('shards')]
  const info = infoAt === undefined ? null : fieldsAt(bytes, infoAt)
  const shards = shardsAt === undefined ? null : fieldsAt(bytes, shardsAt)
  if (!info || !shards) throw new Error('it is no index of shards')
  const text = (name: string) => {
    const at = info.get(name)
    return at === undefined ? null : textAt(bytes, at)
  }
  return {
    base: text('base_url'),
    shardsBase: text('shards_base_url') ?? './',
    names: shards.keys(),
    hashOf(name) {
      const at = shards.get(name)
      // 0xc4 0x20: binary, 32 bytes.
      if (at === undefined || bytes[at] !== 0xc4 || bytes[at + 1] !== 32) return null
      return bytes.toString('hex', at + 2, at + 34)
    },
  }
}

function unpack(bytes: Buffer, kind: keyof typeof unpackedBytes): Buffer {
  return zstdDecompressSync(bytes, { maxOutputLength: unpackedBytes[kind] })
}

function understood<T>(what: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    throw new ActionError(
      'solve',
      `${what} cannot be read: ${messageOf(error)}`,
      ['the channel serves broken repodata: run again later, or name a mirror in channel-mirrors'],
      { cause: error },
    )
  }
}

function remembered<T>(read: (name: string) => Promise<T>): (name: string) => Promise<T> {
  const known = new Map<string, Promise<T>>()
  return (name) => {
    let value = known.get(name)
    if (!value) {
      value = read(name)
      known.set(name, value)
    }
    return value
  }
}
