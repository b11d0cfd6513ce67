import { execFile } from 'node:child_process'
import { cp, mkdir } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Occasion, Played, Stage } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { json, writesOf } from './flow.ts'
import { digestsOf, firstError, openSmallStage, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

/** Images that are built for any platform without running anything of it: nothing but COPY. */
const copied = {
  'images/base/Dockerfile': 'FROM scratch\nCOPY word /base\n',
  'images/base/word': 'one\n',
  'images/child/Dockerfile': 'FROM base\nCOPY word /child\n',
  'images/child/word': 'two\n',
  'images/other/Dockerfile': 'FROM scratch\nARG TARGETARCH\nCOPY $TARGETARCH /other\n',
  'images/other/amd64': 'for amd64\n',
  'images/other/arm64': 'for arm64\n',
} as const
const names = ['base', 'child', 'other']
const platforms = ['linux/amd64', 'linux/arm64'] as const
/** The same BuildKit, whose builder says of itself that it builds for both. */
const builder = 'two-platforms'
const both = { platforms: platforms.join(','), builder }

let world: World
beforeAll(async () => {
  world = await startTestWorld({ registries: 2 })
  const create = ['create', '--name', builder, '--driver', 'remote', '--platform', platforms.join(','), world.buildkit]
  await promisify(execFile)('buildx', create, { env: world.env })
})
afterAll(() => world?.stop())

interface Entry {
  readonly digest: string
  readonly platform: { readonly os: string; readonly architecture: string }
  readonly annotations?: Record<string, string>
}

/** An index below a prefix with the configs of its images. */
async function index(prefix: string, name: string, reference: string) {
  const [host = '', ...rest] = prefix.split('/')
  const below = `http://${host}/v2/${[...rest, name].join('/')}`
  const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json'
  const get = async (kind: string, what: string) =>
    // biome-ignore lint/suspicious/noExplicitAny: documents of a registry
    (await (await fetch(`${below}/${kind}/${what}`, { headers: { accept } })).json()) as any
  const top = await get('manifests', reference)
  const images = (top.manifests as Entry[]).filter(({ platform }) => platform.os !== 'unknown')
  const attests = (top.manifests as Entry[]).filter(({ platform }) => platform.os === 'unknown')
  return {
    mediaType: top.mediaType as string,
    annotations: top.annotations as Record<string, string>,
    platforms: images.map(({ platform }) => `${platform.os}/${platform.architecture}`),
    attested: attests.map(({ annotations }) =>
      images.findIndex(({ digest }) => digest === annotations?.['vnd.docker.reference.digest']),
    ),
    digests: images.map(({ digest }) => digest),
    configs: await Promise.all(
      images.map(async ({ digest }) => await get('blobs', (await get('manifests', digest)).config.digest)),
    ),
  }
}

const base = 'org.opencontainers.image.base.digest'
const fingerprint = 'io.github.pangeo-data.buildx-action.fingerprint'

/** What an index says, without what names a digest of another build of the same content, or the fingerprint of one. */
async function content(prefix: string, name: string, reference: string) {
  const found = await index(prefix, name, reference)
  const { [base]: _, ...annotations } = found.annotations
  return {
    ...{ mediaType: found.mediaType, platforms: found.platforms, attested: found.attested, annotations },
    configs: found.configs.map(({ config, rootfs, architecture, os }) => {
      const { [base]: __, [fingerprint]: ___, ...labels } = config.Labels
      return { architecture, os, rootfs, config: { ...config, Labels: labels } }
    }),
  }
}

/** What actions/upload-artifact and actions/download-artifact do with the files of several jobs. */
async function collected(stage: Stage, jobs: readonly Played[], folder: string): Promise<string> {
  const target = path.join(stage.dir, folder)
  await mkdir(target, { recursive: true })
  for (const { outputs } of jobs)
    await cp(outputs['digests-file']!, path.join(target, path.basename(outputs['digests-file']!)))
  return target
}

async function builtFor(stage: Stage, occasion: Occasion, platform: string, more: Record<string, string> = {}) {
  return await stage.again(occasion, { inputs: { platforms: platform, builder, 'push-by-digest': 'true', ...more } })
}

describe('two platforms by two jobs and a merge', () => {
  let stage: Stage
  let occasion: Occasion
  let jobs: Played[]
  let jobWrites: string[]
  let merged: Played
  let folder: string
  beforeAll(async () => {
    stage = await openSmallStage(world, copied)
    occasion = await stage.prepare()
    jobs = []
    jobWrites = await writesOf(stage, async () => {
      for (const platform of platforms) jobs.push(await builtFor(stage, occasion, platform))
    })
    folder = await collected(stage, jobs, 'digests')
  })
  afterAll(async () => await stage?.[Symbol.asyncDispose]())

  // Fails if a job of one platform gives an image a name that a person could pull.
  it('pushes what a job builds without any tag', async () => {
    expect(jobs.map(firstError)).toEqual(['', ''])
    expect(jobs.map(({ outputs }) => json(outputs.built))).toEqual([names, names])
    expect(await stage.tags()).toEqual({})
    expect(jobWrites.filter((write) => /manifests\/(?!sha256:)/.test(write))).toEqual([])
  })

  // Fails if anything is written before all platforms of all images are known to be there.
  it('refuses a stack that lacks a platform of an image, and writes nothing', async () => {
    const lines = jobs.map((job) => digestsOf(job))
    const { child: _, ...rest } = lines[1]!
    const digests = [lines[0], rest].map((line) => JSON.stringify(line)).join('\n')
    const writes = await writesOf(stage, async () => {
      const played = await stage.again(occasion, { inputs: { command: 'merge', digests, ...both } })
      expect(played.outcome).toBe('failure')
      expect(firstError(played)).toBe('child is not merged: no digest for linux/arm64: nothing was written')
    })
    expect(writes).toEqual([])
  })

  type Lines = Record<string, string>[]
  it.each<[string, (jobs: Lines) => unknown[], RegExp, string?]>([
    [
      'a digest that is not there',
      ([one, two]) => [one, { ...two, other: `sha256:${'0'.repeat(64)}` }],
      /other does not hold sha256:0{64}: nothing was written/,
    ],
    [
      'the digest of another image, which its repository does not hold',
      ([one, two]) => [one, { ...two, child: two!.base }],
      /child does not hold|was not built on the base of this run/,
    ],
    [
      'a platform that is not asked for',
      (lines) => lines,
      /base is not merged: a digest is for linux\/arm64, which is not asked for/,
      'linux/amd64',
    ],
    ['an image that the stack has not', ([one, two]) => [one, { ...two, extra: two!.base }], /"extra" is no image of/],
    ['what is no digest', ([one, two]) => [one, { ...two, other: 'main' }], /"main", of "other", is no digest/],
  ])('refuses %s, and writes nothing', async (_, change, message, asked = both.platforms) => {
    const digests = change(jobs.map(digestsOf)).map((line) => JSON.stringify(line))
    const writes = await writesOf(stage, async () => {
      const inputs = { command: 'merge', digests: digests.join('\n'), platforms: asked }
      const played = await stage.again(occasion, { inputs })
      expect(played.outcome).toBe('failure')
      expect(firstError(played)).toMatch(message)
    })
    expect(writes).toEqual([])
  })

  it('joins them into one index an image, and tags the whole stack', async () => {
    merged = await stage.again(occasion, { inputs: { command: 'merge', digests: folder, ...both } })
    expect(firstError(merged)).toBe('')
    const digests = digestsOf(merged)
    const tags = Object.fromEntries(
      names.map((name) => [name, expect.objectContaining({ [merged.sha7]: digests[name], main: digests[name] })]),
    )
    expect(await stage.tags()).toEqual(expect.objectContaining(tags))
  })

  // Fails if the index lacks a platform, an attestation or an annotation that BuildKit's own has, or has them in another order.
  it('is in content what one emulated build gives', async () => {
    const registry = `${stage.prefix}-emulated`
    const whole = await stage.again(occasion, { inputs: { ...both, registry } })
    expect(firstError(whole)).toBe('')
    for (const name of names) {
      const expected = JSON.stringify(await content(registry, name, 'main')).replaceAll(registry, stage.prefix)
      expect(await content(stage.prefix, name, 'main')).toEqual(JSON.parse(expected))
    }
    const child = await index(stage.prefix, 'child', 'main')
    expect(child.annotations[base]).toBe(digestsOf(merged).base)
  })

  // Fails if the child of one platform stands on the layers of another, or on another build of its parent.
  it('has each child on its parent of the same platform', async () => {
    const [below, above] = [await index(stage.prefix, 'base', 'main'), await index(stage.prefix, 'child', 'main')]
    for (const at of [0, 1])
      expect(above.configs[at].rootfs.diff_ids.slice(0, 1)).toEqual(below.configs[at].rootfs.diff_ids)
    for (const [at, job] of jobs.entries()) expect(above.configs[at].config.Labels[base]).toBe(digestsOf(job).base)
  })

  // Fails if a merge that is run again writes another index or moves a tag.
  it('changes nothing when it is run again', async () => {
    const before = await stage.tags()
    const writes = await writesOf(stage, async () => {
      const again = await stage.again(occasion, { inputs: { command: 'merge', digests: folder, ...both } })
      expect(firstError(again)).toBe('')
      expect(digestsOf(again)).toEqual(digestsOf(merged))
    })
    expect(await stage.tags()).toEqual(before)
    expect(writes.filter((write) => !write.startsWith('POST'))).toEqual([])
  })

  // Fails if digests of an earlier run, which are there and whole, get a later commit's tags.
  it('refuses the digests of another commit', async () => {
    const files = { 'images/base/word': 'three\n', 'images/other/amd64': 'new\n' }
    const next = await stage.prepare({ files })
    const played = await stage.again(next, { inputs: { command: 'merge', digests: folder, ...both } })
    expect(played.outcome).toBe('failure')
    expect(firstError(played)).toMatch(new RegExp(`is of ${merged.commit}$`))
    expect((await stage.tags()).base).not.toHaveProperty(next.commit.slice(0, 7))
  })

  // Fails if a pull request's images are merged and nobody can pull them, or a commit's tag is set for them.
  it('gives a pull request that pushes its own tag', async () => {
    const files = { 'images/other/arm64': 'of a pull request\n' }
    const asked = await stage.pullRequest({ files, branch: 'other' }, { inputs: { command: 'plan' } })
    const push = { push: 'true' }
    const parts: Played[] = []
    for (const platform of platforms) parts.push(await builtFor(stage, asked.occasion, platform, push))
    const before = await stage.tags()
    const digests = await collected(stage, parts, 'pull-request')
    const played = await stage.again(asked.occasion, { inputs: { command: 'merge', digests, ...both, ...push } })
    expect(firstError(played)).toBe('')
    const tags = await stage.tags()
    expect(tags.other).toEqual({ ...before.other, [`pr-${asked.number}`]: digestsOf(played).other })
    expect((await index(stage.prefix, 'other', `pr-${asked.number}`)).platforms).toEqual([...platforms])
  })

  // Fails if a run that pushes nothing is red at its last job.
  it('is green, and merges nothing, where nothing is pushed', async () => {
    const asked = await stage.pullRequest({ files: { 'images/base/word': 'four\n' } }, { inputs: { command: 'plan' } })
    const job = await builtFor(stage, asked.occasion, platforms[0])
    expect(json(job.outputs.built)).toEqual(['base', 'child'])
    const played = await stage.again(asked.occasion, { inputs: { command: 'merge', digests: '/nowhere', ...both } })
    expect(played).toMatchObject({ outcome: 'success' })
  })
})

describe('two registries', () => {
  // Fails if a part or an index is pushed to the first of them alone.
  it('both get every platform and the same index', async () => {
    await using stage = await openSmallStage(world, copied)
    const mirror = `${world.registries[1]}/mirror`
    const registry = `${stage.prefix},${mirror}`
    const occasion = await stage.prepare()
    const parts: Played[] = []
    for (const platform of platforms) parts.push(await builtFor(stage, occasion, platform, { registry }))
    const digests = await collected(stage, parts, 'two-registries')
    const first = { command: 'merge', digests, ...both }
    // The parts are in both; of a third registry nothing is known, and nothing is written anywhere.
    const writes = await writesOf(stage, async () => {
      const inputs = { ...first, registry: `${registry},${world.registries[1]}/elsewhere` }
      const played = await stage.again(occasion, { inputs })
      expect(firstError(played)).toMatch(/elsewhere\/\w+ does not hold sha256:.*: nothing was written/)
    })
    expect(writes).toEqual([])
    const merged = await stage.again(occasion, { inputs: { ...first, registry } })
    expect(firstError(merged)).toBe('')
    const tags = Object.fromEntries(
      Object.entries(digestsOf(merged)).map(([name, digest]) => [name, expect.objectContaining({ main: digest })]),
    )
    expect(await stage.tags()).toEqual(expect.objectContaining(tags))
    expect(await stage.tags(mirror)).toEqual(expect.objectContaining(tags))
    expect((await index(mirror, 'child', 'main')).platforms).toEqual([...platforms])
  })
})

describe('a job for each level, with digests between them', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openSmallStage(world, copied)
  })
  afterAll(async () => await stage?.[Symbol.asyncDispose]())

  it('builds a child on the parent of an earlier job, and merges both', async () => {
    const occasion = await stage.prepare()
    const plan = await stage.again(occasion, { inputs: { command: 'plan' } })
    const levels = json(plan.outputs.levels) as { include: { image: string }[] }[]
    expect(levels.map(({ include }) => include.map(({ image }) => image))).toEqual([['base', 'other'], ['child']])
    const jobs: Played[] = []
    for (const [at, { include }] of levels.entries()) {
      const digests = at === 0 ? '' : await collected(stage, jobs, `level-${at}`)
      for (const { image } of include) {
        const played = await stage.again(occasion, { inputs: { images: image, digests, 'push-by-digest': 'true' } })
        expect(firstError(played)).toBe('')
        // Fails if a parent is built again where an earlier job has built it.
        expect(json(played.outputs.built)).toEqual([image])
        jobs.push(played)
      }
    }
    expect(await stage.tags()).toEqual({})
    const digests = await collected(stage, jobs, 'all')
    const merged = await stage.again(occasion, { inputs: { command: 'merge', digests } })
    expect(firstError(merged)).toBe('')
    expect(Object.keys(digestsOf(merged))).toEqual(names)
    const child = (await stage.image('child:main'))!
    expect(child.config.config.Labels?.[base]).toBe(digestsOf(merged).base)
    const below = (await stage.image('base:main'))!.config.rootfs.diff_ids
    expect(child.config.rootfs.diff_ids.slice(0, below.length)).toEqual(below)
  })

  it('refuses a parent’s digest that is not there', async () => {
    const occasion = await stage.prepare({ files: { 'images/base/word': 'new\n' } })
    const digests = JSON.stringify({ base: `sha256:${'1'.repeat(64)}` })
    const played = await stage.again(occasion, { inputs: { images: 'child', digests, 'push-by-digest': 'true' } })
    expect(played.outcome).toBe('failure')
    expect(firstError(played)).toMatch(/base@sha256:1{64} is not there, as input digests says/)
  })
})
