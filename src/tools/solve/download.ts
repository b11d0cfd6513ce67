import { AbortError } from 'p-retry'
import { ActionError } from '../../errors.ts'
import { causeOf, limitedBody, tryAgain, withLogin } from '../http.ts'
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

/**
 * Reads a file of a channel, again where what went wrong may pass: 408, 429 (obeying Retry-After), 5xx, a cut connection,
 * bytes that `read` refuses. Throws ActionError('solve') with the URL, or ActionError('cancelled').
 */
export async function download<T>(question: Download<T>): Promise<Downloaded<T>> {
  const { url, signal, firstWait = 500 } = question
  try {
    return await tryAgain(() => request(question), { signal, firstWait, factor: 3, retries: 3 })
  } catch (error) {
    if (signal.aborted) {
      throw new ActionError('cancelled', `the run was cancelled while ${shown(url)} was read`, [], { cause: error })
    }
    throw explain(error, url)
  }
}

async function request<T>(question: Download<T>): Promise<Downloaded<T>> {
  const { url, limit, etag, read, signal, timeout = 300_000 } = question
  const place = withLogin(url)
  const headers = { ...(etag ? { 'if-none-match': etag } : {}), ...place.headers }
  const response = await fetch(place.url, { headers, signal: AbortSignal.any([signal, AbortSignal.timeout(timeout)]) })
  if (response.ok) {
    const body = await wholeBody(response, limit)
    return { value: read(body, response.headers.get('etag')) }
  }
  await response.body?.cancel()
  if (response.status === 304 && etag) return 'unchanged'
  if (response.status === 404 || response.status === 410) return 'missing'
  throw new StatusError(response, `GET ${shown(url)}`)
}

async function wholeBody(response: Response, limit: number): Promise<Buffer> {
  const tooLong = `it is larger than ${Math.round(limit / 2 ** 20)} MiB`
  if (Number(response.headers.get('content-length')) > limit) {
    await response.body?.cancel()
    throw new AbortError(tooLong)
  }
  return await limitedBody(response, limit, tooLong)
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
