import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Engine, World } from '../../sandbox/world/index.ts'
import { engineDrivers, startDriver } from './driver-scene.ts'
import { json, writesOf } from './flow.ts'
import { imageErrors, openSmallStage, startTestWorld, stepEnv } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

const files = {
  'images/base/Dockerfile': 'FROM busybox\nCOPY word /base\nRUN cat /proc/sys/kernel/random/uuid > /id\n',
  'images/base/word': 'one\n',
  'images/base/tests/word.sh': 'grep one /base && test "$(grep -c : /proc/net/dev)" = 1\n',
  'images/child/Dockerfile': 'FROM base\nRUN echo child > /log\n',
  'images/spec.yml': 'images: {child: {test: {commands: [[cat, /log]], timeout: 10m}}}\n',
} as const

let world: World
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(async () => await world?.stop())

describe.each(engineDrivers)('the driver $name', ({ containerd, builder }) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await startDriver(world, { containerd, builder })
  })
  afterAll(async () => await engine?.stop())

  it('tests before it pushes, and pushes what it tested', async () => {
    await using stage = await openSmallStage(world, files)
    const play = { env: stepEnv(engine.env), inputs: { builder } }
    const played = await stage.push({ files: { 'README.md': '1' } }, play)
    expect([played.outcome, imageErrors(played)]).toEqual(['success', []])
    const { images } = json(await readFile(played.outputs.report ?? '', 'utf8'))
    expect(
      images.map((image: { tests: { cases: { name: string }[] } }) => image.tests.cases.map(({ name }) => name)),
    ).toEqual([['word.sh'], ['word.sh', '["cat","/log"]']])
    const writes = await writesOf(stage, async () => {
      const red = await stage.push({ files: { 'images/base/word': 'two\n' } }, play)
      expect(imageErrors(red)[0]).toMatch(/1 of 1 tests failed: word.sh: it ended with exit code 1/)
    })
    expect(writes).toEqual([])
  })
})
