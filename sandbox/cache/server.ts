import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { getBlob, putBlob, refuseBlob, type Upload } from './blobs.ts'
import { Entries, type Sought } from './entries.ts'
import { type Call, loadMessages, type Messages } from './messages.ts'
import { createSigner, type Signer } from './tokens.ts'
import type { CacheEntry, CacheFault, CacheOptions, CacheRequest, CacheScope, CacheService } from './types.ts'

interface State {
  readonly url: string
  readonly options: CacheOptions
  readonly messages: Messages
  readonly signer: Signer
  readonly entries: Entries
  /** Reserved entries by the path of their blob. */
  readonly uploads: Map<string, Upload & { key: string; version: string; ref: string }>
  readonly requests: CacheRequest[]
  readonly problems: string[]
}

/**
 * GitHub's cache service, version 2: three calls (twirp, as JSON) that name entries and a blob store behind signed addresses. What a
 * run may see and write stands in its token; entries are never overwritten.
 */
export async function startCacheService(options: CacheOptions = {}): Promise<CacheService> {
  const server = createServer((request, response) => void answer(state, request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const state: State = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    ...{ options, messages: await loadMessages(), signer: createSigner() },
    entries: new Entries(options.limit ?? 10 * 2 ** 30),
    ...{ uploads: new Map(), requests: [], problems: [] },
  }
  return {
    url: state.url,
    env: (scopes) => ({
      ACTIONS_RESULTS_URL: `${state.url}/`,
      ACTIONS_RUNTIME_TOKEN: state.signer.token(scopes),
      ACTIONS_CACHE_SERVICE_V2: 'True',
    }),
    entries: () => state.entries.all,
    store: (entry) => void state.entries.add(entry),
    remove: (id) => state.entries.remove(id),
    requests: () => [...state.requests],
    problems: () => [...state.problems],
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

async function answer(state: State, request: IncomingMessage, response: ServerResponse): Promise<void> {
  try {
    const body = await buffer(request)
    const url = new URL(request.url ?? '/', state.url)
    if (url.pathname.startsWith('/blobs/')) return await blob(state, { request, response, url, body })
    const call = state.messages.call(url.pathname)
    if (!call) throw new Error(`the service has no ${url.pathname}`)
    const scopes = state.signer.scopes(request.headers.authorization)
    if (!scopes) throw new Refusal(401, 'unauthenticated', 'bad token')
    await twirp(state, { call, scopes, asked: state.messages.read(call, JSON.parse(body.toString())), response })
  } catch (error) {
    // A client that was ended in the middle is no fault of its messages.
    if (request.destroyed && !request.complete) return
    const { status, code, message } = error instanceof Refusal ? error : new Refusal(400, 'malformed', String(error))
    if (status === 400) state.problems.push(`${request.method} ${request.url}: ${message}`)
    reply(response, { code, msg: message }, status)
  }
}

interface Twirp {
  readonly call: Call
  readonly scopes: readonly CacheScope[]
  readonly asked: Readonly<Record<string, unknown>>
  readonly response: ServerResponse
}

async function twirp(state: State, { call, scopes, asked, response }: Twirp): Promise<void> {
  const named = { key: String(asked.key), version: String(asked.version) }
  if (await disturb(note(state, call, named.key), response)) return
  const ref = scopes.find(({ write }) => write)?.ref
  const own = ref === undefined ? null : { ...named, ref }
  const answer =
    call === 'GetCacheEntryDownloadURL'
      ? lookUp(state, { ...named, prefixes: asked.restoreKeys as string[] }, scopes)
      : call === 'CreateCacheEntry'
        ? reserve(state, own)
        : finish(state, own, String(asked.sizeBytes))
  reply(response, state.messages.write(call, answer))
}

/** The name of an entry that a run may write. */
type Own = Pick<CacheEntry, 'key' | 'version' | 'ref'> | null

function lookUp(state: State, sought: Sought, scopes: readonly CacheScope[]): object {
  if (scopes.length === 0) throw new Refusal(403, 'permission_denied', 'cache read denied: no readable scopes')
  const found = state.entries.find(sought, scopes)
  if (!found) return { ok: false }
  return { ok: true, signedDownloadUrl: signed(state, `/blobs/${found.id}`, 'r'), matchedKey: found.key }
}

function reserve(state: State, own: Own): object {
  if (!own) return { ok: false, message: 'cache write denied: the token of this run is read-only' }
  const pathname = uploadPath(own)
  if (state.entries.has(own) || state.uploads.has(pathname))
    throw new Refusal(409, 'already_exists', 'cache entry with the same key, version, and scope already exists')
  state.uploads.set(pathname, { ...own, blocks: new Map(), content: null })
  return { ok: true, signedUploadUrl: signed(state, pathname, 'cw') }
}

function finish(state: State, own: Own, size: string): object {
  const content = own && state.uploads.get(uploadPath(own))?.content
  if (!own || !content || String(content.length) !== size) throw new Error(`${own?.key} is not what was uploaded`)
  state.uploads.delete(uploadPath(own))
  return { ok: true, entryId: String(state.entries.add({ ...own, content })) }
}

function uploadPath({ ref, version, key }: NonNullable<Own>): string {
  return `/blobs/new/${Buffer.from(JSON.stringify([ref, version, key])).toString('base64url')}`
}

async function blob(
  state: State,
  call: { request: IncomingMessage; response: ServerResponse; url: URL; body: Buffer },
): Promise<void> {
  const { request, response, url, body } = call
  const { pathname, searchParams } = url
  const [upload, entry] = [state.uploads.get(pathname), state.entries.all.find(({ id }) => pathname === `/blobs/${id}`)]
  const writes = request.method === 'PUT'
  const refusal = state.signer.refusal(pathname, searchParams, writes ? 'cw' : 'r')
  if (refusal) return refuseBlob(response, 403, 'AuthenticationFailed', refusal)
  const known = writes ? upload : entry
  if (!known) return refuseBlob(response, 404, 'BlobNotFound')
  const fault = note(state, writes ? 'upload' : 'download', known.key)
  if (await disturb(fault, response)) return
  if (writes && upload) return putBlob(upload, searchParams, body, response)
  const content = fault && 'content' in fault ? fault.content(entry!.content) : entry!.content
  getBlob(content, request, response, fault && 'cutAfter' in fault ? fault.cutAfter : null)
}

function note(state: State, method: CacheRequest['method'], key: string): CacheFault | undefined {
  const at = state.requests.filter((request) => request.method === method).length
  const request = { method, key, at }
  state.requests.push(request)
  return state.options.fault?.(request)
}

/** True where the request is answered by its fault alone. */
async function disturb(fault: CacheFault | undefined, response: ServerResponse): Promise<boolean> {
  if (!fault) return false
  // Whoever asked may be gone by then, and the test with it.
  if ('delay' in fault) await sleep(fault.delay, undefined, { ref: false })
  if ('silence' in fault) return true
  if (!('status' in fault)) return false
  response.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers })
  response.end(JSON.stringify({ code: 'unavailable', msg: 'as the test asked' }))
  return true
}

function signed({ url, signer, options }: State, pathname: string, permission: 'r' | 'cw'): string {
  const expires = Date.now() + (options.signed ?? 3_600_000)
  return `${url}${pathname}?${signer.query(pathname, permission, expires)}`
}

function reply(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

/** An error of the service: https://twitchtv.github.io/twirp/docs/errors.html */
class Refusal extends Error {
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, message: string) {
    super(message)
    this.status = status
    this.code = code
  }
}
