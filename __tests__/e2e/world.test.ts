import { existsSync } from 'node:fs'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import {
  bootDockerContainerImage,
  type Engine,
  findWorld,
  startEngine,
  startWorld,
  type World,
} from '../../sandbox/world/index.ts'
import { run, tryRun } from '../../sandbox/world/run.ts'

// The first start compiles the tools; a later one takes seconds.
jest.setTimeout(20 * 60_000)

let dir: string
let world: World

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'bxa-'))
  await writeFile(join(dir, 'Dockerfile'), '# syntax=docker/dockerfile:1\nFROM busybox\nRUN <<EOF\nid > /who\nEOF\n')
  world = await startWorld({ dir: join(dir, 'world'), registries: 2 })
})

afterAll(async () => {
  await world?.stop()
  await rm(dir, { recursive: true, force: true })
})

/** Command lines of the processes that name a path. */
async function commandsNaming(path: string): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const lines = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')))
  return lines.filter((line) => line.includes(path)).map((line) => line.replaceAll('\0', ' '))
}

/** The bridge of an engine that the world made; null for the machine's own engine. */
async function bridgeOf(engine: Engine): Promise<string | null> {
  if (engine.external) return null
  const config = join(dirname(engine.dockerHost.slice('unix://'.length)), 'daemon.json')
  const { bridge } = JSON.parse(await readFile(config, 'utf8')) as { bridge: string }
  expect(await run('ip', ['link'])).toContain(` ${bridge}:`)
  return bridge
}

describe('a world', () => {
  it('builds on its base images and pushes', async () => {
    const digest = await world.pushImage('team/app:1', dir, { tags: ['2', `${world.registries[1]}/other/app:3`] })
    const answers = ['team/app/manifests/1', 'team/app/manifests/2'].map((path) => `${world.registry}/v2/${path}`)
    for (const answer of [...answers, `${world.registries[1]}/v2/other/app/manifests/3`]) {
      const headers = { accept: 'application/vnd.oci.image.manifest.v1+json' }
      const { status, headers: given } = await fetch(`http://${answer}`, { headers })
      expect([status, given.get('docker-content-digest')]).toEqual([200, digest])
    }
    const puts = world.accessLog().filter(({ method, path }) => method === 'PUT' && path.includes('/manifests/'))
    expect(puts.map(({ path, status }) => [path, status])).toEqual(
      expect.arrayContaining([
        ['/v2/team/app/manifests/1', 201],
        ['/v2/team/app/manifests/2', 201],
      ]),
    )
  })

  it('has one builder, the current one, apart from those of the machine', async () => {
    expect((await run('buildx', ['inspect'], { env: world.env })).split('\n')[0]).toMatch(/^Name: +world$/)
  })

  it('is found while it runs, and not stopped by one that found it', async () => {
    const same = await startWorld({ dir: world.dir })
    await same.stop()
    expect((await findWorld({ dir: world.dir }))?.processes()).toEqual(world.processes())
    expect(Object.keys(world.processes()).sort()).toEqual(['buildkitd', 'registry', 'registry2'])
  })

  it('leaves nothing when it stops, next to another that runs on; its disk can be full', async () => {
    const small = await startWorld({ dir: join(dir, 'small'), disk: 40 })
    const dockerfile = 'FROM busybox\nRUN dd if=/dev/zero of=/big bs=1M count=60\n'
    await writeFile(join(dir, 'Dockerfile.full'), dockerfile)
    const build = await tryRun('buildx', ['build', '-f', join(dir, 'Dockerfile.full'), dir], { env: small.env })
    expect(build).toMatchObject({ code: 1, stderr: expect.stringContaining('No space left on device') })
    expect(await commandsNaming(small.dir)).not.toEqual([])
    await small.stop()
    expect(await commandsNaming(small.dir)).toEqual([])
    expect(existsSync(small.dir)).toBe(false)
    expect(await readFile('/proc/self/mounts', 'utf8')).not.toContain(small.dir)
    expect((await fetch(`http://${world.registry}/v2/`)).status).toBe(200)
  })
})

describe.each([{ containerd: true }, { containerd: false }])('a Docker engine, %j', (options) => {
  it('pulls, builds, pushes, and boots the docker-container driver', async () => {
    const engine = await startEngine(world, options)
    const { env } = engine
    const bridge = await bridgeOf(engine)
    try {
      expect(engine.containerd).toBe(options.containerd)
      const tag = `${world.registry}/engine/app:${options.containerd}`
      await run('docker', ['buildx', 'build', '--push', '--tag', tag, dir], { env })
      expect(await run('docker', ['run', '--rm', tag, 'cat', '/who'], { env })).toContain('uid=0')
      await bootDockerContainerImage(engine, world)
      const create = ['create', '--name', 'boxed', '--driver', 'docker-container', '--driver-opt', 'network=host']
      await run('buildx', create, { env })
      await run('buildx', ['--builder', 'boxed', 'build', '--push', '--tag', `${tag}-boxed`, dir], { env })
      await run('buildx', ['rm', 'boxed'], { env })
      const paths = world.accessLog().map(({ method, path }) => `${method} ${path}`)
      expect(paths).toContain(`PUT /v2/engine/app/manifests/${options.containerd}-boxed`)
    } finally {
      await engine.stop()
    }
    if (!bridge) return
    expect(await commandsNaming(dirname(engine.dockerHost.slice('unix://'.length)))).toEqual([])
    expect(await run('ip', ['link'])).not.toContain(` ${bridge}:`)
  })
})
