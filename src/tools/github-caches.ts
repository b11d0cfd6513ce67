import { messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import { githubClient, isRefusal, patiently, statusOf } from './github-client.ts'

/** Entries of this repository's cache that one took the place of. */
export interface OlderCaches {
  readonly host: Host
  readonly githubToken: string
  /** What their keys begin with. */
  readonly prefix: string
  /** The one that stays. */
  readonly key: string
}

/**
 * Deletes the entries that this run's ref had before: nothing is ever written over in GitHub's cache, and what is left there takes the room
 * of others. `refused` where the token has no `actions: write`; what else goes wrong is only noted. Never throws.
 * https://docs.github.com/rest/actions/cache
 */
export async function deleteOlderCaches({ host, githubToken, prefix, key }: OlderCaches): Promise<number | 'refused'> {
  const [owner = '', repo = ''] = (host.env.GITHUB_REPOSITORY ?? '').split('/')
  const ref = host.env.GITHUB_REF ?? ''
  let deleted = 0
  try {
    const octokit = await githubClient({ host, inputs: { githubToken } })
    if (!octokit || !owner || !repo || !ref) return 0
    const { actions } = octokit.rest
    const list = { owner, repo, ref, key: prefix, per_page: 100 }
    const { data } = await patiently(host, () => actions.getActionsCacheList(list))
    for (const entry of data.actions_caches) {
      if (entry.id === undefined || entry.ref !== ref || entry.key === key || !entry.key?.startsWith(prefix)) continue
      const older = { owner, repo, cache_id: entry.id }
      await patiently(host, () => actions.deleteActionsCacheById(older)).catch(unlessGone)
      deleted += 1
    }
  } catch (error) {
    if (isRefusal(error)) return 'refused'
    host.out.debug(`older cache entries: ${messageOf(error)}`)
  }
  return deleted
}

/** An entry of the repository's cache. */
export interface ListedCache {
  readonly id: number
  readonly key: string
  /** Bytes as they are stored. */
  readonly size: number
}

/** What a run may know of the repository's cache. */
export interface CacheOverview {
  /** Entries of this run's ref whose keys begin with the prefix, the newest use first. */
  readonly entries: readonly ListedCache[]
  /** Bytes of all entries of all refs. */
  readonly used: number
}

/** Null without a token that may read it (`actions: read`), or where GitHub does not answer. Never throws. */
export async function readCaches(question: Omit<OlderCaches, 'key'>): Promise<CacheOverview | null> {
  const { host, prefix } = question
  const place = placeOf(question)
  try {
    const octokit = place && (await githubClient({ host, inputs: question }))
    if (!octokit) return null
    const { actions } = octokit.rest
    const { ref, ...repository } = place
    const [list, usage] = await Promise.all([
      patiently(host, () => actions.getActionsCacheList({ ...place, key: prefix, per_page: 100 })),
      patiently(host, () => actions.getActionsCacheUsage(repository)),
    ])
    const entries = list.data.actions_caches.flatMap(({ id, key, ref: of, size_in_bytes: size }) =>
      id !== undefined && of === ref && key?.startsWith(prefix) ? [{ id, key, size: size ?? 0 }] : [],
    )
    return { entries, used: usage.data.active_caches_size_in_bytes }
  } catch (error) {
    host.out.debug(`cache entries: ${messageOf(error)}`)
    return null
  }
}

/** Deletes one entry; false where the token may not. Throws for what else goes wrong. */
export async function deleteCache(question: Pick<OlderCaches, 'host' | 'githubToken'>, id: number): Promise<boolean> {
  const { host } = question
  const place = placeOf(question)
  const octokit = place && (await githubClient({ host, inputs: question }))
  if (!octokit) return false
  const { ref: _, ...repository } = place
  try {
    await patiently(host, () => octokit.rest.actions.deleteActionsCacheById({ ...repository, cache_id: id }))
  } catch (error) {
    if (statusOf(error) === 404) return true
    if (isRefusal(error)) return false
    throw error
  }
  return true
}

function placeOf({ host }: Pick<OlderCaches, 'host'>): { owner: string; repo: string; ref: string } | null {
  const [owner = '', repo = ''] = (host.env.GITHUB_REPOSITORY ?? '').split('/')
  const ref = host.env.GITHUB_REF ?? ''
  return owner && repo && ref ? { owner, repo, ref } : null
}

/** Another run may have been first. */
function unlessGone(error: unknown): void {
  if (statusOf(error) !== 404) throw error
}
