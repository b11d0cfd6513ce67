import { setTimeout as sleep } from 'node:timers/promises'
import { isNativeError } from 'node:util/types'
import pRetry, { AbortError } from 'p-retry'
import { messageOf } from '../errors.ts'
import { StatusError } from './registry-status.ts'

/** How often and how patiently a server is asked again. */
export interface Patience {
  readonly signal?: AbortSignal | undefined
  /** The first wait, milliseconds; each further one is `factor` times as long. */
  readonly firstWait: number
  readonly factor: number
  readonly retries: number
}

const longestWaitMilliseconds = 60_000

/**
 * Tries again what may pass: 408, 429, 5xx (as `StatusError`, whose Retry-After is obeyed), a cut connection, any other error.
 * Refusals and an `AbortError` end it at once. Throws the last error; of one that fetch wrapped what is at its bottom.
 */
export async function tryAgain<T>(
  attempt: () => Promise<T>,
  { signal, firstWait, factor, retries }: Patience,
): Promise<T> {
  return await pRetry(() => attempt().catch(sorted), {
    retries,
    minTimeout: firstWait,
    factor,
    randomize: true,
    ...(signal ? { signal } : {}),
    onFailedAttempt: async ({ error, retriesLeft }) => {
      const wait = error instanceof StatusError ? error.waitMilliseconds : null
      if (retriesLeft > 0 && wait)
        await sleep(Math.min(wait, longestWaitMilliseconds), undefined, signal ? { signal } : {})
    },
  })
}

function sorted(error: unknown): never {
  if (error instanceof StatusError && error.status < 500 && ![408, 429].includes(error.status))
    throw new AbortError(error)
  if (error instanceof StatusError || error instanceof AbortError) throw error
  // fetch reports a cut connection as TypeError, which p-retry would take for a bug of ours.
  throw new Error(causeOf(error), { cause: error })
}

/** What is at the bottom of it: fetch wraps what happened, and a retry wraps fetch's error. */
export function causeOf(error: unknown): string {
  if (!isNativeError(error)) return messageOf(error)
  return isNativeError(error.cause) ? causeOf(error.cause) : error.message
}

/**
 * The whole body: within the attempt, so that a connection that is cut meanwhile is tried again. A longer one than `limit` bytes
 * is not read to its end: AbortError with `tooLong`.
 */
export async function limitedBody(response: Response, limit: number, tooLong: string): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > limit) throw new AbortError(tooLong)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** An address without its user's name and password, and the header that logs in with them: fetch takes no address that has any. */
export function withLogin(address: string): { url: string; headers: Record<string, string> } {
  const url = new URL(address)
  const login = `${decodeURIComponent(url.username)}:${decodeURIComponent(url.password)}`
  if (login === ':') return { url: address, headers: {} }
  url.username = ''
  url.password = ''
  return {
    url: url.href.replace(/\/+$/, ''),
    headers: { authorization: `Basic ${Buffer.from(login).toString('base64')}` },
  }
}
