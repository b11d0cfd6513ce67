import { describe, expect, it } from '@jest/globals'
import { readChannel, readSpecChannel } from '../../src/lock/conda-channel.ts'
import { readCondaSpec } from '../../src/lock/conda-spec.ts'
import { BadSpec } from '../../src/lock/conda-version-text.ts'
import { markerHolds } from '../../src/lock/pip-marker.ts'
import { readPipRequirement } from '../../src/lock/pip-requirement.ts'
import { fixture } from './lock-specs.ts'

interface Readings {
  readonly specs: [string, Record<string, unknown> | null][]
  readonly requirements: [string, Record<string, unknown> | null][]
}
const readings = fixture<Readings>('readings.json')

/** Files in the place of a spec, names that are patterns: conda-lock takes them, and no package could be named. */
const refusedSpecs = ['*', 'na*me', 'foo@', 'numpy=^1\\.2$', 'foo-1.0-0.tar.bz2']
const refused = new Set([...refusedSpecs, 'https://conda.anaconda.org/conda-forge/linux-64/foo-1.0-0.conda'])

describe('readCondaSpec', () => {
  // Broken by: any text that is not conda's own, for it goes into the content hash.
  it.each(readings.specs.filter(([text]) => !refused.has(text)))('reads %j as conda does', (text, expected) => {
    if (expected === null) expect(() => readCondaSpec(text)).toThrow(BadSpec)
    else {
      const { name, version, build, condaChannel } = readCondaSpec(text)
      expect({ name, version, build, conda_channel: condaChannel }).toEqual(expected)
    }
  })

  it.each([...refused])('refuses %j', (text) => {
    expect(() => readCondaSpec(text)).toThrow(BadSpec)
  })

  // Broken by: a spec that makes an expression run for ever, or a stack overflow.
  it.each([
    'a '.repeat(400),
    `a${'='.repeat(900)}`,
    `a ${'('.repeat(900)}`,
    `a[${'x='.repeat(400)}]`,
    `a ${'1|'.repeat(450)}`,
  ])('ends soon on a hostile spec', (text) => {
    try {
      expect(readCondaSpec(text).name).toBe('a')
    } catch (error) {
      expect(error).toBeInstanceOf(BadSpec)
    }
  })

  it('refuses a spec that is too long', () => {
    expect(() => readCondaSpec(`a${'b'.repeat(1000)}`)).toThrow('longer than 1000')
  })
})

describe('readPipRequirement', () => {
  /** Markers that a later version of conda-lock's evaluator fails at, and a version that stands there twice. */
  const ours = new Set([
    'foo==1.0,==1.0.0',
    'foo; sys_platform == "linux" or sys_platform == "darwin"',
    "foo; 'linux' == sys_platform",
    'foo[x] @ git+https://github.com/o/r.git@v1',
  ])

  // Broken by: another name, version, marker or extra than conda-lock's.
  it.each(readings.requirements.filter(([text]) => !ours.has(text)))(
    'reads %j as conda-lock does',
    (text, expected) => {
      const read = () => {
        const { name, version, extras, markers, hash, url } = readPipRequirement(text)
        const on = ['linux-64', 'osx-64', 'win-64'].filter((platform) => !markers || markerHolds(markers, platform))
        return { name, version: url ? null : version.replace('===', '==') || '*', extras, markers, hash, on }
      }
      if (expected === null) expect(read).toThrow(BadSpec)
      else expect(read()).toEqual(expected)
    },
  )

  it('keeps where a requirement comes from', () => {
    expect(readPipRequirement('git+https://github.com/o/r.git@main').url).toBe('git+https://github.com/o/r.git@main')
    expect(readPipRequirement('Foo_Bar @ file:///x/y.whl')).toMatchObject({ name: 'foo-bar', url: 'file:///x/y.whl' })
    expect(readPipRequirement('Foo_Bar>1')).toMatchObject({ name: 'foo-bar', writtenName: 'foo_bar', url: null })
  })
})

describe('markerHolds', () => {
  it.each([
    ['sys_platform == "linux" or sys_platform == "darwin"', true, true, false],
    ["'linux' == sys_platform", true, false, false],
    ['platform_system != "Linux" and (os_name == "nt" or python_version < "3")', false, true, true],
    ['python_version < "3"', true, true, true],
    ['sys_platform not   in "linux"', false, true, true],
  ])('knows %s', (marker, ...expected) => {
    expect(['linux-64', 'osx-arm64', 'win-64'].map((platform) => markerHolds(marker, platform))).toEqual(expected)
  })

  it.each([
    '(',
    'a',
    'a ==',
    '== "b"',
    'a == b c == d',
    `${'('.repeat(500)}a == "b"${')'.repeat(500)}`,
    'a b c',
    'and or in',
  ])('refuses %j', (marker) => {
    expect(() => markerHolds(marker, 'linux-64')).toThrow(BadSpec)
  })
})

describe('readChannel', () => {
  // Broken by: a secret that reaches a lock, a variable that is not listed.
  it.each([
    ['conda-forge', 'conda-forge', []],
    ['HTTPS://x.org/a', 'https://x.org/a', []],
    ['https://$USER_X:${PASS_X}@x.org/a', 'https://${USER_X}:${PASS_X}@x.org/a', ['PASS_X', 'USER_X']],
    ['https://x.org/t/$TOKEN_X/a', 'https://x.org/t/${TOKEN_X}/a', ['TOKEN_X']],
  ])('writes %s as conda-lock does', (text, url, usedEnvVars) => {
    expect(readChannel(text)).toEqual({ url, usedEnvVars })
  })

  it.each(['https://me:secret@x.org/a', 'https://me@x.org/a', 'https://x.org/t/tk-123/a', 'https://$A:secret@x.org'])(
    'refuses a secret: %s',
    (text) => {
      expect(readChannel(text)).toBeNull()
    },
  )

  it.each([
    ['conda-forge/linux-64', 'conda-forge', 'linux-64'],
    ['https://conda.anaconda.org/t/x/a/label/dev', 'a/label/dev', null],
    ['pkgs/main', 'defaults', null],
  ])('names %s by its path', (text, name, subdir) => {
    expect(readSpecChannel(text)).toEqual({ name, subdir })
  })
})
