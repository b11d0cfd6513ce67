import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { listTags } from '../../sandbox/play/registry.ts'
import { type Fault, type ProxyRequest, startFaultProxy, tool, type World } from '../../sandbox/world/index.ts'
import { run, tryRun } from '../../sandbox/world/run.ts'
import { firstError, openSmallStage, startTestWorld } from './small-stack.ts'

jest.setTimeout(5 * 60_000)

const day = 86_400_000
const index = 'application/vnd.oci.image.index.v1+json'
const manifest = 'application/vnd.oci.image.manifest.v1+json'
const imageConfig = 'application/vnd.oci.image.config.v1+json'
const cacheConfig = 'application/vnd.buildkit.cacheconfig.v0'
const fp = (letter: string) => `fp-${letter.repeat(32)}`
const ago = (days: number) => new Date(Date.now() - days * day).toISOString()

let world: World
let folder: string
let stacks = 0

beforeAll(async () => {
  world = await startTestWorld()
  folder = await mkdtemp(path.join(tmpdir(), 'cleanup-'))
  for (const name of ['base', 'other']) {
    await mkdir(path.join(folder, 'images', name), { recursive: true })
    await writeFile(path.join(folder, 'images', name, 'Dockerfile'), 'FROM scratch\n')
  }
  await run('git', ['init', '--quiet', '--initial-branch', 'main', folder])
})

afterAll(async () => {
  await world?.stop()
  await rm(folder, { recursive: true, force: true })
})

interface Part {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  readonly platform?: { readonly os: string; readonly architecture: string }
}

async function blob(repository: string, content: string, mediaType: string): Promise<Part> {
  const digest = digestOf(content)
  const base = `http://${world.registry}`
  const begun = await fetch(`${base}/v2/${repository}/blobs/uploads/`, { method: 'POST' })
  const url = new URL(begun.headers.get('location') ?? '', base)
  url.searchParams.set('digest', digest)
  const put = await fetch(url, { method: 'PUT', body: content })
  expect(put.status).toBe(201)
  return { mediaType, digest, size: content.length }
}

const digestOf = (content: string) => `sha256:${createHash('sha256').update(content).digest('hex')}`

/** Puts a document under tags, by its digest where there is none. */
async function put(repository: string, document: { mediaType: string }, tags: readonly string[]): Promise<Part> {
  const body = JSON.stringify({ schemaVersion: 2, ...document })
  for (const what of tags.length > 0 ? tags : [digestOf(body)]) {
    const headers = { 'content-type': document.mediaType }
    const url = `http://${world.registry}/v2/${repository}/manifests/${what}`
    expect((await fetch(url, { method: 'PUT', headers, body })).status).toBe(201)
  }
  return { mediaType: document.mediaType, digest: digestOf(body), size: body.length }
}

/** An image, or a cache as BuildKit writes it, of that age. */
async function image(
  repository: string,
  tags: readonly string[],
  days: number,
  options: { cache?: boolean; layer?: string } = {},
) {
  const content = options.cache
    ? JSON.stringify({ layers: [], records: [{ digest: digestOf('x'), layers: [{ layer: 0, createdAt: ago(days) }] }] })
    : JSON.stringify({
        created: ago(days),
        os: 'linux',
        architecture: 'amd64',
        rootfs: { type: 'layers', diff_ids: [] },
      })
  const config = await blob(repository, content, options.cache ? cacheConfig : imageConfig)
  const text = options.layer ?? `${tags.join()} ${Math.random()}`
  const layer = await blob(repository, text, 'application/vnd.oci.image.layer.v1.tar+gzip')
  return await put(repository, { mediaType: manifest, ...{ config, layers: [layer] } } as { mediaType: string }, tags)
}

async function multi(repository: string, tags: readonly string[], parts: readonly Part[]): Promise<Part> {
  const manifests = parts.map((part, at) => ({
    ...part,
    platform: { os: 'linux', architecture: ['amd64', 'arm64'][at] },
  }))
  return await put(repository, { mediaType: index, ...{ manifests } } as { mediaType: string }, tags)
}

/** What a person types, with the result as data. */
async function cleanup(prefix: string, ...flags: readonly string[]) {
  const cli = path.join(import.meta.dirname, '../../dist/cli.js')
  const args = [cli, 'cleanup', '--repo', folder, '--registry', prefix, '--format', 'json', ...flags]
  const { code, stdout, stderr } = await tryRun(process.execPath, args, { env: world.env })
  const json = stdout.trim() === '' ? null : JSON.parse(stdout)
  const tags = (json?.repositories ?? []).flatMap(
    (one: { repository: string; tags: { tag: string; outcome: string; reason: string }[] }) =>
      one.tags.map((tag) => ({ ...tag, name: `${one.repository.split('/').at(-1)}:${tag.tag}` })),
  ) as { name: string; outcome: string; reason: string; bytes: number; created: string }[]
  return {
    code,
    json,
    stderr,
    tags,
    of: (outcome: string) => tags.filter((tag) => tag.outcome === outcome).map(({ name }) => name),
  }
}

/** A stack's two repositories: what runs left of all ages, shared parts, and what people gave names to. */
async function scene() {
  stacks += 1
  const team = `clean${stacks}`
  const [base, other] = [`${team}/base`, `${team}/other`]
  const arm = await image(base, [], 40, { layer: 'shared arm' })
  const amd = await image(base, [], 40, { layer: 'shared amd' })
  await multi(base, ['main', '2639bd3', fp('a')], [amd, arm])
  // Its amd64 part has a name of its own: the part stays, the index goes.
  const part = await image(base, ['amd'], 41)
  await multi(base, [fp('b')], [part, arm])
  await image(base, [fp('c')], 3)
  await image(base, [fp('d')], 50)
  await image(base, ['cache-old'], 45, { cache: true })
  await image(base, ['cache-pr-7'], 31, { cache: true })
  await image(base, ['cache-young'], 2, { cache: true })
  await image(base, ['cache-image'], 99)
  // One repository's tags say nothing about another's, also of equal content.
  await multi(other, [fp('a')], [await image(other, [], 40, { layer: 'shared amd' })])
  await image(other, ['cache-old', 'cache-release'], 45, { cache: true })
  return { prefix: `${world.registry}/${team}`, base, other }
}

const gone = [
  `base:${fp('b')}`,
  `base:${fp('d')}`,
  'base:cache-old',
  'base:cache-pr-7',
  'other:cache-old',
  'other:cache-release',
  `other:${fp('a')}`,
]

/** Everything that a tag needs can be had, to the last blob. */
async function pullable(repository: string, what: string): Promise<void> {
  const url = `http://${world.registry}/v2/${repository}`
  const got = await fetch(`${url}/manifests/${what}`, { headers: { accept: `${index}, ${manifest}` } })
  expect([what, got.status]).toEqual([what, 200])
  const {
    manifests = [],
    layers = [],
    config,
  } = (await got.json()) as { manifests?: Part[]; layers?: Part[]; config?: Part }
  for (const child of manifests) await pullable(repository, child.digest)
  for (const { digest } of [...layers, ...(config ? [config] : [])]) {
    const { status } = await fetch(`${url}/blobs/${digest}`, { method: 'HEAD' })
    expect([what, digest, status]).toEqual([what, digest, 200])
  }
}

describe('cleanup', () => {
  it('says what it would remove, and changes nothing unless dry-run: false is said', async () => {
    const { prefix } = await scene()
    const before = await listTags(prefix)
    for (const flags of [[], ['--dry-run']]) {
      const log = world.accessLog().length
      const { code, json, of } = await cleanup(prefix, ...flags)
      expect([code, json.dryRun, json.removed, of('would').sort()]).toEqual([0, true, 0, [...gone].sort()])
      // Broken by: a dry run that writes: not one request of it does.
      expect(
        world
          .accessLog()
          .slice(log)
          .filter(({ method }) => !['GET', 'HEAD'].includes(method)),
      ).toEqual([])
      expect(await listTags(prefix)).toEqual(before)
    }
  })

  it('removes these tags and no other; what is left can be pulled after the registry’s collection of garbage', async () => {
    const { prefix, base, other } = await scene()
    const before = await listTags(prefix)
    const { code, json, of, tags } = await cleanup(prefix, '--dry-run=false')
    expect([code, json.removed, of('removed').sort()]).toEqual([0, gone.length, [...gone].sort()])
    expect(json.bytes).toBeGreaterThan(0)
    expect(tags.find(({ name }) => name === `base:${fp('a')}`)?.reason).toMatch(/^(main|2639bd3) needs it$/)
    expect(tags.find(({ name }) => name === 'base:cache-image')?.reason).toBe('it is no cache of BuildKit')
    const after = await listTags(prefix)
    const left = (name: string) =>
      Object.fromEntries(Object.entries(before[name] ?? {}).filter(([tag]) => !gone.includes(`${name}:${tag}`)))
    expect(after.base).toEqual(left('base'))
    expect(after.other ?? {}).toEqual(left('other'))

    const config = path.join(world.dir, 'registry.json')
    await run(await tool('registry'), ['garbage-collect', config], {
      env: { ...world.env, OTEL_TRACES_EXPORTER: 'none' },
    })
    for (const tag of Object.keys(after.base ?? {})) await pullable(base, tag)
    for (const tag of Object.keys(after.other ?? {})) await pullable(other, tag)
    // A second run has nothing to do.
    expect((await cleanup(prefix, '--dry-run=false')).json.removed).toBe(0)
  })

  it('keeps by number and by name', async () => {
    const { prefix } = await scene()
    const { of } = await cleanup(prefix, '--dry-run=false', '--keep-n-tagged=2', '--exclude-tags=cache-rel*')
    // Of base's caches cache-young and cache-pr-7 are the newest (cache-image is none), of its fingerprints c and a.
    expect(of('removed').sort()).toEqual([`base:${fp('b')}`, `base:${fp('d')}`, 'base:cache-old'].sort())
  })

  it('one image alone', async () => {
    const { prefix } = await scene()
    const { of } = await cleanup(prefix, 'other', '--dry-run=false')
    expect(of('removed').sort()).toEqual(gone.filter((name) => name.startsWith('other:')).sort())
  })

  it('a cache that BuildKit wrote just now is known and young', async () => {
    await using stage = await openSmallStage(world, { 'images/base/Dockerfile': 'FROM busybox\nRUN date > /d\n' })
    const files = { 'images/base/Dockerfile': 'FROM busybox\nRUN date > /e\n' }
    const pushed = await stage.push({ branch: 'next', files }, { inputs: { cache: 'registry', push: true } })
    expect(firstError(pushed)).toBe('')
    const { tags } = await cleanup(stage.prefix, 'base')
    const own = tags.find(({ name }) => name === 'base:cache-next')
    expect(own).toMatchObject({ outcome: 'kept', reason: expect.stringMatching(/^not older than 30 days: 0 h$/) })
    expect(Date.now() - Date.parse(own?.created ?? '')).toBeLessThan(10 * 60_000)
  })
})

async function through<T>(
  behaviour: (request: ProxyRequest, n: number) => Fault,
  work: (address: string) => Promise<T>,
) {
  const proxy = await startFaultProxy({ target: world.registry, behaviour })
  try {
    return { result: await work(proxy.address), requests: [...proxy.requests] }
  } finally {
    await proxy.stop()
  }
}

describe('registries', () => {
  const byTag = ({ method, path: at }: ProxyRequest) => method === 'DELETE' && !at.includes('sha256:')

  it.each([400, 405])('that remove digests alone (%i for a tag): nothing that another tag needs', async (status) => {
    const { prefix, base } = await scene()
    const before = await listTags(prefix)
    const { result, requests } = await through(
      (request) => (byTag(request) ? { status } : 'pass'),
      async (address) => await cleanup(prefix.replace(world.registry, address), '--dry-run=false'),
    )
    expect([result.code, result.of('removed').sort()]).toEqual([0, [...gone].sort()])
    const after = await listTags(prefix)
    const kept = Object.keys(before.base ?? {}).filter((tag) => !gone.includes(`base:${tag}`))
    expect(Object.keys(after.base ?? {}).sort()).toEqual(kept.sort())
    for (const tag of kept) await pullable(base, tag)
    const deleted = requests.filter(({ method, status: answered }) => method === 'DELETE' && answered === 202)
    // One manifest with two tags is removed once.
    expect(deleted.filter(({ path: at }) => at.includes('/other/')).length).toBe(2)
  })

  it('a tag that is moved meanwhile is kept', async () => {
    const { prefix, base } = await scene()
    let moving: Promise<unknown> | null = null
    const { result } = await through(
      ({ method, path: at }) => {
        if (!at.endsWith('/base/manifests/cache-old')) return 'pass'
        if (method !== 'HEAD') return 'pass'
        moving = image(base, ['cache-old'], 45, { cache: true })
        return { delay: 1500 }
      },
      async (address) => await cleanup(prefix.replace(world.registry, address), '--dry-run=false'),
    )
    await moving
    expect(result.tags.find(({ name }) => name === 'base:cache-old')).toMatchObject({
      ...{ outcome: 'kept', reason: 'it was moved meanwhile' },
    })
    await pullable(base, 'cache-old')
  })

  it.each([
    ['refuse to remove', (request: ProxyRequest) => (request.method === 'DELETE' ? { status: 403 } : 'pass')],
    [
      'fail while tags are read',
      ({ path: at }: ProxyRequest) => (at.endsWith('/manifests/main') ? { status: 500 } : 'pass'),
    ],
    [
      'give a manifest that is none',
      ({ path: at }: ProxyRequest) => (at.endsWith('/manifests/main') ? { status: 200, body: '{}' } : 'pass'),
    ],
    ['cut a list of tags', ({ path: at }: ProxyRequest) => (at.endsWith('/tags/list') ? { cut: 10 } : 'pass')],
  ] as const)('that %s: red, and nothing is removed there', async (_, behaviour) => {
    const { prefix } = await scene()
    const before = await listTags(prefix)
    const { result } = await through(
      behaviour as (request: ProxyRequest) => Fault,
      async (address) => await cleanup(prefix.replace(world.registry, address), '--dry-run=false', 'base'),
    )
    expect([result.code, result.of('removed')]).toEqual([1, []])
    expect(result.stderr).toMatch(/base was not cleaned up: /)
    expect(await listTags(prefix)).toEqual(before)
  })
})

describe('a run of the action', () => {
  it('on a push shows the table; a fork’s run is refused', async () => {
    await using stage = await openSmallStage(world, { 'images/base/Dockerfile': 'FROM scratch\n' })
    const repository = `${stage.prefix.split('/').at(-1)}/base`
    await image(repository, ['cache-old', 'cache-main'], 45, { cache: true })
    await image(repository, ['cache-older'], 50, { cache: true })
    const dry = await stage.push({ files: { x: '1' } }, { inputs: { command: 'cleanup' } })
    expect([firstError(dry), dry.outcome]).toEqual(['', 'success'])
    expect(dry.summary).toContain('dry run: 1 tag would be removed')
    const played = await stage.push({ files: { x: '2' } }, { inputs: { command: 'cleanup', 'dry-run': false } })
    expect([firstError(played), played.outcome]).toEqual(['', 'success'])
    expect(played.summary).toContain('<code>cache-older</code>')
    // main's cache stays, and with it what is the same.
    expect(Object.keys((await stage.tags()).base ?? {}).sort()).toEqual(['cache-main', 'cache-old'])
    const forked = await stage.pullRequest(
      { fork: true, files: { x: '3' } },
      { inputs: { command: 'cleanup', 'dry-run': false } },
    )
    expect([forked.outcome, firstError(forked)]).toEqual([
      'failure',
      expect.stringMatching(/^cleanup is for trusted runs alone/),
    ])
    expect(await readFile(path.join(forked.workspace, 'x'), 'utf8')).toBe('3')
  })
})
