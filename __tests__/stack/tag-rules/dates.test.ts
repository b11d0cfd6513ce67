import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { dateTokens, formatDate, isTimeZone, unknownToken } from '../../../src/stack/tag-rules/dates.ts'

const moment = Date.parse('2026-11-21T05:06:07.089Z')

describe('formats of dates', () => {
  test.each([
    ['YYYY YY Q', '2026 26 4'],
    ['MMMM MMM MM M', 'November Nov 11 11'],
    ['DDDD DDD DD D Do', '325 325 21 21 21st'],
    ['dddd ddd dd d', 'Saturday Sat Sa 6'],
    ['GGGG [W]WW W', '2026 W47 47'],
    ['HH H hh h kk k A a', '05 5 05 5 05 5 AM am'],
    ['mm m ss s SSS', '06 6 07 7 089'],
    ['Z ZZ X x', '+00:00 +0000 1795237567 1795237567089'],
    ['[YYYY] T-_.', 'YYYY T-_.'],
    ['YYYYMMDDHHmmss', '20261121050607'],
    ['hmm', '506'],
    ['', ''],
  ])('%s → %s', (format, expected) => {
    expect(unknownToken(format)).toBeNull()
    expect(formatDate(moment, format, null)).toBe(expected)
  })

  test.each([
    ['2021-01-03', 'GGGG-WW', '2020-53'],
    ['2024-12-30', 'GGGG-WW', '2025-01'],
    ['2024-12-31', 'DDDD', '366'],
    ['2026-01-01', 'DDDD DDD', '001 1'],
    ['2026-01-02', 'Do', '2nd'],
    ['2026-01-13', 'Do', '13th'],
    ['2026-06-30', 'YYYY.Q', '2026.2'],
  ])('%s as %s is %s', (day, format, expected) => {
    expect(formatDate(Date.parse(day), format, null)).toBe(expected)
  })

  test.each([
    ['UTC', '2026-11-21 05:06 +00:00'],
    ['Asia/Tokyo', '2026-11-21 14:06 +09:00'],
    ['America/New_York', '2026-11-21 00:06 -05:00'],
    ['Asia/Kathmandu', '2026-11-21 10:51 +05:45'],
    ['America/Los_Angeles', '2026-11-20 21:06 -08:00'],
  ])('%s: %s', (zone, expected) => {
    expect(isTimeZone(zone)).toBe(true)
    expect(formatDate(moment, 'YYYY-MM-DD HH:mm Z', zone)).toBe(expected)
  })

  test('an instant is the same in every zone', () => {
    expect(formatDate(moment, 'X x', 'Asia/Tokyo')).toBe('1795237567 1795237567089')
  })

  test('daylight saving counts', () => {
    expect(formatDate(Date.parse('2026-07-01T12:00:00Z'), 'HH Z', 'Europe/Berlin')).toBe('14 +02:00')
    expect(formatDate(Date.parse('2026-12-01T12:00:00Z'), 'HH Z', 'Europe/Berlin')).toBe('13 +01:00')
    // The hour that comes twice: first in summer time, then in winter time.
    expect(formatDate(Date.parse('2026-10-25T00:30:00Z'), 'HH:mm Z', 'Europe/Berlin')).toBe('02:30 +02:00')
    expect(formatDate(Date.parse('2026-10-25T01:30:00Z'), 'HH:mm Z', 'Europe/Berlin')).toBe('02:30 +01:00')
  })

  test('no zone of that name', () => {
    expect(['Mars/Base', '', 'Asia/Tokyo; rm'].map(isTimeZone)).toEqual([false, false, false])
  })

  test('any format of known tokens is digits, letters and what stands between', () => {
    const token = fc.constantFrom(...dateTokens)
    const instant = fc.integer({ min: 0, max: Date.parse('2100-01-01') })
    fc.assert(
      fc.property(instant, fc.array(token, { minLength: 1 }), (time, tokens) => {
        const found = formatDate(time, tokens.join('.'), 'Asia/Tokyo').split('.')
        expect(found).toHaveLength(tokens.length)
        expect(found).toEqual(tokens.map((one) => formatDate(time, one, 'Asia/Tokyo')))
      }),
    )
  })
})
