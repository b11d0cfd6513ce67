import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { startCacheService } from '../../sandbox/cache/server.ts'
import type { CacheOptions } from '../../sandbox/cache/types.ts'
import { layersId, layersKind, layersPrefixOf } from '../../src/cache/layer-key.ts'
import type { LayersPlan, PlannedLayers } from '../../src/cache/layers-plan.ts'
import { saveLayers } from '../../src/steps/save-layers.ts'
import { createHost } from '../helpers/host.ts'
import { type Answer, type Asked, startServer } from '../helpers/scripted-server.ts'
import { createTemporary } from '../helpers/temporary.ts'

const state = 'buildx-action-Ab1234'
const pull = { pull: 3 } as const

/** A layout as a build leaves it, with one layer of this size; parents first. */
async function leave(runner: string, name: string, size: number, parts: Partial<PlannedLayers> = {}) {
  const id = layersId({ name, dockerfile: `${name}/Dockerfile`, platforms: [], target: null })
  const folder = `${id}/new-0-x/layers`
  const place = path.join(runner, state, 'layers', folder)
  await mkdir(path.join(place, 'blobs', 'sha256'), { recursive: true })
  const write = async (text: string) => {
    const hex = createHash('sha256').update(text).digest('hex')
    await writeFile(path.join(place, 'blobs', 'sha256', hex), text)
    return { digest: `sha256:${hex}`, size: Buffer.byteLength(text) }
  }
  const layer = await write(name.repeat(Math.ceil(size / name.length)))
  const config = await write('{}')
  const type = 'application/vnd.oci.image'
  const manifest = await write(JSON.stringify({ mediaType: `${type}.manifest.v1+json`, config, layers: [layer] }))
  const index = { mediaType: `${type}.index.v1+json`, manifests: [manifest] }
  await writeFile(path.join(place, 'index.json'), JSON.stringify(index))
  const image: PlannedLayers = {
    ...{
      name,
      folder,
      seconds: 10,
      ancestors: [],
      layers: [layer],
      texts: [manifest, config],
      steps: {},
      restored: '',
    },
    ...{
      kind: layersKind(id, 'branch'),
      prefix: layersPrefixOf({ id, writer: 'branch', fingerprint: null, seconds: 10 }),
    },
  }
  return { ...image, ...parts, id }
}

interface Setting {
  readonly plan?: Partial<LayersPlan>
  /** Entries that GitHub tells of this ref, and what all refs together have. */
  readonly listed?: readonly { id: number; key: string; size: number }[]
  readonly used?: number
  readonly deletion?: Answer
  readonly reading?: Answer
  readonly caches?: CacheOptions
  readonly write?: boolean
}

const refusal: Answer = { status: 403, body: '{"message":"Resource not accessible by integration"}' }

/** What the post step does with two images: base of 4 kB, child of 2 kB. */
async function save(setting: Setting = {}, parts: (name: string) => Partial<PlannedLayers> = () => ({})) {
  await using temporary = await createTemporary()
  await using service = await startCacheService(setting.caches)
  const ref = setting.plan?.main === false ? 'refs/pull/3/merge' : 'refs/heads/main'
  const json = (value: unknown): Answer => ({
    ...{ status: 200, body: JSON.stringify(value), headers: { 'content-type': 'application/json' } },
  })
  const caches = (setting.listed ?? []).map(({ size, ...entry }) => ({ ...entry, ref, size_in_bytes: size }))
  await using github = await startServer(({ method, url }: Asked) => {
    if (method === 'DELETE') return setting.deletion ?? { status: 204 }
    if (setting.reading) return setting.reading
    if (url.includes('/usage')) return json({ active_caches_size_in_bytes: setting.used ?? 0, active_caches_count: 1 })
    return json({ total_count: caches.length, actions_caches: caches })
  })
  const runner = temporary.folder
  const images = [await leave(runner, 'base', 4000, parts('base')), await leave(runner, 'child', 2000, parts('child'))]
  const plan: LayersPlan = { limit: 1e6, main: true, warned: false, images, ...setting.plan }
  await writeFile(path.join(runner, state, 'layers', 'plan.json'), JSON.stringify(plan))
  const env = {
    ...{ PATH: process.env.PATH, RUNNER_TEMP: runner, GITHUB_REPOSITORY: 'o/r', GITHUB_REF: ref },
    ...{ GITHUB_API_URL: `http://${github.address}`, 'INPUT_GITHUB-TOKEN': 'token' },
    ...service.env([{ ref, write: setting.write ?? true }]),
  }
  const host = createHost({ kind: 'action', env, temp: path.join(runner, 'temp') })
  await saveLayers(host, state)
  return {
    ids: images.map(({ id }) => id),
    kept: service.entries().map(({ key }) => key.split('-')[4]),
    keys: service.entries().map(({ key }) => key),
    said: host.said
      .filter(([method]) => method !== 'debug' && method !== 'mask')
      .map(([method, line]) => `${method}: ${line}`),
    deleted: github.asked.filter(({ method }) => method === 'DELETE').map(({ url }) => url),
    reserved: service.requests().filter(({ method }) => method === 'CreateCacheEntry').length,
  }
}

const old = (name: string, id: number, seconds = 10) => {
  const own = layersId({ name, dockerfile: `${name}/Dockerfile`, platforms: [], target: null })
  const prefix = layersPrefixOf({ id: own, writer: 'branch', fingerprint: null, seconds })
  return { id, key: `${prefix}1-${'0'.repeat(16)}-1`, size: 900_000 }
}

describe('the layers of a run of the default branch', () => {
  it('are kept, and take the place of the older ones', async () => {
    const { kept, deleted, said } = await save({ listed: [old('base', 7), { id: 8, key: 'npm-cache', size: 1 }] })
    expect([kept, deleted]).toEqual([['base', 'child'], ['/repos/o/r/actions/caches/7']])
    expect(said.map((line) => line.replace(/ as .*/, ''))).toEqual([
      'info: layers of base: kept for later runs',
      'info: layers of child: kept for later runs',
    ])
  })

  it('are kept by a token that may not delete, which is said once', async () => {
    const listed = [old('base', 7), old('child', 8)].map((entry) => ({ ...entry, size: 1 }))
    const { kept, deleted, said } = await save({ listed, deletion: refusal })
    expect([kept, deleted.length]).toEqual([['base', 'child'], 1])
    expect(said.filter((line) => line.includes('actions: write'))).toHaveLength(1)
  })

  it('are kept by one that cannot even read', async () => {
    expect((await save({ reading: refusal })).kept).toEqual(['base', 'child'])
  })

  // Broken by: a quota for what one run saves: other images' entries would come on top.
  it('share the quota with the images that the run did not build: what saves least for its size goes', async () => {
    const useless = await save({ listed: [old('other', 9, 0)], plan: { limit: 900_000 } })
    expect([useless.kept, useless.deleted]).toEqual([['base', 'child'], ['/repos/o/r/actions/caches/9']])
    const precious = await save({ listed: [{ ...old('other', 9, 99_999), size: 900 }], plan: { limit: 5000 } })
    expect([precious.kept, precious.deleted]).toEqual([['child'], []])
    expect(precious.said).toContain('info: layers of base: left out, cache-size is 5.0 kB for the stack')
  })

  it('stop at a token that may not write, and at a service that fails: one line of it', async () => {
    const reading = await save({ write: false })
    expect([reading.kept, reading.reserved]).toEqual([[], 1])
    expect(reading.said).toEqual([expect.stringMatching(/^info: .*cache write denied/)])
    const failing = await save({
      caches: { fault: ({ method }) => (method === 'upload' ? { status: 403 } : undefined) },
    })
    expect([failing.kept, failing.said.length, failing.said[0]?.slice(0, 8)]).toEqual([[], 1, 'warning:'])
  }, 120_000)
})

describe('the layers of a pull request', () => {
  const plan = { main: false }
  const parts = (name: string) => {
    const id = layersId({ name, dockerfile: `${name}/Dockerfile`, platforms: [], target: null })
    return { kind: layersKind(id, pull), prefix: layersPrefixOf({ id, writer: pull, fingerprint: null, seconds: 10 }) }
  }

  it('are kept where the repository’s cache has room for them', async () => {
    const { kept, keys } = await save({ plan, used: 9e9 }, parts)
    expect([kept, keys.every((key) => key.includes('-p3-'))]).toEqual([['base', 'child'], true])
  })

  it('are kept as far as the room goes, which is said', async () => {
    const { kept, said } = await save({ plan, used: 10e9 - 3000 }, parts)
    expect(kept).toEqual(['child'])
    expect(said[0]).toMatch('layers of base: not kept: the repository’s cache has no room')
  })

  it.each([
    ['read how full it is', { reading: refusal }],
    ['delete what was there before', { deletion: refusal }],
  ])('are not kept by a token that may not %s: said once, and nothing is uploaded', async (_, setting) => {
    const mine = { id: 7, key: `${parts('base').prefix}1-${'0'.repeat(16)}-1`, size: 1 }
    const { kept, said, reserved } = await save({ plan, listed: [mine], ...setting }, parts)
    expect([kept, reserved]).toEqual([[], 0])
    expect(said).toEqual([expect.stringMatching(/^info: layers: kept by runs of the default branch alone/)])
  })
})
