import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Occasion, RegistryImage, Stage } from '../../sandbox/play/stage.ts'
import { bootDockerContainerImage, type Engine, startEngine, type World } from '../../sandbox/world/index.ts'
import { run } from '../../sandbox/world/run.ts'
import { plainTags } from './flow.ts'
import { digestsOf, openSmallStage, smallImages, startTestWorld, stepEnv } from './small-stack.ts'

// The first start compiles the tools; a later one takes seconds.
jest.setTimeout(20 * 60_000)

const key = (name: string) => `org.opencontainers.image.${name}`

let world: World

beforeAll(async () => {
  world = await startTestWorld()
})

afterAll(async () => {
  await world?.stop()
})

/** What differs from driver to driver. */
interface Driver {
  readonly name: string
  /** Which engine it needs: with containerd's image store, with Docker's own, or none. */
  readonly containerd?: boolean
  /** The input `builder`, and how that one is made; without it the current one is used. */
  readonly builder?: string
  /** Docker's own store has no place for annotations. */
  readonly annotations: boolean
}

const drivers: readonly Driver[] = [
  { name: 'remote', annotations: true },
  { name: 'docker with containerd’s store', containerd: true, annotations: true },
  { name: 'docker with its own store', containerd: false, annotations: false },
  { name: 'docker-container', containerd: true, builder: 'boxed', annotations: true },
]

describe.each(drivers)('the driver $name', (driver) => {
  let stage: Stage
  let engine: Engine | null = null
  let env: Record<string, string>
  let occasion: Occasion

  beforeAll(async () => {
    if (driver.containerd !== undefined) engine = await startEngine(world, { containerd: driver.containerd })
    if (engine && driver.builder) await boot(engine, driver.builder)
    env = stepEnv(engine?.env ?? world.env)
    stage = await openSmallStage(world)
  })

  afterAll(async () => {
    await stage?.[Symbol.asyncDispose]()
    await engine?.stop()
  })

  const inputs = (more: Record<string, string> = {}) => ({ builder: driver.builder ?? '', ...more })

  it('builds and pushes the stack, each child on the exact parent of the run', async () => {
    const played = await stage.push({}, { env, inputs: inputs() })
    occasion = played.occasion
    expect(played.annotations).toEqual([])
    expect([played.outcome, JSON.parse(played.outputs.built ?? '')]).toEqual(['success', smallImages])
    const digests = digestsOf(played)
    const tagged = smallImages.map((name) => [name, { [played.sha7]: digests[name], main: digests[name] }])
    expect(plainTags(await stage.tags())).toEqual(Object.fromEntries(tagged))
    const images = await readAll(stage, played.sha7)
    expectExactParents(images)
    for (const name of smallImages) {
      const expected = {
        [key('revision')]: played.commit,
        [key('source')]: `https://github.com/team/${stage.repository.name}`,
        [key('title')]: name,
        ...(name === 'base' ? { [key('base.name')]: 'busybox' } : baseLabels(stage, name, played.sha7, digests)),
      }
      expect(images[name]?.config.config.Labels).toMatchObject(expected)
      const { annotations = {} } = images[name]?.manifest ?? {}
      expect(annotations).toEqual(driver.annotations ? expect.objectContaining(expected) : {})
    }
  })

  it('pins the external base for the run', async () => {
    const { config } = (await stage.image('base:main'))!
    const busybox = await stage.image('busybox:latest', `${world.registry}/library`)
    expect(config.config.Labels?.[key('base.digest')]).toBe(busybox?.digest)
  })

  it('takes an unchanged parent by its digest and leaves what did not change', async () => {
    const before = await stage.tags()
    const played = await stage.push({ files: { 'images/child/word': `${driver.name}\n` } }, { env, inputs: inputs() })
    expect([played.outcome, JSON.parse(played.outputs.built ?? '')]).toEqual(['success', ['child', 'grandchild']])
    const after = await stage.tags()
    for (const name of ['base', 'sibling']) {
      expect(after[name]?.[played.sha7]).toBe(before[name]?.main)
      expect(after[name]?.main).toBe(before[name]?.main)
    }
    expect(after.child?.main).not.toBe(before.child?.main)
    expectExactParents(await readAll(stage, 'main'))
  })

  it('builds every image once anew without the cache, each child on what was pushed for its parent', async () => {
    const first = await readAll(stage, occasion.commit.slice(0, 7))
    const played = await stage.again(occasion, { env, inputs: inputs({ 'no-cache': 'true' }) })
    expect([played.outcome, JSON.parse(played.outputs.built ?? '')]).toEqual(['success', smallImages])
    const [tag] = Object.keys((await stage.tags()).base ?? {}).filter((name) => /^[0-9a-f]{7}-\d{8}$/.test(name))
    const images = await readAll(stage, tag ?? '')
    expectExactParents(images)
    // The last layer of each holds a random number.
    for (const name of smallImages) expect(lastLayer(images[name])).not.toBe(lastLayer(first[name]))
  })

  if (driver.containerd !== undefined) {
    it('loads images into the engine, which runs them', async () => {
      const options = { env, inputs: inputs({ push: 'false', load: 'true' }) }
      const played = await stage.push({ files: { 'images/base/word': `${driver.name}\n` } }, options)
      expect(played.annotations).toEqual([])
      expect(played.outcome).toBe('success')
      const listed = await run('docker', ['images', '--format', '{{.Repository}}:{{.Tag}}'], { env })
      for (const name of smallImages) expect(listed.split('\n')).toContain(`${stage.prefix}/${name}:main`)
      const said = await run('docker', ['run', '--rm', `${stage.prefix}/grandchild:main`], { env })
      expect(said).toBe('base\nchild\ngrandchild\n')
      expect(Object.keys((await stage.tags()).base ?? {})).not.toContain(played.sha7)
    })

    it('pushes and loads at once', async () => {
      const options = { env, inputs: inputs({ push: 'true', load: 'true' }) }
      const played = await stage.push({ files: { 'images/sibling/word': `${driver.name}\n` } }, options)
      expect(played.annotations).toEqual([])
      expect(played.outcome).toBe('success')
      const said = await run('docker', ['run', '--rm', `${stage.prefix}/sibling:${played.sha7}`, 'cat', '/sibling'], {
        env,
      })
      expect(said).toBe(`${driver.name}\n`)
      expect((await stage.tags()).sibling?.main).toBe(digestsOf(played).sibling)
    })
  }
})

async function boot(engine: Engine, name: string): Promise<void> {
  await bootDockerContainerImage(engine, world)
  const create = ['create', '--name', name, '--driver', 'docker-container', '--driver-opt', 'network=host']
  await run('buildx', create, { env: engine.env })
}

async function readAll(stage: Stage, tag: string): Promise<Record<string, RegistryImage | null>> {
  return Object.fromEntries(
    await Promise.all(smallImages.map(async (name) => [name, await stage.image(`${name}:${tag}`)] as const)),
  )
}

/** The layers of a child begin with all layers of its parent. */
function expectExactParents(images: Record<string, RegistryImage | null>): void {
  const layers = (name: string) => images[name]?.config.rootfs.diff_ids ?? []
  for (const [child, parent] of Object.entries(parents)) {
    expect(layers(parent).length).toBeGreaterThan(2)
    expect(layers(child).slice(0, layers(parent).length)).toEqual(layers(parent))
  }
}

function lastLayer(image: RegistryImage | null | undefined): string | undefined {
  return image?.config.rootfs.diff_ids.at(-1)
}

const parents = { child: 'base', grandchild: 'child', sibling: 'base' } as const

function baseLabels(stage: Stage, name: string, sha7: string, digests: Record<string, string>) {
  const parent = parents[name as keyof typeof parents]
  return { [key('base.name')]: `${stage.prefix}/${parent}:${sha7}`, [key('base.digest')]: digests[parent] }
}
