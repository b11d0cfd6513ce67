import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import {
  deleteEvent,
  issueCommentEvent,
  mergeGroupEvent,
  type Payload,
  pullRequestEvent,
  pushEvent,
  releaseEvent,
  repositoryDispatchEvent,
  scheduleEvent,
  tagEvent,
  workflowDispatchEvent,
  workflowRunEvent,
} from '../../sandbox/github/events.ts'
import { notFound } from '../../sandbox/github/failures.ts'
import { fork, type Occasion, openScene, type Planned, repository, type Scene } from './scene.ts'

jest.setTimeout(120_000)

let scene: Scene
beforeAll(async () => {
  scene = await openScene({
    empty: { on: [], files: { 'README.md': '' } },
    first: {
      on: ['empty'],
      files: {
        'images/base/Dockerfile': 'FROM debian:12\nCOPY start /\n',
        'images/base/start': '1',
        'images/child/Dockerfile': 'FROM registry.test/team/base:main\nCOPY word /\n',
        'images/child/word': '1',
        'images/alone/Dockerfile': 'FROM debian:12\nCOPY . /x\n',
        'images/alone/tool': '1',
      },
    },
    word: { on: ['first'], files: { 'images/child/word': '2' } },
    readme: { on: ['word'], files: { 'README.md': '2' } },
    moved: {
      on: ['first'],
      files: {
        'images/alone/Dockerfile': 'FROM debian:12\nCOPY lib /x\n',
        'images/alone/tool': null,
        'images/alone/lib/tool': '1',
      },
    },
    topic: { on: ['first'], files: { 'images/child/word': '3', 'images/alone/tool': '3' } },
    // A merge takes the topic's change to where main moved the file.
    merge: { on: ['moved', 'topic'], files: { 'images/child/word': '3', 'images/alone/lib/tool': '3' } },
    start: { on: ['word'], files: { 'images/base/start': '2' } },
    plain: { on: ['start'], files: { 'README.md': '3' } },
    joined: { on: ['word', 'start'], files: { 'images/base/start': '2' } },
  })
  scene.git('update-ref', 'refs/heads/main', scene.sha.readme ?? '')
})
afterAll(async () => await scene[Symbol.asyncDispose]())

const sha = (name: string) => scene.sha[name] ?? ''
const push = (before: string | null, after: string, fields: { ref?: string } = {}) =>
  pushEvent({ repository, before: before && (scene.sha[before] ?? before), after: sha(after), ...fields })
const pull = (base: string, head: string, fields: object = {}) =>
  pullRequestEvent({
    repository,
    number: 7,
    head: { ref: 'topic', sha: sha(head) },
    base: { sha: sha(base) },
    ...fields,
  })
const built = ({ decision }: Planned) =>
  decision.plan.images.filter((image) => image.action === 'build').map((image) => image.name)
const said = ({ host }: Planned) => host.said.map(([method, text]) => `${method}: ${text}`).join('\n')
const everything = ['alone', 'base', 'child']
const gone = 'f'.repeat(40)

interface Row {
  readonly title: string
  readonly occasion: () => Occasion
  readonly changed: readonly string[]
  /** The commit that was compared with, null for none. */
  readonly base?: string | null
  readonly says?: RegExp
  readonly silent?: boolean
}

/** Rows of an event that has to tell the same in a whole clone and in one of depth 1. */
function both(title: string, occasion: () => Occasion, changed: readonly string[], base?: string | null): Row[] {
  return ([0, 1] as const).map((depth) => ({
    title: `${title}, depth ${depth}`,
    occasion: () => ({ ...occasion(), depth }),
    changed,
    ...(base === undefined ? {} : { base }),
  }))
}

const topicRef = { ref: 'refs/heads/topic' }
const rows: Row[] = [
  ...both('push', () => ({ event: 'push', payload: push('first', 'word'), at: 'word' }), ['child'], 'first'),
  ...both(
    'push that changes no image',
    () => ({ event: 'push', payload: push('word', 'readme'), at: 'readme' }),
    [],
    'word',
  ),
  ...both(
    'push of a merge commit',
    () => ({ event: 'push', payload: push('word', 'joined'), at: 'joined' }),
    ['base', 'child'],
    'word',
  ),
  ...both('the first push', () => ({ event: 'push', payload: push(null, 'word'), at: 'word' }), everything, null),
  ...both(
    'push of a file that moved',
    () => ({ event: 'push', payload: push('first', 'moved'), at: 'moved' }),
    ['alone'],
    'first',
  ),
  ...both(
    'a new branch',
    () => ({ event: 'push', payload: push(null, 'start', topicRef), at: 'start', ...topicRef }),
    ['base', 'child'],
    'word',
  ),
  ...both(
    'force push whose before is gone',
    () => ({ event: 'push', payload: push(gone, 'word'), at: 'word' }),
    everything,
  ),
  ...both('force push back', () => ({ event: 'push', payload: push('readme', 'first'), at: 'first' }), ['child']).slice(
    0,
    1,
  ),
  ...both(
    'merge_group',
    () => ({
      event: 'merge_group',
      payload: mergeGroupEvent({ repository, baseSha: sha('word'), headSha: sha('start') }),
      at: 'start',
    }),
    ['base', 'child'],
    'word',
  ),
  ...['opened', 'synchronize', 'reopened', 'labeled'].flatMap((action) =>
    both(
      `pull_request ${action}`,
      () => ({ event: 'pull_request', payload: pull('first', 'topic', { action }), at: 'merge' }),
      ['alone', 'child'],
      'moved',
    ),
  ),
  ...both(
    'pull_request of a fork',
    () => ({ event: 'pull_request', payload: pull('first', 'topic', { fork }), at: 'merge' }),
    ['alone', 'child'],
    'moved',
  ),
  ...both(
    'pull_request of a deleted fork',
    () => ({ event: 'pull_request', payload: pull('first', 'topic', { fork: null }), at: 'merge' }),
    ['alone', 'child'],
    'moved',
  ),
  ...both(
    'pull_request whose base was changed',
    () => ({
      event: 'pull_request',
      payload: {
        ...pull('moved', 'topic'),
        action: 'edited',
        changes: { base: { ref: { from: 'old' }, sha: { from: sha('first') } } },
      },
      at: 'merge',
    }),
    ['alone', 'child'],
    'moved',
  ),
  ...both(
    'pull_request with its head checked out',
    () => ({ event: 'pull_request', payload: pull('moved', 'topic'), at: 'topic' }),
    ['alone', 'child'],
    'first',
  ),
  ...both(
    'pull_request_target with its head checked out',
    () => ({ event: 'pull_request_target', payload: pull('moved', 'topic'), at: 'topic' }),
    ['alone', 'child'],
    'first',
  ),
  ...both(
    'schedule',
    () => ({ event: 'schedule', payload: scheduleEvent({ repository }), at: 'word' }),
    everything,
    null,
  ),
  ...both(
    'workflow_run',
    () => ({
      event: 'workflow_run',
      payload: workflowRunEvent({ repository, headSha: sha('word'), headBranch: 'main', event: 'push' }),
      at: 'word',
    }),
    everything,
    null,
  ),
  ...both(
    'issue_comment',
    () => ({
      event: 'issue_comment',
      payload: issueCommentEvent({ repository, number: 7, body: '/build', onPullRequest: false }),
      at: 'word',
    }),
    everything,
    null,
  ),
]

describe('what counts as changed', () => {
  it.each(rows)('$title', async ({ occasion, changed, base }) => {
    const planned = await scene.plan(occasion())
    expect([...planned.source.changed.keys()].sort()).toEqual(changed)
    if (base !== undefined) expect(planned.source.changes.base).toBe(base === null ? null : sha(base))
    expect(said(planned)).not.toMatch(/warning/)
  })

  it('is told by the pull request’s head where GitHub forgot the merge and nothing else was merged', async () => {
    scene.github.fail({
      method: 'GET',
      path: new RegExp(`/compare/${sha('word')}\\.\\.\\.${sha('joined')}`),
      failure: notFound(),
    })
    const planned = await scene.plan({ event: 'pull_request', payload: pull('word', 'start'), at: 'joined', depth: 1 })
    expect(planned.source.changes).toMatchObject({ complete: true, base: sha('word'), head: sha('joined') })
    expect([...planned.source.changed.keys()].sort()).toEqual(['base', 'child'])
  })

  it('is everything where GitHub forgot a merge that may have moved files', async () => {
    scene.github.fail({
      method: 'GET',
      path: new RegExp(`/compare/${sha('moved')}\\.\\.\\.${sha('merge')}`),
      failure: notFound(),
    })
    const planned = await scene.plan({ event: 'pull_request', payload: pull('first', 'topic'), at: 'merge', depth: 1 })
    expect([...planned.source.changed.keys()].sort()).toEqual(everything)
  })

  it('holds what is not committed, also where GitHub compares', async () => {
    const dirty = { 'images/base/start': 'local' }
    const planned = await scene.plan({ event: 'push', payload: push('word', 'readme'), at: 'readme', depth: 1, dirty })
    expect([...planned.source.changed.keys()].sort()).toEqual(['base', 'child'])
  })
})

describe('a checkout that is not what the event is about', () => {
  it.each<[string, string, () => Payload, string, RegExp]>([
    [
      'pull_request_target on the default branch',
      'pull_request_target',
      () => pull('readme', 'topic', { fork }),
      'readme',
      /the head of pull request 7 is \w{7}, but \w{7} is checked out/,
    ],
    ['push', 'push', () => push('first', 'word'), 'readme', /the push is about \w{7}, but \w{7} is checked out/],
  ])('%s: says so', async (_title, event, payload, at, says) => {
    const planned = await scene.plan({ event, payload: payload(), at })
    expect(said(planned)).toMatch(says)
    expect(planned.source.commit).toBe(sha(at))
  })
})

describe('dispatches', () => {
  it.each<[string, Payload, readonly string[]]>([
    ['inputs.images', workflowDispatchEvent({ repository, inputs: { images: 'child' } }), ['base', 'child']],
    [
      'inputs.images, several',
      workflowDispatchEvent({ repository, inputs: { images: 'alone,\n base' } }),
      ['alone', 'base'],
    ],
    ['inputs.images, JSON', workflowDispatchEvent({ repository, inputs: { images: '["alone"]' } }), ['alone']],
    ['inputs.images, empty', workflowDispatchEvent({ repository, inputs: { images: ' ' } }), everything],
    ['no inputs', workflowDispatchEvent({ repository }), everything],
    [
      'client_payload.images',
      repositoryDispatchEvent({ repository, type: 'build', clientPayload: { images: ['child'] } }),
      ['base', 'child'],
    ],
  ])('%s', async (_title, payload, expected) => {
    const event = 'client_payload' in payload ? 'repository_dispatch' : 'workflow_dispatch'
    expect(built(await scene.plan({ event, payload, at: 'word' })).sort()).toEqual(expected)
  })

  it('the input of the step goes before', async () => {
    const payload = workflowDispatchEvent({ repository, inputs: { images: 'child' } })
    expect(
      built(await scene.plan({ event: 'workflow_dispatch', payload, at: 'word', inputs: { images: ['alone'] } })),
    ).toEqual(['alone'])
  })

  it.each<[unknown, RegExp]>([
    ['chidl', /chidl/],
    [7, /client_payload\.images .* is not a list of image names/],
    [{ a: 1 }, /is not a list of image names/],
    [['a', 1], /is not a list of image names/],
    ['["a"', /is not a list of image names/],
  ])('refuses %j', async (images, message) => {
    const payload = repositoryDispatchEvent({ repository, type: 'build', clientPayload: { images } })
    await expect(scene.plan({ event: 'repository_dispatch', payload, at: 'word' })).rejects.toMatchObject({
      code: 'usage',
      message: expect.stringMatching(message),
    })
  })
})

describe('tags and deletions build nothing', () => {
  const ref = 'refs/tags/v1+a'
  const tagged = (at: string): Occasion => ({
    event: 'push',
    payload: tagEvent({ repository, tag: 'v1+a', sha: sha(at) }),
    at,
    ref,
  })
  const publish = (commit: string, ...names: string[]) => {
    for (const name of names)
      scene.store.tags.set(`registry.test/team/${name}:${sha(commit).slice(0, 7)}`, `sha256:${'1'.repeat(64)}`)
  }

  it.each<[string, () => Occasion, RegExp]>([
    [
      'a tag on a published commit',
      () => tagged('plain'),
      /All 3 images of the commit are published: a release gives them the tag v1-a/,
    ],
    [
      'a tag on a commit that is not whole',
      () => tagged('start'),
      /has to wait: base, child are not published as \w{7}/,
    ],
    ['a tag on a commit without images', () => tagged('empty'), /holds no images, so there is nothing to release/],
    [
      'release',
      () => ({ event: 'release', payload: releaseEvent({ repository, tag: 'v1+a' }), at: 'plain', ref }),
      /All 3 images/,
    ],
  ])('%s', async (_title, occasion, says) => {
    publish('plain', ...everything)
    publish('start', 'alone')
    const planned = await scene.plan(occasion())
    expect(said(planned)).toMatch(says)
    expect(planned.decision.push.push).toBe(false)
    expect(planned.decision.plan.images.map((image) => image.action)).toEqual(
      planned.source.stack.order.map(() => 'skip'),
    )
    for (const image of planned.decision.plan.images) expect(image.reason).toMatch(/^a tag builds nothing/)
  })

  it('an annotated tag stands for its commit', async () => {
    scene.git('-c', 'user.name=a', '-c', 'user.email=a@b', 'tag', '--annotate', '--message=x', 'v2', sha('plain'))
    const object = scene.git('rev-parse', 'v2').trim()
    const payload = { ...tagEvent({ repository, tag: 'v2', sha: object }), head_commit: { id: sha('plain') } }
    const { source } = await scene.plan({ event: 'push', payload, at: 'plain', ref: 'refs/tags/v2' })
    expect(source.trigger.head).toBe(sha('plain'))
  })

  it('says so where the registry does not answer', async () => {
    const broken = await openScene({ first: { on: [], files: { Dockerfile: 'FROM debian:12\n' } } })
    try {
      broken.store.digest = () => Promise.reject(new Error('boom'))
      const payload = tagEvent({ repository, tag: 'v1', sha: broken.sha.first ?? '' })
      expect(said(await broken.plan({ event: 'push', payload, at: 'first', ref: 'refs/tags/v1' }))).toMatch(
        /warning: whether the tag can be released is not known: boom/,
      )
    } finally {
      await broken[Symbol.asyncDispose]()
    }
  })

  it.each<[string, () => Occasion]>([
    [
      'delete',
      () => ({ event: 'delete', payload: deleteEvent({ repository, ref: 'topic', refType: 'branch' }), at: 'word' }),
    ],
    [
      'a push that deletes',
      () => ({
        event: 'push',
        payload: { ...push('first', 'word', topicRef), after: '0'.repeat(40), deleted: true },
        at: 'word',
        ...topicRef,
      }),
    ],
    [
      'delete, with nothing in the repository',
      () => ({ event: 'delete', payload: deleteEvent({ repository, ref: 'v1', refType: 'tag' }), at: 'empty' }),
    ],
  ])('%s', async (_title, occasion) => {
    const { decision } = await scene.plan(occasion())
    expect(decision.plan.images.every((image) => image.action === 'skip')).toBe(true)
    expect(decision.push).toMatchObject({ push: false })
  })
})
