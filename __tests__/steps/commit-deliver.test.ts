import { describe, expect, it } from '@jest/globals'
import { serverError } from '../../sandbox/github/failures.ts'
import { deliverLocks } from '../../src/steps/commit-deliver.ts'
import { canCommit } from '../../src/steps/commit-permission.ts'
import type { Relock } from '../../src/steps/lock-types.ts'
import { openPullScene, type PullScene, sources, tokens } from './pull-scene.ts'

const lock = 'a/conda-lock.yml'
const file = { path: lock, before: 'old\n', text: 'new\n' }

function relockOf(files: Relock['files'], error: Relock['images'][number]['error'] = null): Relock {
  const image = { image: 'a', lock, freshness: [], diffs: [], files, error }
  return { commit: null, images: [image], files, sources, freshness: [], took: 1 }
}

async function deliver(scene: PullScene, relock: Relock, token: string = tokens.workflow, number: 1 | 2 = 1) {
  const asker = scene.asker(token)
  const permission = await canCommit({ ...asker, trigger: scene.trigger(number) })
  const head = number === 1 ? scene.topic : scene.patch
  return await deliverLocks({ ...asker, permission, relock, head, template: '', people: [], asked: false })
}

describe('deliverLocks', () => {
  it('commits', async () => {
    await using scene = await openPullScene()
    const sha = expect.stringMatching(/^[0-9a-f]{40}$/)
    expect(await deliver(scene, relockOf([file]))).toMatchObject({ kind: 'committed', sha, offer: '' })
  })

  it('says that all is fresh only where nothing failed', async () => {
    await using scene = await openPullScene()
    expect(await deliver(scene, relockOf([]))).toMatchObject({ kind: 'fresh' })
    const failed = relockOf([], { message: 'no package "x"', details: [] })
    expect(await deliver(scene, failed)).toMatchObject({ kind: 'held', sentence: 'no locks to commit' })
  })

  it.each<[string, string, 1 | 2]>([
    ['a token that may only read', tokens.reading, 1],
    ['a fork', tokens.workflow, 2],
  ])('offers the patch for %s', async (_title, token, number) => {
    await using scene = await openPullScene()
    const delivery = await deliver(scene, relockOf([file]), token, number)
    expect(delivery).toMatchObject({ kind: 'offered', sha: null, offer: expect.stringContaining('+new') })
  })

  // Broken by: an error that ends the run, with locks that were solved and builds that could go on.
  it('offers what GitHub does not take', async () => {
    await using scene = await openPullScene()
    scene.github.fail({ path: /\/git\/trees\//, times: 9, failure: serverError(502) })
    const link = { path: 'a/environment.yml/x.lock', before: null, text: 'x' }
    expect(await deliver(scene, relockOf([file]))).toMatchObject({ kind: 'offered' })
    await using other = await openPullScene()
    const odd = await deliver(other, relockOf([link]))
    expect(odd).toMatchObject({ kind: 'offered', offer: expect.stringContaining('is not a folder') })
  }, 60_000)
})
