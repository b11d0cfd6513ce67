import {
  addresses,
  type EventOptions,
  eventRepository,
  nullSha,
  type Payload,
  samplePayload,
  sampleTime,
} from './payload-samples.ts'

export {
  issueCommentEvent,
  releaseEvent,
  repositoryDispatchEvent,
  workflowDispatchEvent,
  workflowRunEvent,
} from './indirect-events.ts'
export type { EventOptions, Payload } from './payload-samples.ts'
export { type PullRequestOptions, pullRequestEvent } from './pull-request-event.ts'

/** A commit as push events name it. */
export interface CommitFacts {
  readonly id: string
  readonly message?: string
  readonly treeId?: string
  readonly timestamp?: string
  readonly author?: { readonly name: string; readonly email: string }
}

/**
 * A push. `before` is null for a new ref, `after` for a deleted one. As in a run's event file, commits do not list their
 * files.
 */
export function pushEvent(
  options: EventOptions & {
    readonly before: string | null
    readonly after: string | null
    /** Default: the default branch. */
    readonly ref?: string
    readonly forced?: boolean
    /** The oldest first; the last one is the head. Default: `after` alone. */
    readonly commits?: readonly CommitFacts[]
  },
): Payload {
  const { repository, before, after } = options
  const ref = options.ref ?? `refs/heads/${repository.defaultBranch}`
  const sender = options.sender ?? repository.owner
  const commits = (options.commits ?? (after ? [{ id: after }] : [])).map((commit) => commitPayload(options, commit))
  const sample = samplePayload('push', options)
  const web = `${addresses(options).server}/${repository.owner}/${repository.name}`
  return {
    ...sample,
    repository: pushRepository(options),
    ref,
    before: before ?? nullSha,
    after: after ?? nullSha,
    created: before === null,
    deleted: after === null,
    forced: options.forced ?? false,
    base_ref: null,
    compare: `${web}/compare/${(before ?? nullSha).slice(0, 12)}...${(after ?? nullSha).slice(0, 12)}`,
    commits,
    head_commit: commits.at(-1) ?? null,
    pusher: { name: sender, email: `${sender}@users.noreply.github.com` },
  }
}

/** A new tag. */
export function tagEvent(
  options: EventOptions & { readonly tag: string; readonly sha: string; readonly baseRef?: string },
): Payload {
  const push = pushEvent({ ...options, ref: `refs/tags/${options.tag}`, before: null, after: options.sha })
  return { ...push, base_ref: options.baseRef ?? null, commits: [] }
}

/** A branch or tag that is gone (the event `delete`, not the push that comes with it). */
export function deleteEvent(
  options: EventOptions & { readonly ref: string; readonly refType: 'branch' | 'tag' },
): Payload {
  return { ...samplePayload('delete', options), ref: options.ref, ref_type: options.refType, pusher_type: 'user' }
}

/** A queue's test of a merge. */
export function mergeGroupEvent(
  options: EventOptions & {
    readonly headSha: string
    readonly baseSha: string
    readonly baseBranch?: string
    readonly number?: number
  },
): Payload {
  const branch = options.baseBranch ?? options.repository.defaultBranch
  return {
    ...samplePayload('merge_group', options, 'checks_requested'),
    merge_group: {
      head_sha: options.headSha,
      head_ref: `refs/heads/gh-readonly-queue/${branch}/pr-${options.number ?? 1}-${options.baseSha}`,
      base_sha: options.baseSha,
      base_ref: `refs/heads/${branch}`,
      head_commit: { ...commitPayload(options, { id: options.headSha }), url: undefined, distinct: undefined },
    },
  }
}

/** A scheduled run: the payload names nobody. */
export function scheduleEvent(options: EventOptions & { readonly schedule?: string }): Payload {
  const { sender: _, inputs: __, ref: ___, ...shared } = samplePayload('workflow_dispatch', options)
  return { ...shared, schedule: options.schedule ?? '17 4 * * 1', workflow: '.github/workflows/build.yml' }
}

function commitPayload(options: EventOptions, commit: CommitFacts): Payload {
  const { owner, name } = options.repository
  const sender = options.sender ?? owner
  const author = commit.author ?? { name: sender, email: `${sender}@users.noreply.github.com` }
  return {
    id: commit.id,
    tree_id: commit.treeId ?? '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
    distinct: true,
    message: commit.message ?? 'Change files',
    timestamp: commit.timestamp ?? sampleTime,
    url: `${addresses(options).server}/${owner}/${name}/commit/${commit.id}`,
    author: { ...author, username: sender },
    committer: { name: 'GitHub', email: 'noreply@github.com', username: 'web-flow' },
  }
}

/** Pushes have a few fields more, and dates in seconds. */
function pushRepository(options: EventOptions): Payload {
  const repository = eventRepository(options.repository, options.urls)
  const { owner, name, defaultBranch } = options.repository
  return {
    ...repository,
    url: `${addresses(options).server}/${owner}/${name}`,
    owner: { name: owner, email: `${owner}@users.noreply.github.com`, ...(repository.owner as Payload) },
    created_at: 1_557_933_565,
    pushed_at: Date.parse(sampleTime) / 1000,
    stargazers: 0,
    master_branch: defaultBranch,
  }
}
