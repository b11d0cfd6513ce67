import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Played, Stage } from '../../sandbox/play/stage.ts'
import { type Engine, startEngine, type World } from '../../sandbox/world/index.ts'
import { run, tryRun } from '../../sandbox/world/run.ts'
import { engineDrivers, startDriver } from './driver-scene.ts'
import { json, writesOf } from './flow.ts'
import { imageErrors, openSmallStage, startTestWorld, stepEnv } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

/** A server with an entry point and a HEALTHCHECK; `/www/api` is there, all else is not found. */
const server = [
  'FROM busybox',
  'COPY word /www/api',
  // What is built anew is another image.
  'RUN cat /proc/sys/kernel/random/uuid > /id',
  'COPY --chmod=755 start /start',
  'ENTRYPOINT ["/start"]',
  'CMD ["httpd", "-f", "-p", "8888", "-h", "/www"]',
  // Of two streams at once Docker keeps no order: only one says something.
  'HEALTHCHECK --interval=1s --retries=2 CMD wget -q -O /dev/null http://127.0.0.1:8888/${LOOK:-api} 2> /dev/null || { echo no look; exit 1; }',
  '',
].join('\n')
const start = '#!/bin/sh\necho "starting $*, GREETING=$GREETING"\nexec "$@"\n'
const slow = { timeout: '6s' }

/** What spec.yml says of one container, and why it fails; undefined where it passes. */
const containers: Readonly<Record<string, readonly [object, RegExp?]>> = {
  serves: [
    {
      http: [
        { port: 8888, path: '/api' },
        { port: 8888, path: '/none', status: 404 },
      ],
      healthy: true,
    },
  ],
  ends: [{ command: ['echo', 'it', 'is'], output: ['starting echo it is', 'it is'], env: { GREETING: 'a b' } }],
  env: [{ command: 'exit 3', env: { GREETING: '$HOME "x"' }, 'exit-code': 3, output: 'GREETING=$HOME "x"' }],
  offline: [{ command: 'test "$(grep : /proc/net/dev | cut -d: -f1 | tr -d " ")" = lo' }],
  inside: [
    {
      command: 'if ip route | grep default; then exit 1; fi; exec httpd -f -p 80 -h /www',
      http: { port: 80, path: '/api' },
    },
  ],
  status: [{ http: { port: 8888, path: '/gone' }, ...slow }, /^after 6 s: http 8888\/gone answers 404, not 200$/],
  deaf: [{ http: { port: 9999 }, ...slow }, /^after 6 s: http 9999\/ has no answer: .*ECONNREFUSED/],
  dies: [{ command: 'echo no config; exit 7', http: { port: 8888 } }, /^it ended with exit code 7 and was to go on/],
  sick: [{ env: { LOOK: 'nowhere' }, healthy: true }, /^its HEALTHCHECK says that it is unhealthy: no look$/],
  wrong: [{ command: 'exit 4' }, /^it ended with exit code 4, not 0$/],
  silent: [{ command: 'true', output: 'nothing of the kind' }, /^it did not write "nothing of the kind"$/],
  endless: [{ command: 'sleep 98764', ...slow }, /^after 6 s: it did not end$/],
  missing: [{ command: 'exec /no/such/program' }, /^it ended with exit code 127, not 0$/],
  allowed: [{ command: 'exit 1', 'allow-failure': true }, /^it ended with exit code 1, not 0$/],
}

const named = Object.entries(containers).map(([name, [test]]) => ({ name, ...test }))
const passing = named.filter(({ name }) => containers[name]?.[1] === undefined || name === 'allowed')
const files = (run: unknown, more: object = {}) => ({
  'images/base/Dockerfile': server,
  'images/base/word': 'one\n',
  'images/base/start': start,
  'images/child/Dockerfile': 'FROM base\nRUN echo child > /log\n',
  'images/spec.yml': JSON.stringify({ images: { base: { test: { run } }, ...more } }),
})

let world: World
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(async () => await world?.stop())

async function casesOf(played: Played, name: string) {
  const { images } = json(await readFile(played.outputs.report ?? '', 'utf8'))
  return images.find((image: { name: string }) => image.name === name)?.tests
}

/** What an engine holds of tests: containers, networks, names of images. */
async function leftovers({ env }: Engine): Promise<string[]> {
  const lists = [
    ['container', 'ls', '--all', '--format', '{{.Names}}'],
    ['network', 'ls', '--format', '{{.Name}}'],
    ['image', 'ls', '--format', '{{.Repository}}'],
    ['volume', 'ls', '--format', '{{.Name}}'],
  ]
  const texts = await Promise.all(lists.map((args) => run('docker', args, { env })))
  return texts.flatMap((text) => text.split('\n')).filter((name) => name.includes('buildx-action-test'))
}

describe.each(engineDrivers)('the driver $name', ({ containerd, builder }) => {
  let engine: Engine
  beforeAll(async () => {
    engine = await startDriver(world, { containerd, builder })
  })
  afterAll(async () => await engine?.stop())
  const play = (more: object = {}) => ({ env: stepEnv(engine.env), inputs: { builder, ...more } })

  it('starts containers of what is then pushed, also in children, and removes them', async () => {
    await using stage = await openSmallStage(world, files(passing))
    const played = await stage.push({ files: { 'README.md': '1' } }, play())
    expect([played.outcome, imageErrors(played)]).toEqual(['success', []])
    expect(played.log).not.toContain('so its tests run again')
    for (const image of ['base', 'child']) {
      const { cases } = await casesOf(played, image)
      expect(
        cases.map((one: { name: string; outcome: string; image: string }) => [one.name, one.outcome, one.image]),
      ).toEqual(passing.map(({ name }) => [name, name === 'allowed' ? 'failed' : 'passed', 'base']))
    }
    expect((await stage.tags()).child?.main).toBeDefined()
    expect(await leftovers(engine)).toEqual([])
  })

  // Broken by: names that two images share while both are tested.
  it('starts containers of two images at once', async () => {
    const three = Array.from({ length: 3 }, () => ({ command: 'sleep 1' }))
    await using stage = await openSmallStage(world, {
      'images/one/Dockerfile': 'FROM busybox\nRUN echo one > /log\n',
      'images/other/Dockerfile': 'FROM busybox\nRUN echo other > /log\n',
      'images/spec.yml': JSON.stringify({ images: { one: { test: { run: three } }, other: { test: { run: three } } } }),
    })
    const played = await stage.push({ files: { 'README.md': '1' } }, play({ jobs: 2 }))
    expect([imageErrors(played), played.outcome]).toEqual([[], 'success'])
    for (const name of ['one', 'other']) expect((await casesOf(played, name)).cases).toHaveLength(3)
  })

  it('pushes nothing of an image whose container fails', async () => {
    await using stage = await openSmallStage(world, files(containers.wrong?.[0]))
    let played: Played | undefined
    const writes = await writesOf(stage, async () => {
      played = await stage.push({ files: { 'images/base/word': 'two\n' } }, play())
    })
    expect(imageErrors(played as Played)[0]).toMatch(
      /1 of 1 tests failed: docker run exit 4: it ended with exit code 4, not 0/,
    )
    expect(writes).toEqual([])
    expect(await leftovers(engine)).toEqual([])
  })

  if (containerd || builder) return

  it('tells of each container why it failed', async () => {
    await using stage = await openSmallStage(world, files(named))
    const played = await stage.push({ files: { 'README.md': '1' } }, play())
    const { cases } = await casesOf(played, 'base')
    for (const { name, outcome, reason } of cases as { name: string; outcome: string; reason: string }[]) {
      const expected = containers[name]?.[1]
      expect([name, outcome, reason]).toEqual([
        name,
        expected ? 'failed' : 'passed',
        expected ? expect.stringMatching(expected) : '',
      ])
    }
    expect(cases).toHaveLength(named.length)
    expect(cases.find(({ name }: { name: string }) => name === 'dies').tail).toContain('no config')
    expect(await leftovers(engine)).toEqual([])
  })
})

describe('the command line, which has no post step', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await startEngine(world, { containerd: false })
  })
  afterAll(async () => await engine?.stop())

  it('removes what it started, whether it fails or not', async () => {
    const asked = { http: { port: 8888, path: '/api' } }
    await using stage = await openSmallStage(world, files([asked, { command: 'exit 4' }]))
    const folder = await stage.checkout('refs/heads/main', await stage.commit({ files: { 'README.md': 'x\n' } }), 0)
    const args = [path.join(stage.actionDir, 'dist/cli.js'), 'build', 'base']
    const env = { ...world.env, ...stepEnv(engine.env) }
    const ended = await tryRun(process.execPath, args, { cwd: folder, env })
    expect([ended.code, ended.stdout + ended.stderr]).toEqual([1, expect.stringContaining('with exit code 4, not 0')])
    expect(await leftovers(engine)).toEqual([])
  })
})

describe('a run that is cancelled while a container runs', () => {
  let engine: Engine
  beforeAll(async () => {
    engine = await startEngine(world, { containerd: false })
  })
  afterAll(async () => await engine?.stop())

  it.each([
    ['leaves nothing in the engine', {}],
    ['by force leaves nothing behind its post step', { interruptMs: 50, terminateMs: 0 }],
  ])('%s', async (_title, how) => {
    const endless = { command: 'sleep 98763', http: { port: 80 } }
    await using stage = await openSmallStage(world, files([endless, endless]))
    const seen: string[] = []
    const watching = setInterval(async () => seen.push(...(await leftovers(engine))), 300)
    try {
      const signals = { when: /base: its tests start 2 containers/, ...how }
      const played = await stage.push({ files: { 'images/base/word': 'two\n' } }, { env: stepEnv(engine.env), signals })
      expect(played.outcome).toBe('cancelled')
      expect((await stage.tags()).base).toBeUndefined()
    } finally {
      clearInterval(watching)
    }
    expect(seen).not.toEqual([])
    expect(await leftovers(engine)).toEqual([])
  })
})

describe('without an engine', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openSmallStage(world, files(containers.wrong?.[0]))
  })
  afterAll(async () => await stage?.[Symbol.asyncDispose]())

  it('says that containers were not started, and is green', async () => {
    const played = await stage.push({ files: { 'images/base/word': 'two\n' } })
    expect(played.outcome).toBe('success')
    const tests = await casesOf(played, 'base')
    expect([tests.outcome, tests.cases, tests.notes]).toEqual([
      'skipped',
      [],
      ['its containers were not started: no Docker engine answers'],
    ])
    expect(played.log).toContain('base: its containers were not started: no Docker engine answers')
  })

  it('is red where tests are asked for', async () => {
    const played = await stage.push({ files: { 'images/base/word': 'three\n' } }, { inputs: { tests: 'true' } })
    expect(imageErrors(played).join()).toMatch(/base has no test that can run here, and input tests is true/)
    expect(imageErrors(played).join()).toContain('no Docker engine answers')
  })
})
