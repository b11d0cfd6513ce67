import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Played, Stage } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { json } from './flow.ts'
import { firstError, openSmallStage, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

let world: World
let stage: Stage
/** Two commits: the second one changes `child`, and `grandchild` with it. */
let first: Played
let second: Played

beforeAll(async () => {
  world = await startTestWorld()
  stage = await openSmallStage(world)
  first = await stage.push()
  second = await stage.push({ files: { 'images/child/word': 'two\n' } })
  expect([first, second].map((played) => [firstError(played), played.outcome])).toEqual([
    ['', 'success'],
    ['', 'success'],
  ])
})

afterAll(async () => {
  await stage?.[Symbol.asyncDispose]()
  await world?.stop()
})

let runs = 1000
/** Each is a run of its own, as a person starts it. */
const run = async (inputs: Readonly<Record<string, string>>) => {
  runs += 1
  return await stage.dispatch({ inputs, run: { id: String(runs) } })
}
/** The digests of a tag, by image. */
const digests = async (tag: string) =>
  Object.fromEntries(Object.entries(await stage.tags()).map(([image, tags]) => [image, tags[tag]]))

describe('promote', () => {
  it('points a tag of all images at a commit’s, builds nothing, and uploads no blob of an image', async () => {
    const before = world.accessLog().length
    const played = await run({ command: 'promote', from: first.sha7, to: 'stable' })
    expect([firstError(played), played.outcome]).toEqual(['', 'success'])
    expect(await digests('stable')).toEqual(await digests(first.sha7))
    const uploads = world
      .accessLog()
      .slice(before)
      .filter(({ method, path }) => method === 'POST' && path.includes('/blobs/'))
    const name = stage.prefix.split('/')[1]
    expect(uploads.filter(({ path }) => !path.startsWith(`/v2/${name}/${name}/`))).toEqual([])
    expect(played.summary).toMatch(/^## ✅ promote of stable from \w{7} for the stack: 4 tags of 4 images moved/)
    expect(json(played.outputs.digests)).toEqual(await digests(first.sha7))
  })

  it('is repeated without a write', async () => {
    const before = world.accessLog().length
    const played = await run({ command: 'promote', from: first.sha7, to: 'stable' })
    expect(played.summary).toContain('all tags are there already')
    expect(
      world
        .accessLog()
        .slice(before)
        .filter(({ method }) => !['GET', 'HEAD'].includes(method)),
    ).toEqual([])
  })

  it('moves one image alone where one is named', async () => {
    await run({ command: 'promote', from: second.sha7, to: 'beta', images: 'child' })
    expect(Object.entries(await digests('beta')).filter(([, digest]) => digest)).toEqual([
      ['child', (await digests(second.sha7)).child],
    ])
  })

  it.each([
    [{ from: 'nothing', to: 'stable' }, /^base, child, grandchild, sibling have no tag nothing: no tag was moved$/],
    [{ from: 'beta', to: 'stable' }, /^base, grandchild, sibling have no tag beta: no tag was moved$/],
    [{ from: 'main', to: '2639bd3' }, /^"2639bd3" is a tag with a meaning of its own: it is never moved$/],
    [{ from: 'main', to: 'a/b' }, /^"a\/b" can be no tag of an image$/],
    [{ from: 'main' }, /^promote needs the input to$/],
  ])('refuses %j before the first write', async (inputs, error) => {
    const before = [await stage.tags(), await stage.stackTags()]
    const played = await run({ command: 'promote', ...inputs })
    expect([played.outcome, firstError(played)]).toEqual(['failure', expect.stringMatching(error)])
    expect([await stage.tags(), await stage.stackTags()]).toEqual(before)
  })

  it('is refused to a pull request', async () => {
    const played = await stage.pullRequest(
      { files: { 'images/base/word': 'three\n' } },
      { inputs: { command: 'promote', from: 'main', to: 'stable' } },
    )
    expect(firstError(played)).toMatch(/^command: promote moves no tags for the event pull_request$/)
  })
})

describe('revert', () => {
  it('goes back to what a tag was before, step by step, and only for what the step moved', async () => {
    await run({ command: 'promote', from: second.sha7, to: 'stable' })
    expect(await digests('stable')).toEqual(await digests(second.sha7))
    const played = await run({ command: 'revert', to: 'previous' })
    expect([firstError(played), played.outcome]).toEqual(['', 'success'])
    expect(await digests('stable')).toEqual(await digests(first.sha7))
    // The step before made the tag: there is nothing to go back to.
    const further = await run({ command: 'revert', to: 'previous' })
    expect(firstError(further)).toMatch(/:stable was not there before the promote of /)
    expect(await digests('stable')).toEqual(await digests(first.sha7))
  })

  it('does not go back one more step where the same run is started again', async () => {
    await run({ command: 'promote', from: second.sha7, to: 'stable' })
    const inputs = { command: 'revert', to: 'previous' }
    for (const attempt of ['1', '2']) {
      const played = await stage.dispatch({ inputs, run: { id: '4711', attempt } })
      expect([firstError(played), played.outcome]).toEqual(['', 'success'])
      expect(await digests('stable')).toEqual(await digests(first.sha7))
    }
  })

  it('goes back to a commit by its whole name', async () => {
    const played = await run({ command: 'revert', from: 'main', to: first.commit })
    expect([firstError(played), played.outcome]).toEqual(['', 'success'])
    expect(await digests('main')).toEqual(await digests(first.sha7))
  })

  it('refuses a tag of which nothing is known', async () => {
    const played = await run({ command: 'revert', from: 'beta2', to: 'previous' })
    expect(firstError(played)).toBe('nothing is known of what beta2 was before')
  })
})
