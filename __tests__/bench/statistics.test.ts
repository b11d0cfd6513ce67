import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { median, range, rounded, toRow } from '../../bench/statistics.ts'
import type { Goal, Measurement } from '../../bench/types.ts'

const numbers = fc.array(fc.nat(), { minLength: 1, maxLength: 30 })

function measurement(overrides: Partial<Measurement> = {}): Measurement {
  const peer = { name: 'theirs', sample: [100, 90, 110] }
  return { name: 'n', title: 't', unit: 'ms', ours: [150, 120, 400], peer, goal: null, command: 'c', ...overrides }
}

describe('median', () => {
  it.each([
    [[7], 7],
    [[9, 1, 5], 5],
    [[4, 1, 3, 2], 2.5],
    [[10, 9, 100], 10],
  ])('of %j is %p', (sample, expected) => {
    expect(median(sample)).toBe(expected)
  })

  it('has as many numbers at or below as at or above, in whatever order they come, and leaves them in it', () => {
    fc.assert(
      fc.property(numbers, (sample) => {
        const before = [...sample]
        const middle = median(sample)
        expect(sample).toEqual(before)
        expect(median(sample.toReversed())).toBe(middle)
        expect(sample.filter((value) => value <= middle).length * 2).toBeGreaterThanOrEqual(sample.length)
        expect(sample.filter((value) => value >= middle).length * 2).toBeGreaterThanOrEqual(sample.length)
      }),
    )
  })

  it('and a range of nothing are errors', () => {
    expect(() => median([])).toThrow('at least one')
    expect(() => range([])).toThrow('at least one')
  })
})

describe('rounded', () => {
  it.each([
    [1234.5, 1235],
    [99.96, 100],
    [12.345, 12.3],
    [0.012345, 0.0123],
    [0, 0],
  ])('%p is shown as %p', (value, expected) => {
    expect(rounded(value)).toBe(expected)
  })
})

describe('toRow', () => {
  it('gives medians, ranges and the ratio', () => {
    expect(toRow(measurement({ note: 'why' }), '2026-01-02')).toEqual({
      name: 'n',
      title: 't',
      value: 150,
      unit: 'ms',
      goal: null,
      met: null,
      against: 'theirs',
      peer: 100,
      ratio: 1.5,
      runs: 3,
      range: [120, 400],
      peerRange: [90, 110],
      command: 'c',
      note: 'why',
      date: '2026-01-02',
    })
  })

  it.each<[Goal, boolean, string]>([
    [{ of: 'value', max: 150 }, true, '≤ 150 ms'],
    [{ of: 'value', max: 149 }, false, '≤ 149 ms'],
    [{ of: 'over', max: 50 }, true, '≤ 50 ms over its peer'],
    [{ of: 'over', max: 49 }, false, '≤ 49 ms over its peer'],
    [{ of: 'ratio', max: 1.5 }, true, 'ratio ≤ 1.5'],
    [{ of: 'ratio', max: 1.49 }, false, 'ratio ≤ 1.49'],
  ])('judges %j: %p', (goal, met, text) => {
    expect(toRow(measurement({ goal }), '')).toMatchObject({ met, goal: text })
  })

  it('judges before it rounds', () => {
    const goal: Goal = { of: 'value', max: 100 }
    expect(toRow(measurement({ ours: [100.4], goal }), '')).toMatchObject({ value: 100, met: false })
  })

  it('refuses a goal that needs a peer where there is none', () => {
    expect(() => toRow(measurement({ peer: null, goal: { of: 'ratio', max: 1 } }), '')).toThrow('needs a peer')
    expect(toRow(measurement({ peer: null }), '')).toMatchObject({ against: null, peer: null, ratio: null })
  })
})
