import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { World } from '../../sandbox/world/index.ts'
import { openCacheScene } from './cache-scene.ts'
import { startTestWorld } from './small-stack.ts'

jest.setTimeout(10 * 60_000)

let world: World

beforeAll(async () => {
  world = await startTestWorld()
})

afterAll(async () => {
  await world?.stop()
})

describe('layers in the Actions cache', () => {
  it('are kept after a build, and a builder that knows nothing takes them up', async () => {
    await using scene = await openCacheScene(world)
    const first = await scene.play((stage, options) => stage.push({}, options))
    console.log(first.run.log, first.run.post?.log)
    expect([first.run.outcome, first.run.post?.outcome, first.warnings]).toEqual(['success', 'success', []])
    const second = await scene.play((stage, options) =>
      stage.push({ files: { 'images/sibling/word': 'two\n', 'images/grandchild/word': 'two\n' } }, options),
    )
    console.log(
      second.run.log,
      second.run.post?.log,
      second.cached,
      scene.service.entries().map(({ key, content }) => [key, content.length]),
    )
  })
})
