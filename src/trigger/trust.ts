import { field, type Json, numberAt, textAt } from './payload.ts'
import type { PullRequest, Trust } from './types.ts'

/** Dependabot's account: its runs hold a read-only token and no secrets, as a fork's do. */
const dependabot = { id: 49699333, login: 'dependabot[bot]' }

interface TrustQuestion {
  readonly event: string
  readonly payload: Json
  /** The pull request of the event, or the one that it names once the API told about it. */
  readonly pullRequest: PullRequest | null
  /** A comment or a dispatch that names a pull request. */
  readonly namesPullRequest: boolean
}

/**
 * Trust is a function of the event and of repository ids alone (docs/threat-model.md). Whatever is not known to be
 * written by somebody with write access is untrusted.
 */
export function decideTrust(question: TrustQuestion): { trust: Trust; trustReason: string } {
  const distrust = reasonToDistrust(question)
  if (distrust) return { trust: 'untrusted', trustReason: distrust }
  return { trust: 'trusted', trustReason: `a ${question.event} event of the repository itself` }
}

function reasonToDistrust({ event, payload, pullRequest, namesPullRequest }: TrustQuestion): string | null {
  if (isDependabot(payload) || pullRequest?.author === dependabot.id) return 'Dependabot opened it'
  if (pullRequest?.fork) return `pull request ${pullRequest.number} comes from a fork`
  if (event === 'workflow_run') return workflowRun(payload)
  if (namesPullRequest && !pullRequest) return `the ${event} names a pull request, and GitHub did not tell about it`
  // Anybody may comment; without a pull request of this repository behind it nothing vouches for the run.
  if (event === 'issue_comment' && !pullRequest) return 'anybody may comment on an issue'
  if (event.startsWith('pull_request') && !pullRequest?.headSha) return 'the event names no head commit'
  return null
}

/** Events whose run is known to hold a commit of `head_repository`, and nothing of another one. */
const tellingCauses = ['push', 'pull_request', 'merge_group', 'schedule', 'release', 'create', 'delete']

/**
 * The trust of the run that caused it: only runs on commits of this very repository count. A run that was started by a
 * comment, a dispatch or another workflow_run stands on the default branch whatever it worked on, so its repository
 * tells nothing; so does a pull_request_target.
 */
function workflowRun(payload: Json): string | null {
  const head = numberAt(payload, 'workflow_run', 'head_repository', 'id')
  const own = numberAt(payload, 'repository', 'id')
  if (head === null || own === null || head !== own) return 'the run that caused it was made for another repository'
  const cause = textAt(payload, 'workflow_run', 'event') ?? 'an unknown event'
  return tellingCauses.includes(cause) ? null : `the run that caused it was started by ${cause}`
}

function isDependabot(payload: Json): boolean {
  const accounts = [
    ['sender'],
    ['pull_request', 'user'],
    ['workflow_run', 'actor'],
    ['workflow_run', 'triggering_actor'],
  ].map((path) => field(payload, ...path))
  return accounts.some(
    (account) => numberAt(account, 'id') === dependabot.id || textAt(account, 'login') === dependabot.login,
  )
}
