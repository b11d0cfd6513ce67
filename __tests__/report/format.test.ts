import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  count,
  formatBytes,
  formatClock,
  formatDuration,
  formatShare,
  formatSize,
  shortDigest,
  stepPlace,
} from '../../src/report/format.ts'
import { createStep } from './sample.ts'

it.each([
  [0, '0.0 s'],
  [-5, '0.0 s'],
  [449, '0.4 s'],
  [9949, '9.9 s'],
  [9950, '10 s'],
  [41_000, '41 s'],
  [59_600, '1 m 00 s'],
  [182_000, '3 m 02 s'],
  [3_599_900, '1 h 00 m'],
  [3_900_000, '1 h 05 m'],
])('formatDuration(%i) is %s', (milliseconds, expected) => {
  expect(formatDuration(milliseconds)).toBe(expected)
})

it.each([
  [0, '0:00'],
  [102_900, '1:42'],
  [3_723_000, '1:02:03'],
])('formatClock(%i) is %s', (milliseconds, expected) => {
  expect(formatClock(milliseconds)).toBe(expected)
})

describe('formatBytes', () => {
  it.each([
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [412_000_000, '412 MB'],
    [999_600_000, '1.0 GB'],
    [4_100_000_000, '4.1 GB'],
    [9_960_000_000, '10 GB'],
    [5e15, '5000 TB'],
  ])('%d is %s', (bytes, expected) => {
    expect(formatBytes(bytes)).toBe(expected)
  })

  it('is never longer than three digits and a unit', () => {
    fc.assert(
      fc.property(fc.nat(1e12), (bytes) => expect(formatBytes(bytes)).toMatch(/^(\d{1,3}|\d\.\d) (B|kB|MB|GB|TB)$/)),
    )
  })
})

it.each([
  [100, null, '100 B'],
  [100, 100, '100 B'],
  [4_100_000_000, 4_062_000_000, '4.1 GB (+38 MB)'],
  [100, 150, '100 B (−50 B)'],
])('formatSize(%d, %p) is %s', (bytes, before, expected) => {
  expect(formatSize(bytes, before)).toBe(expected)
})

it.each([
  [0, '0 %'],
  [0.001, '1 %'],
  [0.612, '61 %'],
  [0.999, '99 %'],
  [1, '100 %'],
])('formatShare(%d) is %s', (share, expected) => {
  expect(formatShare(share)).toBe(expected)
})

it.each([
  [`sha256:${'0123456789abcdef'.repeat(4)}`, 'sha256:0123456789ab…'],
  ['sha256:abc', 'sha256:abc'],
  ['odd', 'odd'],
])('shortDigest(%s)', (digest, expected) => {
  expect(shortDigest(digest)).toBe(expected)
})

it('stepPlace names stage and platform where there are several', () => {
  expect(stepPlace(createStep(3, 'RUN x'))).toBe('3/7')
  expect(stepPlace(createStep(3, 'RUN x', { stage: 'tools', platform: 'linux/arm64' }))).toBe('tools 3/7, linux/arm64')
  expect(stepPlace(createStep(3, 'RUN x', { number: null }))).toBe('')
})

it('count knows the plural', () => {
  expect([count(0, 'image'), count(1, 'image'), count(2, 'image')]).toEqual(['0 images', '1 image', '2 images'])
})
