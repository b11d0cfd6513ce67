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

/** Another run may have been first. */
function unlessGone(error: unknown): void {
  if (statusOf(error) !== 404) throw error
}
