import { setTimeout as sleep } from 'node:timers/promises'
import { ActionError, messageOf } from '../errors.ts'

/** BuildKit retries for 7 seconds and containerd ignores Retry-After: these waits (milliseconds) are ours, on top. */
const defaultWaits: readonly number[] = [2000, 8000, 20_000]

/** What may pass by itself when it comes from a registry or on the way to it. Refusals (401, 403, 404) are not in it. */
const passing = [
  // The text holds the URL of the request: the status is what stands after a colon and a space.
  /unexpected (HTTP )?status( code)?\b[^\n]*: (408|429|500|502|503|504)\b/i,
  /\b(429 Too Many Requests|500 Internal Server Error|502 Bad Gateway|503 Service Unavailable|504 Gateway Timeout)/i,
  // The distribution project's code for 503, which clients show instead of the status.
  /(^|: )unavailable: /i,
  /toomanyrequests|connection reset by peer|broken pipe|unexpected EOF|i\/o timeout|TLS handshake timeout/i,
  /failed to (do request|push|copy|authorize)[^\n]*: EOF/i,
  // BuildKit pushes an image while it exports its cache: registry 3.0.0 does not know a layer while it is written twice.
  /\bblob unknown to registry\b/i,
]

/** Whether an error's text tells of a fault that a later try may not meet. */
export function isTransient(message: string): boolean {
  return passing.some((pattern) => pattern.test(message))
}

/**
 * Tries again after what may pass by itself, three times at most: what the message tells of, or what the error itself
 * says is `transient`. `onRetry` is told why and how long the wait is.
 */
export async function retryTransient<T>(
  attempt: () => Promise<T>,
  {
    signal,
    onRetry,
    waits = defaultWaits,
  }: { signal: AbortSignal; onRetry: (message: string, wait: number) => void; waits?: readonly number[] },
): Promise<T> {
  for (const wait of waits) {
    try {
      return await attempt()
    } catch (error) {
      const passes = isTransient(messageOf(error)) || (error as { transient?: boolean }).transient === true
      if (!passes || signal.aborted) throw error
      onRetry(messageOf(error), wait)
      await sleep(wait, undefined, { signal }).catch((cause) => {
        throw new ActionError('cancelled', 'the run was cancelled while it waited to try again', [], { cause })
      })
    }
  }
  return await attempt()
}
