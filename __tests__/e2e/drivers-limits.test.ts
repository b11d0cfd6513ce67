import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Stage } from '../../sandbox/play/stage.ts'
import { bootDockerContainerImage, type Engine, startEngine, tool, type World } from '../../sandbox/world/index.ts'
import { run } from '../../sandbox/world/run.ts'
import { makePath } from './shims.ts'
import { firstError, openSmallStage, smallImages, startTestWorld, stepEnv } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

/** Nothing is run in them and no base is read: any builder makes them for any platform. */
const emptyStack = {
  'images/base/Dockerfile': 'FROM scratch\nCOPY word /base\n',
  'images/base/word': 'one\n',
  'images/child/Dockerfile': 'FROM base\nCOPY word /child\n',
  'images/child/word': 'one\n',
} as const
const twoPlatforms = 'linux/amd64,linux/arm64'

let world: World
let stage: Stage

beforeAll(async () => {
  world = await startTestWorld()
  stage = await openSmallStage(world)
})

afterAll(async () => {
  await stage?.[Symbol.asyncDispose]()
  await world?.stop()
})

/** The error's lines: what, then what to do. */
function errorLines(played: Parameters<typeof firstError>[0]): string[] {
  const message = played.annotations.find(({ level, file }) => level === 'error' && !file)?.message
  return message?.split('\n') ?? []
}

describe('Docker’s own store', () => {
  let engine: Engine
  let plain: Stage
  let env: Record<string, string>

  beforeAll(async () => {
    engine = await startEngine(world, { containerd: false })
    await bootDockerContainerImage(engine, world)
    env = stepEnv(engine.env)
    plain = await openSmallStage(world, emptyStack)
  })

  afterAll(async () => {
    await plain?.[Symbol.asyncDispose]()
    await engine?.stop()
  })

  it.each([
    ['several platforms', { platforms: twoPlatforms }, 'builds one platform at a time, not linux/amd64, linux/arm64'],
    ['annotations', { annotations: 'org.example.team=pangeo' }, 'drops annotations (of the input or of spec.yml)'],
  ])('%s: makes a builder of the run’s own and removes it in the post step', async (_, more, why) => {
    const change = { files: { 'images/base/word': `${why}\n` } }
    const played = await plain.push(change, { env, inputs: { push: 'false', ...more } })
    expect([firstError(played), played.outcome, JSON.parse(played.outputs.built ?? '')]).toEqual([
      '',
      'success',
      ['base', 'child'],
    ])
    const name = played.state.builder ?? ''
    expect(name).toMatch(/^buildx-action-[0-9a-f]{16}$/)
    const notice = `builder default (driver docker) ${why}: a docker-container builder ${name} is created for this run`
    expect(played.annotations).toEqual([{ level: 'notice', message: notice }])
    expect(played.post?.outcome).toBe('success')
    expect(await run('buildx', ['ls'], { env: engine.env })).not.toContain('buildx-action-')
    expect(await run('docker', ['ps', '--all', '--quiet'], { env: engine.env })).toBe('')
    expect(await run('docker', ['volume', 'ls', '--quiet'], { env: engine.env })).toBe('')
  })

  it.each([
    ['several platforms', { platforms: twoPlatforms }, 'builds one platform at a time, not linux/amd64, linux/arm64'],
    ['annotations', { annotations: 'org.example.team=pangeo' }, 'drops annotations (of the input or of spec.yml)'],
  ])('%s with a builder that is named: an error with the remedy', async (_, more, why) => {
    const played = await plain.push({}, { env, inputs: { builder: 'default', ...more } })
    expect([played.outcome, played.state.builder]).toEqual(['failure', undefined])
    expect(errorLines(played)).toEqual([
      `builder default (driver docker) ${why}`,
      'name a builder with the docker-container driver, or leave the input builder empty: one is then created for the run',
    ])
  })

  // BuildKit refuses to load several platforms, and Docker's own store drops annotations: a second builder helps neither.
  it('loads its own platform of what spec.yml gives two and annotations', async () => {
    const files = { 'images/spec.yml': `images: {base: {platforms: [${twoPlatforms}], annotations: [a=b]}}\n` }
    const played = await plain.push({ files }, { env, inputs: { push: 'false', load: 'true' } })
    expect([firstError(played), played.outcome, played.state.builder]).toEqual(['', 'success', undefined])
    const format = '{{.Os}}/{{.Architecture}}'
    const loaded = ['image', 'inspect', '--format', format, `${plain.prefix}/base:main`]
    expect((await run('docker', loaded, { env: engine.env })).trim()).toMatch(/^linux\/(amd64|arm64)$/)
    const named = await plain.push(
      { files: { 'images/base/word': 'named\n' } },
      { env, inputs: { builder: 'default', platforms: 'linux/amd64' } },
    )
    expect(errorLines(named)[0]).toBe('builder default (driver docker) drops annotations (of the input or of spec.yml)')
    await plain.push({ files: { 'images/spec.yml': null } }, { env, inputs: { push: 'false' } })
  })

  it('removes its builder when the run is cancelled while it boots', async () => {
    const signals = { when: /a docker-container builder \S+ is created/ }
    const change = { files: { 'images/base/word': 'cancelled\n' } }
    const played = await plain.push(change, { env, inputs: { push: 'false', platforms: twoPlatforms }, signals })
    expect([played.outcome, played.post?.outcome]).toEqual(['cancelled', 'success'])
    expect(await run('buildx', ['ls'], { env: engine.env })).not.toContain('buildx-action-')
    expect(await run('docker', ['ps', '--all', '--quiet'], { env: engine.env })).toBe('')
  })

  it.each([['-x'], ['../other'], ['other'], ['buildx-action-'], ['buildx-action-0123456789abcdef --all'], ['default']])(
    'a forged state of the post step, %s, removes nothing',
    async (name) => {
      const create = ['create', '--name', 'other', '--driver', 'docker-container']
      if (!(await run('buildx', ['ls'], { env: engine.env })).includes('other'))
        await run('buildx', create, { env: engine.env })
      const shims = await makePath(plain.dir, { buildx: await tool('buildx') }, ['buildx'])
      await post(plain, { ...env, PATH: shims.folder, STATE_builder: name })
      expect(await shims.calls()).toEqual([])
      expect(await run('buildx', ['ls'], { env: engine.env })).toContain('other')
    },
  )
})

/** Runs the post script alone. Throws where it is red. */
async function post({ actionDir }: Stage, env: Record<string, string>): Promise<void> {
  await promisify(execFile)(process.execPath, [path.join(actionDir, 'dist/post.js')], { env })
}

describe('a builder that cannot be had', () => {
  it('a name that buildx does not know: the error lists those that it knows', async () => {
    const played = await stage.push({}, { inputs: { builder: 'wrold' } })
    expect(errorLines(played)).toEqual([
      'input builder: "wrold" is not a builder here',
      expect.stringMatching(/^buildx knows .*world/),
    ])
  })

  it('neither Docker nor buildx', async () => {
    const shims = await makePath(stage.dir, {})
    const played = await stage.push({}, { env: { PATH: shims.folder } })
    expect(played.outcome).toBe('failure')
    expect(errorLines(played)).toEqual([
      'there is neither `docker buildx` nor `buildx` on PATH',
      expect.stringMatching(/^on GitHub: .*docker\/setup-buildx-action/),
      expect.stringMatching(/^elsewhere: /),
    ])
  })

  it('buildx without an engine and without a builder', async () => {
    const shims = await makePath(stage.dir, { buildx: await tool('buildx') })
    const nowhere = path.join(stage.dir, 'nowhere')
    const env = {
      PATH: shims.folder,
      BUILDX_CONFIG: nowhere,
      DOCKER_CONFIG: nowhere,
      DOCKER_HOST: `unix://${nowhere}.sock`,
    }
    const played = await stage.push({}, { env })
    expect(played.outcome).toBe('failure')
    expect(errorLines(played)).toEqual([
      expect.stringMatching(/^there is no builder: .*nowhere\.sock/),
      expect.stringMatching(/^start Docker, or set up a builder/),
    ])
  })

  it('a builder whose BuildKit is gone', async () => {
    const address = `unix://${path.join(stage.dir, 'gone.sock')}`
    await run('buildx', ['create', '--name', 'gone', '--driver', 'remote', address], { env: world.env })
    const played = await stage.push({}, { inputs: { builder: 'gone' } })
    await run('buildx', ['rm', 'gone'], { env: world.env })
    expect(played.outcome).toBe('failure')
    expect(errorLines(played)[0]).toMatch(/^builder gone \(driver remote\) cannot be (started|reached): /)
    expect(errorLines(played)[1]).toMatch(/name another in the input builder$/)
  })
})

describe('buildx alone', () => {
  it('builds on the remote driver where there is no docker command', async () => {
    const shims = await makePath(stage.dir, { buildx: await tool('buildx') }, ['buildx'])
    const env = { PATH: shims.folder }
    const played = await stage.push({}, { env, inputs: { manifests: 'false' } })
    expect([firstError(played), played.outcome]).toEqual(['', 'success'])
    const commands = (await shims.calls()).map(([command]) => command)
    expect(commands.filter((command) => command === 'bake')).toHaveLength(smallImages.length + 1)
  })

  it('says what is missing where images are to be loaded without an engine', async () => {
    const shims = await makePath(stage.dir, { buildx: await tool('buildx') })
    const env = { PATH: shims.folder, DOCKER_HOST: `unix://${path.join(stage.dir, 'no.sock')}` }
    const played = await stage.push(
      { files: { 'images/base/word': 'load' } },
      { env, inputs: { builder: 'world', push: 'false', load: 'true' } },
    )
    expect(played.outcome).toBe('failure')
    expect(firstError(played)).toMatch(/^input load: true, but no Docker engine answers/)
  })

  it('gives a kubernetes builder the arguments of any other', async () => {
    const buildx = await tool('buildx')
    const facts = {
      Name: 'world',
      Driver: 'kubernetes',
      Current: true,
      Nodes: [{ Status: 'running', Platforms: ['linux/amd64', 'linux/arm64'] }],
    }
    const script = `#!/bin/sh\nif [ "$1" = ls ]; then echo '${JSON.stringify(facts)}'; else exec "${buildx}" "$@"; fi\n`
    const inner = await makePath(stage.dir, { buildx: script })
    const shims = await makePath(stage.dir, { buildx: path.join(inner.folder, 'buildx') }, ['buildx'])
    const played = await stage.push({ files: { 'images/grandchild/word': 'k8s\n' } }, { env: { PATH: shims.folder } })
    expect([firstError(played), played.outcome]).toEqual(['', 'success'])
    const bake = (await shims.calls()).find((call) => call.includes('grandchild'))
    expect(bake?.slice(0, 3)).toEqual(['bake', '--builder', 'world'])
    expect(bake).toContain('grandchild.output=type=image,push=true')
  })
})

describe('a builder of several nodes', () => {
  it('builds each child on the pushed parent, platform by platform', async () => {
    const second = await startTestWorld()
    try {
      const create = ['create', '--name', 'both', '--driver', 'remote']
      await run('buildx', [...create, '--platform', 'linux/amd64', world.buildkit], { env: world.env })
      await run('buildx', [...create, '--append', '--platform', 'linux/386', second.buildkit], { env: world.env })
      const inputs = { builder: 'both', platforms: 'linux/amd64,linux/386' }
      const played = await stage.push({ files: { 'images/base/word': 'nodes\n' } }, { inputs })
      expect([firstError(played), played.outcome]).toEqual(['', 'success'])
      const base = await platformLayers(`${stage.prefix}/base:${played.sha7}`)
      const child = await platformLayers(`${stage.prefix}/child:${played.sha7}`)
      expect(Object.keys(base).toSorted()).toEqual(['386', 'amd64'])
      expect(base['386']).not.toEqual(base.amd64)
      for (const [architecture, layers] of Object.entries(base))
        expect(child[architecture]?.slice(0, layers.length)).toEqual(layers)
    } finally {
      await run('buildx', ['rm', '--force', 'both'], { env: world.env }).catch(() => '')
      await second.stop()
    }
  })
})

/** Uncompressed layers of each platform of an index, by architecture. */
async function platformLayers(reference: string): Promise<Record<string, string[]>> {
  const [, host, repository, tag] = /^([^/]+)\/(.+):(.+)$/.exec(reference)!
  const index = (await json(`http://${host}/v2/${repository}/manifests/${tag}`)) as { manifests: Descriptor[] }
  const images = index.manifests.filter(({ platform }) => platform.architecture !== 'unknown')
  const entries = images.map(async ({ digest, platform }) => {
    const manifest = (await json(`http://${host}/v2/${repository}/manifests/${digest}`)) as { config: Descriptor }
    const config = (await json(`http://${host}/v2/${repository}/blobs/${manifest.config.digest}`)) as Config
    return [platform.architecture, config.rootfs.diff_ids] as const
  })
  return Object.fromEntries(await Promise.all(entries))
}

interface Descriptor {
  readonly digest: string
  readonly platform: { readonly architecture: string }
}

interface Config {
  readonly rootfs: { readonly diff_ids: string[] }
}

async function json(url: string): Promise<unknown> {
  const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json'
  return await (await fetch(url, { headers: { accept } })).json()
}
