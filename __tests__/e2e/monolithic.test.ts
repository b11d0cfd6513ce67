import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Played, Stage } from '../../sandbox/play/stage.ts'
import {
  bootDockerContainerImage,
  type Engine,
  startEngine,
  startFaultProxy,
  type World,
} from '../../sandbox/world/index.ts'
import { run } from '../../sandbox/world/run.ts'
import { openCacheScene } from './cache-scene.ts'
import { actions, json, plainTags, writesOf } from './flow.ts'
import {
  digestsOf,
  firstError,
  imageErrors,
  openSmallStage,
  smallImages,
  smallStack,
  startTestWorld,
  stepEnv,
} from './small-stack.ts'

jest.setTimeout(20 * 60_000)

let world: World

beforeAll(async () => {
  world = await startTestWorld()
})

afterAll(async () => {
  await world?.stop()
})

const monolithic = { monolithic: 'true' }
const spec = (images: object) => ({ 'images/spec.yml': JSON.stringify({ images }) })
const tested = spec({ base: { test: 'test -f /base' }, child: { test: ['test -f /child', ['test', '-f', '/log']] } })

/** What each bake process was asked for, by its targets. */
function processes(played: Played): string[][] {
  const lines = played.debug.filter((line) => line.startsWith('buildx bake '))
  return lines.map((line) =>
    line.split(' ').filter((word) => /^(base|child|grandchild|sibling)(_tests|_manifest)?$/.test(word)),
  )
}

async function layersOf(stage: Stage, reference: string): Promise<readonly string[]> {
  return (await stage.image(reference))?.config.rootfs.diff_ids ?? []
}

async function expectExactParents(stage: Stage, tag: string): Promise<void> {
  const parents = { child: 'base', sibling: 'base', grandchild: 'child' }
  for (const [child, parent] of Object.entries(parents)) {
    const below = await layersOf(stage, `${parent}:${tag}`)
    expect((await layersOf(stage, `${child}:${tag}`)).slice(0, below.length)).toEqual(below)
  }
}

const drivers = [
  { name: 'remote', containerd: undefined, builder: '' },
  { name: 'docker-container', containerd: true, builder: 'boxed' },
] as const

describe.each(drivers)('with the driver $name', ({ containerd, builder }) => {
  let stage: Stage
  let engine: Engine | null = null
  let options: { env: Record<string, string>; inputs: Record<string, string>; debug: boolean }

  beforeAll(async () => {
    if (containerd !== undefined) {
      engine = await startEngine(world, { containerd })
      await bootDockerContainerImage(engine, world)
      const create = ['create', '--name', builder, '--driver', 'docker-container', '--driver-opt', 'network=host']
      await run('buildx', create, { env: engine.env })
    }
    options = { env: stepEnv(engine?.env ?? world.env), inputs: { ...monolithic, builder }, debug: true }
    stage = await openSmallStage(world, { ...smallStack, ...tested })
  })

  afterAll(async () => {
    await stage?.[Symbol.asyncDispose]()
    await engine?.stop()
  })

  it('a change of one image builds, tests and pushes all, by one process each', async () => {
    const first = await stage.push({}, options)
    expect([firstError(first), first.outcome]).toEqual(['', 'success'])
    const played = await stage.push({ files: { 'images/sibling/word': 'two\n' } }, options)
    expect([firstError(played), json(played.outputs.built)]).toEqual(['', [...smallImages]])
    const tests = smallImages.flatMap((name) => [`${name}_tests`, `${name}_manifest`])
    expect(processes(played)).toEqual([smallImages, [...smallImages, ...tests], smallImages])
    const digests = digestsOf(played)
    const tagged = smallImages.map((name) => [
      name,
      { [first.sha7]: digestsOf(first)[name], [played.sha7]: digests[name], main: digests[name] },
    ])
    expect(plainTags(await stage.tags())).toEqual(Object.fromEntries(tagged))
    await expectExactParents(stage, 'main')
    const { images } = json(played.outputs.stack)
    expect(images.map(({ image, base }: { image: string; base: { digest: string } }) => [image, base.digest])).toEqual([
      ['base', expect.stringMatching(/^sha256:/)],
      ['child', digests.base],
      ['grandchild', digests.child],
      ['sibling', digests.base],
    ])
    expect(played.summary.match(/monolithic: built with sibling/g)?.length).toBeGreaterThan(2)
  })

  it('builds nothing that was built of the same inputs', async () => {
    const played = await stage.push(
      { files: { 'notes.md': 'x\n', 'images/spec.yml': `${tested['images/spec.yml']}\n` } },
      options,
    )
    expect([firstError(played), json(played.outputs.built), processes(played)]).toEqual(['', [], []])
    expect((await stage.tags()).base?.[played.sha7]).toBe((await stage.tags()).base?.main)
  })

  it('builds all anew without the cache, each child on the parent that is pushed', async () => {
    const played = await stage.push(
      { files: { 'images/base/word': 'no cache\n' } },
      { ...options, inputs: { ...options.inputs, 'no-cache': 'true' } },
    )
    expect([firstError(played), json(played.outputs.built)]).toEqual(['', [...smallImages]])
    await expectExactParents(stage, 'main')
  })
})

describe('all or none', () => {
  const expectNothing = async (stage: Stage, play: () => Promise<Played>) => {
    const before = await stage.tags()
    let played: Played | undefined
    const writes = await writesOf(stage, async () => {
      played = await play()
    })
    expect(await stage.tags()).toEqual(before)
    expect(played?.outcome).toBe('failure')
    return { played: played as Played, writes }
  }

  it.each(smallImages)('where %s cannot be built, or its tests fail, nothing is written', async (name) => {
    await using stage = await openSmallStage(world)
    const options = { inputs: { ...monolithic, cache: 'none' } }
    const dockerfile = smallStack[`images/${name}/Dockerfile`]
    const broken = { [`images/${name}/Dockerfile`]: `${dockerfile}RUN echo this is it; exit 7\n` }
    const build = await expectNothing(stage, async () => await stage.push({ files: broken }, options))
    expect(build.writes).toEqual([])
    expect(imageErrors(build.played)).toEqual([expect.stringContaining('exit code 7')])
    expect(firstError(build.played)).toMatch(new RegExp(`^${name} failed`))
    const failing = {
      [`images/${name}/Dockerfile`]: dockerfile,
      ...spec({ [name]: { test: 'echo so; false' } }),
    }
    const tests = await expectNothing(stage, async () => await stage.push({ files: failing }, options))
    expect(tests.writes).toEqual([])
    // Broken by: whose failure it is is told by the order in which they ended. What is built on it has its tests, too.
    expect(firstError(tests.played)).toMatch(new RegExp(`^${name}(, \\w+)* failed`))
    expect(imageErrors(tests.played)[0]).toMatch(/1 of 1 tests failed/)
  })

  it('where the registry takes one image not, no image gets a tag', async () => {
    const proxy = await startFaultProxy({
      target: world.registry,
      behaviour: ({ method, path }) =>
        method === 'PUT' && /\/grandchild\/manifests\//.test(path) ? { status: 403 } : 'pass',
    })
    await using stage = await openSmallStage({ ...world, registry: proxy.address })
    const { played } = await expectNothing(stage, async () => await stage.push({}, { inputs: { ...monolithic } }))
    expect(firstError(played)).toMatch(/^grandchild failed/)
    expect(Object.values(await stage.tags()).flatMap((tags) => Object.keys(tags))).toEqual([])
    await proxy.stop()
  })
})

describe('what is left out', () => {
  it('an image that spec.yml skips is planned, built and tagged by nobody, and a pull request pushes nothing', async () => {
    await using stage = await openSmallStage(world, { ...smallStack, ...spec({ sibling: { skip: true } }) })
    const rest = smallImages.filter((name) => name !== 'sibling')
    const files = { 'images/child/word': 'two\n' }
    const plain = await stage.push({})
    expect([firstError(plain), json(plain.outputs.built)]).toEqual(['', rest])
    for (const command of ['plan', 'build']) {
      const played = await stage.pullRequest({ files, branch: command }, { inputs: { ...monolithic, command } })
      expect([firstError(played), actions(played.outputs.plan)]).toEqual([
        '',
        { base: 'build', child: 'build', grandchild: 'build', sibling: 'skip' },
      ])
    }
    const pushed = await stage.push({ files }, { inputs: monolithic })
    expect([firstError(pushed), json(pushed.outputs.built)]).toEqual(['', rest])
    expect(Object.keys(await stage.tags()).sort()).toEqual([...rest].sort())
  })
})

describe('caches', () => {
  it('in the registry: each image has its own, and a builder that knows nothing takes what has no parent from them', async () => {
    await using stage = await openSmallStage(world)
    const inputs = { ...monolithic, cache: 'registry', reuse: 'branch' }
    const first = await stage.push({}, { inputs })
    expect([firstError(first), first.outcome]).toEqual(['', 'success'])
    for (const own of Object.values(await stage.tags())) expect(Object.keys(own)).toContain('cache-main')
    await run('buildx', ['--builder', world.builder, 'prune', '--all', '--force'], { env: world.env })
    const second = await stage.push({ files: { 'images/sibling/word': 'two\n' } }, { inputs })
    expect([firstError(second), second.outcome]).toEqual(['', 'success'])
    // A random number of the first run is in its last layer. Its children are built anew: docs/hubs.md.
    expect(await layersOf(stage, `base:${second.sha7}`)).toEqual(await layersOf(stage, `base:${first.sha7}`))
    await expectExactParents(stage, 'main')
  })

  it('in the Actions cache: each image has its own, and a builder that knows nothing builds from them', async () => {
    await using scene = await openCacheScene(world)
    const first = await scene.play((stage, options) => stage.push({}, options), { inputs: monolithic })
    expect([first.run.outcome, first.run.post?.outcome, first.warnings]).toEqual(['success', 'success', []])
    expect(scene.service.entries()).toHaveLength(2)
    const files = { 'images/child/word': 'two\n' }
    const second = await scene.play((stage, options) => stage.push({ files }, options), { inputs: monolithic })
    expect([second.run.outcome, second.run.post?.outcome, second.warnings]).toEqual(['success', 'success', []])
    expect(second.cached).toEqual({ base: '3/3', child: '3/5' })
    expect(scene.service.problems()).toEqual([])
  })
})
