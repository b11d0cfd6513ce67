import { ActionError } from '../errors.ts'
import { dispatchedImages } from './dispatched-images.ts'
import { mentionedPullRequests } from './mentions.ts'
import { field, type Json, numberAt, object, textAt } from './payload.ts'
import { decideTrust } from './trust.ts'
import type { PullRequest, RepositoryId, Trigger, TriggerKind } from './types.ts'

/** What GitHub says about the run besides the payload: `GITHUB_EVENT_NAME`, `GITHUB_REF`, `GITHUB_SHA`. */
export interface EventContext {
  readonly name: string
  readonly ref: string
  readonly sha: string
}

const kinds: Readonly<Record<string, TriggerKind>> = {
  push: 'push',
  release: 'tag',
  pull_request: 'pull_request',
  pull_request_target: 'pull_request',
  pull_request_review: 'pull_request',
  pull_request_review_comment: 'pull_request',
  merge_group: 'merge_group',
  schedule: 'schedule',
  workflow_dispatch: 'workflow_dispatch',
  repository_dispatch: 'repository_dispatch',
  issue_comment: 'issue_comment',
  workflow_run: 'workflow_run',
  delete: 'delete',
}

/**
 * Event payload → Trigger. `named` are the facts, read from GitHub's API, about the pull request that a comment or a
 * dispatch names (`namedPullRequest`): payload fields of such events are never believed. Without them the run is untrusted.
 * Throws ActionError('usage') for an event that the action does not handle.
 * Payload shapes: https://docs.github.com/en/webhooks/webhook-events-and-payloads
 */
export function readTrigger(context: EventContext, payload: unknown, named: PullRequest | null = null): Trigger {
  const event = object(payload)
  const kind = kindOf(context, event)
  const pullRequest = kind === 'pull_request' ? readPullRequest(event) : named
  const ref = context.ref || textAt(event, 'ref') || ''
  const branch = ref.startsWith('refs/heads/') ? ref.slice('refs/heads/'.length) : null
  const images = dispatchedImages(context.name, event)
  const tagBase = kind === 'tag' ? textAt(event, 'base_ref')?.replace(/^refs\/heads\//, '') : null
  return {
    kind,
    event: context.name,
    ...decideTrust({
      event: context.name,
      payload: event,
      pullRequest,
      namesPullRequest: mentions(context.name, event).length > 0,
    }),
    repository: readRepository(field(event, 'repository')),
    // A schedule runs on the default branch alone, and its payload may name no repository.
    defaultBranch: textAt(event, 'repository', 'default_branch') ?? (kind === 'schedule' ? branch : null),
    ref,
    branch,
    ...commits(kind, context, event, pullRequest),
    pullRequest,
    ...(tagBase ? { tagBase } : {}),
    ...(images.length > 0 ? { images } : {}),
  }
}

/** A run from a command line without an event: trusted, and it pushes only when asked (docs/adr/000). */
export function localTrigger({
  base,
  head,
  branch,
}: {
  base: string | null
  head: string | null
  branch: string | null
}): Trigger {
  return {
    kind: 'local',
    event: 'local',
    trust: 'trusted',
    trustReason: 'a local run',
    repository: null,
    defaultBranch: null,
    ref: branch ? `refs/heads/${branch}` : '',
    branch,
    head,
    base,
    pullRequest: null,
  }
}

/**
 * The number of the pull request that a comment or a dispatch names; null where it names none, several, or one whose
 * number cannot be told (`readTrigger` distrusts the latter two).
 */
export function namedPullRequest(eventName: string, payload: unknown): number | null {
  const found = mentions(eventName, object(payload))
  return found.length === 1 ? (found[0] ?? null) : null
}

function mentions(eventName: string, event: Json): (number | null)[] {
  if (eventName === 'issue_comment')
    return field(event, 'issue', 'pull_request') ? [numberAt(event, 'issue', 'number')] : []
  if (eventName === 'workflow_dispatch') return mentionedPullRequests(field(event, 'inputs'))
  return eventName === 'repository_dispatch' ? mentionedPullRequests(field(event, 'client_payload')) : []
}

function kindOf(context: EventContext, event: Json): TriggerKind {
  const kind = Object.hasOwn(kinds, context.name) ? kinds[context.name] : undefined
  if (kind === undefined) {
    throw new ActionError('usage', `the event "${context.name}" is not one that this action handles`, [
      `it handles ${Object.keys(kinds).join(', ')}`,
      'remove it from the `on:` of the workflow, or guard the step with `if: github.event_name != …`',
    ])
  }
  if (kind !== 'push') return kind
  if (field(event, 'deleted') === true) return 'delete'
  return (context.ref || textAt(event, 'ref') || '').startsWith('refs/tags/') ? 'tag' : 'push'
}

/** Head and base as the event tells them; a caller with the history at hand refines the base (merge base). */
function commits(kind: TriggerKind, context: EventContext, event: Json, pullRequest: PullRequest | null) {
  const sha = commit(context.sha)
  if (kind === 'push') return { head: commit(textAt(event, 'after')) ?? sha, base: commit(textAt(event, 'before')) }
  if (kind === 'delete') return { head: null, base: null }
  // `after` of an annotated tag is the tag's own object.
  if (kind === 'tag')
    return { head: commit(textAt(event, 'head_commit', 'id')) ?? sha ?? commit(textAt(event, 'after')), base: null }
  if (kind === 'merge_group')
    return {
      head: commit(textAt(event, 'merge_group', 'head_sha')) ?? sha,
      base: commit(textAt(event, 'merge_group', 'base_sha')),
    }
  // A pull request's own run has its merge commit checked out; one that is only named is bound to its head commit.
  if (kind === 'pull_request') return { head: sha ?? commit(pullRequest?.headSha), base: commit(pullRequest?.baseSha) }
  if (pullRequest) return { head: commit(pullRequest.headSha), base: commit(pullRequest.baseSha) }
  return { head: sha, base: null }
}

/** A full object name that is not the null one, which stands for "no commit" in push events. */
function commit(sha: string | null | undefined): string | null {
  return sha && /^(?!0+$)([0-9a-f]{40}|[0-9a-f]{64})$/.test(sha) ? sha : null
}

function readPullRequest(event: Json): PullRequest {
  const pull = object(field(event, 'pull_request'))
  const headId = numberAt(pull, 'head', 'repo', 'id')
  const ownId = numberAt(event, 'repository', 'id')
  return {
    number: numberAt(pull, 'number') ?? numberAt(event, 'number') ?? 0,
    title: textAt(pull, 'title') ?? '',
    headRef: textAt(pull, 'head', 'ref') ?? '',
    headSha: textAt(pull, 'head', 'sha') ?? '',
    baseRef: textAt(pull, 'base', 'ref') ?? '',
    baseSha: textAt(pull, 'base', 'sha') ?? '',
    // Numbers, never names; a deleted head repository is null and counts as a fork.
    fork: headId === null || ownId === null || headId !== ownId,
    author: numberAt(pull, 'user', 'id'),
  }
}

function readRepository(value: unknown): RepositoryId | null {
  const [owner, name] = (textAt(object(value), 'full_name') ?? '').split('/')
  return owner && name ? { id: numberAt(object(value), 'id'), owner, name } : null
}
