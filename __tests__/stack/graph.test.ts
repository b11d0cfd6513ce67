import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { ancestors, buildOrder, type GraphNode } from '../../src/stack/graph.ts'
import { selectImages } from '../../src/stack/index.ts'
import { descendants } from '../helpers/stack.ts'
import { stackOf } from './stacks.ts'

const graph = (edges: Record<string, string[]>): GraphNode[] =>
  Object.entries(edges).map(([name, parents]) => ({ name, parents: parents.map((parent) => ({ name: parent })) }))

/** A graph without cycles: an image has parents among those before it, then all are shuffled. */
const acyclic = fc.integer({ min: 1, max: 12 }).chain((count) =>
  fc
    .array(fc.array(fc.nat({ max: count - 1 }), { maxLength: 4 }), { minLength: count, maxLength: count })
    .chain((rows) =>
      fc.shuffledSubarray(
        rows.map((parents, at) => ({
          name: `n${at}`,
          parents: parents.filter((p) => p < at).map((p) => ({ name: `n${p}` })),
        })),
        { minLength: count },
      ),
    ),
)

describe('buildOrder', () => {
  it('is topological, ties by name', () => {
    expect(buildOrder(graph({ z: [], b: ['z'], a: ['z'], c: ['a', 'b'], A: [] }))).toEqual(['A', 'z', 'a', 'b', 'c'])
  })

  it('has every image once and parents first, whatever the order of the input', () => {
    fc.assert(
      fc.property(acyclic, (images) => {
        const order = buildOrder(images)
        expect([...order].sort()).toEqual(images.map((image) => image.name).sort())
        for (const image of images)
          for (const parent of image.parents) expect(order.indexOf(parent.name)).toBeLessThan(order.indexOf(image.name))
        expect(buildOrder([...images].reverse())).toEqual(order)
      }),
    )
  })

  it('always shows a cycle that is there', () => {
    fc.assert(
      fc.property(acyclic, fc.integer({ min: 1, max: 5 }), (images, length) => {
        const ring = Array.from({ length }, (_, at) => ({
          name: `r${at}`,
          parents: [{ name: `r${(at + 1) % length}` }, { name: 'n0' }],
        }))
        let message = ''
        try {
          buildOrder([...images, ...ring])
        } catch (error) {
          message = (error as Error).message
        }
        const way = message.split(': ')[1]?.split(' → ') ?? []
        expect(way).toHaveLength(length + 1)
        expect(way[0]).toBe(way[length])
        expect(new Set(way).size).toBe(length)
      }),
    )
  })
})

describe('ancestors', () => {
  it('are all images that one is built on, and no others', () => {
    fc.assert(
      fc.property(acyclic, (images) => {
        const built = new Map(images.map(({ name }) => [name, descendants(images, [name])]))
        for (const { name } of images)
          expect([...ancestors(images, [name])].sort()).toEqual(
            [...built].flatMap(([other, children]) => (children.has(name) ? [other] : [])).sort(),
          )
      }),
    )
  })
})

describe('selectImages', () => {
  const files = {
    'images/base/Dockerfile': 'FROM x/y\nUSER a\n',
    'images/mid/Dockerfile': 'FROM o/base\nUSER a\n',
    'images/mid/cuda/Dockerfile': 'FROM o/mid\nUSER a\n',
    'images/other/Dockerfile': 'FROM o/base\nUSER a\n',
  }

  it.each([
    [['mid/cuda'], ['base', 'mid', 'mid/cuda']],
    [['cuda'], ['base', 'mid', 'mid/cuda']],
    [['./images/other/'], ['base', 'other']],
    [
      ['base', 'other'],
      ['base', 'other'],
    ],
    [[], []],
  ])('%s', async (names, expected) => {
    expect([...selectImages(await stackOf(files), names)].sort()).toEqual(expected)
  })

  it('suggests the nearest name', async () => {
    const stack = await stackOf(files)
    expect(() => selectImages(stack, ['othr'])).toThrow(
      expect.objectContaining({
        code: 'usage',
        message: expect.stringContaining('"othr"'),
        details: expect.arrayContaining(['Did you mean other?']),
      }),
    )
  })
})
