import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { startCacheService } from '../../sandbox/cache/server.ts'
import { bootDockerContainerImage, type Engine, startEngine, type World } from '../../sandbox/world/index.ts'
import { run } from '../../sandbox/world/run.ts'
import { mountStep, outcomes, printed, warningsOf, withService } from './mounts-scene.ts'
import { openSmallStage, startTestWorld, stepEnv } from './small-stack.ts'

// The first start compiles the tools; a later one takes seconds.
jest.setTimeout(20 * 60_000)

let world: World
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(async () => {
  await world?.stop()
})

const steps = [
  mountStep('target=/plain', '/plain', 'plain', '{ [ -e x ] || echo x > x; } && chown 7:8 x'),
  mountStep('id=o,target=/owned,uid=1000,gid=100', '/owned', 'owned', '{ [ -e x ] || echo x > x; }'),
]
const files = { 'images/app/Dockerfile': `FROM busybox\nCOPY word /word\n${steps.join('')}`, 'images/app/word': '1\n' }

const drivers: readonly { name: string; containerd: boolean; builder: string; asked: string }[] = [
  // What a user of GitHub's runners has who says nothing.
  { name: 'docker-container', containerd: true, builder: 'boxed', asked: 'auto' },
  { name: 'docker with containerd’s store', containerd: true, builder: '', asked: 'true' },
  { name: 'docker with its own store', containerd: false, builder: '', asked: 'true' },
]

describe.each(drivers)('cache mounts on the driver $name', ({ containerd, builder, asked }) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await startEngine(world, { containerd })
    if (builder) await bootDockerContainerImage(engine, world)
  })
  afterAll(async () => {
    await engine?.stop()
  })

  async function fresh(): Promise<void> {
    const { env } = engine
    if (!builder) return void (await run('buildx', ['prune', '--all', '--force'], { env }))
    await run('buildx', ['rm', '--force', builder], { env }).catch(() => undefined)
    const options = ['--driver', 'docker-container', '--driver-opt', 'network=host', '--bootstrap']
    await run('buildx', ['create', '--name', builder, ...options], { env })
  }

  it('are brought back to a builder that knows nothing', async () => {
    await using service = await startCacheService()
    await using stage = await openSmallStage(world, files)
    const options = withService(service, undefined, {
      env: stepEnv(engine.env),
      inputs: { builder, 'cache-mounts': asked },
    })
    await fresh()
    const first = await stage.push({ files: { 'images/app/word': '2\n' } }, options)
    expect([outcomes(first), warningsOf(first), service.entries().length]).toEqual([['success', 'success'], [], 2])
    await fresh()
    const second = await stage.push({ files: { 'images/app/word': '3\n' } }, options)
    expect([outcomes(second), warningsOf(second)]).toEqual([['success', 'success'], []])
    expect(second.log).toMatch(/cache mounts: 2 restored \([^)]*\), 2 mounts unchanged \(/)
    expect(printed(second, 'plain')[1]).toMatch(/^\.\/x 81a4 7 8 /)
    expect(printed(second, 'owned')[0]).toMatch(/^\. 41ed 1000 100 /)
    expect(printed(second, 'owned')[1]).toMatch(/^\.\/x /)
  })
})
