import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { jobMatrix, levelMatrices } from '../../src/stack/matrix.ts'
import { makePlan } from '../../src/stack/plan.ts'
import type { Plan, Stack } from '../../src/stack/types.ts'
import { anyStack, createImage, createStack } from '../helpers/stack.ts'

const stack = createStack(
  createImage('base'),
  createImage('notebook', ['base']),
  createImage('ml', ['notebook', 'base']),
  createImage('other'),
)

describe('levelMatrices', () => {
  // Fails if a job could start before the one that builds its parent.
  it('is the same, a matrix for each level', () => {
    expect(levelMatrices(planOf(stack, stack.order))).toEqual([
      {
        include: [
          { image: 'base', level: 0 },
          { image: 'other', level: 0 },
        ],
      },
      { include: [{ image: 'notebook', level: 1 }] },
      { include: [{ image: 'ml', level: 2 }] },
    ])
    expect(levelMatrices(planOf(stack, []))).toEqual([])
  })
})

describe('jobMatrix', () => {
  it('has a job for each image that is built, with what comes before it', () => {
    expect(jobMatrix(planOf(stack, stack.order))).toEqual({
      include: [
        { image: 'base', level: 0 },
        { image: 'notebook', level: 1 },
        { image: 'ml', level: 2 },
        { image: 'other', level: 0 },
      ],
    })
  })

  it('counts only what is built', () => {
    expect(jobMatrix(planOf(stack, ['ml']))).toEqual({ include: [{ image: 'ml', level: 0 }] })
    expect(jobMatrix(planOf(stack, []))).toEqual({ include: [] })
  })

  it.each<[string, number, (at: number) => string[]]>([
    ['one level', 1000, () => []],
    ['a few levels', 600, (at) => (at < 300 ? [] : [`n${at - 300}`])],
    ['a chain', 700, (at) => (at === 0 ? [] : [`n${at - 1}`])],
    ['just too many', 257, () => []],
  ])('has at most 256 jobs: %s', (_, images, parents) => {
    const many = createStack(...Array.from({ length: images }, (_, at) => createImage(`n${at}`, parents(at))))
    const plan = planOf(many, many.order)
    const jobs = jobMatrix(plan).include
    expect(jobs.length).toBeLessThanOrEqual(256)
    const levels = new Map(jobs.flatMap(({ image, level }) => image.split(',').map((name) => [name, level])))
    expect([...levels.keys()].sort()).toEqual([...many.order].sort())
    for (const image of plan.images)
      for (const parent of image.parents)
        expect(levels.get(parent) ?? Number.NaN).toBeLessThanOrEqual(levels.get(image.name) ?? -1)
  })

  it('leaves 256 jobs as they are', () => {
    const many = createStack(...Array.from({ length: 256 }, (_, at) => createImage(`n${at}`)))
    expect(jobMatrix(planOf(many, many.order)).include.every(({ image }) => !image.includes(','))).toBe(true)
  })

  it('gives a child a higher level than its parents, and no level is empty', () => {
    fc.assert(
      fc.property(anyStack(), fc.infiniteStream(fc.boolean()), (any, stream) => {
        const built = any.order.filter(() => stream.next().value === true)
        const plan = planOf(any, built)
        const levels = new Map(jobMatrix(plan).include.map(({ image, level }) => [image, level]))
        const building = plan.images.filter((image) => image.action === 'build')
        expect([...levels.keys()].sort()).toEqual(building.map((image) => image.name).sort())
        for (const image of building) {
          const parents = image.parents.map((parent) => levels.get(parent) ?? -1)
          expect(levels.get(image.name)).toBe(Math.max(-1, ...parents) + 1)
        }
      }),
    )
  })
})

function planOf(any: Stack, built: readonly string[]): Plan {
  return makePlan({
    stack: any,
    changed: new Map(built.map((name) => [name, 'changed'])),
    selected: null,
    publishes: false,
    tags: () => [],
    changedFiles: new Set(),
    unchanged: 'unchanged',
  })
}
