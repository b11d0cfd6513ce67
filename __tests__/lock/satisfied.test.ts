import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type SatisfiedRecord, satisfied } from '../../src/lock/satisfied.ts'
import { shrink } from '../../src/lock/shrink.ts'

const record = (name: string, version: string, overrides: Partial<SatisfiedRecord> = {}): SatisfiedRecord => ({
  name,
  version,
  build: '0',
  buildNumber: 0,
  depends: [],
  constrains: [],
  ...overrides,
})
const glibc = { name: '__glibc', version: '2.28', build: '0' }

describe('satisfied', () => {
  it('finds nothing where all holds: also on virtual packages and absent constrained ones', () => {
    const a = record('a', '1', { depends: ['b >=1', '__glibc >=2.17,<3.0.a0'], constrains: ['c <1', 'b <3'] })
    expect(satisfied([a, record('b', '2')], [glibc], ['a =1', 'b'])).toEqual([])
  })

  it.each([
    ['a missing dependency', { depends: ['b'] }, [], { kind: 'depends', spec: 'b' }],
    ['another version', { depends: ['b >=3'] }, [record('b', '2')], { kind: 'depends', spec: 'b >=3' }],
    ['another build', { depends: ['b * *cuda*'] }, [record('b', '2')], { kind: 'depends', spec: 'b * *cuda*' }],
    ['an older machine', { depends: ['__glibc >=2.34'] }, [], { kind: 'depends', spec: '__glibc >=2.34' }],
    ['a broken constraint', { constrains: ['b <2'] }, [record('b', '2')], { kind: 'constrains', spec: 'b <2' }],
    ['a spec that is none', { depends: ['b >='] }, [record('b', '2')], { kind: 'depends', spec: 'b >=' }],
  ])('finds %s', (_, part, others, expected) => {
    expect(satisfied([record('a', '1', part), ...others], [glibc])).toEqual([{ by: 'a-1-0', ...expected }])
  })

  it('finds a name that stands twice and a spec that nothing fulfils', () => {
    expect(satisfied([record('a', '1'), record('a', '2')], [], ['b', 'a =2'])).toEqual([
      { by: 'a-1-0', kind: 'twice', spec: 'a' },
      { by: '', kind: 'spec', spec: 'b' },
    ])
  })
})

describe('shrink', () => {
  // One that stops at the first success, or tests the empty remainder only, breaks here.
  it('gives a feasible set of which no single one can be left out', async () => {
    const sets = fc.uniqueArray(fc.integer({ min: 0, max: 30 }), { minLength: 1, maxLength: 20 })
    await fc.assert(
      fc.asyncProperty(sets, fc.infiniteStream(fc.boolean()), async (set, needed) => {
        const must = new Set(set.filter(() => needed.next().value === true))
        const feasible = async (free: readonly number[]) => [...must].every((one) => free.includes(one))
        expect(new Set(await shrink(set, feasible, 1000))).toEqual(must)
      }),
    )
  })

  it('asks no more often than it may, and what it gives was found feasible', async () => {
    let asked = 0
    const left = await shrink([1, 2, 3, 4, 5, 6, 7, 8], async (free) => ++asked > 0 && free.includes(3), 3)
    expect(asked).toBe(3)
    expect(left).toContain(3)
  })
})
