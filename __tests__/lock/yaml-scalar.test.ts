import { describe, expect, it } from '@jest/globals'
import { isTyped, writeScalar } from '../../src/lock/yaml-scalar.ts'
import { fixture } from './real-locks.ts'

describe('writeScalar', () => {
  // One rule of quoting, folding or escaping that differs from PyYAML's shows here; line breaks are ours.
  it('writes 9,000 scalars, those of real locks and random ones, as PyYAML does', () => {
    const vectors = fixture('scalars') as [text: string, keyLength: number, yaml: string][]
    const different = vectors.filter(([text, keyLength, yaml]) => {
      const written = `- x:\n    ${'k'.repeat(keyLength)}: ${writeScalar(text, 4 + keyLength + 2, 6)}\n`
      return written.replace(/: \n$/, ':\n') !== yaml
    })
    expect(different).toEqual([])
    expect(vectors.length).toBeGreaterThan(9000)
  })

  it.each(['0.1', '711', '2_6_6', '1:30', '2024-01-02', 'yes', 'null', '', '~', '.inf', '0x1f', '1.', '<<', '='])(
    'quotes %p: YAML 1.1 reads it as no string',
    (text) => {
      expect(isTyped(text)).toBe(true)
      expect(writeScalar(text)).toBe(`'${text}'`)
    },
  )

  it.each(['1e10', '08', 'y', '2022.12.7', '1!164.3095', '2023c', '<2', '=1.2', '~=1.0', '1.*', '2024-1-2'])(
    'leaves %p plain',
    (text) => {
      expect(writeScalar(text)).toBe(text)
    },
  )

  it('writes a line break so that every reader gets it back', () => {
    expect(writeScalar('a\nb')).toBe('"a\\nb"')
  })
})
