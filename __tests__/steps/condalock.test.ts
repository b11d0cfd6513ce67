import { describe, expect, it } from '@jest/globals'
import type { Payload } from '../../sandbox/github/events.ts'
import { issueCommentEvent, workflowDispatchEvent } from '../../sandbox/github/events.ts'
import { answerWith, readLockRequest } from '../../src/steps/condalock.ts'
import type { Trigger } from '../../src/trigger/types.ts'
import { openPullScene, type PullScene, tokens } from './pull-scene.ts'

const before = '2025-01-01T00:00:00Z'
const written = '2026-01-01T00:00:00Z'
const after = '2026-01-01T00:00:01Z'

interface Said {
  readonly body?: string
  readonly by?: string
  readonly action?: 'created' | 'edited'
  readonly number?: 1 | 2 | 3
}

/** A comment on a pull request whose heads were pushed before it. */
async function say(
  scene: PullScene,
  { body = '/condalock', by = 'maintainer', action = 'created', number = 1 }: Said = {},
) {
  for (const sha of [scene.topic, scene.patch]) scene.github.setPushTime(sha, before)
  return await ask(scene, number, commentEvent(scene, { body, by, action, number }))
}

function commentEvent(scene: PullScene, { body, by, action, number }: Required<Said>): Payload {
  const { repository } = scene.github
  const commentId = scene.github.comment(number, by, body)
  return issueCommentEvent({ repository, number, body, sender: by, action, commentId, createdAt: written })
}

async function ask(scene: PullScene, number: 1 | 2 | 3, payload: unknown, kind: Trigger['kind'] = 'issue_comment') {
  const trigger = { ...scene.trigger(number), kind, event: kind }
  return await readLockRequest({ ...scene.asker(), trigger, payload })
}

describe('/condalock', () => {
  it('is taken from somebody with write access, bound to the head that they saw', async () => {
    await using scene = await openPullScene()
    const answer = await say(scene, { body: '/condalock minimal a' })
    expect(answer).toMatchObject({
      kind: 'asked',
      request: {
        command: { mode: 'minimal', images: ['a'] },
        pull: { headSha: scene.topic },
        person: { login: 'maintainer' },
      },
    })
  })

  // Broken by: believing author_association or the event's actor.
  it.each(['stranger', 'mallory', 'nobody'])('is refused to %s, whatever they call themselves', async (by) => {
    await using scene = await openPullScene()
    expect(await say(scene, { by, number: 2 })).toMatchObject({ kind: 'refused', entitled: false })
    // Nothing but the permission was asked: who may not has no say in what the run does.
    expect(scene.github.requests().map(({ path }) => path)).toEqual([
      `/repos/pangeo/images/collaborators/${by}/permission`,
    ])
  })

  // Broken by: asking for the login alone, which can change hands.
  it('is refused to an account that took over the login of a maintainer', async () => {
    await using scene = await openPullScene()
    const payload = commentEvent(scene, { body: '/condalock', by: 'maintainer', action: 'created', number: 1 })
    const comment = payload.comment as Payload
    const other = { ...payload, comment: { ...comment, user: { ...(comment.user as Payload), id: 5 } } }
    expect(await ask(scene, 1, other)).toMatchObject({ kind: 'refused', entitled: false })
  })

  it.each<[string, Said]>([
    ['an edited comment', { action: 'edited' }],
    ['a bot’s comment', { by: 'relocker[bot]' }],
    ['talk', { body: 'try /condalock' }],
    ['another command', { body: '/condalocks' }],
  ])('is not in %s', async (_title, said) => {
    await using scene = await openPullScene()
    expect(await say(scene, said)).toEqual({ kind: 'none' })
    expect(scene.github.requests()).toEqual([])
  })

  it.each<[string, string, RegExp]>([
    ['words that it does not know', '/condalock --all', /does not know "--all"/],
    ['another commit than the head', '/condalock 1234567', /the head is [0-9a-f]{7} now, not 1234567/],
  ])('says what is wrong with %s', async (_title, body, reason) => {
    await using scene = await openPullScene()
    expect(await say(scene, { body })).toMatchObject({
      kind: 'refused',
      entitled: true,
      reason: expect.stringMatching(reason),
    })
  })

  // Broken by: comparing with a date that the commit's writer chose.
  it('does not take a head that was pushed after the comment, unless the comment names it', async () => {
    await using scene = await openPullScene()
    scene.github.setPushTime(scene.patch, after)
    const head = scene.patch.slice(0, 7)
    const payload = (body: string) => commentEvent(scene, { body, by: 'maintainer', action: 'created', number: 2 })
    expect(await ask(scene, 2, payload('/condalock'))).toMatchObject({
      kind: 'refused',
      reason: expect.stringContaining(`${head} was pushed after the comment`),
    })
    expect(await ask(scene, 2, payload(`/condalock ${head}`))).toMatchObject({ kind: 'asked' })
  })

  it('asks for the commit’s name where nobody knows when a fork’s was pushed', async () => {
    await using scene = await openPullScene()
    scene.github.fail({ path: /\/activity$/, times: 2, failure: { status: 404, message: 'Not Found' } })
    const payload = commentEvent(scene, { body: '/condalock', by: 'maintainer', action: 'created', number: 2 })
    expect(await ask(scene, 2, payload)).toMatchObject({ kind: 'refused', entitled: true })
    expect(await ask(scene, 1, { ...payload, issue: { ...(payload.issue as Payload), number: 1 } })).toMatchObject({
      kind: 'asked',
    })
  })

  it('does not take a head that was pushed while the run began', async () => {
    await using scene = await openPullScene()
    const trigger = { ...scene.trigger(1), kind: 'issue_comment' as const }
    await scene.push(scene.base, 'topic', { x: '1' })
    const payload = commentEvent(scene, { body: '/condalock', by: 'maintainer', action: 'created', number: 1 })
    const answer = await readLockRequest({ ...scene.asker(), trigger, payload })
    expect(answer).toMatchObject({ kind: 'refused', reason: expect.stringContaining('pushed just now') })
  })

  it('is taken from a workflow_dispatch, too', async () => {
    await using scene = await openPullScene()
    const { repository } = scene.github
    const inputs = { pr: '1', condalock: 'refresh' }
    const payload = workflowDispatchEvent({ repository, inputs, sender: 'maintainer' })
    expect(await ask(scene, 1, payload, 'workflow_dispatch')).toMatchObject({
      kind: 'asked',
      request: { command: { mode: 'refresh' }, comment: null },
    })
    const plain = workflowDispatchEvent({ repository, inputs: { pr: '1' }, sender: 'maintainer' })
    expect(await ask(scene, 1, plain, 'workflow_dispatch')).toEqual({ kind: 'none' })
  })

  it('is answered by reactions, and not red where it may not', async () => {
    await using scene = await openPullScene()
    const comment = scene.github.comment(1, 'maintainer', '/condalock')
    const repository = { owner: 'pangeo', name: 'images' }
    for (const content of ['eyes', 'rocket'] as const)
      await answerWith({ ...scene.asker(), repository, comment, content })
    await answerWith({ ...scene.asker(tokens.reading), repository, comment, content: 'confused' })
    await answerWith({ ...scene.asker(), repository, comment: null, content: 'eyes' })
    expect(scene.github.reactions(comment).map(({ content }) => content)).toEqual(['eyes', 'rocket'])
  })
})
