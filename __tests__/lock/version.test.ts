import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { compareVersions, parseVersion, startsWith, type Version } from '../../src/lock/version.ts'

const read = (text: string): Version => parseVersion(text)!
const order = (a: string, b: string) => Math.sign(compareVersions(read(a), read(b)))

// The order that conda's documentation of VersionOrder and its tests state; equal ones stand in one line.
const ascending = [
  ['0.4', '0.4.0', '0.4.00'],
  ['0.4.1.rc', '0.4.1.RC'],
  ['0.4.1'],
  ['0.5a1'],
  ['0.5b3', '0.5B3'],
  ['0.5C1'],
  ['0.5'],
  ['0.9.6'],
  ['0.960923'],
  ['1.0'],
  ['1.1dev1'],
  ['1.1_', '1.1-'],
  ['1.1a1'],
  ['1.1.0dev1', '1.1.dev1'],
  ['1.1.a1'],
  ['1.1.0rc1', '1.1.rc1'],
  ['1.1.0', '1.1'],
  ['1.1.0post1', '1.1.post1'],
  ['1.1post1'],
  ['1996.07.12'],
  ['1!0.4.1'],
  ['1!3.1.1.6'],
  ['2!0.4.1'],
]

describe('compareVersions', () => {
  // A comparison of texts, or semver's, breaks here.
  it('orders as conda does', () => {
    for (const [at, same] of ascending.entries()) {
      for (const one of same) {
        for (const other of same) expect([one, other, order(one, other)]).toEqual([one, other, 0])
        for (const later of ascending.slice(at + 1).flat()) {
          expect([one, later, order(one, later)]).toEqual([one, later, -1])
          expect([later, one, order(later, one)]).toEqual([later, one, 1])
        }
      }
    }
  })

  it.each([
    ['1.0.1', '1.0.1a'],
    ['1.0.1a', '1.0.1b'],
    ['1.0.1z', '1.0.1za'],
  ])('without an underscore a letter makes it older: %s, %s', (older, letter) => {
    expect(order(letter, older)).toBe(letter.startsWith('1.0.1z') || letter === '1.0.1b' ? 1 : -1)
  })

  // openssl's letters: its versions end in an underscore in front of them.
  it.each([
    ['1.0.1_', '1.0.1a'],
    ['1.0.1a', '1.0.1g'],
    ['1.0.1g', '1.0.2a'],
    ['1.0.1_', '1.0.1'],
  ])('openssl: %s is older than %s', (older, newer) => expect(order(older, newer)).toBe(-1))

  it('compares local versions last, and numbers of any length by their value', () => {
    expect(order('1.0+1', '1.0')).toBe(1)
    expect(order('1.0+1.2', '1.0+1.10')).toBe(-1)
    expect(order('2.0', '1.0+9')).toBe(1)
    expect(order('20250101123456789012', '20250101123456789013')).toBe(-1)
    expect(order('9', '20250101123456789013')).toBe(-1)
    expect(order('0000000000000000000001', '1')).toBe(0)
  })

  it('is an order: never contradicts itself, whatever the texts', () => {
    const part = fc.constantFrom('0', '1', '2', '10', 'a', 'rc', 'post', 'dev', '1a', 'a1')
    const text = fc.array(part, { minLength: 1, maxLength: 4 }).map((parts) => parts.join('.'))
    fc.assert(
      fc.property(text, text, text, (a, b, c) => {
        expect(order(a, b) + order(b, a)).toBe(0)
        if (order(a, b) <= 0 && order(b, c) <= 0) expect(order(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  })
})

describe('parseVersion', () => {
  it.each(['', '  ', '3.5&1', '5.5++', '5.5..mw', '!', 'a!1.0', '1!2!3', '1.0+2+3', '.1', '1.', '1.0+', '1-2_3'])(
    'takes %j for no version, as conda does',
    (text) => expect(parseVersion(text)).toBeNull(),
  )
})

describe('startsWith', () => {
  it.each([
    ['1.7.1', '1.7', true],
    ['1.7', '1.7.0', true],
    ['1.70', '1.7', false],
    ['1.7a1', '1.7', true],
    ['1.7rc2', '1.7r', true],
    ['1.7.1', '1.7.0', false],
    ['1!1.7', '1.7', false],
    ['1.7+cuda12', '1.7', true],
    ['1.7+12.1', '1.7+12', true],
    ['1.8+12.1', '1.7+12', false],
  ])('%s, %s: %s', (version, prefix, expected) => expect(startsWith(read(version), read(prefix))).toBe(expected))
})
