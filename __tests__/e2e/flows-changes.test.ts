import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { notFound } from '../../sandbox/github/failures.ts'
import type { Played, Stage } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { actions, json, writesOf } from './flow.ts'
import { openSmallStage, smallImages, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

const plan = { command: 'plan' }
let world: World
let stage: Stage
let published: Played
beforeAll(async () => {
  world = await startTestWorld()
  stage = await openSmallStage(world)
  published = await stage.push()
})
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]()
  await world?.stop()
})

/** Reasons of all images in the output `plan`. */
function reasons(played: Played): string[] {
  return json(played.outputs.plan).images.map((image: { reason: string }) => image.reason)
}

function expectAllBuilt(played: Played, why: RegExp): void {
  expect(played.outcome).toBe('success')
  expect(json(played.outputs.changed)).toEqual([...smallImages])
  for (const reason of reasons(played)) expect(reason).toMatch(why)
}

// Each fails if a change can be missed: doubt means build, and the reason says so.
describe('where GitHub cannot tell what changed', () => {
  it('builds all when the list of files may be cut', async () => {
    const files = Object.fromEntries(Array.from({ length: 301 }, (_, at) => [`docs/${at}.md`, `${at}\n`]))
    expectAllBuilt(await stage.push({ files }, { inputs: plan }), /300 files at most/)
  })

  it('builds all when the API answers 404', async () => {
    stage.github.fail({ method: 'GET', path: /\/compare\//, failure: notFound() })
    expectAllBuilt(
      await stage.push({ files: { 'README.md': '1\n' } }, { inputs: plan }),
      /GitHub does not compare with it/,
    )
  })

  it('builds all without a token', async () => {
    const inputs = { ...plan, 'github-token': '' }
    const before = stage.github.requests().filter(({ kind }) => kind === 'rest').length
    expectAllBuilt(await stage.push({ files: { 'README.md': '2\n' } }, { inputs }), /is not in this clone/)
    expect(stage.github.requests().filter(({ kind }) => kind === 'rest')).toHaveLength(before)
  })

  it('asks nobody when the whole history is there', async () => {
    const before = stage.github.requests().filter(({ kind }) => kind === 'rest').length
    const played = await stage.push({ files: { 'images/sibling/word': '3\n' } }, { inputs: plan, depth: 0 })
    expect(json(played.outputs.changed)).toContain('sibling')
    expect(stage.github.requests().filter(({ kind }) => kind === 'rest')).toHaveLength(before)
  })
})

describe('runs that only tell', () => {
  // Fails if a plan writes to the registry or starts a build.
  it.each([
    ['command: plan', { command: 'plan' }],
    ['dry-run: true', { 'dry-run': true }],
  ])('%s decides and touches nothing', async (_, inputs) => {
    let played: Played | undefined
    const writes = await writesOf(stage, async () => {
      played = await stage.pullRequest(
        { files: { 'images/child/word': `${_}\n` }, branch: `plan-${_.length}` },
        { inputs },
      )
    })
    expect(writes).toEqual([])
    expect(played?.outcome).toBe('success')
    expect(actions(played?.outputs.plan)).toMatchObject({ child: 'build', grandchild: 'build' })
    expect(json(played?.outputs.matrix).include.map(({ image }: { image: string }) => image)).toContain('child')
    expect(played?.outputs.built).toBeUndefined()
    expect(played?.summary.split('\n')[0]).toMatch(/^## 📝/)
    expect(played?.groups).toEqual([])
  })
})

describe('a new branch', () => {
  // Fails if a branch publishes under the default branch's tag, or pushes unasked.
  it('pushes nothing by itself, and its own tags when it is asked to', async () => {
    const before = await stage.tags()
    const quiet = await stage.push({ branch: 'topic/one', files: { 'images/sibling/word': 'topic\n' } }, { depth: 0 })
    expect(quiet).toMatchObject({ outcome: 'success', outputs: { tags: '' } })
    expect(await stage.tags()).toEqual(before)
    const loud = await stage.again(quiet.occasion, { depth: 0, inputs: { push: true } })
    expect(loud.outcome).toBe('success')
    const { sibling, base } = await stage.tags()
    expect(sibling).toMatchObject({ main: before.sibling!.main!, [loud.sha7]: expect.any(String) })
    expect(sibling!['topic-one']).toBe(sibling![loud.sha7])
    expect(base!.main).toBe(before.base!.main)
    expect(published.outcome).toBe('success')
  })
})
