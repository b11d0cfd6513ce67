import { ActionError } from '../errors.ts'
import { type Account, hasPushAccess, mayWriteContents, tokenAccount } from '../tools/github-account.ts'
import { type Asker, answerOf, isRefusal } from '../tools/github-client.ts'
import type { BranchName } from '../tools/github-commit.ts'
import { type PullFacts, pullFacts } from '../tools/github-pull.ts'
import type { RepositoryName } from '../tools/github-tree.ts'
import type { Trigger } from '../trigger/types.ts'

/** Where a commit of locks goes. */
export interface CommitTarget extends BranchName {
  /** The commit that the locks are solved for, and on top of which they go. */
  readonly head: string
  readonly fork: boolean
  readonly pullRequest: number
}

/**
 * Whether locks can be committed, known before anything is solved. `reason` and `remedy` are sentences for people; with
 * `offer` there is a pull request for which the locks are worth handing over in another way.
 */
export type CommitPermission =
  | { readonly can: true; readonly target: CommitTarget; readonly account: Account | null }
  | {
      readonly can: false
      readonly reason: string
      readonly remedy: string | null
      readonly offer: boolean
      readonly account: Account | null
    }

/**
 * Tells whether this run can commit to its pull request's branch, by what GitHub says of branch and token. Where it does not
 * answer, the run cannot: never worth a red one.
 */
export async function canCommit(question: Asker & { readonly trigger: Trigger }): Promise<CommitPermission> {
  try {
    return await askPermission(question)
  } catch (error) {
    if (error instanceof ActionError && error.code === 'cancelled') throw error
    const remedy = isRefusal(error) ? 'the job needs `permissions: pull-requests: write`, too' : null
    return no(`GitHub does not tell about the pull request: ${answerOf(error)}`, remedy, true)
  }
}

function no(reason: string, remedy: string | null = null, offer = false, account: Account | null = null) {
  return { can: false, reason, remedy, offer, account } as const
}

async function askPermission(question: Asker & { readonly trigger: Trigger }): Promise<CommitPermission> {
  const { trigger, inputs } = question
  const { repository, pullRequest } = trigger
  if (trigger.kind === 'local') return no('a local run writes the files and commits nothing')
  if (!pullRequest || !repository) return no('this run belongs to no pull request')
  if (!inputs.githubToken)
    return no('there is no token', 'set the input github-token (its default is the job’s own)', true)
  const [facts, account] = await Promise.all([
    pullFacts({ ...question, repository, number: pullRequest.number }),
    tokenAccount(question),
  ])
  if (!facts.open) return no(`pull request ${facts.number} is closed`, null, false, account)
  if (!facts.head) return no('the fork that the pull request came from is gone', null, true, account)
  const hindrance = facts.fork
    ? await forkHindrance({ ...question, repository, facts, account })
    : await ownHindrance({ ...question, repository })
  if (hindrance) return no(hindrance.reason, hindrance.remedy, true, account)
  const { head, fork, number } = facts
  return { can: true, target: { ...head, head: pullRequest.headSha, fork, pullRequest: number }, account }
}

interface Hindrance {
  readonly reason: string
  readonly remedy: string
}

async function ownHindrance(
  question: Asker & { repository: RepositoryName; trigger: Trigger },
): Promise<Hindrance | null> {
  if (await mayWriteContents(question)) return null
  const { trust, trustReason } = question.trigger
  const why = trust === 'untrusted' ? ` (${trustReason})` : ''
  return {
    reason: `the token in github-token may not write to this repository${why}`,
    remedy: 'give the job `permissions: contents: write`, or comment `/condalock` where a workflow answers it',
  }
}

/** A fork's branch is open to people with write access here, where its owner lets them; never to a workflow's or an App's token. */
async function forkHindrance(
  question: Asker & { repository: RepositoryName; facts: PullFacts; account: Account | null },
): Promise<Hindrance | null> {
  const { facts, account } = question
  if (!facts.maintainerCanModify)
    return {
      reason: 'the pull request comes from a fork, and does not allow edits by maintainers',
      remedy: 'its author can tick “Allow edits by maintainers”, or take the locks as below',
    }
  if (account === null || account.bot)
    return {
      reason: 'the pull request comes from a fork, and the token in github-token has no place there',
      remedy: 'a fork’s branch takes commits of a person with write access here: the token of one, in github-token',
    }
  if (!(await hasPushAccess(question)))
    return {
      reason: `the pull request comes from a fork, and ${account.login} has no write access to this repository`,
      remedy: 'set github-token to the token of a person who has',
    }
  return null
}
