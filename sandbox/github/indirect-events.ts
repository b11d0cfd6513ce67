import {
  addresses,
  type EventOptions,
  eventRepository,
  type Payload,
  samplePayload,
  sampleTime,
} from './payload-samples.ts'
import { nodeId, userShape } from './shapes.ts'
import type { RepositoryIdentity } from './types.ts'

/** A run started by hand; inputs are text, whatever their declared type. */
export function workflowDispatchEvent(
  options: EventOptions & { readonly ref?: string; readonly inputs?: Readonly<Record<string, string>> },
): Payload {
  return {
    ...samplePayload('workflow_dispatch', options),
    ref: options.ref ?? `refs/heads/${options.repository.defaultBranch}`,
    inputs: options.inputs ?? null,
    workflow: '.github/workflows/build.yml',
  }
}

/** A run started through the API, with whatever its caller sent. */
export function repositoryDispatchEvent(
  options: EventOptions & { readonly type: string; readonly clientPayload?: unknown },
): Payload {
  return {
    ...samplePayload('repository_dispatch', options),
    action: options.type,
    branch: options.repository.defaultBranch,
    client_payload: options.clientPayload ?? {},
  }
}

/** A comment on an issue or (the usual) on a pull request. Anybody can write one. */
export function issueCommentEvent(
  options: EventOptions & {
    readonly number: number
    readonly body: string
    readonly action?: 'created' | 'edited'
    readonly onPullRequest?: boolean
    /** The comment's id where the double knows it; when it was written. */
    readonly commentId?: number
    readonly createdAt?: string
    readonly association?: 'OWNER' | 'MEMBER' | 'COLLABORATOR' | 'CONTRIBUTOR' | 'NONE'
  },
): Payload {
  const { number, body, repository, onPullRequest = true } = options
  const { api, server } = addresses(options)
  const user = userShape(options.sender ?? repository.owner, { api, server })
  const id = options.commentId ?? 2_000_000 + number
  const sample = samplePayload('issue_comment', options, 'created')
  const issue = JSON.parse(
    JSON.stringify(sample.issue).replaceAll(/\/issues\/1(?!\d)/g, `/issues/${number}`),
  ) as Payload
  const [apiUrl, web] = [
    `${api}/repos/${repository.owner}/${repository.name}`,
    `${server}/${repository.owner}/${repository.name}`,
  ]
  const links = { url: `${apiUrl}/pulls/${number}`, html_url: `${web}/pull/${number}` }
  const pull = {
    ...links,
    diff_url: `${web}/pull/${number}.diff`,
    patch_url: `${web}/pull/${number}.patch`,
    merged_at: null,
  }
  return {
    ...sample,
    action: options.action ?? 'created',
    ...(options.action === 'edited' ? { changes: { body: { from: '' } } } : {}),
    issue: {
      ...issue,
      number,
      title: onPullRequest ? `Pull request ${number}` : `Issue ${number}`,
      user: userShape(repository.owner, { api, server }),
      labels: [],
      assignee: null,
      assignees: [],
      milestone: null,
      active_lock_reason: null,
      reactions: reactions(`${apiUrl}/issues/${number}`),
      ...(onPullRequest ? { draft: false, pull_request: pull } : {}),
    },
    comment: {
      ...(sample.comment as Payload),
      id,
      ...(options.createdAt ? { created_at: options.createdAt, updated_at: options.createdAt } : {}),
      body,
      user,
      issue_url: `${apiUrl}/issues/${number}`,
      author_association: options.association ?? 'NONE',
      performed_via_github_app: null,
      reactions: reactions(`${apiUrl}/issues/comments/${id}`),
    },
  }
}

/** A release that was published. */
export function releaseEvent(options: EventOptions & { readonly tag: string; readonly prerelease?: boolean }): Payload {
  const sample = samplePayload('release', options, 'published')
  const release = JSON.parse(JSON.stringify(sample.release).replaceAll('0.0.1', () => options.tag)) as Payload
  const target = options.repository.defaultBranch
  return {
    ...sample,
    release: {
      ...release,
      author: userShape(options.sender ?? options.repository.owner, addresses(options)),
      tag_name: options.tag,
      target_commitish: target,
      prerelease: options.prerelease ?? false,
      immutable: false,
      updated_at: sampleTime,
    },
  }
}

/** Another workflow's run that has ended. Its head may be a fork's. */
export function workflowRunEvent(
  options: EventOptions & {
    readonly headSha: string
    readonly headBranch: string
    readonly headRepository?: RepositoryIdentity
    /** What had started that run. */
    readonly event: string
    readonly conclusion?: 'success' | 'failure' | 'cancelled'
  },
): Payload {
  const sample = samplePayload('workflow_run', options, 'completed')
  const head = options.headRepository ?? options.repository
  const actor = userShape(options.sender ?? head.owner, addresses(options))
  return {
    ...sample,
    workflow_run: {
      ...(sample.workflow_run as Payload),
      head_sha: options.headSha,
      head_branch: options.headBranch,
      head_repository: eventRepository(head, options.urls),
      repository: eventRepository(options.repository, options.urls),
      head_commit: {
        id: options.headSha,
        tree_id: '4b825dc642cb6eb9a060e54bf8d69288fbee4904',
        message: 'Change files',
        timestamp: sampleTime,
        author: { name: head.owner, email: `${head.owner}@users.noreply.github.com` },
        committer: { name: 'GitHub', email: 'noreply@github.com' },
      },
      event: options.event,
      status: 'completed',
      conclusion: options.conclusion ?? 'success',
      actor,
      triggering_actor: actor,
      pull_requests: [],
      node_id: nodeId('WorkflowRun', 1),
      path: '.github/workflows/test.yml',
      display_title: 'Change files',
    },
  }
}

function reactions(url: string): Payload {
  const names = ['+1', '-1', 'laugh', 'hooray', 'confused', 'heart', 'rocket', 'eyes']
  return { url: `${url}/reactions`, total_count: 0, ...Object.fromEntries(names.map((name) => [name, 0])) }
}
