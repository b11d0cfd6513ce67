import {
  addresses,
  type EventOptions,
  eventRepository,
  nullSha,
  type Payload,
  samplePayload,
} from './payload-samples.ts'
import { nodeId, userShape } from './shapes.ts'
import type { RepositoryIdentity } from './types.ts'

/** What a pull request event tells. */
export interface PullRequestOptions extends EventOptions {
  readonly head: { readonly ref: string; readonly sha: string }
  readonly base: { readonly ref?: string; readonly sha: string }
  /** Where the head is: undefined for this repository, null for a fork that was deleted. */
  readonly fork?: RepositoryIdentity | null
  readonly number?: number
  readonly action?: 'opened' | 'synchronize' | 'reopened' | 'closed' | 'labeled'
  /** The head before a push (`synchronize`). */
  readonly before?: string
  readonly mergeSha?: string | null
  readonly title?: string
  readonly body?: string | null
  readonly user?: string
  readonly labels?: readonly string[]
  readonly draft?: boolean
  readonly merged?: boolean
}

/** A pull request of this repository, or of a fork. */
export function pullRequestEvent(options: PullRequestOptions): Payload {
  const { action = 'opened', number = 1, head } = options
  const sample = samplePayload('pull_request', options, 'opened')
  const renumbered = JSON.stringify(sample.pull_request).replaceAll(/\/(pulls?|issues)\/2(?!\d)/g, `/$1/${number}`)
  return {
    ...sample,
    action,
    number,
    ...(action === 'synchronize' ? { before: options.before ?? nullSha, after: head.sha } : {}),
    pull_request: { ...JSON.parse(renumbered), ...pullFacts(options, number) },
  }
}

function pullFacts(options: PullRequestOptions, number: number): Payload {
  const { repository, fork, head, base } = options
  const user = options.user ?? fork?.owner ?? options.sender ?? repository.owner
  return {
    id: 1_000_000 + number,
    node_id: nodeId('PullRequest', number),
    number,
    state: options.action === 'closed' ? 'closed' : 'open',
    title: options.title ?? `Pull request ${number}`,
    body: options.body ?? null,
    user: userShape(user, addresses(options)),
    labels: (options.labels ?? []).map((name, index) => labelPayload(options, name, index)),
    draft: options.draft ?? false,
    merged: options.merged ?? false,
    merge_commit_sha: options.mergeSha ?? null,
    maintainer_can_modify: false,
    author_association: fork === undefined ? 'COLLABORATOR' : 'FIRST_TIME_CONTRIBUTOR',
    auto_merge: null,
    active_lock_reason: null,
    head: side(options, fork === undefined ? repository : fork, head.ref, head.sha),
    base: side(options, repository, base.ref ?? repository.defaultBranch, base.sha),
  }
}

function side(options: EventOptions, repository: RepositoryIdentity | null, ref: string, sha: string): Payload {
  const merging = {
    allow_auto_merge: false,
    allow_merge_commit: true,
    allow_rebase_merge: true,
    allow_squash_merge: true,
    allow_update_branch: false,
    delete_branch_on_merge: false,
    merge_commit_message: 'PR_TITLE',
    merge_commit_title: 'MERGE_MESSAGE',
    squash_merge_commit_message: 'COMMIT_MESSAGES',
    squash_merge_commit_title: 'COMMIT_OR_PR_TITLE',
    use_squash_pr_title_as_default: false,
  }
  return {
    label: `${repository?.owner ?? 'unknown'}:${ref}`,
    ref,
    sha,
    user: repository ? userShape(repository.owner, addresses(options)) : null,
    repo: repository ? { ...eventRepository(repository, options.urls), ...merging } : null,
  }
}

function labelPayload(options: EventOptions, name: string, index: number): Payload {
  const { owner, name: repository } = options.repository
  const url = `${addresses(options).api}/repos/${owner}/${repository}/labels/${encodeURIComponent(name)}`
  return {
    id: 9000 + index,
    node_id: nodeId('Label', name),
    url,
    name,
    color: 'ededed',
    default: false,
    description: null,
  }
}
