import { describe, expect, it } from '@jest/globals'
import { mayLive } from '../../src/publish/holder.ts'
import { historyText, readJournal } from '../../src/publish/journal.ts'
import { previousOf } from '../../src/publish/previous.ts'
import { releaseFacts } from '../../src/publish/release-rules.ts'
import type { Entry, PastEntry } from '../../src/publish/types.ts'
import { withNotes } from '../../src/report/release-notes.ts'
import { digest } from './model.ts'

const move = { repository: 'q.io/a/base', tag: 'stable', from: digest('old'), to: digest('new') }

function entry(overrides: Partial<PastEntry> = {}): PastEntry {
  return {
    ...{ id: '1', command: 'promote', request: 'promote of stable from x for the stack', by: 'ann', run: null },
    ...{ holder: 'github:1.1', commit: null, started: '2026-11-21T12:00:00Z', places: ['q.io/a'], moves: [move] },
    ...{ outcome: 'done', ended: '2026-11-21T12:00:01Z' },
    ...overrides,
  }
}

describe('which release is the latest', () => {
  it.each([
    ['v1.1.0', ['v1.0.0', 'v1.1.0'], { final: true, latest: true, previous: 'v1.0.0' }],
    ['v1.0.1', ['v1.0.0', 'v1.1.0'], { final: true, latest: false, previous: 'v1.0.0' }],
    ['v2.0.0-rc.1', ['v1.0.0'], { final: false, latest: false, previous: 'v1.0.0' }],
    ['v2.0.0', ['v1.0.0', 'v2.0.0-rc.1', 'v3.0.0-beta.1'], { final: true, latest: true, previous: 'v1.0.0' }],
    ['2026.01.05', ['2025.12.31', '2026.11.21'], { final: true, latest: false, previous: '2025.12.31' }],
    ['2026.11.21', ['2025.12.31', '2026.01.05', 'winter'], { final: true, latest: true, previous: '2026.01.05' }],
    ['winter', ['v1.0.0'], { final: true, latest: false, previous: null }],
    ['v1.0.0', [], { final: true, latest: true, previous: null }],
  ])('%s beside %j', (tag, all, expected) => {
    expect(releaseFacts(tag, all)).toEqual(expected)
  })
})

describe('a journal', () => {
  const { outcome: _, ended: __, ...open } = entry()
  it('is read as it was written', () => {
    expect(readJournal(historyText([entry()]), JSON.stringify(open), 'x')).toEqual({ open, history: [entry()] })
  })

  it.each<[string, Partial<Entry>]>([
    ['a repository outside of its places', { moves: [{ ...move, repository: 'q.io/b/base' }] }],
    ['a repository that only begins alike', { moves: [{ ...move, repository: 'q.io/ab/base' }] }],
    ['a commit’s tag', { moves: [{ ...move, tag: '2639bd3' }] }],
    ['a fingerprint', { moves: [{ ...move, tag: `fp-${'0'.repeat(32)}` }] }],
    ['what is no tag', { moves: [{ ...move, tag: '../x' }] }],
    ['what is no digest', { moves: [{ ...move, to: 'sha256:x' }] }],
    ['no places', { places: [] }],
    ['no time', { started: 'soon' }],
  ])('that names %s is believed in nothing', (_what, wrong) => {
    expect(() => readJournal(null, JSON.stringify({ ...open, ...wrong }), 'q.io/a/x:journal')).toThrow(
      /^q\.io\/a\/x:journal is no journal of this action: /,
    )
  })

  it('keeps the newest hundred entries', () => {
    const many = Array.from({ length: 130 }, (_one, at) => entry({ id: String(at) }))
    const { history } = readJournal(historyText(many), null, 'x')
    expect([history.length, history.at(-1)?.id]).toEqual([100, '129'])
  })
})

describe('what a tag was before', () => {
  const tags = [{ repository: 'q.io/a/base', tag: 'stable' }]
  it('is before the newest change that nobody took back', () => {
    const second = entry({ id: '2', moves: [{ ...move, from: digest('new'), to: digest('other') }] })
    const undo = entry({
      id: '3',
      command: 'revert',
      undoes: '2',
      moves: [{ ...move, from: digest('other'), to: digest('new') }],
    })
    expect(previousOf([entry(), second], tags)).toEqual({ targets: [{ ...tags[0], to: digest('new') }], undoes: '2' })
    expect(previousOf([entry(), second, undo], tags)).toEqual({
      targets: [{ ...tags[0], to: digest('old') }],
      undoes: '1',
    })
    expect(previousOf([entry(), entry({ id: '4', outcome: 'undone' })], tags).undoes).toBe('1')
  })

  it('is an error where it is not known, or where there was nothing', () => {
    expect(() => previousOf([], tags)).toThrow('nothing is known of what stable was before')
    expect(() => previousOf([entry({ moves: [{ ...move, from: null }] })], tags)).toThrow(
      /was not there before the promote of/,
    )
  })
})

it('a holder lives for minutes, an earlier attempt of the same run not at all', () => {
  const asking = { holder: 'github:7.2', locked: false, age: 1000, runs: () => true }
  expect(mayLive('github:8.1', asking)).toBe(true)
  expect(mayLive('github:7.1', asking)).toBe(false)
  expect(mayLive('github:8.1', { ...asking, locked: true })).toBe(false)
  expect(mayLive('github:8.1', { ...asking, age: 10 * 60_000 })).toBe(false)
  expect(mayLive('local:m.5', { ...asking, holder: 'local:m.6', age: 10 * 60_000 })).toBe(true)
  expect(mayLive('local:m.5', { ...asking, holder: 'local:m.6', runs: () => false })).toBe(false)
})

it('notes are put between markers once, and what people wrote stays', () => {
  const first = withNotes('Thanks to Ann.\n', 'one')
  const again = withNotes(`${first}\n\nSee also.`, 'two')
  expect(first.startsWith('Thanks to Ann.\n\n<!--')).toBe(true)
  expect([again.includes('one'), again.includes('two'), again.endsWith('See also.')]).toEqual([false, true, true])
})
