import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { Entries } from '../../sandbox/cache/entries.ts'
import {
  type LayersClass,
  layersId,
  layersKind,
  layersPrefix,
  layersPrefixOf,
  layersSought,
  readLayersKey,
} from '../../src/cache/layer-key.ts'
import { readLayersPlan } from '../../src/cache/layers-plan.ts'
import { contentOf, readCacheManifest, readLayoutIndex, readRecord } from '../../src/cache/layout.ts'
import { type Candidate, entrySize, keepWithin } from '../../src/cache/quota.ts'
import { stepTimes } from '../../src/cache/step-times.ts'
import type { Step } from '../../src/report/types.ts'
import { cacheKey, isKeyOf, sizeOfKey } from '../../src/tools/cache-key.ts'

const owner = { name: 'pangeo', dockerfile: 'images/pangeo/Dockerfile', platforms: ['linux/amd64'], target: null }
const content = 'c'.repeat(64)
const digest = (name: string) => `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0').slice(0, 64)}`
const blob = (name: string, size: number) => ({ digest: digest(name), size })

function keyOf(writer: LayersClass, id = layersId(owner), fingerprint: string | null = 'f'.repeat(32)): string {
  const prefix = layersPrefixOf({ id, writer, fingerprint, seconds: 61.4 })
  return cacheKey({ prefix, bytes: 3 * 2 ** 20, content, attempt: '1' })
}

describe('the key of an image’s layers', () => {
  it('names the image, who wrote it, its inputs, its worth, its size and what it holds', () => {
    const key = keyOf('branch')
    expect(key).toMatch(/^buildx-action-layers-1-pangeo-[0-9a-f]{12}-b-f{32}-61s-3-c{16}-1$/)
    expect([sizeOfKey(key), isKeyOf(key, content), readLayersKey(key)]).toEqual([
      3,
      true,
      { kind: layersKind(layersId(owner), 'branch'), seconds: 61 },
    ])
    expect(readLayersKey(keyOf({ pull: 7 }))?.kind).toBe(layersKind(layersId(owner), { pull: 7 }))
    for (const other of ['', 'buildx-action-repodata-1-3-cccccccccccccccc-1', key.replace('61s', 'x')])
      expect(readLayersKey(other)).toBeNull()
  })

  // Broken by: a slug without the hash: `a/b` and `a_b` would share their layers.
  it('is of one image alone, and safe in keys and file names, whatever the names are', () => {
    const names = fc.tuple(fc.string({ minLength: 1 }), fc.string({ minLength: 1 }))
    fc.assert(
      fc.property(names, ([one, other]) => {
        const [a, b] = [layersId({ ...owner, name: one }), layersId({ ...owner, name: other })]
        expect(a === b).toBe(one === other)
        expect(a).toMatch(/^\w[\w.]*-[0-9a-f]{12}$/)
        expect(keyOf('branch', a).length).toBeLessThan(512)
      }),
    )
    expect(layersId({ ...owner, platforms: ['a', 'b'] })).toBe(layersId({ ...owner, platforms: ['b', 'a'] }))
    for (const change of [{ platforms: ['linux/arm64'] }, { target: 'x' }, { dockerfile: 'other/Dockerfile' }])
      expect(layersId({ ...owner, ...change })).not.toBe(layersId(owner))
  })

  it('is sought by the same inputs first, a pull request’s own before the branch’s', () => {
    const id = layersId(owner)
    expect(layersSought(id, 'branch', null)).toEqual([`${layersPrefix}${id}-b-`])
    expect(layersSought(id, { pull: 7 }, 'ab12ab12')).toEqual([
      `${layersPrefix}${id}-p7-ab12ab12-`,
      `${layersPrefix}${id}-p7-`,
      `${layersPrefix}${id}-b-ab12ab12-`,
      `${layersPrefix}${id}-b-`,
    ])
  })
})

describe('D20: who reads whose layers', () => {
  interface Run {
    readonly name: string
    readonly class: LayersClass
    /** Scopes of its token; the first one that is written is its own. */
    readonly scopes: readonly { ref: string; write: boolean }[]
  }
  const main = { ref: 'refs/heads/main', write: false }
  const runs: readonly Run[] = [
    { name: 'push to main', class: 'branch', scopes: [{ ...main, write: true }] },
    { name: 'schedule', class: 'branch', scopes: [{ ...main, write: true }] },
    { name: 'push to topic', class: 'branch', scopes: [{ ref: 'refs/heads/topic', write: true }, main] },
    { name: 'pull request 1', class: { pull: 1 }, scopes: [{ ref: 'refs/pull/1/merge', write: true }, main] },
    { name: 'pull request 12', class: { pull: 12 }, scopes: [{ ref: 'refs/pull/12/merge', write: true }, main] },
    // These run in the scope of the default branch and build what a pull request says.
    { name: 'pull_request_target of 1', class: { pull: 1 }, scopes: [{ ...main, write: true }] },
    { name: 'issue_comment on 12', class: { pull: 12 }, scopes: [{ ...main, write: true }] },
  ]
  const seen = (writer: Run, reader: Run): boolean => {
    const entries = new Entries(2 ** 40)
    const ref = writer.scopes.find(({ write }) => write)!.ref
    const version = 'v'
    entries.add({ key: keyOf(writer.class), version, ref, content: Buffer.alloc(1) })
    const prefixes = layersSought(layersId(owner), reader.class, 'f'.repeat(32))
    return entries.find({ key: prefixes[0]!, prefixes, version }, reader.scopes) !== null
  }

  // Broken by: keys without the class of their writer: pull_request_target would fill main's cache.
  it.each(runs.filter(({ class: writer }) => writer !== 'branch'))(
    '$name fills nobody’s cache but its own',
    (writer) => {
      const readers = runs.filter((reader) => seen(writer, reader)).map(({ class: reader }) => reader)
      expect(readers.length).toBeGreaterThan(0)
      for (const reader of readers) expect(reader).toEqual(writer.class)
    },
  )

  it('what main keeps is for everyone; what another branch keeps is its own', () => {
    expect(runs.filter((reader) => seen(runs[0]!, reader))).toEqual(runs)
    expect(runs.filter((reader) => seen(runs[2]!, reader)).map(({ name }) => name)).toEqual(['push to topic'])
  })
})

describe('the quota', () => {
  const candidate = (name: string, seconds: number, blobs: Record<string, number>, ancestors: string[] = []) => ({
    ...{ name, seconds, ancestors },
    blobs: Object.entries(blobs).map(([one, size]) => blob(one, size)),
  })
  const base = candidate('base', 10, { debian: 100, base: 50 })
  const child = candidate('child', 100, { debian: 100, base: 50, child: 400 }, ['base'])
  const sibling = candidate('sibling', 1, { debian: 100, base: 50, sibling: 300 }, ['base'])

  it('counts a layer once that a parent’s cache has, and leaves it out of the child’s', () => {
    const all = keepWithin([base, child, sibling], 850)
    expect([all.bytes, all.dropped]).toEqual([850, []])
    expect(all.elsewhere.get('child')).toEqual(new Set([digest('debian'), digest('base')]))
    expect(entrySize(child.blobs, all.elsewhere.get('child'))).toBe(400)
  })

  it('gives up first what saves the least time for its size', () => {
    expect(keepWithin([base, child, sibling], 849).dropped).toEqual(['sibling'])
    expect(keepWithin([base, child, sibling], 549).dropped).toEqual(['sibling', 'child'])
    expect(keepWithin([base, child, sibling], 0).dropped).toEqual(['sibling', 'child', 'base'])
    // A parent frees nothing while its children would have to keep its layers.
    const idle = { ...base, seconds: 0 }
    expect(keepWithin([idle, child, sibling], 600).dropped).toEqual(['sibling'])
  })

  // Broken by: counting each cache whole, or a limit that is only aimed at.
  it('is never exceeded, every layer that is kept stands once along a line of parents, and none is lost', () => {
    const stacks = fc
      .array(fc.record({ seconds: fc.nat(50), own: fc.array(fc.nat(9), { maxLength: 4 }), parent: fc.nat(9) }), {
        maxLength: 6,
      })
      .map((drafts) => {
        const made: Candidate[] = []
        for (const [at, { seconds, own, parent }] of drafts.entries()) {
          const above = parent < at ? made[parent] : undefined
          const blobs = [...own.map((one) => blob(`layer ${one}`, one * 10 + 1)), ...(above?.blobs ?? [])]
          made.push({ name: `${at}`, seconds, blobs, ancestors: above ? [above.name, ...above.ancestors] : [] })
        }
        return made
      })
    fc.assert(
      fc.property(stacks, fc.nat(400), (stack, limit) => {
        const { elsewhere, dropped, bytes } = keepWithin(stack, limit)
        expect(bytes).toBeLessThanOrEqual(limit)
        const kept = stack.filter(({ name }) => elsewhere.has(name))
        expect([...kept.map(({ name }) => name), ...dropped].sort()).toEqual(stack.map(({ name }) => name).sort())
        const sizes = kept.map((one) => entrySize(one.blobs, elsewhere.get(one.name)))
        expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(bytes)
        for (const { name, blobs, ancestors } of kept)
          for (const { digest: one } of blobs) {
            const holder = [name, ...ancestors].filter((other) => {
              const own = kept.find((candidate) => candidate.name === other)
              return own?.blobs.some(({ digest: it }) => it === one) && !elsewhere.get(other)!.has(one)
            })
            expect(holder).toHaveLength(1)
          }
      }),
      { numRuns: 500 },
    )
  })
})

describe('a layout', () => {
  const manifest = 'application/vnd.oci.image.manifest.v1+json'
  const index = (value: object) =>
    JSON.stringify({ mediaType: 'application/vnd.oci.image.index.v1+json', manifests: [blob('m', 3)], ...value })

  it.each([
    ['no JSON', 'x', /no JSON object/],
    ['null', 'null', /no JSON object/],
    ['no index', '{}', /does not name one manifest/],
    ['two manifests', index({ manifests: [blob('m', 3), blob('n', 3)] }), /does not name one manifest/],
    ['a path for a digest', index({ manifests: [{ digest: 'sha256:../../x', size: 1 }] }), /without digest or size/],
    ['another hash', index({ manifests: [{ digest: `sha512:${'0'.repeat(64)}`, size: 1 }] }), /without digest or size/],
    ['a size that is none', index({ manifests: [{ ...blob('m', 3), size: -1 }] }), /without digest or size/],
    ['a size beyond counting', index({ manifests: [{ ...blob('m', 3), size: 2 ** 60 }] }), /without digest or size/],
  ])('is refused with %s', (_, text, message) => {
    expect(() => readLayoutIndex(text)).toThrow(message)
  })

  it('names its blobs', () => {
    expect(readLayoutIndex(index({}))).toEqual(blob('m', 3))
    const text = JSON.stringify({ mediaType: manifest, config: blob('c', 1), layers: [blob('l', 2)] })
    expect(readCacheManifest(text)).toEqual({ config: blob('c', 1), layers: [blob('l', 2)] })
    expect(() => readCacheManifest(JSON.stringify({ mediaType: manifest, layers: [] }))).toThrow('without digest')
    expect(() => readCacheManifest(JSON.stringify({ mediaType: 'x', config: blob('c', 1), layers: [] }))).toThrow(
      'none',
    )
  })

  it('has a record that decides nothing: what is wrong in it is left out', () => {
    for (const text of ['', 'x', '[]', '{"steps":3,"elsewhere":{}}'])
      expect(readRecord(text)).toEqual({ steps: {}, elsewhere: [] })
    const text = JSON.stringify({ steps: { a: 5, b: -1, c: 'x' }, elsewhere: [digest('a'), '../x', 3] })
    expect(readRecord(text)).toEqual({ steps: { a: 5 }, elsewhere: [digest('a')] })
  })

  it('has the same content with its layers in another order, and another one where a layer is kept elsewhere', () => {
    const layers = [blob('a', 1), blob('b', 2)]
    const same = contentOf(layers, new Set())
    expect(contentOf([layers[1]!, layers[0]!, layers[1]!], new Set())).toBe(same)
    expect(contentOf(layers, new Set([digest('a')]))).not.toBe(same)
    expect(contentOf([layers[0]!], new Set())).not.toBe(same)
  })
})

describe('the times of steps', () => {
  const step = (name: string, cached: boolean, time: number): Step => ({
    ...{ name, number: 1, total: 1, cached, started: 1000, completed: 1000 + time, error: null },
  })

  it('are those of the last run of each: what is cached saves what it took before', () => {
    const first = stepTimes([step('RUN a', false, 400), step('RUN b', false, 1000)], {})
    expect(first).toEqual({ times: { '||RUN a': 400, '||RUN b': 1000 }, saved: 0, all: 1400 })
    const second = stepTimes([step('RUN a', true, 0), step('RUN b', false, 2000)], first.times)
    expect(second).toEqual({ times: { '||RUN a': 400, '||RUN b': 2000 }, saved: 400, all: 2400 })
    // Nobody knows what a step took that an unknown builder's cache has: it saved nothing that could be told.
    expect(stepTimes([step('RUN c', true, 0)], second.times)).toEqual({ times: {}, saved: 0, all: 0 })
    expect(stepTimes([step('constructor', true, 0)], {}).saved).toBe(0)
  })
})

describe('what a run leaves for its post step', () => {
  const image = {
    ...{ name: 'a', folder: 'a-0123456789ab/new-0-x/layers', seconds: 1, ancestors: [], steps: {}, restored: '' },
    ...{ kind: layersKind(layersId(owner), 'branch'), prefix: layersKind(layersId(owner), 'branch') },
    ...{ layers: [blob('l', 1)], texts: [blob('m', 1), blob('c', 1)] },
  }
  const plan = { limit: 1, main: true, warned: false, images: [image] }

  it.each([
    ['a folder above', { folder: '../../new-0/layers' }],
    ['an absolute folder', { folder: '/etc/new-0/layers' }],
    ['a hidden folder', { folder: '../new-0/layers' }],
    ['a key of somebody else', { kind: 'npm-' }],
    ['a prefix of another image', { prefix: 'buildx-action-layers-1-other-b-' }],
    ['a layer that is a path', { layers: [{ digest: '../../x', size: 1 }] }],
    ['no layers', { layers: 'x' }],
  ])('is refused with %s', (_, change) => {
    expect(readLayersPlan(JSON.stringify(plan))).toEqual(plan)
    expect(() => readLayersPlan(JSON.stringify({ ...plan, images: [{ ...image, ...change }] }))).toThrow(
      'not what a run',
    )
  })
})
