import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { matcherOf, parseMatchSpec } from '../../src/lock/match-spec.ts'
import { filenameOf, openWindow, type WindowOptions } from '../../src/lock/window.ts'
import { createShard } from '../helpers/shards.ts'

const options: WindowOptions = {
  own: [],
  newest: 2,
  kept: new Set(),
  pinned: false,
  excludeNewer: null,
}
const numbers = (count: number) => Array.from({ length: count }, (_, at) => ({ version: String(at + 1) }))
const choose = (
  { asked = [], ...overrides }: Partial<WindowOptions> & { asked?: readonly string[] },
  shards = [createShard('a', numbers(10))],
) => {
  const opened = openWindow(shards, { ...options, ...overrides })
  opened.ask(asked)
  const window = opened.close()
  return { ...window, versions: window.places.map((entries) => entries.map((entry) => entry.version)) }
}

describe('openWindow', () => {
  it('shows the newest versions, by conda’s order, of all places together', () => {
    expect(choose({}).versions).toEqual([['10', '9']])
    const shards = [createShard('a', [{ version: '1' }, { version: '3' }]), createShard('a', [{ version: '2' }])]
    expect(choose({}, shards)).toMatchObject({ versions: [['3'], ['2']], cut: true })
    expect(choose({ newest: 3 }, shards)).toMatchObject({ versions: [['3', '1'], ['2']], cut: false })
  })

  it('shows of a name that the environment asks for only what it takes', () => {
    expect(choose({ own: ['a <5'] }).versions).toEqual([['4', '3']])
    expect(choose({ own: ['a[version="<5"]', 'a[version="!=4"]'] }).versions).toEqual([['3', '2']])
  })

  // The solver could not say what there is if nothing was shown.
  it('shows the newest where nothing fits', () => expect(choose({ own: ['a >10'] }).versions).toEqual([['10', '9']]))

  it('shows what a dependency would not find among the newest', () => {
    expect(choose({ asked: ['a <5', 'a >=9', 'a 1'] }).versions).toEqual([['10', '9', '4', '3', '1']])
  })

  it('says what it shows beyond what it showed: each once, and nothing twice', () => {
    const opened = openWindow([createShard('a', numbers(10))], options)
    expect(opened.first.map((entry) => entry.version)).toEqual(['10', '9'])
    expect(opened.ask(['a <5', 'a <=4', 'a >8']).map((entry) => entry.version)).toEqual(['4', '3'])
    expect(opened.ask(['a <5'])).toEqual([])
  })

  it('shows what the old lock has, and only that where it is to stay', () => {
    const kept = new Set(['a-3-0.conda'])
    expect(choose({ kept }).versions).toEqual([['10', '9', '3']])
    expect(choose({ kept, pinned: true, asked: ['a >5'] }).versions).toEqual([['3']])
    // Another spec, or a package that the channel has no more: it cannot stay.
    expect(choose({ kept, pinned: true, own: ['a >5'] }).versions).toEqual([['10', '9']])
    expect(choose({ kept: new Set(['a-3-1.conda']), pinned: true }).versions).toEqual([['10', '9']])
  })

  it('shows nothing that was made after the moment; what does not say when is shown', () => {
    const parts = [
      { version: '1', timestamp: 1_700_000_000_000 },
      { version: '2', timestamp: 1_800_000_000_000 },
      { version: '3', timestamp: 1_700_000_000 },
      { version: '4' },
    ]
    const shards = [createShard('a', parts)]
    const excludeNewer = 1_700_000_000_000
    expect(choose({ newest: 9, excludeNewer }, shards)).toMatchObject({ versions: [['4', '3', '1']], cut: false })
  })

  it('gives every dependency its newest version, however narrow the window; a wider one only adds', () => {
    const spec = fc.tuple(fc.constantFrom('<', '<=', '>', '>=', '==', '!='), fc.integer({ min: 0, max: 12 }))
    fc.assert(
      fc.property(fc.uniqueArray(spec), fc.integer({ min: 1, max: 12 }), (specs, newest) => {
        const asked = specs.map(([operator, version]) => `a ${operator}${version}`)
        const shown = choose({ asked, newest }).versions.flat()
        for (const one of asked) {
          const matches = matcherOf(parseMatchSpec(one)!)!
          const best = choose({ newest: Infinity })
            .versions.flat()
            .find((version) => matches({ name: 'a', version, build: '0', buildNumber: 0 }))
          if (best) expect(shown).toContain(best)
        }
        const wider = choose({ asked, newest: newest + 1 }).versions.flat()
        expect(shown.filter((version) => !wider.includes(version) && Number(version) > 10 - newest)).toEqual([])
      }),
    )
  })
})

describe('filenameOf', () => {
  it.each([
    ['https://conda.anaconda.org/conda-forge/noarch/a-b-1-0.conda', 'a-b-1-0.conda'],
    ['https://host/a-1-0.tar.bz2#0123', 'a-1-0.tar.bz2'],
    ['https://host/a-1-py3-none-any.whl', null],
    ['a-1-0.conda', null],
  ])('%s', (url, expected) => expect(filenameOf(url)).toBe(expected))
})
