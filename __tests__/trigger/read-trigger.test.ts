import { createRequire } from 'node:module'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { ActionError } from '../../src/errors.ts'
import { localTrigger, readTrigger } from '../../src/trigger/read-trigger.ts'
import type { Trigger } from '../../src/trigger/types.ts'
import { createContext, createPayload, pullRequestPayload, sha } from '../helpers/events.ts'

interface Example {
  readonly name: string
  readonly examples: readonly unknown[]
}

const examples: readonly Example[] = createRequire(import.meta.url)(
  '@octokit/webhooks-examples/api.github.com/index.json',
)
const handled = ['push', 'pull_request', 'pull_request_review', 'pull_request_review_comment', 'merge_group', 'release']
const handledToo = ['workflow_dispatch', 'repository_dispatch', 'issue_comment', 'workflow_run', 'delete']
const zero = '0'.repeat(40)

describe('GitHub’s own example payloads', () => {
  it('are there', () => {
    expect(examples.length).toBeGreaterThanOrEqual(58)
  })

  it.each(examples.flatMap(({ name, examples: all }) => all.map((payload, at) => [name, at, payload] as const)))(
    '%s %i gives a trigger or a clean refusal',
    (name, _at, payload) => {
      const read = () => readTrigger(createContext(name, { ref: '', sha: '' }), payload)
      if ([...handled, ...handledToo].includes(name)) expectWhole(read())
      else expect(read).toThrow(expect.objectContaining({ code: 'usage', message: expect.stringContaining(name) }))
    },
  )
})

describe('the event decides the kind and the commits', () => {
  const push = createPayload({ ref: 'refs/heads/main', before: sha('a'), after: sha('b') })
  it.each<[string, string, unknown, Partial<Trigger>]>([
    ['a push', 'push', push, { kind: 'push', branch: 'main', base: sha('a'), head: sha('b') }],
    ['a new branch', 'push', { ...push, before: zero }, { kind: 'push', base: null, head: sha('b') }],
    ['a deleted branch', 'push', { ...push, deleted: true, after: zero }, { kind: 'delete', base: null, head: null }],
    [
      'a tag',
      'push',
      createPayload({ ref: 'refs/tags/v1', before: zero, after: sha('b') }),
      { kind: 'tag', branch: null },
    ],
    ['a deleted tag', 'push', createPayload({ ref: 'refs/tags/v1', deleted: true }), { kind: 'delete' }],
    ['delete', 'delete', createPayload({ ref: 'x', ref_type: 'branch' }), { kind: 'delete', head: null }],
    [
      'a merge group',
      'merge_group',
      createPayload({ merge_group: { head_sha: sha('d'), base_sha: sha('e') } }),
      { kind: 'merge_group', trust: 'trusted', head: sha('d'), base: sha('e') },
    ],
    [
      'a schedule',
      'schedule',
      createPayload({ schedule: '0 5 * * 1' }),
      { kind: 'schedule', trust: 'trusted', base: null },
    ],
    ['a release', 'release', createPayload({ action: 'published' }), { kind: 'tag', trust: 'trusted' }],
    [
      'a pull request',
      'pull_request',
      pullRequestPayload({ id: 1 }),
      { kind: 'pull_request', trust: 'trusted', base: sha('a'), head: sha('c') },
    ],
  ])('%s', (_title, name, payload, expected) => {
    expect(readTrigger(createContext(name, { ref: '' }), payload)).toMatchObject({
      event: name,
      repository: { id: 1, owner: 'pangeo', name: 'images' },
      ...expected,
    })
  })

  it('takes what GitHub says about the run before what the payload says', () => {
    const trigger = readTrigger(createContext('push', { ref: 'refs/heads/other' }), push)
    expect(trigger).toMatchObject({ ref: 'refs/heads/other', branch: 'other', defaultBranch: 'main' })
  })

  // Without it a scheduled run would be on no default branch, and push nothing.
  it('a schedule is on the default branch, also where its payload names no repository', () => {
    const context = createContext('schedule', { ref: 'refs/heads/trunk' })
    expect(readTrigger(context, { schedule: '0 5 * * 1' })).toMatchObject({ branch: 'trunk', defaultBranch: 'trunk' })
    expect(readTrigger(createContext('push', { ref: 'refs/heads/trunk' }), {})).toMatchObject({ defaultBranch: null })
  })

  it.each([
    ['refs/heads/release/1', 'release/1'],
    ['main', 'main'],
    [null, undefined],
    [7, undefined],
  ])('the branch of a pushed tag: %s', (base, expected) => {
    const payload = createPayload({ ref: 'refs/tags/v1', after: sha('b'), base_ref: base })
    expect(readTrigger(createContext('push', { ref: '' }), payload).tagBase).toBe(expected)
    const branch = createPayload({ ref: 'refs/heads/main', after: sha('b'), base_ref: base })
    expect(readTrigger(createContext('push', { ref: '' }), branch)).not.toHaveProperty('tagBase')
  })

  it('keeps a branch with slashes and dots whole', () => {
    const trigger = readTrigger(createContext('push', { ref: 'refs/heads/my/feature#1245.x' }), push)
    expect(trigger.branch).toBe('my/feature#1245.x')
  })

  it.each(['', 'main', 'deadbeef', zero, 'HEAD', 'a'.repeat(41), 'A'.repeat(40)])(
    'takes "%s" for no commit',
    (before) => {
      expect(readTrigger(createContext('push'), { ...push, before }).base).toBeNull()
    },
  )

  it('a local run is trusted and has no repository', () => {
    expect(localTrigger({ base: null, head: null, branch: 'main' })).toMatchObject({
      kind: 'local',
      trust: 'trusted',
      repository: null,
      ref: 'refs/heads/main',
    })
    expect(localTrigger({ base: null, head: null, branch: null }).ref).toBe('')
  })
})

describe('payloads of no known shape', () => {
  it.each(['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', '', 'watch'])(
    'refuses the event "%s"',
    (name) => {
      expect(() => readTrigger(createContext(name), {})).toThrow(ActionError)
    },
  )

  it('throws nothing but ActionError, and trusts nothing that is to be told apart by ids', () => {
    const names = fc.constantFrom('pull_request', 'pull_request_target', 'workflow_run', 'issue_comment')
    fc.assert(
      fc.property(names, fc.oneof(fc.anything(), fc.json().map(parse), hostile()), (name, payload) => {
        const trigger = readTrigger(createContext(name), payload)
        expectWhole(trigger)
        expect(trigger.trust).toBe('untrusted')
      }),
      { numRuns: 1000 },
    )
  })

  it('reads no inherited field', () => {
    const payload: unknown = JSON.parse(
      '{"__proto__": {"repository": {"id": 1, "full_name": "o/r"}, "pull_request": {"head": {"sha": "' +
        sha('a') +
        '", "repo": {"id": 1}}}}}',
    )
    const inherited: unknown = Object.create(pullRequestPayload({ id: 1 }))
    for (const odd of [payload, inherited])
      expect(readTrigger(createContext('pull_request'), odd)).toMatchObject({ trust: 'untrusted', repository: null })
  })
})

/** Payloads of the right shape with one value of a wrong type in a place that decides. */
function hostile() {
  const odd = fc.constantFrom<unknown>('1', '01', [1], { id: 1 }, true, 1.5, Number.NaN, null, undefined, {}, 1e300)
  return fc.record({
    repository: fc.record({ id: odd, full_name: odd, default_branch: odd }),
    pull_request: fc.record({ head: fc.record({ repo: fc.record({ id: odd }), sha: odd, ref: odd }), user: odd }),
    workflow_run: fc.record({ head_repository: fc.record({ id: odd }), event: odd, actor: odd }),
    issue: fc.record({ number: odd, pull_request: odd }),
    sender: odd,
  })
}

function parse(text: string): unknown {
  return JSON.parse(text)
}

function expectWhole(trigger: Trigger): void {
  expect(['trusted', 'untrusted']).toContain(trigger.trust)
  expect(typeof trigger.kind).toBe('string')
  expect(trigger.trustReason).toMatch(/\S/)
  for (const commit of [trigger.head, trigger.base]) expect(commit ?? sha('a')).toMatch(/^[0-9a-f]{40}([0-9a-f]{24})?$/)
}
