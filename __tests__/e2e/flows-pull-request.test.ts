import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Played, Stage } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { json, plainTags, writesOf } from './flow.ts'
import { openSmallStage, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

let world: World
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world?.stop())

describe('a pull request of this repository', () => {
  let stage: Stage
  let main: Played
  beforeAll(async () => {
    stage = await openSmallStage(world)
    main = await stage.push()
  })
  afterAll(async () => await stage?.[Symbol.asyncDispose]())

  // Fails if a pull request pushes unasked, builds an unchanged parent, or misses a child of what changed.
  it('builds what changed on the published parents and pushes nothing', async () => {
    const before = await stage.tags()
    let played: Played | undefined
    const writes = await writesOf(stage, async () => {
      played = await stage.pullRequest({ files: { 'images/child/word': 'pull\n' }, title: 'A `title`' })
    })
    expect(writes).toEqual([])
    expect(await stage.tags()).toEqual(before)
    expect(played).toMatchObject({ outcome: 'success', outputs: { tags: '', built: '["child","grandchild"]' } })
    const { images } = json(played?.outputs.plan)
    expect(images.map((image: { name: string; action: string }) => [image.name, image.action])).toEqual([
      ['base', 'reuse'],
      ['child', 'build'],
      ['grandchild', 'build'],
      ['sibling', 'skip'],
    ])
    expect(images[0]).toMatchObject({ digest: before.base!.main, reason: expect.stringContaining('unchanged') })
    expect(images[1].reason).toBe('word changed')
    expect(played?.summary.split('\n')[0]).toMatch(/2 built, 1 reused, 1 unchanged .* nothing pushed/)
    expect(json(played?.outputs.matrix).include).toEqual([
      { image: 'child', level: 0 },
      { image: 'grandchild', level: 1 },
    ])
  })

  // Fails if a commit's or the branch's tag is set by a pull request.
  it('pushes pr-N when it is asked to, and nothing else', async () => {
    const before = plainTags(await stage.tags())
    const played = await stage.pullRequest({ files: { 'images/child/word': 'again\n' } }, { inputs: { push: true } })
    expect(played.outcome).toBe('success')
    const after = plainTags(await stage.tags())
    const digests = json(played.outputs.digests)
    expect(after.child).toEqual({ ...before.child, 'pr-1': digests.child })
    expect(after.grandchild).toEqual({ ...before.grandchild, 'pr-1': digests.grandchild })
    expect(after.sibling).toEqual(before.sibling)
    expect(Object.keys(after.base!).sort()).toEqual(expect.arrayContaining([main.sha7, 'main']))
    const base = (await stage.image('base:main'))!.config.rootfs.diff_ids
    expect((await stage.image('child:pr-1'))!.config.rootfs.diff_ids.slice(0, base.length)).toEqual(base)
  })

  it('compares with the base as it is now: what main got meanwhile is not rebuilt', async () => {
    await stage.push({ files: { 'images/sibling/word': 'main moved\n' } })
    for (const depth of [0, 1] as const) {
      const played = await stage.pullRequest(
        { files: { 'images/grandchild/word': `d${depth}\n` }, branch: `d${depth}` },
        { depth },
      )
      expect(played).toMatchObject({ outcome: 'success', outputs: { built: '["grandchild"]' } })
    }
  })
})
