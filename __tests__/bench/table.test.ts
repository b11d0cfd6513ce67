import { describe, expect, it } from '@jest/globals'
import { mergeRows } from '../../bench/results.ts'
import { toRow } from '../../bench/statistics.ts'
import { renderPage, renderRow } from '../../bench/table.ts'
import type { Measurement, Row } from '../../bench/types.ts'

function row(overrides: Partial<Measurement> = {}): Row {
  const peer = { name: '`a | b`', sample: [1, 2, 3] }
  const goal = { of: 'ratio', max: 1.1 } as const
  const base = { name: 'n', title: 'What', unit: 's', ours: [2, 4, 3], peer, goal, command: 'make it' } as const
  return toRow({ ...base, ...overrides }, '2026-01-02')
}

describe('mergeRows', () => {
  it('replaces rows in place and adds new ones at the end', () => {
    const before = [row({ name: 'a' }), row({ name: 'b' })]
    const merged = mergeRows(before, [row({ name: 'c' }), row({ name: 'a', title: 'new' })])
    expect(merged.map(({ name, title }) => `${name} ${title}`)).toEqual(['a new', 'b What', 'c What'])
  })
})

describe('renderPage', () => {
  const results = { date: '2026-01-02', machine: { cores: '2' }, versions: { node: 'v24' } }

  it('has a table row with medians, ranges, ratio and goal, and escapes what would end a cell', () => {
    expect(renderPage({ ...results, results: [row({ note: 'Mind this.' })] }).split('\n')).toEqual(
      expect.arrayContaining([
        '| n | What | 3 s (2–4) | 2 s (1–3), `a \\| b` | 1.5 | ratio ≤ 1.1 | **no** | 3 | `make it` |',
        '* **n**: Mind this.',
        'Measured on 2026-01-02: cores 2.',
        'With node v24.',
      ]),
    )
  })

  it('shows a row without peer and goal', () => {
    expect(renderPage({ ...results, results: [row({ peer: null, goal: null })] })).toContain(
      '| n | What | 3 s (2–4) | – | – | – | – | 3 | `make it` |',
    )
  })
})

describe('renderRow', () => {
  it.each([
    [row(), 'n: 3 s (2–4) against 2 s (1–3) of `a | b`, ratio 1.5; goal ratio ≤ 1.1: MISSED'],
    [row({ ours: [2] }), 'n: 2 s (2–2) against 2 s (1–3) of `a | b`, ratio 1; goal ratio ≤ 1.1: met'],
    [row({ peer: null, goal: null }), 'n: 3 s (2–4)'],
  ])('%#', (given, text) => {
    expect(renderRow(given)).toBe(text)
  })
})
