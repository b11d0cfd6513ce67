import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Played, Stage } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { json, writesOf } from './flow.ts'
import { imageErrors, openSmallStage, smallStack, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

let world: World
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(async () => {
  await world?.stop()
})

const spec = (images: object) => ({ 'images/spec.yml': JSON.stringify({ images }) })

/** What the report says of an image. */
async function resultOf(played: Played, name: string) {
  const { images } = json(await read(played.outputs.report))
  return images.find((image: { name: string }) => image.name === name)
}

async function read(file: string | undefined): Promise<string> {
  const { readFile } = await import('node:fs/promises')
  return await readFile(file ?? '', 'utf8')
}

async function onStage<T>(files: Readonly<Record<string, string>>, act: (stage: Stage) => Promise<T>): Promise<T> {
  await using stage = await openSmallStage(world, { ...smallStack, ...files })
  return await act(stage)
}

describe('tests before the push', () => {
  it('push what passed, to the byte, and run a parent’s tests in its children', async () => {
    await onStage(spec({ base: { test: ['test -f /base', ['test', '-f', '/log']] } }), async (stage) => {
      const played = await stage.push({ files: { 'images/base/word': 'two\n' } })
      expect(played).toMatchObject({ outcome: 'success' })
      expect((await stage.tags()).base?.main).toBeDefined()
      const { tests } = await resultOf(played, 'grandchild')
      expect(tests.outcome).toBe('passed')
      expect(tests.cases.map((one: { name: string; image: string }) => `${one.image}: ${one.name}`)).toEqual([
        'base: test -f /base',
        'base: ["test","-f","/log"]',
      ])
    })
  })

  it('push nothing of an image whose tests fail, and skip its children', async () => {
    await onStage(spec({ child: { test: 'echo so it is; cat /nothing' } }), async (stage) => {
      let played: Played | undefined
      const writes = await writesOf(stage, async () => {
        played = await stage.push({ files: { 'images/base/word': 'two\n' } })
      })
      expect(played).toMatchObject({ outcome: 'failure' })
      expect(writes.filter((write) => /child/.test(write))).toEqual([])
      expect(writes.filter((write) => /manifests\/main/.test(write))).toEqual([])
      expect(writes.filter((write) => /base\/manifests\//.test(write))).not.toEqual([])
      expect(imageErrors(played as Played).join()).toMatch(
        /1 of 1 tests failed: echo so it is; cat \/nothing: it ended with exit code 1/,
      )
      expect(imageErrors(played as Played).join()).toContain('so it is')
    })
  })
})
