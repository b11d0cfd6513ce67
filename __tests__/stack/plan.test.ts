import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { makePlan, type PlanQuestion, resolvePlan } from '../../src/stack/plan.ts'
import type { Plan } from '../../src/stack/types.ts'
import { anyStack, createImage, createStack, descendants } from '../helpers/stack.ts'

const stack = createStack(
  createImage('pangeo', ['notebook'], { lockSources: ['images/notebook/environment.yml'] }),
  createImage('ml', ['pangeo', 'notebook']),
  createImage('base'),
  createImage('notebook', ['base']),
  createImage('other', [], { skip: true }),
)

function question(overrides: Partial<PlanQuestion> = {}): PlanQuestion {
  return {
    stack,
    changed: new Map(),
    selected: null,
    publishes: false,
    tags: (image) => [`q.io/p/${image.name}:1`],
    changedFiles: new Set(),
    unchanged: 'unchanged since 2639bd3',
    ...overrides,
  }
}

function lines(plan: Plan): string[] {
  return plan.images.map((image) => `${image.name}: ${image.action}, ${image.reason}`)
}

describe('makePlan', () => {
  it.each<[string, Partial<PlanQuestion>, string[]]>([
    [
      'nothing changed',
      {},
      ['base', 'notebook', 'pangeo', 'ml'].map((name) => `${name}: skip, unchanged since 2639bd3`),
    ],
    [
      'one in the middle',
      {
        changed: new Map([
          ['pangeo', 'conda-lock.yml changed'],
          ['ml', 'its parent pangeo is built'],
        ]),
      },
      [
        'base: skip, unchanged since 2639bd3',
        'notebook: reuse, unchanged since 2639bd3, needed by pangeo, ml',
        'pangeo: build, conda-lock.yml changed',
        'ml: build, its parent pangeo is built',
      ],
    ],
    [
      'a push to the default branch',
      { changed: new Map([['ml', 'start changed']]), publishes: true },
      [
        'base: reuse, unchanged since 2639bd3',
        'notebook: reuse, unchanged since 2639bd3, needed by ml',
        'pangeo: reuse, unchanged since 2639bd3, needed by ml',
        'ml: build, start changed',
      ],
    ],
    [
      'some asked for',
      {
        changed: new Map(['base', 'notebook', 'pangeo', 'ml'].map((name) => [name, 'changed'])),
        selected: new Set(['base', 'notebook']),
        publishes: true,
      },
      ['base: build, changed', 'notebook: build, changed', 'pangeo: skip, not asked for', 'ml: skip, not asked for'],
    ],
  ])('%s', (_title, overrides, expected) => {
    const plan = makePlan(question(overrides))
    expect(lines(plan).filter((line) => !line.startsWith('other'))).toEqual(expected)
    expect(lines(plan)).toContain('other: skip, spec.yml says skip')
  })

  it('is in build order and tells what a person has to know', () => {
    const plan = makePlan(
      question({ changed: new Map([['pangeo', 'x']]), changedFiles: new Set(['images/notebook/environment.yml']) }),
    )
    expect(plan.order).toEqual(['base', 'notebook', 'other', 'pangeo', 'ml'])
    expect(plan.images.map((image) => image.name)).toEqual(plan.order)
    expect(plan.images.find((image) => image.name === 'pangeo')).toEqual({
      name: 'pangeo',
      dockerfile: 'images/pangeo/Dockerfile',
      path: 'images/pangeo',
      parents: ['notebook'],
      external: [],
      action: 'build',
      reason: 'x',
      relock: true,
      lockSources: ['images/notebook/environment.yml'],
      fingerprint: null,
      tags: ['q.io/p/pangeo:1'],
      digest: null,
    })
    expect(plan.images.filter((image) => image.action === 'skip').flatMap((image) => image.tags)).toEqual([])
  })

  it('never builds what spec.yml skips, also when it changed', () => {
    const plan = makePlan(question({ changed: new Map([['other', 'changed']]), publishes: true }))
    expect(lines(plan)).toContain('other: skip, spec.yml says skip')
  })

  it('shortens a long list of children', () => {
    const children = ['a', 'b', 'c', 'd'].map((name) => createImage(name, ['base']))
    const wide = createStack(createImage('base'), ...children)
    const plan = makePlan(question({ stack: wide, changed: new Map(children.map(({ name }) => [name, 'x'])) }))
    expect(plan.images[0]?.reason).toBe('unchanged since 2639bd3, needed by a, b and 2 more')
  })
})

describe('resolvePlan', () => {
  const changed = new Map([['ml', 'start changed']])

  it('takes unchanged parents by digest', async () => {
    const { plan, asked } = await resolved(question({ changed }), { published: ['notebook', 'pangeo'] })
    expect(lines(plan)).toContain('pangeo: reuse, unchanged since 2639bd3, needed by ml')
    expect(plan.images.map((image) => image.digest)).toEqual([null, 'sha256:notebook', null, 'sha256:pangeo', null])
    expect(asked.sort()).toEqual(['notebook', 'pangeo'])
  })

  it('builds a parent that is nowhere, and asks for its own parents then', async () => {
    const { plan, asked } = await resolved(question({ changed }), { published: ['pangeo', 'base'] })
    expect(lines(plan)).toEqual([
      'base: reuse, needed by notebook',
      'notebook: build, nothing published to take (unchanged since 2639bd3, needed by ml)',
      'other: skip, spec.yml says skip',
      'pangeo: reuse, unchanged since 2639bd3, needed by ml',
      'ml: build, start changed',
    ])
    expect(asked.sort()).toEqual(['base', 'notebook', 'pangeo'])
  })

  it('gives what is built after all the tags that a push needs', async () => {
    const { plan } = await resolved(question({ changed }), { published: [] })
    expect(plan.images.map((image) => [image.name, image.action, image.tags.length])).toEqual([
      ['base', 'build', 1],
      ['notebook', 'build', 1],
      ['other', 'skip', 0],
      ['pangeo', 'build', 1],
      ['ml', 'build', 1],
    ])
  })

  it('never builds again what this commit published', async () => {
    const { plan, asked } = await resolved(question({ changed }), {
      published: ['notebook'],
      already: ['ml', 'pangeo'],
    })
    expect(lines(plan).slice(3)).toEqual([
      'pangeo: reuse, this commit’s image is published already',
      'ml: reuse, this commit’s image is published already',
    ])
    expect(plan.images.at(-1)?.digest).toBe('sha256:ml-now')
    expect(asked).toEqual(['notebook'])
  })

  it('takes a skipped parent where it is published, and builds it where it has to', async () => {
    const skipping = createStack(createImage('base', [], { skip: true }), createImage('child', ['base']))
    const asking = question({
      stack: skipping,
      changed: new Map([
        ['child', 'x'],
        ['base', 'x'],
      ]),
    })
    expect(lines((await resolved(asking, { published: ['base'] })).plan)[0]).toBe('base: reuse, needed by child')
    expect(lines((await resolved(asking, { published: [] })).plan)[0]).toBe(
      'base: build, nothing published to take (needed by child)',
    )
  })

  it('passes on what a registry throws', async () => {
    const failing = { digestOf: () => Promise.reject(new Error('503')), already: async () => null, missing: '' }
    await expect(resolvePlan(makePlan(question({ changed })), failing)).rejects.toThrow('503')
  })
})

describe('any plan of any stack', () => {
  it('gives every built image parents that are built or there, and asks each at most once', async () => {
    await fc.assert(
      fc.asyncProperty(anyStack(), fc.infiniteStream(fc.boolean()), fc.boolean(), async (any, stream, publishes) => {
        const flip = () => stream.next().value === true
        const pick = () => any.order.filter(flip)
        const own = pick().filter(flip)
        const changed = new Map([...own, ...descendants(any.images, own)].map((name) => [name, 'changed']))
        const [published, already] = [pick(), pick()]
        const first = makePlan(question({ stack: any, changed, publishes }))
        const { plan, asked } = await resolved(question({ stack: any, changed, publishes }), { published, already })
        expect(new Set(asked).size).toBe(asked.length)
        expect(plan.images.map((image) => image.name)).toEqual([...any.order])
        const byName = new Map(plan.images.map((image) => [image.name, image]))
        for (const image of plan.images) {
          expect(image.digest !== null).toBe(image.action === 'reuse')
          expect(image.tags.length > 0).toBe(image.action !== 'skip')
          if (image.action !== 'build') continue
          // Nothing is built that is there, and nothing but what changed or is needed.
          expect(already).not.toContain(image.name)
          if (!changed.has(image.name)) expect(published).not.toContain(image.name)
          for (const parent of image.parents) expect(byName.get(parent)?.action).not.toBe('skip')
        }
        for (const image of first.images.filter(({ action }) => action !== 'skip'))
          expect(byName.get(image.name)?.action).not.toBe('skip')
      }),
      { numRuns: 300 },
    )
  })
})

async function resolved(
  asking: PlanQuestion,
  { published, already = [] }: { published: readonly string[]; already?: readonly string[] },
) {
  const asked: string[] = []
  const plan = await resolvePlan(makePlan(asking), {
    digestOf: async (name) => {
      asked.push(name)
      return published.includes(name) ? `sha256:${name}` : null
    },
    already: async (name) => (already.includes(name) ? `sha256:${name}-now` : null),
    missing: 'nothing published to take',
    tagsOf: (name) => [`q.io/p/${name}:1`],
  })
  return { plan, asked }
}
