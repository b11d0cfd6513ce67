import { setTimeout as sleep } from 'node:timers/promises'
import { isNativeError } from 'node:util/types'
import pRetry, { AbortError } from 'p-retry'
import { ActionError, messageOf } from '../../errors.ts'
import { StatusError } from '../registry-status.ts'

/** How a channel is asked. */
export interface DownloadOptions {
  readonly signal: AbortSignal
  /** The first wait before a request is tried again, milliseconds, default 500; each further one is three times as long. */
  readonly firstWait?: number
  /** What one request may take, milliseconds, default five minutes. */
  readonly timeout?: number
}

/** One file of a channel. */
export interface Download<T> extends DownloadOptions {
  readonly url: string
  /** The most bytes that are read of it. */
  readonly limit: number
  /** The version that is there already, as its ETag. */
  readonly etag?: string | null
  /** What is made of it; a throw means a fault on the way, and the file is asked for again. */
  readonly read: (body: Buffer, etag: string | null) => T
}

/** What came: a value, nothing new, or no such file. */
export type Downloaded<T> = { readonly value: T } | 'unchanged' | 'missing'

const retries = 3
const longestWaitMilliseconds = 60_000

/**
 * Reads a file of a channel, again where what went wrong may pass: 408, 429 (obeying Retry-After), 5xx, a cut connection,
 * bytes that `read` refuses. Throws ActionError('solve') with the URL, or ActionError('cancelled').
 */
export async function download<T>(question: Download<T>): Promise<Downloaded<T>> {
  const { url, signal, firstWait = 500 } = question
  try {
    return await pRetry(() => attempt(question), {
      retries,
      minTimeout: firstWait,
      factor: 3,
      randomize: true,
      signal,
      onFailedAttempt: async ({ error, retriesLeft }) => {
        const wait = error instanceof StatusError ? error.waitMilliseconds : null
        if (retriesLeft > 0 && wait) await sleep(Math.min(wait, longestWaitMilliseconds), undefined, { signal })
      },
    })
  } catch (error) {
    if (signal.aborted) {
      throw new ActionError('cancelled', `the run was cancelled while ${shown(url)} was read`, [], { cause: error })
    }
    throw explain(error, url)
  }
}

async function attempt<T>(question: Download<T>): Promise<Downloaded<T>> {
  try {
    return await request(question)
  } catch (error) {
    if (error instanceof AbortError) throw error
    if (error instanceof StatusError) {
      if (error.status < 500 && ![408, 429].includes(error.status)) throw new AbortError(error)
      throw error
    }
    // fetch reports a cut connection as TypeError, which p-retry would take for a bug of ours.
    throw new Error(causeOf(error), { cause: error })
  }
}

async function request<T>(question: Download<T>): Promise<Downloaded<T>> {
  const { url, limit, etag, read, signal, timeout = 300_000 } = question
  const { address, authorization } = credentials(url)
  const headers = { ...(etag ? { 'if-none-match': etag } : {}), ...(authorization ? { authorization } : {}) }
  const response = await fetch(address, { headers, signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]) })
  if (response.ok) {
    const body = await limited(response, limit)
    return { value: read(body, response.headers.get('etag')) }
  }
  await response.body?.cancel()
  if (response.status === 304 && etag) return 'unchanged'
  if (response.status === 404 || response.status === 410) return 'missing'
  throw new StatusError(response, `GET ${shown(url)}`)
}

/** fetch takes no URL with a user's name and password. */
function credentials(text: string): { address: string; authorization: string | null } {
  const url = new URL(text)
  if (url.username === '' && url.password === '') return { address: text, authorization: null }
  const pair = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  url.username = ''
  url.password = ''
  return { address: url.href, authorization: `Basic ${Buffer.from(pair).toString('base64')}` }
}

async function limited(response: Response, limit: number): Promise<Buffer> {
  const tooLong = () => new AbortError(`it is larger than ${Math.round(limit / 2 ** 20)} MiB`)
  if (Number(response.headers.get('content-length')) > limit) {
    await response.body?.cancel()
    throw tooLong()
  }
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > limit) throw tooLong()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** A URL as it may be shown: without a user's name and password, and without the token that conda keeps in paths. */
export function shown(text: string): string {
  const url = new URL(text)
  url.username = ''
  url.password = ''
  return url.href.replace(/\/t\/[^/]+\//, '/t/…/')
}

function explain(error: unknown, url: string): ActionError {
  const where = shown(url)
  if (error instanceof StatusError) {
    const remedy =
      error.status === 401 || error.status === 403
        ? 'check the channel’s address and the credentials in it'
        : 'run again later, or name a mirror in channel-mirrors'
    const tried = error.status < 500 && error.status !== 429 ? '' : ', also after retries'
    return new ActionError('solve', `the channel answered ${error.status} for ${where}${tried}`, [remedy], {
      cause: error,
    })
  }
  const remedy = 'check the channel’s address and the network, run again later, or name a mirror in channel-mirrors'
  return new ActionError('solve', `${where} cannot be read: ${causeOf(error)}`, [remedy], { cause: error })
}

/** What is at the bottom of it: fetch wraps what happened, and a retry wraps fetch's error. */
function causeOf(error: unknown): string {
  if (!isNativeError(error)) return messageOf(error)
  return isNativeError(error.cause) ? causeOf(error.cause) : error.message
}
