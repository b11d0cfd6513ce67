import { type Asker, isRefusal, neededClient, patiently, statusOf } from './github-client.ts'
import type { RepositoryName } from './github-tree.ts'

/** Pages of comments that are looked through, 100 each. */
const pages = 30

/** A comment of a pull request. */
export interface Comment {
  readonly id: number
  readonly body: string
  readonly url: string
}

type Place = Asker & { readonly repository: RepositoryName; readonly number: number }

/** The oldest comment that an account wrote and that begins with a marker; null without one. */
export async function findComment(
  question: Place & { readonly marker: string; readonly login: string },
): Promise<Comment | null> {
  const { host, repository, number, marker, login } = question
  const octokit = await neededClient(question)
  const { owner, name: repo } = repository
  for (let page = 1; page <= pages; page++) {
    const { data } = await patiently(host, () =>
      octokit.rest.issues.listComments({ owner, repo, issue_number: number, per_page: 100, page }),
    )
    // Anybody can write the marker, and a bot that quotes people may write it anywhere but first.
    const found = data.find(({ user, body }) => user?.login === login && body?.startsWith(marker))
    if (found) return { id: found.id, body: found.body ?? '', url: found.html_url }
    if (data.length < 100) return null
  }
  return null
}

/** Writes a comment. Throws like the API; of a lost answer nobody knows whether it is there. */
export async function createComment(question: Place & { readonly body: string }): Promise<Comment> {
  const { host, repository, number, body } = question
  const octokit = await neededClient(question)
  const { owner, name: repo } = repository
  const create = () => octokit.rest.issues.createComment({ owner, repo, issue_number: number, body })
  const { data } = await patiently(host, create, { once: true })
  return { id: data.id, body, url: data.html_url }
}

/** Replaces a comment's text. */
export async function updateComment(
  question: Asker & { readonly repository: RepositoryName; readonly id: number; readonly body: string },
): Promise<Comment> {
  const { host, repository, id, body } = question
  const octokit = await neededClient(question)
  const { owner, name: repo } = repository
  const { data } = await patiently(host, () => octokit.rest.issues.updateComment({ owner, repo, comment_id: id, body }))
  return { id, body, url: data.html_url }
}

/** Whether the token may not comment here, or nobody may (a locked conversation, comments of a pull request that is gone). */
export function mayNotComment(error: unknown): boolean {
  return isRefusal(error) || statusOf(error) === 410
}
