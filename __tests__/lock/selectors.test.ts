import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { knownPlatforms, selectLines, selectorOf } from '../../src/lock/selectors.ts'

/** conda-build's own expression, which takes too long on a hostile line. */
const expression = /^(.+?)\s*(#.*)\[([^[\]]+)\]([^()]*)$/

describe('selectorOf', () => {
  // Broken by: another end of a selector, a parenthesis or a bracket that is passed over.
  it('finds what the expression of conda-build finds', () => {
    const line = fc.string({ unit: fc.constantFrom('#', '[', ']', '(', ')', 'a', ' '), maxLength: 14 })
    fc.assert(
      fc.property(line, (text) => {
        expect(selectorOf(text)).toBe(expression.exec(text)?.[3] ?? null)
      }),
      { numRuns: 3000 },
    )
  })

  // Broken by: going back and forth on it; this line would take years.
  it('reads a hostile line in one walk', () => {
    expect(selectorOf(`a${' #['.repeat(200_000)}`)).toBeNull()
    expect(selectorOf(`a #${'[x]('.repeat(200_000)}`)).toBeNull()
  })
})

describe('selectLines', () => {
  const text = ['- a', '# [linux]', '- b  # [osx]', '- c  # [linux64]', '  # - d', '- e  # [not linux]'].join('\n')

  // Broken by: a comment that counts as a line, lines counted anew.
  it('keeps the lines of a platform and where they stood', () => {
    expect(selectLines(text, 'linux-64')).toEqual({ text: '- a\n- c  # [linux64]', lines: [1, 4], filtered: true })
    expect(selectLines(text, 'osx-arm64')).toEqual({ text: '- a\n- b  # [osx]', lines: [1, 3], filtered: true })
  })

  it('says when a platform sees what all see', () => {
    for (const platform of knownPlatforms) expect(selectLines('- a # why\n# - b', platform).filtered).toBe(false)
  })

  // Broken by: a selector that holds for a platform it does not name.
  it.each([
    ['linux-64', ['linux64', 'linux', 'unix']],
    ['linux-aarch64', ['aarch64', 'linux', 'unix']],
    ['linux-ppc64le', ['ppc64le', 'linux', 'unix']],
    ['osx-64', ['osx64', 'osx', 'unix']],
    ['osx-arm64', ['arm64', 'osx', 'unix']],
    ['win-64', ['win', 'win64']],
  ])('knows the words of %s', (platform, words) => {
    const all = [
      'linux64',
      'aarch64',
      'linux',
      'osx64',
      'arm64',
      'osx',
      'unix',
      'win',
      'win64',
      'ppc64le',
      'LINUX',
      ' linux',
    ]
    const kept = all.filter((word) => selectLines(`- a # [${word}]`, platform).text !== '')
    expect(kept.sort()).toEqual([...words].sort())
  })

  // Broken by: any change of a line that is kept.
  it('gives lines of the file, in order, for any text', () => {
    const line = fc.constantFrom('- a', '- b # [linux]', '- c # [osx]', '# x', '', '  - d#[win]', 'e: [f] # (g)[unix]')
    fc.assert(
      fc.property(fc.array(line), fc.constantFrom(...knownPlatforms), (lines, platform) => {
        const selected = selectLines(lines.join('\n'), platform)
        const kept = selected.lines.map((number) => lines[number - 1])
        expect(selected.text).toBe(kept.join('\n'))
        expect(selected.lines).toEqual([...selected.lines].sort((a, b) => a - b))
      }),
    )
  })
})
