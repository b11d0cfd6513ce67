import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { startCacheService } from '../../sandbox/cache/server.ts'
import type { CacheScope } from '../../sandbox/cache/types.ts'
import type { Played } from '../../sandbox/play/stage.ts'
import { type Fault, type ProxyRequest, startFaultProxy, type World } from '../../sandbox/world/index.ts'
import { run } from '../../sandbox/world/run.ts'
import { writesOf } from './flow.ts'
import { digestsOf, firstError, openSmallStage, startTestWorld } from './small-stack.ts'

jest.setTimeout(10 * 60_000)

const chance = 'cat /proc/sys/kernel/random/uuid'
/** The first step of each is a matter of chance: an image that has it again took it from a cache. */
const stack = {
  'images/base/Dockerfile': `FROM busybox\nRUN ${chance} > /id\nCOPY word /base\n`,
  'images/base/word': 'one\n',
  'images/other/Dockerfile': `FROM busybox\nRUN ${chance} > /other\nCOPY word /word\n`,
  'images/other/word': 'one\n',
} as const
const inputs = { cache: 'registry' }

let world: World

beforeAll(async () => {
  world = await startTestWorld()
})

afterAll(async () => {
  await world?.stop()
})

/** As each of GitHub's machines begins: nothing of earlier builds is there. */
async function freshBuilder(): Promise<void> {
  await run('buildx', ['prune', '--all', '--force', '--builder', world.builder], { env: world.env })
}

/** The RUN steps of an image that a run took from a cache, and those that it ran. */
async function steps(played: Played, name: string): Promise<{ cached: number; ran: number }> {
  const report = JSON.parse(await readFile(played.outputs.report ?? '', 'utf8'))
  const image = report.images.find((candidate: { name: string }) => candidate.name === name)
  const runs = (image.steps as { name: string; cached: boolean }[]).filter((step) => step.name.startsWith('RUN'))
  return { cached: runs.filter((step) => step.cached).length, ran: runs.filter((step) => !step.cached).length }
}

const caches = (writes: readonly string[]) => writes.filter((write) => write.includes('/manifests/cache-'))
const warnings = ({ annotations }: Played) => annotations.filter(({ level }) => level === 'warning')
const change = (word: string) => ({ 'images/base/word': `${word}\n`, 'images/other/word': `${word}\n` })

describe('cache: registry', () => {
  it('the next run on a fresh builder takes the steps of main’s from the registry', async () => {
    await using stage = await openSmallStage(world, stack)
    await freshBuilder()
    const first = await stage.push({}, { inputs })
    expect([firstError(first), first.outcome, warnings(first)]).toEqual(['', 'success', []])
    const tags = await stage.tags()
    for (const name of ['base', 'other']) expect(Object.keys(tags[name] ?? {})).toContain('cache-main')
    expect(await steps(first, 'base')).toEqual({ cached: 0, ran: 1 })

    await freshBuilder()
    const second = await stage.push({ files: change('two') }, { inputs })
    // Broken by: no cache-from, a cache of mode=min, or two images that write one place: one of them would run its step.
    for (const name of ['base', 'other']) {
      expect([name, await steps(second, name)]).toEqual([name, { cached: 1, ran: 0 }])
      const layers = async (played: Played) =>
        (await stage.image(`${name}@${digestsOf(played)[name]}`))?.config.rootfs.diff_ids.slice(0, 2)
      expect(await layers(second)).toEqual(await layers(first))
    }
    expect(digestsOf(second)).not.toEqual(digestsOf(first))
  })

  it('a pull request reads main’s and writes nothing; one that pushes writes its own', async () => {
    await using stage = await openSmallStage(world, stack)
    await stage.push({}, { inputs })
    await freshBuilder()
    let played: Played | undefined
    const writes = await writesOf(stage, async () => {
      played = await stage.pullRequest({ files: change('pull') }, { inputs })
    })
    expect([played?.outcome, writes]).toEqual(['success', []])
    expect(await steps(played!, 'base')).toEqual({ cached: 1, ran: 0 })

    await freshBuilder()
    const before = await stage.tags()
    const pushed = await stage.pullRequest({ files: change('push') }, { inputs: { ...inputs, push: true } })
    expect([firstError(pushed), await steps(pushed, 'base')]).toEqual(['', { cached: 1, ran: 0 }])
    const after = await stage.tags()
    expect(Object.keys(after.base ?? {})).toContain('cache-pr-1')
    expect(after.base?.['cache-main']).toBe(before.base?.['cache-main'])
  })

  // Broken by: trust that is not asked, here or for the values of cache-to.
  it('a fork’s run reads main’s and writes nothing, whatever its inputs say', async () => {
    await using stage = await openSmallStage(world, stack)
    await stage.push({}, { inputs })
    await freshBuilder()
    const forked = {
      ...inputs,
      push: true,
      'cache-to': `type=registry,ref=${stage.prefix}/base:cache-main,mode=max`,
    }
    let played: Played | undefined
    const writes = await writesOf(stage, async () => {
      played = await stage.pullRequest({ fork: true, files: change('fork') }, { inputs: forked })
    })
    expect([played?.outcome, writes]).toEqual(['success', []])
    expect(await steps(played!, 'base')).toEqual({ cached: 1, ran: 0 })
    expect(played?.log).toContain('cache-to is left out: an untrusted run writes no cache')
  })
})

/** Who writes or reads a tag of a cache. */
const cacheTags = ({ path }: ProxyRequest) => /\/manifests\/cache-/.test(path)
const faults: readonly [string, (request: ProxyRequest) => Fault][] = [
  [
    'a write that is answered by 500',
    (request) => (request.method === 'PUT' && cacheTags(request) ? { status: 500 } : 'pass'),
  ],
  [
    'a write that is refused by 403',
    (request) => (request.method === 'PUT' && cacheTags(request) ? { status: 403 } : 'pass'),
  ],
  ['a tag that is not there', (request) => (request.method !== 'PUT' && cacheTags(request) ? { status: 404 } : 'pass')],
  [
    'a read that is answered by 503',
    (request) => (request.method !== 'PUT' && cacheTags(request) ? { status: 503 } : 'pass'),
  ],
  [
    'a read that is refused by 403',
    (request) => (request.method !== 'PUT' && cacheTags(request) ? { status: 403 } : 'pass'),
  ],
]

describe('a cache that fails makes no run red', () => {
  // Broken by: an export without ignore-error, or an import that must succeed.
  it.each(faults)('%s', async (_, behaviour) => {
    await using stage = await openSmallStage(world, stack)
    await stage.push({}, { inputs })
    await freshBuilder()
    const proxy = await startFaultProxy({ target: world.registry, behaviour })
    try {
      const registry = stage.prefix.replace(world.registry, proxy.address)
      const played = await stage.push({ files: change('fault') }, { inputs: { ...inputs, registry } })
      expect([firstError(played), played.outcome]).toEqual(['', 'success'])
      expect((await stage.tags()).base?.main).toBe(digestsOf(played).base)
    } finally {
      await proxy.stop()
    }
  })
})

describe('cache: inline', () => {
  it('the next run on a fresh builder takes the steps from main’s image', async () => {
    await using stage = await openSmallStage(world, stack)
    await freshBuilder()
    await stage.push({}, { inputs: { cache: 'inline' } })
    expect(caches(Object.keys((await stage.tags()).base ?? {}))).toEqual([])
    await freshBuilder()
    const second = await stage.pullRequest({ files: change('two') }, { inputs: { cache: 'inline' } })
    expect([firstError(second), await steps(second, 'base')]).toEqual(['', { cached: 1, ran: 0 }])
  })
})

const main: readonly CacheScope[] = [{ ref: 'refs/heads/main', write: true }]
const pull: readonly CacheScope[] = [
  { ref: 'refs/pull/1/merge', write: true },
  { ref: 'refs/heads/main', write: false },
]

describe('cache: gha', () => {
  const gha = { cache: 'gha' }

  it('BuildKit keeps the layers of each image in the cache service, and a fresh builder finds them', async () => {
    await using service = await startCacheService()
    await using stage = await openSmallStage(world, stack)
    await freshBuilder()
    const play = { inputs: gha, env: service.env(main) }
    const first = await stage.push({}, play)
    expect([firstError(first), warnings(first), service.problems()]).toEqual(['', [], []])
    // Broken by: one scope for two images: there would be one index, of the last one.
    const indexes = service.entries().map(({ key }) => /^index-([a-z]+)-/.exec(key)?.[1])
    expect(indexes.filter(Boolean).sort()).toEqual(['base', 'other'])
    await freshBuilder()
    const second = await stage.push({ files: change('two') }, play)
    for (const name of ['base', 'other'])
      expect([name, await steps(second, name)]).toEqual([name, { cached: 1, ran: 0 }])

    await freshBuilder()
    const third = await stage.pullRequest({ files: change('pull') }, { inputs: gha, env: service.env(pull) })
    expect([firstError(third), await steps(third, 'base')]).toEqual(['', { cached: 1, ran: 0 }])
    expect(service.entries().some(({ ref }) => ref === 'refs/pull/1/merge')).toBe(true)
  })

  // Broken by: trust that is not asked. The service would let it write.
  it('a fork’s run reads it and writes nothing', async () => {
    await using service = await startCacheService()
    await using stage = await openSmallStage(world, stack)
    await stage.push({}, { inputs: gha, env: service.env(main) })
    await freshBuilder()
    const before = service.requests().length
    const forked = { files: change('fork'), fork: true }
    const played = await stage.pullRequest(forked, { inputs: gha, env: service.env(main) })
    expect([firstError(played), await steps(played, 'base')]).toEqual(['', { cached: 1, ran: 0 }])
    const calls = service.requests().slice(before)
    expect([...new Set(calls.map(({ method }) => method))].sort()).toEqual(['GetCacheEntryDownloadURL', 'download'])
  })

  it.each([
    ['a service that answers 503 to every write', main, { status: 503, writes: true }],
    ['a service that refuses every read', main, { status: 403, writes: false }],
    ['a token that may only read', [{ ref: 'refs/heads/main', write: false }], null],
  ] as const)('%s: green', async (_, scopes, fault) => {
    await using service = await startCacheService({
      fault: ({ method }) => (fault && (method === 'CreateCacheEntry') === fault.writes ? fault : undefined),
    })
    await using stage = await openSmallStage(world, stack)
    const played = await stage.push({}, { inputs: gha, env: service.env(scopes) })
    expect([firstError(played), played.outcome]).toEqual(['', 'success'])
    expect(service.entries()).toEqual([])
  })

  // Broken by: no second build: BuildKit ends a build whose exporter it cannot set up, also with ignore-error.
  it('a token that cannot be read: built without a cache, with one warning an image', async () => {
    await using service = await startCacheService()
    await using stage = await openSmallStage(world, stack)
    const env = { ...service.env(main), ACTIONS_RUNTIME_TOKEN: 'no.such.token' }
    const played = await stage.push({}, { inputs: gha, env })
    expect([firstError(played), played.outcome]).toEqual(['', 'success'])
    const warned = warnings(played).map(({ message }) => message)
    expect(warned).toEqual(Array(2).fill(expect.stringMatching(/is built without a cache from run to run: /)))
    expect(played.log).not.toContain('no.such.token')
  })

  it('without a service: one warning, and built without a cache', async () => {
    await using stage = await openSmallStage(world, stack)
    const played = await stage.push({}, { inputs: gha })
    expect([firstError(played), warnings(played).length]).toEqual(['', 1])
    expect(warnings(played)[0]?.message).toMatch(/^cache: gha, but this run has no cache service/)
  })
})

describe('cache-from and cache-to', () => {
  it('reach buildx as they are; two images that write one folder are refused, one tag is a warning', async () => {
    await using stage = await openSmallStage(world, stack)
    const ref = `type=registry,ref=${stage.prefix}/cache:all`
    const shared = await stage.push({}, { inputs: { 'cache-to': `${ref},mode=max` } })
    expect(firstError(shared)).toBe('')
    expect(warnings(shared).map(({ message }) => message)).toEqual([
      expect.stringMatching(/^cache-to: type=registry,ref=\S+\/cache:all would be written by 2 images: base, other/),
    ])
    expect(Object.keys((await stage.tags()).cache ?? {})).toEqual(['all'])
    await freshBuilder()
    const one = { files: { 'images/other/word': 'two\n' } }
    const second = await stage.push(one, { inputs: { 'cache-from': ref } })
    // The one that was written last is what is there.
    expect([firstError(second), warnings(second)]).toEqual(['', []])

    const folder = await stage.push(
      { files: change('3') },
      { inputs: { 'cache-to': 'type=local,dest=/tmp/x,mode=max' } },
    )
    expect([folder.outcome, firstError(folder)]).toEqual([
      'failure',
      expect.stringMatching(/^cache-to: type=local,dest=\/tmp\/x would be written by 2 images/),
    ])
  })

  it('a registry that cannot be written to is no red run', async () => {
    await using stage = await openSmallStage(world, stack)
    const to = 'type=registry,ref=127.0.0.1:1/nobody/is:there,mode=max'
    const played = await stage.push(
      { files: { 'images/base/word': '2\n' } },
      { inputs: { 'cache-to': to, images: 'base' } },
    )
    expect([firstError(played), played.outcome]).toEqual(['', 'success'])
  })
})
