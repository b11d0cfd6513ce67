import { describe, expect, it } from '@jest/globals'
import { pipPlatform } from '../../src/lock/pip-platform.ts'
import { preferenceFile, readPylock } from '../../src/lock/pylock.ts'
import { dependenciesOf, readRequirements } from '../../src/lock/wheel-metadata.ts'
import { bestWheel } from '../../src/lock/wheel-rank.ts'

describe('the wheel that is taken', () => {
  // Facts: the order of packaging.tags for CPython 3.12; each list is from the best to the worst.
  it.each([
    [
      'linux-64',
      [
        'a-1-cp312-cp312-manylinux_2_28_x86_64',
        'a-1-cp312-cp312-manylinux2014_x86_64.manylinux_2_17_x86_64',
        'a-1-cp312-cp312-manylinux1_x86_64',
        'a-1-cp312-abi3-manylinux_2_28_x86_64',
        'a-1-cp312-none-manylinux_2_28_x86_64',
        'a-1-cp311-abi3-manylinux_2_28_x86_64',
        'a-1-cp37-abi3-manylinux_2_28_x86_64',
        'a-1-py3-none-manylinux_2_28_x86_64',
        'a-1-cp312-none-any',
        'a-1-2-py3-none-any',
        'a-1-1-py3-none-any',
        'a-1-py2.py3-none-any',
      ],
    ],
    [
      'osx-arm64',
      [
        'a-1-cp312-cp312-macosx_13_0_arm64',
        'a-1-cp312-cp312-macosx_11_0_arm64',
        'a-1-cp312-cp312-macosx_11_0_universal2',
        'a-1-cp312-cp312-macosx_10_9_universal2',
        'a-1-py3-none-any',
      ],
    ],
  ])('is the most special one on %s', (name, names) => {
    const { tags } = pipPlatform(name, [], '3.12.7')
    const wheels = names.map((file) => ({ url: `https://example.org/x/${file}.whl` }))
    for (let left = [...wheels]; left.length > 0; left = left.slice(1))
      expect(bestWheel([...left].reverse(), { python: '3.12.7', tags })).toBe(left[0])
    const other = [
      'cp313-cp313-any',
      'cp312-cp312-manylinux_2_28_ppc64le',
      'cp313-abi3-any',
      'py27-none-any',
      'cp312-cp312-win_amd64',
    ]
    expect(
      bestWheel(
        other.map((name) => ({ url: `https://example.org/a-1-${name}.whl` })),
        { python: '3.12.7', tags },
      ),
    ).toBeNull()
  })
})

describe('pylock.toml', () => {
  const hash = 'a'.repeat(64)
  const wheelLine = (url: string, sha256 = hash) => `wheels = [{ url = "${url}", hashes = { sha256 = "${sha256}" } }]`
  const entry = (line: string) => `lock-version = "1.0"\n[[packages]]\nname = "a"\nversion = "1"\n${line}\n`

  it('gives addresses without a login', () => {
    expect(readPylock(entry(wheelLine('https://me:secret@example.org/a.whl#x')))).toEqual([
      { name: 'a', version: '1', wheels: [{ url: 'https://example.org/a.whl', sha256: hash }] },
    ])
  })

  it.each([
    ['no TOML', 'packages = ['],
    ['no list', 'packages = 1'],
    ['no address', entry(wheelLine('nowhere'))],
    ['an odd hash', entry(wheelLine('https://example.org/a.whl', 'zz'))],
    ['no version', '[[packages]]\nname = "a"'],
  ])('with %s is uv’s fault, said as that', (_, text) => {
    expect(() => readPylock(text)).toThrow(/^uv’s answer cannot be read/)
  })

  it('of what is preferred is read back', () => {
    const odd = [
      { name: 'a"]\n[x', version: '1' },
      { name: 'b', version: '1"' },
    ]
    const text = preferenceFile([...odd, { name: 'a.b_c', version: '1.0rc1' }])
    expect(readPylock(text)).toEqual([{ name: 'a.b_c', version: '1.0rc1', wheels: [] }])
  })
})

describe('METADATA', () => {
  it('names what it needs, in the forms that wheels have', () => {
    const lines = [
      'Metadata-Version: 2.1',
      'Requires-Dist: Plain_Name',
      'Requires-Dist: old (>=1.0,<2)',
      'Requires-Dist: with[Extra_One,two] >= 1 ; python_version < "3.13"',
      'Requires-Dist: direct @ https://example.org/d.whl ; extra == "x"',
      'requires-dist: folded>=1,',
      '  <2',
      'Requires-Dist: ???',
      '',
      'Requires-Dist: in the description',
    ]
    expect(readRequirements(lines.join('\r\n'))).toEqual([
      { name: 'plain-name', extras: [], specifier: '', marker: null },
      { name: 'old', extras: [], specifier: '>=1.0,<2', marker: null },
      { name: 'with', extras: ['extra-one', 'two'], specifier: '>=1', marker: 'python_version < "3.13"' },
      { name: 'direct', extras: [], specifier: '', marker: 'extra == "x"' },
      { name: 'folded', extras: [], specifier: '>=1,<2', marker: null },
    ])
  })

  const environment = { sys_platform: 'linux', python_version: '3.9', python_full_version: '3.9.1' }
  const of = (name: string, ...lines: string[]) => ({
    name,
    requirements: readRequirements(lines.map((line) => `Requires-Dist: ${line}`).join('\n')),
  })

  it('counts with the extras that others ask for, however they are written, and through extras of its own', () => {
    const chosen = [
      of('app', 'lib[All_Of]>=1', "never ; extra == 'dev'"),
      of('lib', "lib[part] ; extra == 'all-of'", "deep>=2 ; extra == 'part'", "off ; extra == 'other'"),
      of('deep'),
    ]
    expect(Object.fromEntries(dependenciesOf(chosen, new Map(), environment))).toEqual({
      app: { lib: '>=1' },
      lib: { deep: '>=2' },
      deep: {},
    })
    expect(dependenciesOf(chosen, new Map([['app', ['dev']]]), environment).get('app')).toEqual({
      lib: '>=1',
      never: '*',
    })
  })

  // As text 3.10 is less than 3.9; and an environment without a variable says nothing against it.
  it('compares versions as versions', () => {
    const lines = [
      "a ; python_version < '3.10'",
      "b ; '3.10' <= python_version",
      "c ; platform_release >= '5'",
      "d ; python_version in '3.8 3.9'",
    ]
    expect(Object.keys(dependenciesOf([of('app', ...lines)], new Map(), environment).get('app') ?? {})).toEqual([
      'a',
      'c',
      'd',
    ])
  })

  it('with two lines for a name holds both', () => {
    const lines = ['a>=1', "a<3 ; sys_platform == 'linux'"]
    expect(dependenciesOf([of('app', ...lines)], new Map(), environment).get('app')).toEqual({ a: '>=1,<3' })
  })
})
