import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { toposort } from '../../src/lock/toposort.ts'

function sorted(graph: Record<string, string[]>): string[] {
  return toposort(new Map(Object.entries(graph)))
}

describe('toposort', () => {
  // Expected values are what conda's own toposort gives.
  it.each([
    ['layers, by name inside one', { c: ['a'], b: ['a'], a: [], d: ['c', 'b'] }, ['a', 'b', 'c', 'd']],
    ['a layer ends before the next begins', { a: [], b: [], c: ['a'], z: [] }, ['a', 'b', 'z', 'c']],
    ['names only depended on', { a: ['x', '__glibc'] }, ['__glibc', 'x', 'a']],
    ['itself', { a: ['a'] }, ['a']],
    ['python before pip', { python: ['pip'], pip: ['python'] }, ['python', 'pip']],
    ['a cycle: fewest open first, then by name', { a: ['b', 'c'], b: ['c'], c: ['a'] }, ['b', 'a', 'c']],
    [
      'a cycle with others waiting',
      { fastapi: ['cli', 'x'], cli: ['fastapi'], x: [], y: ['cli'] },
      ['x', 'cli', 'fastapi', 'y'],
    ],
    ['capitals and _ as Python orders them', { b: [], B: [], _: [], '1': [] }, ['1', 'B', '_', 'b']],
    ['nothing', {}, []],
  ])('%s', (_, graph, expected) => {
    expect(sorted(graph as Record<string, string[]>)).toEqual(expected)
  })

  it('holds every name once, and without cycles each after what it depends on', () => {
    const graph = fc.array(fc.array(fc.nat(29), { maxLength: 5 }), { maxLength: 30 })
    fc.assert(
      fc.property(graph, (lists) => {
        const data = new Map(
          lists.map((list, index) => [`n${index}`, list.filter((at) => at < index).map((at) => `n${at}`)]),
        )
        const order = toposort(data)
        expect([...order].sort()).toEqual([...data.keys()].sort())
        for (const [name, needed] of data)
          for (const dependency of needed) expect(order.indexOf(dependency)).toBeLessThan(order.indexOf(name))
      }),
    )
  })
})
