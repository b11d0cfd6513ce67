import { appendFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { digest, packageArchive } from './archive.ts'
import { type Fault, type Faults, sendFaulty } from './faults.ts'
import { type Subdir, subdirs } from './records.ts'
import { type ChannelData, compress, findRecord, loadChannelData } from './repodata.ts'
import { makeShards } from './shards.ts'

/** A request that the channel answered. `path` is below the channel (`linux-64/…`), `bytes` the length of the body. */
export interface ChannelRequest {
  readonly method: string
  readonly path: string
  readonly status: number
  readonly bytes: number
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly userAgent: string
}

/** How a channel is started. */
export interface ChannelOptions {
  /** Default: a free one. */
  readonly port?: number
  /** The address to listen on, default 127.0.0.1; containers with a network of their own need another one. */
  readonly host?: string
  /** A file that gets every request as a line of JSON. */
  readonly log?: string
  /** Default: `loadChannelData()`. */
  readonly data?: ChannelData
  /** What goes wrong. */
  readonly faults?: Faults
}

/** A running channel server. */
export interface ChannelServer {
  /** The channel's own URL, `http://127.0.0.1:PORT/conda-forge`. */
  readonly url: string
  /** What condarc calls `channel_alias`: the URL without the channel's name. */
  readonly alias: string
  readonly data: ChannelData
  /** All requests since the start, oldest first. */
  accessLog(): ChannelRequest[]
  stop(): Promise<void>
}

interface Answer {
  readonly status: number
  readonly type: string
  readonly body: Uint8Array
}

const channelName = 'conda-forge'
const notFound: Answer = { status: 404, type: 'text/plain', body: Buffer.from('not in this channel\n') }

/**
 * Serve the recorded conda-forge: repodata.json, repodata.json.zst, sharded repodata, and an archive, made on request, for
 * each record.
 */
export async function startChannel(options: ChannelOptions = {}): Promise<ChannelServer> {
  const data = options.data ?? (await loadChannelData())
  const requests: ChannelRequest[] = []
  const answers = repodataAnswers(data)
  const shards = shardAnswers(data)
  const counts = new Map<string, number>()
  const server = createServer(async (request, response) => {
    const path = channelPath(request.url ?? '/')
    const answer = answers.get(path)?.() ?? shards(path) ?? (await archiveAnswer(data, path))
    const before = counts.get(path) ?? 0
    counts.set(path, before + 1)
    const entry = await send(request, response, path, answer, options.faults?.(path, before) ?? null)
    requests.push(entry)
    if (options.log) appendFileSync(options.log, `${JSON.stringify(entry)}\n`)
  })
  const alias = await listen(server, options.host ?? '127.0.0.1', options.port ?? 0)
  return { url: `${alias}/${channelName}`, alias, data, accessLog: () => [...requests], stop: () => stop(server) }
}

/** The channel is there under its name and at the root, where a mirror of one channel has it. */
function channelPath(url: string): string {
  const path = decode(url.split('?')[0] ?? '').slice(1)
  return path.startsWith(`${channelName}/`) ? path.slice(channelName.length + 1) : path
}

function decode(path: string): string {
  try {
    return decodeURIComponent(path)
  } catch {
    return ''
  }
}

/** The repodata of every subdir in both forms, made when it is first asked for. */
function repodataAnswers(data: ChannelData): Map<string, () => Answer> {
  const answers = new Map<string, () => Answer>()
  for (const subdir of subdirs) {
    const json = once(() => Buffer.from(JSON.stringify(data[subdir as Subdir])))
    const zst = once(() => compress(json()))
    answers.set(`${subdir}/repodata.json`, () => ({ status: 200, type: 'application/json', body: json() }))
    answers.set(`${subdir}/repodata.json.zst`, () => ({ status: 200, type: 'application/zstd', body: zst() }))
  }
  return answers
}

/** Sharded repodata of the subdirs that it is asked for. */
function shardAnswers(data: ChannelData): (path: string) => Answer | null {
  const made = new Map(subdirs.map((subdir) => [subdir as string, once(() => makeShards(data[subdir]))]))
  return (path) => {
    const { subdir = '', file } = /^(?<subdir>[^/]+)\/shards\/(?<file>[^/]+)$/.exec(path)?.groups ?? {}
    const index = /^(?<subdir>[^/]+)\/repodata_shards\.msgpack\.zst$/.exec(path)?.groups?.subdir
    const body = index === undefined ? file && made.get(subdir)?.().files.get(file) : made.get(index)?.().index
    return body ? { status: 200, type: 'application/octet-stream', body } : null
  }
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}

async function archiveAnswer(data: ChannelData, path: string): Promise<Answer> {
  const record = findRecord(data, path)
  if (!record) return notFound
  const body = await packageArchive(path.split('/')[1] ?? '', record)
  return { status: 200, type: 'application/octet-stream', body }
}

async function send(
  request: IncomingMessage,
  response: ServerResponse,
  path: string,
  answer: Answer,
  fault: Fault | null,
): Promise<ChannelRequest> {
  const method = request.method ?? 'GET'
  const etag = `"${digest('md5', answer.body)}"`
  const unchanged = answer.status === 200 && request.headers['if-none-match'] === etag
  const status = method !== 'GET' && method !== 'HEAD' ? 405 : unchanged ? 304 : answer.status
  const body = status === 200 || status === 404 ? answer.body : Buffer.alloc(0)
  const headers = { 'content-type': answer.type, 'content-length': String(body.length), etag }
  const entry = { method, path, time: Date.now(), userAgent: request.headers['user-agent'] ?? '' }
  if (fault) {
    const [sent, length] = await sendFaulty(response, { status, headers, body }, fault)
    return { ...entry, status: sent, bytes: length }
  }
  response.writeHead(status, headers)
  response.end(method === 'HEAD' ? undefined : body)
  return { ...entry, status, bytes: method === 'HEAD' ? 0 : body.length }
}

async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, resolve)
  })
  return `http://${host}:${(server.address() as AddressInfo).port}`
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections()
  await new Promise<void>((resolve) => server.close(() => resolve()))
}
