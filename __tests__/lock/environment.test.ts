import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { ActionError } from '../../src/errors.ts'
import { readEnvironment } from '../../src/lock/environment.ts'
import { readVirtualPackages, virtualPackagesForSolve } from '../../src/lock/virtual-packages.ts'
import { environment } from './lock-specs.ts'

const file = 'a/environment.yml'
const read = (text: string) => readEnvironment({ file, text })
const failure = (text: string): ActionError => {
  try {
    read(text).specs('linux-64')
  } catch (error) {
    if (error instanceof ActionError) return error
    throw error
  }
  throw new Error('it was read')
}

describe('readEnvironment', () => {
  it('gives what the file says of a lock', () => {
    const text = [
      'name: pangeo',
      'channels:',
      '  - conda-forge',
      '  - nodefaults',
      'platforms: [linux-64, osx-arm64]',
      'category: dev',
      'pip-repositories: [https://example.com/simple]',
      'allow-pypi-requests: false',
      'dependencies:',
      '  # a comment',
      '  - conda-forge::dask =2024.1  # why',
      '  - pip:',
      '    - Foo_Bar[x]>=1 ; sys_platform == "linux"',
    ].join('\n')
    const { specs, ...rest } = read(text)
    expect(rest).toEqual({
      file,
      channels: [
        { url: 'conda-forge', usedEnvVars: [] },
        { url: 'nodefaults', usedEnvVars: [] },
      ],
      platforms: ['linux-64', 'osx-arm64'],
      category: 'dev',
      pipRepositories: ['https://example.com/simple'],
      allowPypiRequests: false,
    })
    expect(specs('linux-64')).toEqual([
      {
        manager: 'conda',
        name: 'dask',
        version: '2024.1.*',
        build: null,
        condaChannel: 'conda-forge',
        subdirectory: null,
        category: 'dev',
        origin: { file, line: 11 },
      },
      {
        manager: 'pip',
        name: 'foo-bar',
        writtenName: 'foo_bar',
        version: '>=1',
        extras: ['x'],
        url: null,
        markers: 'sys_platform == "linux"',
        hash: null,
        category: 'dev',
        origin: { file, line: 13 },
      },
      expect.objectContaining({
        manager: 'conda',
        name: 'pip',
        version: '*',
        category: 'main',
        origin: { file, line: 12 },
      }),
    ])
    expect(specs('osx-arm64').map(({ name }) => name)).toEqual(['dask', 'pip'])
  })

  // Broken by: a line counted in the text that a selector has shortened.
  it('keeps the line of each spec where selectors take others away', () => {
    const text = environment('# one\n- a # [osx]\n- b\n# two\n- c # [linux]\n- d')
    expect(
      read(text)
        .specs('linux-64')
        .map(({ name, origin }) => [name, origin.line]),
    ).toEqual([
      ['b', 5],
      ['c', 7],
      ['d', 8],
    ])
    expect(
      read(text)
        .specs('osx-64')
        .map(({ origin }) => origin.line),
    ).toEqual([4, 5, 8])
  })

  // Broken by: an error without its place, or one that says nothing to do.
  it.each([
    ['a spec', environment('- a\n- b=1..2'), /^a\/environment\.yml:4: `b=1\.\.2` is no conda spec: /],
    ['a spec behind a selector', environment('- a # [osx]\n- b=1..2'), /^a\/environment\.yml:4: /],
    [
      'a requirement',
      environment('- pip:\n  - a\n  - -r x.txt'),
      /^a\/environment\.yml:5: `-r x\.txt` is no requirement: /,
    ],
    ['a marker', environment('- pip:\n  - a; b'), /^a\/environment\.yml:4: `a; b` is no requirement: /],
    ['a secret', 'channels:\n- conda-forge\n- https://me:pw@x.org/a\ndependencies: [a]', /^a\/environment\.yml:3: /],
    ['YAML', 'channels: [a\ndependencies: [a]', /^a\/environment\.yml:\d: /],
    ['a merge key', 'x: &x {channels: [a]}\n<<: *x\ndependencies: [a]', /^a\/environment\.yml:2: merge keys/],
    ['two documents', 'dependencies: [a]\n---\ndependencies: [b]', /^a\/environment\.yml:\d: /],
    ['an alias of nothing', 'dependencies: [*a]', /^a\/environment\.yml:1: /],
    ['an alias of a list', environment('- &l [a]\n- *l'), /^a\/environment\.yml:3: /],
    ['a word for truth', environment('- yes'), /^a\/environment\.yml:3: a dependency is not text/],
    [
      'a line break in a text',
      environment('- pip:\n  - "a\\n--index-url https://x"'),
      /^a\/environment\.yml:4: a requirement holds a tab/,
    ],
    ['a tab', environment('- a\t1'), /^a\/environment\.yml:3: a dependency holds a tab/],
    ['an empty file', '', /^a\/environment\.yml:1: /],
    ['a list', '- a', /^a\/environment\.yml:1: /],
    ['a long file', `#${'x'.repeat(300_000)}`, /^a\/environment\.yml:1: longer than 256 KiB/],
  ])('says where %s is wrong', (_, text, message) => {
    const error = failure(text)
    expect(error.code).toBe('lock')
    expect(error.message).toMatch(message)
    expect(error.message).not.toContain('pw@')
    expect(error.details.join('')).not.toBe('')
  })

  // Broken by: multiplying aliases out, reading levels without end, keys that JavaScript gives a meaning.
  it.each([
    [
      'aliases of aliases',
      `a: &a [x,x]\n${'bcdefghijklmnop'.replace(/./g, (k) => `${k}: &${k} [*${String.fromCharCode(k.charCodeAt(0) - 1)},*${String.fromCharCode(k.charCodeAt(0) - 1)}]\n`)}dependencies: [a]`,
    ],
    ['an alias within itself', 'dependencies: [a]\nx: &x [*x]'],
    ['__proto__', '__proto__: {channels: [evil]}\nconstructor: 1\ndependencies: [a]'],
  ])('is not harmed by %s', (_, text) => {
    const { channels, specs } = read(text)
    expect(channels).toEqual([])
    expect(specs('linux-64').map(({ name }) => name)).toEqual(['a'])
  })

  it.each([
    ['brackets', '['.repeat(20_000)],
    ['dashes', '- '.repeat(20_000)],
    ['questions', '? '.repeat(20_000)],
    ['keys', Array.from({ length: 5_000 }, (_, at) => `${' '.repeat(Math.min(at, 20))}a:\n`).join('')],
  ])('refuses endless %s', (_, text) => {
    expect(failure(text).code).toBe('lock')
  })

  // Broken by: an exception that is not ours, for whatever a pull request writes.
  it('reads any text or says what is wrong', () => {
    const piece = fc.constantFrom(
      'dependencies',
      'channels',
      'pip',
      ':',
      ' ',
      '\n',
      '- ',
      '  ',
      'a',
      '=1',
      '[',
      ']',
      '{',
      '}',
      '"',
      '&x',
      '*x',
      '#',
      '[linux]',
      '|',
      '!!str',
      '\t',
      '@',
      ';',
      '>',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        try {
          read(pieces.join('')).specs('linux-64')
        } catch (error) {
          expect(error).toBeInstanceOf(ActionError)
        }
      }),
      { numRuns: 2000 },
    )
  })
})

describe('readVirtualPackages', () => {
  const machine = (text: string) => readVirtualPackages({ file: 'v.yml', text })

  it('reads versions and build strings', () => {
    const text =
      'subdirs:\n  linux-64:\n    packages: {__cuda: "12.0", __archspec: "1 zen2"}\n  other:\n    packages: 1\n'
    expect(machine(text)).toEqual({
      'linux-64': [
        { name: '__cuda', version: '12.0', build: '0' },
        { name: '__archspec', version: '1', build: 'zen2' },
      ],
    })
  })

  it.each([
    ['subdirs:\n  linux-64:\n    packages:\n      cuda: "1"', 'v.yml:4: cuda is not a virtual package'],
    ['subdirs:\n  linux-64:\n    packages:\n      __glibc: 2.17', 'v.yml:4: the version of __glibc is not text'],
    ['subdirs:\n  linux-64: {}', 'v.yml:2: a platform without packages'],
    ['{}', 'v.yml:1: no subdirs'],
  ])('says what is wrong with %j', (text, message) => {
    expect(() => machine(text)).toThrow(message)
  })

  // Broken by: a solve on a machine that has a graphics card but no C library.
  it('completes the set for a solve', () => {
    const names = virtualPackagesForSolve(
      'linux-64',
      machine('subdirs: {linux-64: {packages: {__cuda: "12.0"}}}')['linux-64'] ?? [],
    )
    expect(names.map(({ name, version }) => `${name} ${version}`).sort()).toEqual([
      '__archspec 1',
      '__cuda 12.0',
      '__glibc 2.28',
      '__linux 5.10',
      '__unix 0',
    ])
  })
})
