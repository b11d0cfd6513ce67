import { messageOf } from '../errors.ts'
import { type Asker, neededClient, patiently } from './github-client.ts'
import type { BranchName } from './github-commit.ts'
import type { RepositoryName } from './github-tree.ts'

/** A pull request as GitHub has it now: where its commits are and who may push there. */
export interface PullFacts {
  readonly number: number
  readonly open: boolean
  /** Null where the fork is gone. */
  readonly head: BranchName | null
  readonly headSha: string
  readonly baseBranch: string
  readonly fork: boolean
  /** "Allow edits by maintainers" is ticked. */
  readonly maintainerCanModify: boolean
}

/** A pull request by number. Throws where GitHub does not show it. */
export async function pullFacts(
  question: Asker & { readonly repository: RepositoryName; readonly number: number },
): Promise<PullFacts> {
  const { host, repository, number } = question
  const octokit = await neededClient(question)
  const { data } = await patiently(host, () =>
    octokit.rest.pulls.get({ owner: repository.owner, repo: repository.name, pull_number: number }),
  )
  const { head, base } = data
  // GitHub's types do not know of forks that are gone.
  const from = head.repo as typeof head.repo | null
  return {
    number,
    open: data.state === 'open',
    head: from ? { owner: from.owner.login, name: from.name, branch: head.ref } : null,
    headSha: head.sha,
    baseBranch: base.ref,
    fork: from?.id !== base.repo.id,
    maintainerCanModify: data.maintainer_can_modify,
  }
}

/**
 * When a branch's tip was pushed, by GitHub's own clock; null where GitHub does not tell. A commit's own dates are its
 * writer's to choose.
 */
export async function pushTime(
  question: Asker & { readonly target: BranchName; readonly sha: string },
): Promise<Date | null> {
  const { host, target, sha } = question
  const octokit = await neededClient(question)
  const { owner, name: repo, branch } = target
  try {
    const { data } = await patiently(host, () =>
      octokit.rest.repos.listActivities({ owner, repo, ref: `refs/heads/${branch}`, per_page: 30 }),
    )
    const push = data.find((activity) => activity.after === sha)
    return push ? new Date(push.timestamp) : null
  } catch (error) {
    host.out.debug(`pushes to ${branch}: ${messageOf(error)}`)
    return null
  }
}

/** A reaction to a comment. GitHub takes the same one of one account once. */
export async function react(
  question: Asker & {
    readonly repository: RepositoryName
    readonly comment: number
    readonly content: 'eyes' | 'rocket' | 'confused'
  },
): Promise<void> {
  const { host, repository, comment, content } = question
  const octokit = await neededClient(question)
  const { owner, name: repo } = repository
  await patiently(host, () =>
    octokit.rest.reactions.createForIssueComment({ owner, repo, comment_id: comment, content }),
  )
}
