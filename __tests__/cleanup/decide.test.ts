import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { decideCleanup, removableDigests } from '../../src/cleanup/decide.ts'
import { createdIn, readManifest } from '../../src/cleanup/read-manifest.ts'
import type { CleanupRules, KnownManifest, RepositoryContent } from '../../src/cleanup/types.ts'

const day = 86_400_000
const now = Date.UTC(2026, 10, 21)
const rules: CleanupRules = { prefixes: [''], olderThan: 30 * day, keep: 0, exclude: [], branch: 'main', now }
const fp = (letter: string) => `fp-${letter.repeat(32)}`

type Given = Partial<KnownManifest> & { tags?: readonly string[]; age?: number }

/** Manifests by a short name, which stands for their digest. */
function content(given: Readonly<Record<string, Given>>): RepositoryContent {
  const manifests = Object.entries(given).map(([digest, { age, ...rest }]): [string, KnownManifest] => [
    digest,
    {
      digest,
      needs: [],
      subject: null,
      blobs: [],
      created: age === undefined ? null : now - age * day,
      cache: false,
      ...rest,
    },
  ])
  const tags = Object.entries(given).flatMap(([digest, one]) => (one.tags ?? []).map((tag) => [tag, digest] as const))
  return { repository: 'r/x', tags: new Map(tags), manifests: new Map(manifests) }
}

function removed(given: Readonly<Record<string, Given>>, changed: Partial<CleanupRules> = {}): string[] {
  const verdicts = decideCleanup(content(given), { ...rules, ...changed })
  return verdicts.filter(({ remove }) => remove).map(({ tag }) => tag)
}

const old = { age: 40 }
const oldCache = { age: 40, cache: true }

describe('what is removed', () => {
  it.each<[string, Record<string, Given>, Partial<CleanupRules>, string[]]>([
    [
      'an old cache and an old fingerprint',
      { a: { ...oldCache, tags: ['cache-x'] }, b: { ...old, tags: [fp('b')] } },
      {},
      ['cache-x', fp('b')],
    ],
    ['nothing young', { a: { age: 29, cache: true, tags: ['cache-x'] }, b: { age: 29, tags: [fp('b')] } }, {}, []],
    ['nothing of unknown age', { a: { cache: true, tags: ['cache-x'] }, b: { tags: [fp('b')] } }, {}, []],
    [
      'no other tag, however old',
      { a: { ...old, tags: ['main', 'pr-7', '2639bd3', 'cache', 'fp-1', 'x-cache-y'] } },
      {},
      [],
    ],
    ['not the default branch’s cache', { a: { ...oldCache, tags: ['cache-main'] } }, {}, []],
    ['no image that is called like a cache', { a: { ...old, tags: ['cache-x'] } }, {}, []],
    ['no cache that is called like a fingerprint', { a: { ...oldCache, tags: [fp('a')] } }, {}, []],
    ['what a branch’s tag points at stays', { a: { ...old, tags: [fp('a'), 'main'] } }, {}, []],
    [
      'a child of an index that a tag points at stays',
      { i: { ...old, needs: ['a'], tags: ['v1'] }, a: { ...old, tags: [fp('a')] } },
      {},
      [],
    ],
    [
      'an index goes where a tag needs only its child',
      { i: { ...old, needs: ['a'], tags: [fp('a')] }, a: { ...old, tags: ['v1'] } },
      {},
      [fp('a')],
    ],
    [
      'what is about a kept image stays',
      { a: { ...old, tags: ['v1'] }, s: { ...old, needs: ['a'], subject: 'a', tags: [fp('a')] } },
      {},
      [],
    ],
    [
      'what a kept signature is about stays',
      { a: { ...old, tags: [fp('a')] }, s: { needs: ['a'], subject: 'a', tags: ['sig'] } },
      {},
      [],
    ],
    [
      'what an excluded tag needs stays',
      { a: { ...old, tags: [fp('a'), fp('b')] } },
      { exclude: [`${fp('b').slice(0, 8)}*`] },
      [],
    ],
    [
      'excluded tags stay',
      { a: { ...oldCache, tags: ['cache-x'] }, b: { ...oldCache, tags: ['cache-y'] } },
      { exclude: ['cache-x'] },
      ['cache-y'],
    ],
    [
      'the newest stay',
      {
        a: { ...oldCache, tags: ['cache-x'] },
        b: { age: 50, cache: true, tags: ['cache-y'] },
        c: { age: 50, tags: [fp('c')] },
      },
      { keep: 1 },
      ['cache-y'],
    ],
    [
      'a variant’s own tags, not those of others',
      { a: { ...oldCache, tags: ['cache-x', 'gpu-cache-x', 'cpu-cache-x'] } },
      { prefixes: ['gpu-'] },
      [],
    ],
    [
      'a variant’s own tags where nothing else needs them, and the fingerprints, which have no prefix',
      {
        a: { ...oldCache, tags: ['gpu-cache-x'] },
        b: { ...old, tags: [fp('b')] },
        c: { ...old, tags: [`gpu-${fp('c')}`] },
        d: { ...old, tags: [`cpu-${fp('d')}`] },
      },
      { prefixes: ['gpu-'] },
      ['gpu-cache-x', fp('b'), `gpu-${fp('c')}`],
    ],
    [
      'so many fingerprints of a repository are kept',
      { a: { age: 41, tags: [fp('a')] }, b: { age: 42, tags: [fp('b')] }, c: { age: 43, tags: [fp('c')] } },
      { prefixes: ['', 'gpu-'], keep: 2 },
      [fp('c')],
    ],
  ])('%s', (_, given, changed, expected) => {
    expect(removed(given, changed)).toEqual(expected)
  })

  it('a signature by tag keeps what it is about', () => {
    const digest = `sha256:${'a'.repeat(64)}`
    const signature = { tags: [`sha256-${'a'.repeat(64)}.sig`] }
    expect(removed({ [digest]: { ...old, tags: [fp('a')] }, s: signature })).toEqual([])
    expect(removed({ [digest]: { ...old, tags: [fp('a')] } })).toEqual([fp('a')])
  })

  it('counts the bytes that nothing else needs, each once', () => {
    const blob = (digest: string, size: number) => ({ digest, size })
    const verdicts = decideCleanup(
      content({
        a: { ...old, tags: [fp('a')], blobs: [blob('1', 1), blob('2', 2), blob('4', 4)] },
        b: { ...old, tags: [fp('b')], blobs: [blob('2', 2), blob('8', 8)] },
        v: { ...old, tags: ['v1'], blobs: [blob('4', 4)] },
      }),
      rules,
    )
    expect(verdicts.map(({ bytes }) => bytes)).toEqual([3, 8])
  })
})

/** A repository whose manifests need earlier ones alone, as digests have it. */
const repository = fc
  .array(
    fc.record({
      needs: fc.array(fc.nat(30), { maxLength: 3 }),
      about: fc.boolean(),
      age: fc.option(fc.nat(60), { nil: undefined }),
      cache: fc.boolean(),
      tags: fc.uniqueArray(
        fc.constantFrom('cache-a', 'cache-b', fp('a'), fp('b'), fp('c'), 'v1', 'main', '2639bd3', 'pr-1'),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 12 },
  )
  .map((items) =>
    content(
      Object.fromEntries(
        items.map(({ needs, about, age, cache, tags }, at) => {
          const before = needs.filter((other) => other < at).map(String)
          const known = age === undefined ? {} : { age }
          return [String(at), { ...known, cache, tags, needs: before, subject: about ? (before[0] ?? null) : null }]
        }),
      ),
    ),
  )

function closure({ manifests }: RepositoryContent, digests: Iterable<string>): Set<string> {
  const found = new Set<string>()
  const walk = (digest: string): void => {
    if (found.has(digest)) return
    found.add(digest)
    manifests.get(digest)?.needs.forEach(walk)
  }
  for (const digest of digests) walk(digest)
  return found
}

describe('always', () => {
  // Broken by: a closure that stops at an index, or one that is made before all that is kept is known.
  it('a digest that a kept tag reaches is never removed, neither by tag nor by digest', () => {
    fc.assert(
      fc.property(repository, fc.nat(3), fc.nat(60), (given, keep, age) => {
        const verdicts = decideCleanup(given, { ...rules, keep, olderThan: age * day })
        const going = new Set(verdicts.filter(({ remove }) => remove).map(({ tag }) => tag))
        const kept = closure(
          given,
          [...given.tags].flatMap(([tag, digest]) => (going.has(tag) ? [] : [digest])),
        )
        for (const { remove, digest } of verdicts) if (remove) expect(kept.has(digest)).toBe(false)
        for (const digest of removableDigests(given, verdicts)) expect(kept.has(digest)).toBe(false)
      }),
      { numRuns: 1000 },
    )
  })

  it('every removed tag is one of runs, of known age, old enough, and not among the newest', () => {
    fc.assert(
      fc.property(repository, fc.nat(3), fc.nat(60), (given, keep, age) => {
        const verdicts = decideCleanup(given, { ...rules, keep, olderThan: age * day })
        for (const { tag, remove, created } of verdicts.filter((one) => one.remove)) {
          expect(tag).toMatch(/^(cache-|fp-)/)
          expect([remove, created !== null && now - created > age * day]).toEqual([true, true])
        }
        for (const kind of ['cache', 'fingerprint']) {
          const all = verdicts.filter((one) => one.kind === kind)
          expect(all.filter(({ remove }) => !remove).length).toBeGreaterThanOrEqual(Math.min(keep, all.length))
        }
      }),
      { numRuns: 500 },
    )
  })
})

describe('a manifest', () => {
  const [one, two, three] = ['1', '2', '3'].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string, string]
  const oci = 'application/vnd.oci.image'

  it('an index needs its manifests, its age may stand in an annotation', () => {
    const index = {
      manifests: [
        { mediaType: `${oci}.manifest.v1+json`, digest: one, size: 5 },
        { digest: two, size: 6 },
      ],
      annotations: { 'org.opencontainers.image.created': '2026-01-01T00:00:00Z' },
    }
    const read = readManifest(three, JSON.stringify(index))
    expect(read).toMatchObject({
      needs: [one, two],
      created: Date.UTC(2026, 0, 1),
      cache: false,
      config: null,
      blobs: [],
    })
  })

  it('a cache is known by its config, in an index of layers, too', () => {
    const cache = { mediaType: 'application/vnd.buildkit.cacheconfig.v0', digest: one, size: 5 }
    const layer = { mediaType: `${oci}.layer.v1.tar+gzip`, digest: two, size: 6 }
    for (const document of [{ config: cache, layers: [layer] }, { manifests: [layer, cache] }]) {
      const read = readManifest(three, JSON.stringify(document))
      expect(read).toMatchObject({ needs: [], cache: true, config: one })
      expect(read.blobs.map(({ size }) => size).sort()).toEqual([5, 6])
    }
  })

  it('what is about another one needs it', () => {
    const read = readManifest(three, JSON.stringify({ config: { digest: one }, subject: { digest: two } }))
    expect(read).toMatchObject({ needs: [two], subject: two })
  })

  it('the newest result of a cache is its age; an image has its own', () => {
    const at = (day: number) => ({ createdAt: `2026-01-0${day}T00:00:00Z` })
    expect(createdIn(JSON.stringify({ records: [{ layers: [at(1)] }, { chains: [at(3)] }, {}] }))).toBe(
      Date.UTC(2026, 0, 3),
    )
    expect(createdIn(JSON.stringify({ created: '2026-01-02T00:00:00Z' }))).toBe(Date.UTC(2026, 0, 2))
    for (const text of ['{}', '{"created":"0001-01-01T00:00:00Z"}', '{"created":"soon"}'])
      expect(createdIn(text)).toBeNull()
  })

  it.each(['null', '[]', '{}', '{"errors":[]}', '1', 'not json'])('%s is none', (text) => {
    expect(() => readManifest(one, text)).toThrow()
  })
})
