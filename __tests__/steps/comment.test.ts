import { describe, expect, it } from '@jest/globals'
import { forbidden, secondaryLimit } from '../../sandbox/github/failures.ts'
import { type CommentFacts, commentMarker } from '../../src/report/comment.ts'
import { upsertComment } from '../../src/steps/comment.ts'
import { tokenAccount } from '../../src/tools/github-account.ts'
import { openPullScene, type PullScene, tokens } from './pull-scene.ts'

const facts: CommentFacts = {
  ...{ stack: 'images', result: null, locks: 'locks committed (1)', red: false, offer: '', packages: [], runUrl: null },
}
const comments = '/repos/pangeo/images/issues/1/comments'

async function comment(scene: PullScene, changes: Partial<CommentFacts> = {}, needed = true, token?: string) {
  const asker = scene.asker(token)
  const repository = { owner: 'pangeo', name: 'images' }
  const account = await tokenAccount(asker)
  return await upsertComment({ ...asker, repository, number: 1, account, facts: { ...facts, ...changes }, needed })
}

describe('upsertComment', () => {
  it('writes one comment, edits it, and leaves it where it says so already', async () => {
    await using scene = await openPullScene()
    expect((await comment(scene)).kind).toBe('created')
    expect((await comment(scene, { locks: 'locks committed (2)' })).kind).toBe('updated')
    expect((await comment(scene, { locks: 'locks committed (2)' })).kind).toBe('unchanged')
    expect(scene.github.comments(1)).toEqual([
      { ...scene.github.comments(1)[0], login: 'github-actions[bot]', body: expect.stringContaining('(2)') },
    ])
  })

  it('has one for each stack', async () => {
    await using scene = await openPullScene()
    await comment(scene)
    await comment(scene, { stack: 'others' })
    expect(scene.github.comments(1)).toHaveLength(2)
  })

  // Broken by: looking for the marker alone.
  it('edits nobody else’s comment, whatever it begins with', async () => {
    await using scene = await openPullScene()
    const marker = commentMarker('images')
    scene.github.comment(1, 'mallory', `${marker}\nhello`)
    scene.github.comment(1, 'relocker[bot]', `${marker}\nhello`)
    scene.github.comment(1, 'github-actions[bot]', `quoted: ${marker}\nhello`)
    await comment(scene)
    expect(scene.github.comments(1).map(({ body }) => body.includes('hello'))).toEqual([true, true, true, false])
  })

  it('finds its comment among hundreds', async () => {
    await using scene = await openPullScene()
    for (let at = 0; at < 130; at++) scene.github.comment(1, 'ann', `talk ${at}`)
    await comment(scene)
    expect((await comment(scene, { locks: 'x' })).kind).toBe('updated')
  })

  it('begins none where nothing changed, but mends the one that is there', async () => {
    await using scene = await openPullScene()
    expect((await comment(scene, {}, false)).kind).toBe('none')
    expect(scene.github.comments(1)).toEqual([])
    await comment(scene)
    expect((await comment(scene, { locks: 'all locks are fresh' }, false)).kind).toBe('updated')
  })

  it('is not red without the permission: a line, and the summary', async () => {
    await using scene = await openPullScene()
    expect((await comment(scene, {}, true, tokens.reading)).kind).toBe('none')
    expect(scene.host.said.map(([how]) => how)).toEqual(['info'])
  })

  // Broken by: writing again when only the answer was lost.
  it('writes no second one when the answer of the first is lost', async () => {
    let lost = 0
    await using scene = await openPullScene({
      onAnswer: (_n, { method, path }) => {
        if (method === 'POST' && path === comments && lost++ === 0) throw new Error('lost')
      },
    })
    expect((await comment(scene)).kind).toBe('created')
    scene.github.takeProblems()
    expect(scene.github.comments(1)).toHaveLength(1)
  })

  it('waits as long as GitHub asks, and tells a limit from a refusal', async () => {
    await using scene = await openPullScene()
    scene.github.fail({ method: 'POST', path: comments, failure: secondaryLimit({ retryAfter: 0 }) })
    expect((await comment(scene)).kind).toBe('created')
    await using locked = await openPullScene()
    locked.github.fail({ method: 'POST', path: comments, failure: forbidden('This conversation is locked.') })
    expect((await comment(locked)).kind).toBe('none')
  })
})
