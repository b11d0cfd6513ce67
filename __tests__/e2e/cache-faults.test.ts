import { execFileSync } from 'node:child_process'
import { access, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { zstdDecompress } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { startCacheService } from '../../sandbox/cache/server.ts'
import type { CacheEntry, CacheFault, CacheOptions, CacheRequest } from '../../sandbox/cache/types.ts'
import type { World } from '../../sandbox/world/index.ts'
import type { LayersImage, LayersRun } from '../../src/steps/cache-local.ts'
import { createRestorer } from '../../src/steps/cache-local-restore.ts'
import { tarEntries } from '../../src/tools/tar-entries.ts'
import { createHost } from '../helpers/host.ts'
import { createTar, type Member } from '../helpers/tar.ts'
import { type CacheScene, openCacheScene, scopes } from './cache-scene.ts'
import { startTestWorld } from './small-stack.ts'

jest.setTimeout(10 * 60_000)

const decompress = promisify(zstdDecompress)

let world: World
/** What a run really kept: the layers of base. */
let entry: CacheEntry
let dir: string

beforeAll(async () => {
  world = await startTestWorld()
  dir = await mkdtemp(path.join(tmpdir(), 'cache-faults-'))
  await using scene = await openCacheScene(world)
  await scene.play((stage, options) => stage.push({}, options))
  entry = scene.service.entries().find(({ key }) => key.includes('-base-'))!
})

afterAll(async () => {
  await world?.stop()
  await rm(dir, { recursive: true, force: true })
})

/** Restores the entry with other contents, and says what was said and what is on the disk. */
async function restore(contents: Buffer, options: CacheOptions = {}, place = dir) {
  await using service = await startCacheService(options)
  service.store({ ...entry, content: contents })
  const folder = await mkdtemp(path.join(place, 'run-'))
  const env = { PATH: process.env.PATH, ...service.env(scopes.main) }
  const host = createHost({ kind: 'action', env, temp: path.join(folder, 'temp'), kept: folder })
  const id = /layers-1-(base-[0-9a-f]{12})-/.exec(entry.key)![1]!
  const image: LayersImage = { name: 'base', id, fingerprint: null, ancestors: [] }
  const run = {
    ...{ question: { host, inputs: { cacheSize: 1e9 } }, images: new Map([['base', image]]), class: 'branch' },
    ...{ folder: path.join(folder, 'layers'), store: null, restores: true, keeps: true },
  } as unknown as LayersRun
  const started = Date.now()
  const restored = await createRestorer(run).ready('base')
  const said = (method: string) => host.said.filter(([one]) => one === method).map(([, line]) => String(line))
  const files = await readdir(folder, { recursive: true }).catch(() => [])
  const calls = service.requests().length
  return { restored, warnings: said('warning'), infos: said('info'), files, calls, time: Date.now() - started }
}

/** The members of the entry's archive, each as it was. */
async function members(): Promise<Member[]> {
  const found: Member[] = []
  const archive = await decompress(entry.content)
  for await (const { name, type, content } of tarEntries(iterate(archive))) {
    const chunks: Buffer[] = []
    for await (const chunk of content) chunks.push(chunk)
    found.push({ name, type, body: Buffer.concat(chunks) })
  }
  return found
}

async function* iterate(bytes: Buffer): AsyncGenerator<Buffer> {
  yield bytes
}

const blobs = (list: readonly Member[]) => list.filter(({ name }) => /sha256\/[0-9a-f]{64}$/.test(name))

describe('C17: an archive that is damaged', () => {
  it('is taken as it was saved', async () => {
    const { restored, warnings } = await restore(entry.content)
    expect([restored?.key, warnings]).toEqual([entry.key, []])
    expect((await restore(createTar(await members()))).restored).not.toBeNull()
  })

  it('cut off at every tenth: nothing of it is used, one warning', async () => {
    for (let tenth = 0; tenth < 10; tenth++) {
      const cut = entry.content.subarray(0, Math.floor((entry.content.length * tenth) / 10))
      const { restored, warnings, files } = await restore(cut)
      expect([tenth, restored, warnings]).toEqual([tenth, null, [expect.stringMatching(/^layers of base/)]])
      expect(files.filter((name) => /[0-9a-f]{64}/.test(name))).toEqual([])
    }
  })

  it('with another byte in any of its blobs: nothing of it is used, one warning', async () => {
    const all = await members()
    expect(blobs(all).length).toBeGreaterThan(4)
    for (const damaged of blobs(all)) {
      const content = Buffer.from((damaged.body ?? '') as string)
      content[content.length >> 1]! ^= 1
      const { restored, warnings, files } = await restore(
        createTar(all.map((member) => (member === damaged ? { ...member, body: content } : member))),
      )
      expect([restored, warnings]).toEqual([null, [expect.stringMatching(/^layers of base: not used: /)]])
      expect(files.filter((name) => /[0-9a-f]{64}/.test(name))).toEqual([])
    }
  })

  it.each<[string, (all: Member[]) => Member[]]>([
    ['without its index', (all) => all.filter(({ name }) => !name.endsWith('index.json'))],
    ['without a layer', (all) => all.filter((member) => member !== blobs(all).at(-1))],
    ['with a file that it does not name', (all) => [...all, { name: `layers/blobs/sha256/${'0'.repeat(64)}` }]],
    ['with a program', (all) => [...all, { name: 'layers/ingest/run.sh', body: '#!/bin/sh' }]],
    [
      'with an index of a manifest that leads elsewhere',
      (all) =>
        all.map((member) =>
          member.name.endsWith('index.json')
            ? { ...member, body: '{"manifests":[{"digest":"sha256:../../../x","size":1}]}' }
            : member,
        ),
    ],
  ])('%s: nothing of it is used, one warning', async (_, change) => {
    const { restored, warnings } = await restore(createTar(change(await members())))
    expect([restored, warnings]).toEqual([null, [expect.stringMatching(/^layers of base: not used: /)]])
  })
})

describe('C16: an archive that would write elsewhere', () => {
  it.each<[string, Member]>([
    ['an absolute name', { name: '/tmp/buildx-action-escaped' }],
    ['a name above', { name: '../escaped' }],
    ['a name above, further in', { name: 'layers/../../escaped' }],
    ['a link', { name: 'layers/link', type: '2', link: '/etc/passwd' }],
    ['a hard link', { name: 'layers/hard', type: '1', link: '/etc/passwd' }],
    ['a device', { name: 'layers/null', type: '3' }],
  ])('by %s writes nothing: one warning', async (_, evil) => {
    const { restored, warnings, files } = await restore(createTar([...(await members()), evil]))
    expect([restored, warnings]).toEqual([
      null,
      [expect.stringMatching(/^layers of base of earlier runs: not restored/)],
    ])
    await expect(access('/tmp/buildx-action-escaped')).rejects.toThrow()
    expect(files.filter((name) => /escaped|link|hard|null|[0-9a-f]{64}/.test(name))).toEqual([])
  })
})

describe('D24: a service that fails', () => {
  const faults: [string, (request: CacheRequest) => CacheFault | undefined][] = [
    ['answers 503', () => ({ status: 503 })],
    ['answers 429', () => ({ status: 429 })],
    ['cuts the download', ({ method }) => (method === 'download' ? { cutAfter: 1000 } : undefined)],
    ['is silent', () => ({ silence: true })],
    ['is silent at the download', ({ method }) => (method === 'download' ? { silence: true } : undefined)],
  ]
  /** All at once: each waits for its own service, for up to half a minute. */
  const all = new Map<string, ReturnType<typeof restore>>()
  beforeAll(() => {
    for (const [name, fault] of faults) {
      const ended = restore(entry.content, { fault })
      ended.catch(() => {}) // its own test tells
      all.set(name, ended)
    }
  })

  it.each(faults)('%s: a cold build after a bounded wait, one warning', async (name) => {
    const { restored, warnings, time } = await all.get(name)!
    expect([restored, warnings]).toEqual([
      null,
      [expect.stringMatching(/^layers of base of earlier runs: not restored/)],
    ])
    expect(time).toBeLessThan(45_000)
  })
})

describe('P42: a disk that is nearly full', () => {
  it('is left as it is: nothing is asked for, nothing restored, and no warning given', async () => {
    const place = await mkdtemp(path.join(dir, 'small-'))
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=64m', 'tmpfs', place])
    try {
      const { restored, warnings, infos, calls } = await restore(entry.content, {}, place)
      expect([restored, warnings, calls]).toEqual([null, [], 0])
      expect(infos).toEqual(['layers of base: not restored: the disk has no room for them'])
    } finally {
      execFileSync('umount', [place])
    }
  })
})

describe('a whole run', () => {
  const push =
    (files: Record<string, string>) =>
    async (scene: CacheScene, run = {}) =>
      await scene.play((stage, options) => stage.push({ files }, options), run)

  it('with a service that fails at everything is green, with one warning for all its images', async () => {
    await using scene = await openCacheScene(world, { caches: { fault: () => ({ status: 503 }) } })
    const { run, warnings, cached } = await push({})(scene)
    expect([run.outcome, run.post?.outcome, cached]).toEqual(['success', 'success', { base: '0/3', child: '0/5' }])
    expect(warnings).toEqual([expect.stringMatching(/^layers of /)])
  })

  it('C17: with damaged layers builds what a cold build makes', async () => {
    let damaged = false
    const content = (bytes: Buffer) => {
      const other = Buffer.from(bytes)
      other[other.length >> 1]! ^= 1
      return other
    }
    const fault = ({ method }: CacheRequest) => (damaged && method === 'download' ? { content } : undefined)
    await using scene = await openCacheScene(world, { caches: { fault } })
    await push({})(scene)
    damaged = true
    const { run, warnings, cached } = await push({ 'images/base/word': 'two\n' })(scene)
    expect([run.outcome, cached]).toEqual(['success', { base: '0/3', child: '0/5' }])
    expect(warnings).toHaveLength(1)
  })

  // What the tokens of read-only runs and the modes of a workflow allow.
  it.each([
    ['a token that may only read', scopes.reading, '', ['GetCacheEntryDownloadURL', 'CreateCacheEntry']],
    ['the mode read', scopes.main, 'read', ['GetCacheEntryDownloadURL']],
    ['the mode write-only', scopes.main, 'write-only', ['CreateCacheEntry', 'upload', 'FinalizeCacheEntryUpload']],
    ['the mode none', scopes.main, 'none', []],
  ])('D22: with %s is green and says nothing aloud', async (_, scope, mode, expected) => {
    await using scene = await openCacheScene(world)
    const { run, warnings, calls } = await push({})(scene, { scope, env: { ACTIONS_CACHE_MODE: mode } })
    expect([run.outcome, run.post?.outcome, warnings]).toEqual(['success', 'success', []])
    expect([...new Set(calls.map(({ method }) => method))]).toEqual(expected)
  })

  it('D21: for a tag, or with nothing to build, asks for nothing', async () => {
    await using scene = await openCacheScene(world)
    const main = await push({})(scene)
    const again = await scene.play((stage, options) => stage.again(main.run.occasion, options))
    expect([again.run.outcome, again.calls]).toEqual(['success', []])
    const ref = 'refs/tags/v1'
    const { repository } = scene.stage
    const event = {
      ref,
      before: '0'.repeat(40),
      after: main.run.commit,
      head_commit: { id: main.run.commit },
      repository,
    }
    const tag = await scene.play((stage, options) =>
      stage.again({ eventName: 'push', ref, commit: main.run.commit, event }, options),
    )
    expect(tag.calls).toEqual([])
  })

  it('D23: that saves beside another the same layers is green: one of them wins', async () => {
    await using scene = await openCacheScene(world)
    const files = { 'images/base/word': 'two\n' }
    const occasion = await scene.stage.prepare({ files })
    const options = { inputs: { cache: 'local', push: 'false', registry: '' }, env: scene.service.env(scopes.main) }
    const runs = await Promise.all([scene.stage.again(occasion, options), scene.stage.again(occasion, options)])
    for (const run of runs) {
      expect([run.outcome, run.post?.outcome]).toEqual(['success', 'success'])
      const said = [...run.annotations, ...(run.post?.annotations ?? [])].filter(({ level }) => level !== 'notice')
      expect(said).toEqual([])
    }
    const kinds = scene.service.entries().map(({ key }) => key.split('-')[4])
    expect([...new Set(kinds)].sort()).toEqual(['base', 'child'])
    expect(scene.service.problems()).toEqual([])
  })

  it('P45: whose post step is given another state reads and writes nowhere', async () => {
    const { saveLayers } = await import('../../src/steps/save-layers.ts')
    const temp = await mkdtemp(path.join(dir, 'runner-'))
    const outside = await mkdtemp(path.join(dir, 'outside-'))
    await mkdir(path.join(outside, 'layers'))
    await writeFile(path.join(outside, 'layers', 'plan.json'), '{"limit":1,"images":[]}')
    for (const state of [
      '',
      '..',
      `../${path.basename(outside)}`,
      outside,
      'buildx-action-aaaaaa/../x',
      'buildx-action-bbbbbb',
    ]) {
      const host = createHost({ kind: 'action', env: { RUNNER_TEMP: temp }, temp })
      await saveLayers(host, state)
      expect(host.said).toEqual([])
    }
    expect(await readdir(path.join(outside, 'layers'))).toEqual(['plan.json'])
    // A plan that no run wrote: one warning, and what it names is not looked at.
    const own = path.join(temp, 'buildx-action-cccccc', 'layers')
    await mkdir(own, { recursive: true })
    await writeFile(path.join(own, 'plan.json'), JSON.stringify({ limit: 1, images: [{ folder: '../../../etc' }] }))
    const host = createHost({ kind: 'action', env: { RUNNER_TEMP: temp }, temp })
    await saveLayers(host, 'buildx-action-cccccc')
    expect(host.said.map(([method]) => method)).toEqual(['warning'])
  })
})
