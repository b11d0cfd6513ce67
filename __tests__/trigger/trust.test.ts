import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { namedPullRequest, readTrigger } from '../../src/trigger/read-trigger.ts'
import type { PullRequest, Trust } from '../../src/trigger/types.ts'
import { createContext, createPayload, forkId, ownId, pullRequestPayload, sha } from '../helpers/events.ts'

const pullEvents = ['pull_request', 'pull_request_target', 'pull_request_review', 'pull_request_review_comment']

/** Where a head can be: the cases of actions/checkout’s guard, which goes by ids, and those that fool a guard by names. */
const heads: [string, unknown, Trust][] = [
  ['the same repository', { id: ownId, full_name: 'pangeo/images' }, 'trusted'],
  ['the same repository under its old name', { id: ownId, full_name: 'pangeo/renamed' }, 'trusted'],
  ['the same repository in other letters', { id: ownId, full_name: 'Pangeo/Images' }, 'trusted'],
  ['a fork', { id: forkId, full_name: 'mallory/images' }, 'untrusted'],
  ['a fork of the same name', { id: forkId, full_name: 'pangeo/images' }, 'untrusted'],
  ['a fork whose name differs in case', { id: forkId, full_name: 'PANGEO/images' }, 'untrusted'],
  ['a fork that says it is none', { id: forkId, full_name: 'pangeo/images', fork: false }, 'untrusted'],
  ['a deleted fork', null, 'untrusted'],
  ['a head without repository', undefined, 'untrusted'],
  ['a repository without id', { full_name: 'pangeo/images' }, 'untrusted'],
  ['an id that is text', { id: String(ownId), full_name: 'pangeo/images' }, 'untrusted'],
  ['an id in a list', { id: [ownId] }, 'untrusted'],
]

describe('a pull request is trusted by the id of its head’s repository', () => {
  const cases = pullEvents.flatMap((event) => heads.map(([title, head, trust]) => [event, title, head, trust] as const))
  it.each(cases)('%s from %s', (event, _title, head, trust) => {
    const trigger = readTrigger(createContext(event), pullRequestPayload(head))
    expect(trigger).toMatchObject({ trust, pullRequest: { number: 7, fork: trust === 'untrusted' } })
  })

  it('is untrusted where the event’s repository has no id', () => {
    const payload = { ...pullRequestPayload({ id: ownId }), repository: { full_name: 'pangeo/images' } }
    expect(readTrigger(createContext('pull_request_target'), payload).trust).toBe('untrusted')
  })
})

describe('Dependabot', () => {
  const bot = { id: 49699333, login: 'dependabot[bot]' }
  it.each([
    ['opened the pull request', pullRequestPayload({ id: ownId }, { user: bot }), 'pull_request'],
    ['sent the event', { ...pullRequestPayload({ id: ownId }), sender: bot }, 'pull_request'],
    ['pushed', createPayload({ sender: { login: bot.login } }), 'push'],
    ['pushed, by id alone', createPayload({ sender: { id: bot.id, login: 'x' } }), 'push'],
    ['caused the run', caused({ actor: bot }), 'workflow_run'],
    ['started the run that caused it', caused({ triggering_actor: bot }), 'workflow_run'],
  ])('%s', (_title, payload, event) => {
    expect(readTrigger(createContext(event), payload)).toMatchObject({
      trust: 'untrusted',
      trustReason: 'Dependabot opened it',
    })
  })

  it('opened the pull request that a dispatch names', () => {
    const named = { ...ownPull, author: bot.id }
    expect(readTrigger(createContext('workflow_dispatch'), dispatched({ pr: '7' }), named).trust).toBe('untrusted')
  })
})

describe('workflow_run has the trust of the run that caused it', () => {
  it.each([
    ['a push', {}, 'trusted'],
    ['a pull request of this repository', { event: 'pull_request' }, 'trusted'],
    ['a schedule', { event: 'schedule' }, 'trusted'],
    ['a pull request of a fork', { event: 'pull_request', head_repository: { id: forkId } }, 'untrusted'],
    ['a push to a fork of the same name', { head_repository: { id: forkId, full_name: 'pangeo/images' } }, 'untrusted'],
    ['a run of a deleted fork', { head_repository: null }, 'untrusted'],
    ['a comment', { event: 'issue_comment' }, 'untrusted'],
    ['a dispatch', { event: 'repository_dispatch' }, 'untrusted'],
    ['a dispatch by hand, which may have named a fork', { event: 'workflow_dispatch' }, 'untrusted'],
    ['another workflow_run, which hides its own cause', { event: 'workflow_run' }, 'untrusted'],
    ['a pull_request_target, which runs on the base', { event: 'pull_request_target' }, 'untrusted'],
    ['nothing known', { event: undefined }, 'untrusted'],
  ] as const)('%s', (_title, run, trust) => {
    expect(readTrigger(createContext('workflow_run'), caused(run)).trust).toBe(trust)
  })
})

describe('comments and dispatches', () => {
  const comment = createPayload({ issue: { number: 7, pull_request: { url: 'x' } }, action: 'created' })
  it.each([
    ['a comment on an issue', 'issue_comment', createPayload({ issue: { number: 7 } }), null, 'untrusted'],
    ['on a pull request that could not be read', 'issue_comment', comment, null, 'untrusted'],
    ['on a pull request of a fork', 'issue_comment', comment, 'fork', 'untrusted'],
    ['on a pull request of this repository', 'issue_comment', comment, 'own', 'trusted'],
    ['a dispatch that names none', 'workflow_dispatch', createPayload({ inputs: { pr: '' } }), null, 'trusted'],
    ['a dispatch without inputs', 'workflow_dispatch', createPayload({ inputs: null }), null, 'trusted'],
    ['a dispatch of a fork’s', 'workflow_dispatch', createPayload({ inputs: { pr: '7' } }), 'fork', 'untrusted'],
    ['a dispatch of one’s own', 'workflow_dispatch', createPayload({ inputs: { pr: '7' } }), 'own', 'trusted'],
    ['an unread one', 'repository_dispatch', createPayload({ client_payload: { pr: 7 } }), null, 'untrusted'],
  ] as const)('%s: %s', (_title, event, payload, named, trust) => {
    const pull = named && (named === 'own' ? ownPull : { ...ownPull, fork: true })
    const trigger = readTrigger(createContext(event), payload, pull)
    expect(trigger.trust).toBe(trust)
    // Bound to the commit that GitHub’s API told, never to fields of the payload.
    if (pull) expect(trigger).toMatchObject({ head: pull.headSha, base: pull.baseSha, pullRequest: pull })
  })

  it('never believes the fields of a dispatch', () => {
    const client = { pull_request: { number: 7, head: { sha: sha('e'), repo: { id: ownId } }, base: {} } }
    const blind = readTrigger(createContext('repository_dispatch'), createPayload({ client_payload: client }))
    expect(blind).toMatchObject({ trust: 'untrusted', pullRequest: null, head: sha('c') })
  })
})

describe('the pull request that a dispatch names', () => {
  it.each<[string, unknown, number | null]>([
    ['an event in whole', { pull_request: { number: 7, head: { ref: 'x' } } }, 7],
    ['a slash command', { github: { payload: { issue: { number: 7, pull_request: {} } } }, slash_command: {} }, 7],
    ['both, alike', { pull_request: { number: 7 }, github: { payload: { issue: { number: 7 } } } }, 7],
    ['a number', { pr: 7 }, 7],
    ['text', { 'pr-number': '7' }, 7],
    ['with a sign', { pull_request_number: ' #7 ' }, 7],
    ['in camel case', { pullRequestNumber: 7 }, 7],
    ['in upper case', { PR: '7' }, 7],
    ['an empty one before it', { pr: '', pull_request: null, pull_number: 7 }, 7],
    ['a number as text in an object', { pull_request: { number: '7' } }, 7],
    ['by its address alone', { pull_request: { url: 'https://api.github.com/repos/o/r/pulls/7' } }, 7],
    ['deep inside', { event: { data: [{ pull_request: { number: 7 } }] } }, 7],
    ['by its ref', { ref: 'refs/pull/7/merge' }, 7],
    ['by its short ref', { checkout: 'pull/7/head' }, 7],
    ['by a link', { link: 'https://github.com/o/r/pull/7' }, 7],
    ['in a list', { pull_requests: [{ number: 7 }] }, 7],
    ['as an issue number', { issue_number: 7 }, 7],
    ['none', { command: 'build', ref: 'main', repository: { pulls_url: 'https://x/pulls{/number}' } }, null],
  ])('%s', (_title, client, number) => {
    const payload = createPayload({ client_payload: client })
    expect(namedPullRequest('repository_dispatch', payload)).toBe(number)
    expect(namedPullRequest('workflow_dispatch', createPayload({ inputs: client }))).toBe(number)
    const blind = readTrigger(createContext('repository_dispatch'), payload)
    expect(blind.trust).toBe(number === null ? 'trusted' : 'untrusted')
  })

  it.each([
    ['two of them', { pr: 7, pull_request_number: 8 }],
    ['a head without number', { pull_request: { head: { ref: 'x', repo: { id: 1 } } } }],
    ['no number', { pr: 'the last one' }],
    ['a fraction', { pr: 7.5 }],
    ['a list', { pr: [true] }],
    ['a yes', { pr: true }],
    ['hexadecimal', { pr: '0x7' }],
    ['too big a number', { pr: '99999999999999999999' }],
    ['a branch of one', { pr_head: 'mallory:main' }],
  ])('%s cannot be told: untrusted', (_title, client) => {
    const payload = createPayload({ client_payload: client })
    expect(namedPullRequest('repository_dispatch', payload)).toBeNull()
    expect(readTrigger(createContext('repository_dispatch'), payload).trust).toBe('untrusted')
  })

  it.each([undefined, null, '', ' ', false, 0, '0', 'false', 'none', [], {}])('%p is none', (value) => {
    expect(namedPullRequest('workflow_dispatch', createPayload({ inputs: { pr: value } }))).toBeNull()
    expect(readTrigger(createContext('workflow_dispatch'), dispatched({ pr: value })).trust).toBe('trusted')
  })

  it('is looked for in no other event', () => {
    expect(namedPullRequest('push', createPayload({ inputs: { pr: 7 }, issue: { number: 7, pull_request: {} } }))).toBe(
      null,
    )
  })
})

describe('trusted means equal ids', () => {
  const repository = fc.constantFrom<unknown>(
    { id: ownId, full_name: 'pangeo/images' },
    { id: ownId, full_name: 'new/name' },
    { id: forkId, full_name: 'PANGEO/images' },
    { id: forkId, full_name: 'pangeo/images' },
    { id: String(ownId) },
    {},
    null,
  )
  it('for every event that brings a head of its own', () => {
    fc.assert(
      fc.property(fc.constantFrom(...pullEvents, 'workflow_run'), repository, repository, (event, own, head) => {
        const payload = {
          ...pullRequestPayload(head),
          workflow_run: { event: 'pull_request', head_repository: head },
          repository: own,
        }
        const { trust } = readTrigger(createContext(event), payload)
        const [one, other] = [own, head].map((value) => (value as { id?: unknown } | null)?.id)
        expect(trust === 'trusted').toBe(typeof one === 'number' && one === other)
      }),
    )
  })

  it('and for every dispatch and comment, that GitHub told so', () => {
    const shape = fc.constantFrom('pr', 'pull_request', 'pull-request-number', 'issue_number')
    const told = fc.constantFrom<PullRequest | null>(null, ownPull, { ...ownPull, fork: true })
    fc.assert(
      fc.property(
        fc.constantFrom('workflow_dispatch', 'repository_dispatch', 'issue_comment'),
        shape,
        fc.oneof(fc.integer({ min: 1 }), fc.string({ minLength: 12 }), fc.dictionary(fc.string(), fc.anything())),
        told,
        (event, key, value, named) => {
          fc.pre(typeof value !== 'object' || Object.keys(value).length > 0)
          fc.pre(typeof value !== 'string' || value.trim() !== '')
          const fields = { [key]: value }
          const issue = { number: 7, pull_request: {} }
          const payload = createPayload({ inputs: fields, client_payload: fields, issue })
          expect(readTrigger(createContext(event), payload, named).trust === 'trusted').toBe(named?.fork === false)
        },
      ),
    )
  })
})

const ownPull: PullRequest = {
  number: 7,
  title: 'Add x',
  headRef: 'x',
  headSha: sha('b'),
  baseRef: 'main',
  baseSha: sha('a'),
  fork: false,
  author: 10,
}

function caused(run: Readonly<Record<string, unknown>>) {
  return createPayload({ workflow_run: { event: 'push', head_repository: { id: ownId }, actor: { id: 10 }, ...run } })
}

function dispatched(inputs: Readonly<Record<string, unknown>>) {
  return createPayload({ inputs })
}
