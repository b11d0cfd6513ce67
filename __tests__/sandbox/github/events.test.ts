import { describe, expect, it, jest } from '@jest/globals'
import * as events from '../../../sandbox/github/events.ts'
import { schemaProblems } from '../../../sandbox/github/validation.ts'
import { readTrigger } from '../../../src/trigger/read-trigger.ts'

// A shared machine may be slow: many git processes take their time.
jest.setTimeout(60_000)

const repository = { owner: 'pangeo-data', name: 'images', id: 5, defaultBranch: 'main', organization: true }
const fork = { owner: 'mallory', name: 'images', id: 6, defaultBranch: 'main', fork: true }
const [a, b, c] = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(40)]
const pull = { repository, head: { ref: 'topic', sha: b }, base: { sha: a }, mergeSha: c, number: 12 }

describe('payloads', () => {
  it.each([
    ['webhook-push', events.pushEvent({ repository, before: a, after: b })],
    ['webhook-push', events.pushEvent({ repository, before: null, after: b, ref: 'refs/heads/new', commits: [] })],
    ['webhook-push', events.pushEvent({ repository: fork, before: a, after: null })],
    ['webhook-push', events.tagEvent({ repository, tag: '2026.03.04', sha: b })],
    ['webhook-delete', events.deleteEvent({ repository, ref: 'topic', refType: 'branch' })],
    ['webhook-pull-request-opened', events.pullRequestEvent(pull)],
    ['webhook-pull-request-opened', events.pullRequestEvent({ ...pull, fork, labels: ['big'] })],
    [
      'webhook-pull-request-synchronize',
      events.pullRequestEvent({ ...pull, fork: null, action: 'synchronize', before: a }),
    ],
    ['webhook-merge-group-checks-requested', events.mergeGroupEvent({ repository, headSha: b, baseSha: a })],
    ['webhook-workflow-dispatch', events.workflowDispatchEvent({ repository, inputs: { pr: '12' } })],
    ['webhook-repository-dispatch-sample', events.repositoryDispatchEvent({ repository, type: 'condalock' })],
    [
      'webhook-issue-comment-created',
      events.issueCommentEvent({ repository, number: 12, body: '/condalock', sender: 'eve' }),
    ],
    ['webhook-release-published', events.releaseEvent({ repository, tag: '2026.03.04' })],
    [
      'webhook-workflow-run-completed',
      events.workflowRunEvent({
        repository,
        headRepository: fork,
        headSha: b,
        headBranch: 'topic',
        event: 'pull_request',
      }),
    ],
  ])('are what GitHub describes as %s', (schema, payload) => {
    expect(withoutActionsOwn(schemaProblems(schema, payload))).toEqual([])
    const text = JSON.stringify(payload)
    expect(text).not.toMatch(/Codertocat|octo-repo|"installation"/)
  })

  it('carry other addresses where they are asked for', () => {
    const urls = { api: 'http://127.0.0.1:1/api/v3', server: 'http://127.0.0.1:1' }
    const text = JSON.stringify(events.pullRequestEvent({ ...pull, fork, urls }))
    expect(text).not.toContain('github.com/repos')
    expect(text).toContain('http://127.0.0.1:1/api/v3/repos/pangeo-data/images/pulls/12')
  })
})

describe('the trigger made of them', () => {
  const read = (name: string, payload: unknown, ref = 'refs/heads/main') => readTrigger({ name, ref, sha: c }, payload)

  it('tells a pull request of a fork, or a deleted one, from our own', () => {
    const ref = 'refs/pull/12/merge'
    expect(read('pull_request', events.pullRequestEvent(pull), ref)).toMatchObject({
      kind: 'pull_request',
      trust: 'trusted',
      head: c,
    })
    expect(read('pull_request', events.pullRequestEvent({ ...pull, fork }), ref)).toMatchObject({ trust: 'untrusted' })
    expect(read('pull_request', events.pullRequestEvent({ ...pull, fork: null }), ref)).toMatchObject({
      trust: 'untrusted',
    })
    expect(read('pull_request', events.pullRequestEvent({ ...pull, sender: 'dependabot[bot]' }), ref).trust).toBe(
      'untrusted',
    )
  })

  it('reads pushes, tags and the rest', () => {
    expect(read('push', events.pushEvent({ repository, before: a, after: b }))).toMatchObject({
      kind: 'push',
      base: a,
      head: b,
    })
    expect(read('push', events.tagEvent({ repository, tag: 'v1', sha: b }), 'refs/tags/v1')).toMatchObject({
      kind: 'tag',
      base: null,
    })
    expect(read('push', events.pushEvent({ repository, before: a, after: null }))).toMatchObject({ kind: 'delete' })
    expect(read('merge_group', events.mergeGroupEvent({ repository, headSha: b, baseSha: a }))).toMatchObject({
      head: b,
      base: a,
    })
    expect(read('schedule', events.scheduleEvent({ repository }))).toMatchObject({
      kind: 'schedule',
      repository: { id: 5 },
    })
    expect(read('workflow_dispatch', events.workflowDispatchEvent({ repository }))).toMatchObject({ trust: 'trusted' })
  })
})

/** A run's event file does not say what a push's commits changed; the description forgets that forks can be deleted. */
function withoutActionsOwn(problems: readonly string[]): string[] {
  return problems.filter(
    (problem) =>
      !/(commits\/\d+|head_commit) must have required property '(added|removed|modified)'/.test(problem) &&
      !problem.includes('/pull_request/head/repo must be object') &&
      !problem.endsWith("must have required property 'installation'"),
  )
}
