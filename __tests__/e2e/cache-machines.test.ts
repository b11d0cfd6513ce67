import { spawnSync } from 'node:child_process'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { bootDockerContainerImage, startEngine, type World } from '../../sandbox/world/index.ts'
import { run } from '../../sandbox/world/run.ts'
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
