/** What a registry, or the service that gives its tokens, answered instead of what was asked for. */
export class StatusError extends Error {
  readonly status: number
  /** How long it asks to wait, null where it does not say. */
  readonly waitMilliseconds: number | null

  constructor(response: Response, request: string) {
    super(`${request}: ${response.status}`)
    this.status = response.status
    this.waitMilliseconds = retryAfter(response)
  }
}

/** Retry-After in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfter(response: Response): number | null {
  const value = response.headers.get('retry-after')
  if (!value) return null
  const seconds = Number(value)
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now()
  return wait > 0 ? wait : null
}
