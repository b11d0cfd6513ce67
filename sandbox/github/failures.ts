import type { Failure, FailureRule } from './types.ts'

/** A token without the right: what a fork's GITHUB_TOKEN gets for any write. */
export function forbidden(message = 'Resource not accessible by integration'): Failure {
  return { status: 403, message }
}

/** Not there, or not to be seen with this token. */
export function notFound(): Failure {
  return { status: 404, message: 'Not Found' }
}

/** The primary limit is used up until a moment (docs.github.com, "Rate limits for the REST API"). */
export function rateLimited({ resetInSeconds = 60 }: { resetInSeconds?: number } = {}): Failure {
  const reset = String(Math.ceil(Date.now() / 1000) + resetInSeconds)
  const headers = { 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': reset }
  return { status: 403, message: 'API rate limit exceeded for installation.', headers }
}

/** Too many requests at once: 429, or 403 as GitHub also answers, with the seconds to wait. */
export function secondaryLimit({
  retryAfter = 1,
  status = 403,
}: {
  retryAfter?: number
  status?: 403 | 429
} = {}): Failure {
  const message = 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.'
  return { status, message, headers: { 'retry-after': String(retryAfter) } }
}

/** Too many requests, with the seconds to wait. */
export function tooManyRequests(retryAfter = 1): Failure {
  return secondaryLimit({ retryAfter, status: 429 })
}

/** A server that is not well. */
export function serverError(status: 500 | 502 | 503 | 504 = 502): Failure {
  return { status, message: status === 502 ? 'Server Error' : 'Service unavailable' }
}

/** A connection that ends without an answer. */
export function cut(): Failure {
  return { cut: true }
}

/** The rules that are left, used up one request at a time in the order in which they were given. */
export class FailureQueue {
  readonly #rules: { readonly rule: FailureRule; left: number }[] = []

  add(rule: FailureRule): void {
    this.#rules.push({ rule, left: rule.times ?? 1 })
  }

  take(method: string, path: string): Failure | null {
    const found = this.#rules.find(({ rule, left }) => left > 0 && matches(rule, method, path))
    if (!found) return null
    found.left -= 1
    return found.rule.failure
  }
}

function matches(rule: FailureRule, method: string, path: string): boolean {
  if (rule.method && rule.method !== method) return false
  return typeof rule.path === 'string' ? rule.path === path : rule.path.test(path)
}
