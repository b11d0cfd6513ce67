import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type Candidate, matcherOf, nameOf, parseMatchSpec } from '../../src/lock/match-spec.ts'
import { parseVersion } from '../../src/lock/version.ts'
import { matchesGlob, parseVersionSpec } from '../../src/lock/version-spec.ts'

const matches = (spec: string, candidate: Partial<Candidate>): boolean => {
  const whole = { name: 'numpy', version: '1.7.1', build: 'py27_0', buildNumber: 0, ...candidate }
  return matcherOf(parseMatchSpec(spec)!)!(whole)
}

describe('parseMatchSpec', () => {
  // What conda 26 gives for these texts. One `=` with a build is exact, without one it means a prefix.
  it.each([
    ['numpy', 'numpy', '', null],
    ['NumPy', 'numpy', '', null],
    ['numpy 1.8', 'numpy', '1.8', null],
    ['numpy=1.8', 'numpy', '1.8.*', null],
    ['numpy =1.8', 'numpy', '1.8.*', null],
    ['numpy==1.8', 'numpy', '==1.8', null],
    ['numpy=1.8=py27_0', 'numpy', '1.8', 'py27_0'],
    ['numpy==1.8=py27_0', 'numpy', '==1.8', 'py27_0'],
    ['numpy 1.8 py27_0', 'numpy', '1.8', 'py27_0'],
    ['numpy >= 1.8 , < 2 | 1.9', 'numpy', '>=1.8,<2|1.9', null],
    ['jaxlib>=0.4.31=cuda12*', 'jaxlib', '>=0.4.31', 'cuda12*'],
    ['g=*=*cpu', 'g', '*', '*cpu'],
    ['python_abi 3.12.* *_cp312', 'python_abi', '3.12.*', '*_cp312'],
    ['blas * openblas', 'blas', '*', 'openblas'],
    ['foo >=1.0 *', 'foo', '>=1.0', null],
    ['numpy[version=">=1.2,<2",build=py*]', 'numpy', '>=1.2,<2', 'py*'],
    ['_x86_64-microarch-level >=1', '_x86_64-microarch-level', '>=1', null],
    ['numpy # why', 'numpy', '', null],
  ])('%s', (text, name, version, build) => expect(parseMatchSpec(text)).toMatchObject({ name, version, build }))

  it('reads channel, subdir and build number', () => {
    expect(parseMatchSpec('conda-forge::numpy=1')).toMatchObject({ channel: 'conda-forge', name: 'numpy' })
    expect(parseMatchSpec("numpy[subdir=linux-64,build_number='>=2']")).toMatchObject({
      subdir: 'linux-64',
      buildNumber: '>=2',
    })
    expect(['', '   ', '=1.0', '[version=1]'].map(parseMatchSpec)).toEqual([null, null, null, null])
  })

  // An expression that tries everything twice would take longer than the universe for these.
  it.each(['<', '=', '>=', ' ', '|', '*', '*a', '(', '[', 'a='])('ends soon for %j ten thousand times', (part) => {
    const text = `a${part.repeat(10_000)}!`
    const spec = parseMatchSpec(text)
    if (spec) matcherOf(spec)?.({ name: 'a', version: '1', build: 'b'.repeat(1000), buildNumber: 0 })
    expect(nameOf(text).startsWith('a')).toBe(true)
  })

  it('says the same name as nameOf, whatever the text', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z][a-z0-9_.-]{0,8}( ?[=<>!~]{1,2}[0-9.*a-z]{1,4}){0,2}$/), (text) => {
        const spec = parseMatchSpec(text)
        if (spec) expect(spec.name).toBe(nameOf(text))
      }),
    )
  })
})

describe('matcherOf', () => {
  // conda's own test_match.py, as facts: which of these take numpy-1.7.1-py27_0.
  it.each([
    ['numpy', true],
    ['numpy=1.7', true],
    ['numpy 1.7', false],
    ['numpy 1.7.1', true],
    ['numpy ==1.7.1', true],
    ['numpy ==1.7.1.0.0', true],
    ['numpy 1.7*', true],
    ['numpy 1.7.*', true],
    ['numpy 1.*.1', true],
    ['numpy 1.8*', false],
    ['numpy >=1.7', true],
    ['numpy >=1.7,<1.8', true],
    ['numpy >=1.8|1.7*', true],
    ['numpy >=1.8|1.7', false],
    ['numpy (>=1.8|1.7*),!=1.7.2', true],
    ['numpy (>=1.8|1.7*),!=1.7.1', false],
    ['numpy ~=1.7', true],
    ['numpy ~=1.7.0', true],
    ['numpy ~=1.6.5', false],
    ['numpy !=1.7.*', false],
    ['numpy !=1.7', true],
    ['numpy 1.7.1 py27_0', true],
    ['numpy 1.7.1 py26_0', false],
    ['numpy >=1.7,<1.8 py27*', true],
    ['numpy * *_0', true],
    ['numpy[build_number=0]', true],
    ['numpy[build_number=">0"]', false],
    ['scipy', false],
  ])('%s: %s', (spec, expected) => expect(matches(spec, {})).toBe(expected))

  it.each([
    ['>=1.7,<2.0a0', '2.0.0rc1', false],
    ['<2.0a0', '2.0dev1', true],
    ['<2.0a0', '2.0.dev1', false],
    ['2.0rc1', '2.0.0rc1', false],
    ['>=2.28,<3.0.a0', '2.28', true],
    ['1.0', '1', true],
    ['>=2024a', '2025b', true],
    ['=1.1.1', '1.1.1w', true],
    ['>=3.0.8,<4.0a0', '3.6.0', true],
  ])('%s on %s: %s', (spec, version, expected) => {
    expect(parseVersionSpec(spec)!(parseVersion(version)!, version)).toBe(expected)
  })

  it.each(['>=', '~=1.0.*', '>=1.0,', '|1', '(1.0', '1.0)', '>=1..2', '=='])('takes %j for no constraint', (text) => {
    expect(parseVersionSpec(text)).toBeNull()
  })
})

describe('matchesGlob', () => {
  it('finds what a regular expression finds', () => {
    const letters = fc.string({ unit: fc.constantFrom('a', 'b', '_', '.'), maxLength: 8 })
    const pattern = fc.string({ unit: fc.constantFrom('a', 'b', '_', '.', '*'), maxLength: 6 })
    fc.assert(
      fc.property(pattern, letters, (glob, text) => {
        const expression = new RegExp(`^${glob.replaceAll('.', '\\.').replaceAll('*', '.*')}$`)
        expect(matchesGlob(glob, text)).toBe(expression.test(text))
      }),
      { numRuns: 500 },
    )
  })
})
