import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Played, Stage } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { json } from './flow.ts'
import { openSmallStage, smallImages, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

let world: World
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world?.stop())

describe('an image that fails', () => {
  let stage: Stage
  let played: Played
  let before: Awaited<ReturnType<Stage['tags']>>
  const dockerfile = 'FROM base\n\n# one\nRUN for i in 1 2 3; do echo "line $i"; done; exit 3\n'
  beforeAll(async () => {
    stage = await openSmallStage(world)
    await stage.push()
    before = await stage.tags()
    const files = { 'images/child/Dockerfile': dockerfile, 'images/sibling/word': 'two\n' }
    played = await stage.push({ files, message: 'Break child' })
  })
  afterAll(async () => await stage?.[Symbol.asyncDispose]())

  // Fails if the run is green, a sibling is held back, or a child is built on a parent that failed.
  it('is red, takes its children out, and lets its siblings be built', async () => {
    expect(played).toMatchObject({ outcome: 'failure', exitCode: 1, outputs: { built: '["sibling"]' } })
    const report = json(await readFile(played.outputs.report!, 'utf8'))
    const outcomes = report.images.map((image: { name: string; outcome: string }) => [image.name, image.outcome])
    expect(Object.fromEntries(outcomes)).toEqual({
      base: 'reused',
      child: 'failed',
      grandchild: 'skipped',
      sibling: 'built',
    })
    expect(report.images[2].reason).toBe('its parent child was not built')
  })

  // Fails if a moving tag moves for a part of the stack, or what failed has a tag.
  it('changes no moving tag', async () => {
    const after = await stage.tags()
    for (const name of smallImages) expect(after[name]!.main).toBe(before[name]!.main)
    expect(after.child).toEqual(before.child)
    expect(after.grandchild).toEqual(before.grandchild)
  })

  it('points at the line of the Dockerfile and shows the step’s last lines', () => {
    expect(played.annotations).toContainEqual(
      expect.objectContaining({ level: 'error', file: 'images/child/Dockerfile', line: 4 }),
    )
    const [first = ''] = played.summary.split('\n')
    expect(first).toMatch(/^## ❌ 1 failed, 1 built, 1 reused, 1 skipped/)
    expect(played.summary).toMatch(/line 1\nline 2\nline 3\n/)
    expect(played.summary).toContain('exit code 3')
    expect(played.annotations.at(-2)?.message).toMatch(/^child failed.*grandchild not built; no moving tag was changed/)
  })

  it('is mended by the next push, which publishes the whole stack', async () => {
    const mended = await stage.push({
      files: { 'images/child/Dockerfile': `${dockerfile.split('\n')[0]}\nRUN echo mended\n` },
    })
    expect(mended.outcome).toBe('success')
    const after = await stage.tags()
    for (const name of smallImages) expect(after[name]!.main).toBe(after[name]![mended.sha7])
    // What was not published by the broken commit is built now, though nothing of it changed since.
    expect(json(mended.outputs.built)).toEqual(expect.arrayContaining(['child', 'grandchild']))
  })
})
