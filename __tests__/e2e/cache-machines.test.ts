import { spawnSync } from 'node:child_process'
import { cp, mkdir, readdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { pushEvent } from '../../sandbox/github/events.ts'
import { bootDockerContainerImage, startEngine, tool, type World } from '../../sandbox/world/index.ts'
import { run, tryRun } from '../../sandbox/world/run.ts'
import { openCacheScene } from './cache-scene.ts'
import { startTestWorld, stepEnv } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

let world: World

beforeAll(async () => {
  world = await startTestWorld()
})

afterAll(async () => {
  await world?.stop()
})

describe('layers on a person’s machine', () => {
  it('stay below the user’s cache folder, swapped whole, and within cache-size', async () => {
    await using scene = await openCacheScene(world)
    const { stage } = scene
    const folder = await stage.checkout('refs/heads/main', await stage.commit({ files: { 'README.md': 'x\n' } }), 0)
    const home = path.join(stage.dir, 'home')
    const store = async () => (await readdir(path.join(home, 'buildx-action/layers'), { recursive: true })).sort()
    const build = (...more: string[]) => {
      spawnSync('buildx', ['prune', '--all', '--force'], { env: world.env })
      const args = [path.join(stage.actionDir, 'dist/cli.js'), 'build', '--cache', 'local', '--load=false', ...more]
      const ended = spawnSync(process.execPath, args, { cwd: folder, env: { ...world.env, XDG_CACHE_HOME: home } })
      return { code: ended.status, text: `${ended.stdout}${ended.stderr}` }
    }
    const first = build()
    expect(first.text).toContain('2 built')
    expect(first.text).toMatch(/layers: .* new for 2 images/)
    expect(first.code).toBe(0)
    const kept = await store()
    expect(kept.filter((name) => name.endsWith('index.json'))).toHaveLength(2)
    const second = build()
    // Broken by: a folder that is swapped for one without its parent's layers.
    expect(second.text).toMatch(/base +built .*100 % cached .* restored/)
    expect(second.text).toMatch(/child +built .*100 % cached .* restored/)
    expect(second.text).toContain('nothing new to keep')
    expect((await store()).filter((name) => name.endsWith('index.json'))).toHaveLength(2)
    const third = build('--cache-size', '1kB')
    expect(third.text).toContain('left out, cache-size is 1.0 kB')
    expect((await store()).filter((name) => name.includes('sha256'))).toEqual([])
  })
})

describe('layers on a docker-container builder', () => {
  it('are kept without being asked for, and taken up by the next builder', async () => {
    const engine = await startEngine(world, { containerd: true })
    try {
      await bootDockerContainerImage(engine, world)
      await using scene = await openCacheScene(world)
      const fresh = async (name: string) => {
        const create = ['create', '--name', name, '--driver', 'docker-container', '--driver-opt', 'network=host']
        await run('buildx', create, { env: engine.env })
        return { inputs: { cache: 'auto', builder: name }, env: stepEnv(engine.env) }
      }
      const first = await scene.play((stage, options) => stage.push({}, options), await fresh('first'))
      expect([first.run.outcome, first.warnings, first.cached]).toEqual(['success', [], { base: '0/3', child: '0/5' }])
      await run('buildx', ['rm', 'first'], { env: engine.env })
      const files = { 'images/child/word': 'two\n' }
      const second = await scene.play((stage, options) => stage.push({ files }, options), await fresh('second'))
      expect([second.run.outcome, second.warnings, second.cached]).toEqual(['success', [], { child: '3/5' }])
      await run('buildx', ['rm', 'second'], { env: engine.env })
    } finally {
      await engine.stop()
    }
  })
})

const workflow = (registry: string) => `
on: push
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
      - uses: ./
        with:
          path: images
          registry: ${registry}
          cache: local
          github-token: ''
`

describe('layers in the cache server of act', () => {
  // A smoke test: that server speaks the first version of the protocol alone.
  it('are kept and taken up, by the first version of the protocol', async () => {
    await using scene = await openCacheScene(world)
    const { stage } = scene
    const home = path.join(stage.dir, 'home')
    await mkdir(home)
    const runAct = async (files: Record<string, string>) => {
      await run('buildx', ['prune', '--all', '--force'], { env: world.env })
      const commit = await stage.commit({ files: { '.github/workflows/build.yml': workflow(stage.prefix), ...files } })
      const folder = await stage.checkout('refs/heads/main', commit, 0)
      await cp(stage.actionDir, folder, { recursive: true })
      const event = path.join(stage.dir, 'event.json')
      await writeFile(event, JSON.stringify(pushEvent({ repository: stage.repository, before: null, after: commit })))
      const { PATH = '', DOCKER_CONFIG = '', BUILDX_CONFIG = '' } = world.env
      const given = Object.entries({ DOCKER_CONFIG, BUILDX_CONFIG, ACTIONS_RUNTIME_TOKEN: 'token' }).flatMap(
        ([name, value]) => ['--env', `${name}=${value}`],
      )
      const place = ['--cache-server-addr', '127.0.0.1', '--cache-server-path', path.join(home, 'actcache')]
      const args = ['push', '-P', 'ubuntu-latest=-self-hosted', '--eventpath', event, '--container-daemon-socket', '-']
      const env = { PATH, HOME: home, XDG_CACHE_HOME: path.join(home, 'cache'), GIT_CONFIG_NOSYSTEM: '1' }
      const ended = await tryRun(await tool('act'), [...args, ...place, ...given], {
        cwd: folder,
        env,
        timeout: 300_000,
      })
      return ended.stdout + ended.stderr
    }
    const first = await runAct({})
    expect(first).toMatch(/layers of base: kept for later runs/)
    const second = await runAct({ 'images/base/word': 'two\n' })
    expect(second).toMatch(/layers: .* restored for 2 images/)
    expect(second).toMatch(/base +built .* 33 % cached/)
  })
})
