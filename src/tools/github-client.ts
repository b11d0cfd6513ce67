import { setTimeout as sleep } from 'node:timers/promises'
import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'

/** GitHub's API as the official client gives it. */
export type Octokit = ReturnType<typeof import('@actions/github').getOctokit>

/** What every question to GitHub needs. */
export interface Asker {
  readonly host: Host
  readonly inputs: Pick<Inputs, 'githubToken'>
}

/** Waits between tries, milliseconds, where GitHub names none. */
const waits: readonly number[] = [500, 2000, 8000]
/** A longer pause that GitHub asks for is not waited for: the job would only hang, milliseconds. */
const longestWait = 120_000

/** The client, loaded only where it is needed; null without a token (a local run). */
export async function githubClient({ host, inputs }: Asker): Promise<Octokit | null> {
  if (!inputs.githubToken) return null
  const { getOctokit } = await import('@actions/github')
  return getOctokit(inputs.githubToken, { baseUrl: host.env.GITHUB_API_URL || 'https://api.github.com' })
}

/** The client of a step that cannot do without. Throws ActionError('input') without a token. */
export async function neededClient(asker: Asker): Promise<Octokit> {
  const octokit = await githubClient(asker)
  if (octokit) return octokit
  throw new ActionError('input', 'this needs GitHub’s API, and there is no token for it', [
    'set the input github-token (its default is the job’s own GITHUB_TOKEN)',
  ])
}

/**
 * Asks, and asks again where GitHub says that it may pass: limits with the wait that it names, errors of its own (5xx), cut
 * connections. With `once` only what GitHub refused unread is sent again: of a write that was cut nobody knows whether it
 * came through.
 */
export async function patiently<T>(host: Host, call: () => Promise<T>, { once = false } = {}): Promise<T> {
  for (const wait of waits) {
    try {
      return await call()
    } catch (error) {
      const pause = limitWait(error) ?? (once || !isServers(error) ? null : wait)
      if (pause === null || pause > longestWait || host.signal.aborted) throw error
      host.out.debug(`GitHub: ${messageOf(error)}; again in ${pause} ms`)
      await sleep(pause, undefined, { signal: host.signal }).catch((cause) => {
        throw new ActionError('cancelled', 'the run was cancelled while it waited for GitHub', [], { cause })
      })
    }
  }
  return await call()
}

/** The status of GitHub's answer; null where the error is another one. */
export function statusOf(error: unknown): number | null {
  const { status } = error as { status?: unknown }
  return typeof status === 'number' ? status : null
}

/** The types of a GraphQL answer's errors (`STALE_DATA`, `FORBIDDEN`, …), empty where it is another error. */
export function graphqlTypes(error: unknown): string[] {
  const { errors } = error as { errors?: unknown }
  return Array.isArray(errors) ? errors.map((item) => String((item as { type?: unknown })?.type ?? '')) : []
}

/** What GitHub says of an error in one line: of a GraphQL answer its first error, which the client's own message leaves out. */
export function answerOf(error: unknown): string {
  const { errors } = error as { errors?: unknown }
  const first: unknown = Array.isArray(errors) ? (errors[0] as { message?: unknown })?.message : undefined
  return (typeof first === 'string' ? first : messageOf(error)).split('\n', 1)[0] ?? ''
}

/** Whether GitHub refused for want of permission, or hides what the token may not see. */
export function isRefusal(error: unknown): boolean {
  if (limitWait(error) !== null) return false
  const status = statusOf(error)
  return status === 403 || status === 404 || status === 401 || graphqlTypes(error).some((type) => type === 'FORBIDDEN')
}

/** Milliseconds that GitHub asks to wait; null where it met no limit. https://docs.github.com/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function limitWait(error: unknown): number | null {
  const status = statusOf(error)
  if (status !== 403 && status !== 429) return null
  const headers = (error as { response?: { headers?: Readonly<Record<string, unknown>> } }).response?.headers ?? {}
  const after = Number(headers['retry-after'])
  if (headers['retry-after'] !== undefined && Number.isFinite(after)) return after * 1000
  if (String(headers['x-ratelimit-remaining']) === '0')
    return Math.max(0, Number(headers['x-ratelimit-reset']) * 1000 - Date.now())
  return status === 429 ? (waits[1] as number) : null
}

/** The client gives a connection that broke the status 500. */
function isServers(error: unknown): boolean {
  return (statusOf(error) ?? 0) >= 500
}
