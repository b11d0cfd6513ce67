import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { dependenciesOf } from '../../src/lock/depends.ts'
import { readLock } from '../../src/lock/read-lock.ts'
import { toLock } from '../../src/lock/to-lock.ts'
import type { CondaRecord, CondaSpec, Lock, LockedPackage, LockSpec, PipSpec, Spec } from '../../src/lock/types.ts'
import { writeLock } from '../../src/lock/write-lock.ts'
import { realLock } from './real-locks.ts'

const origin = { file: 'environment.yml', line: 1 }

function conda(name: string, category = 'main'): CondaSpec {
  return { manager: 'conda', name, version: '', build: null, condaChannel: null, subdirectory: null, category, origin }
}

function pip(name: string, category = 'main'): PipSpec {
  return { manager: 'pip', name, version: '', extras: [], url: null, markers: null, hash: null, category, origin }
}

function record(name: string, depends: string[] = []): CondaRecord {
  const url = `https://conda.anaconda.org/conda-forge/noarch/${name}-1.0-0.conda`
  return {
    ...{ name, version: '1.0', build: '0', buildNumber: 0, subdir: 'noarch', url, md5: 'aa', sha256: 'bb', depends },
    ...{ constrains: [], size: 1, timestamp: null },
  }
}

function specOf(specs: Record<string, Spec[]>, more: Partial<LockSpec> = {}): LockSpec {
  return {
    sources: ['images/a/environment.yml', 'images/base/environment.yml'],
    channels: [{ url: 'conda-forge', usedEnvVars: [] }],
    platforms: Object.keys(specs),
    specs,
    ...{ virtualPackages: {}, pipRepositories: [] },
    ...more,
  }
}

function locked(specs: Spec[], records: CondaRecord[], more: Partial<Parameters<typeof toLock>[0]> = {}): Lock {
  const solved = { 'linux-64': { conda: records, pip: [] } }
  const spec = specOf({ 'linux-64': specs })
  return toLock({ spec, folder: 'images/a', solved, old: null, contentHash: { 'linux-64': 'h' }, ...more })
}

const categories = ({ packages }: Lock) => packages.map(({ name, category }) => `${name}:${category}`)

describe('toLock, real', () => {
  // Breaks with one constraint, one category, one package's order among 3,000 entries of four platforms.
  it.each(['pangeo-notebook', 'ml-notebook', 'base-notebook'])(
    '%s: its records give its lock, byte for byte',
    (name) => {
      const { lock } = realLock(name)
      const real = readLock(lock)
      const solved = Object.fromEntries(
        real.metadata.platforms.map((platform) => {
          const entries = real.packages.filter((entry) => entry.platform === platform)
          return [platform, { conda: entries.map(recordOf), pip: [] }]
        }),
      )
      const specs = real.metadata.sources
        .flatMap((source) => namesOf(join('images', name, source)))
        .map((text) => conda(text))
      const { contentHash, platforms } = real.metadata
      const sources = real.metadata.sources.map((source) => join('images', name, source))
      const spec = specOf(Object.fromEntries(platforms.map((platform) => [platform, specs])), { sources })
      const made = toLock({ spec, folder: `images/${name}`, solved, old: null, contentHash })
      expect(writeLock(made)).toBe(lock)
    },
  )
})

function namesOf(file: string): string[] {
  const { dependencies } = parse(readFileSync(join(import.meta.dirname, '../..', file), 'utf8'))
  return (dependencies as string[]).map((text) => /(?:.*::)?([\w.-]+)/.exec(text)?.[1] ?? '')
}

/** A record that an entry may have been made from: other order, builds where conda-lock drops them. */
function recordOf({ name, version, url, hash, dependencies }: LockedPackage): CondaRecord {
  const depends = Object.entries(dependencies).map(([needed, constraint]) =>
    constraint.startsWith('==') ? `${needed} ${constraint} *_0` : `${needed} ${constraint}`.trim(),
  )
  return { ...record(name, depends.reverse()), version, url, md5: hash.md5 ?? null, sha256: hash.sha256 ?? null }
}

describe('toLock', () => {
  it('spreads categories along dependencies: main alone where main needs it, else one entry each, none where nobody does', () => {
    const records = [
      record('app', ['shared >=1']),
      record('black', ['shared', 'click', '__unix']),
      record('sphinx', ['click']),
      record('shared', ['app']),
      record('click'),
      record('stray'),
      record('__unix'),
    ]
    const lock = locked([conda('app'), conda('black', 'dev'), conda('sphinx', 'docs')], records)
    expect(categories(lock)).toEqual(['app:main', 'black:dev', 'click:dev', 'click:docs', 'shared:main', 'sphinx:docs'])
    expect(lock.packages.filter((entry) => entry.optional).length).toBe(4)
  })

  it('finds what pip packages need among conda packages, by their names on PyPI', () => {
    const wheel = { version: '1', url: 'https://p.org/a.whl', sha256: null }
    const lock = locked(
      [conda('python'), conda('tool', 'dev'), pip('top')],
      [record('python'), record('tool', ['py_lib']), record('py_lib', ['deep']), record('deep')],
      {
        solved: {
          'linux-64': {
            conda: [record('python'), record('tool', ['py_lib']), record('py_lib', ['deep']), record('deep')],
            pip: [
              { ...wheel, name: 'top', dependencies: { 'lib-on-pypi': '>=1', sub_part: '' } },
              { ...wheel, name: 'sub-part', dependencies: { absent: '*' } },
            ],
          },
        },
        pypiNames: new Map([['py_lib', 'Lib_on.PyPI']]),
      },
    )
    expect(categories(lock)).toEqual([
      'deep:main',
      'py_lib:main',
      'python:main',
      'tool:dev',
      'sub-part:main',
      'top:main',
    ])
    expect(lock.packages.at(-1)).toMatchObject({
      manager: 'pip',
      hash: {},
      dependencies: { 'lib-on-pypi': '>=1', sub_part: '' },
    })
  })

  it('merges with the lock that is there: platforms sorted, hashes and sources added, other platforms kept', () => {
    const first = locked([conda('a')], [record('a')])
    const old: Lock = {
      metadata: {
        ...first.metadata,
        sources: ['old.yml', 'environment.yml'],
        timeMetadata: { created_at: 'x' },
        customMetadata: { k: 'v' },
      },
      packages: [
        ...first.packages,
        { ...first.packages[0]!, name: 'gone' },
        { ...first.packages[0]!, platform: 'win-64' },
      ],
    }
    const spec = specOf({ 'osx-64': [conda('a')], 'linux-64': [conda('a')] })
    const answer = { conda: [record('a')], pip: [] }
    const merged = toLock({
      spec,
      folder: 'images/a',
      solved: { 'osx-64': answer, 'linux-64': answer },
      old,
      contentHash: { 'osx-64': 'new' },
    })
    expect(merged.metadata).toEqual({
      contentHash: { 'linux-64': 'h', 'osx-64': 'new' },
      channels: spec.channels,
      platforms: ['linux-64', 'osx-64'],
      sources: ['old.yml', 'environment.yml', '../base/environment.yml'],
      customMetadata: { k: 'v' },
    })
    expect(merged.packages.map(({ name, platform }) => `${name} ${platform}`)).toEqual([
      'a linux-64',
      'a osx-64',
      'a win-64',
    ])
  })

  it('keeps the platforms in the order asked for on a first lock', () => {
    const spec = specOf({ 'osx-64': [], 'linux-64': [] })
    const made = toLock({ spec, folder: '', solved: {}, old: null, contentHash: {} })
    expect(made.metadata.platforms).toEqual(['osx-64', 'linux-64'])
    expect(made.metadata.sources).toEqual(['images/a/environment.yml', 'images/base/environment.yml'])
  })

  it('refuses to mix the packages of two sets of channels, but not a lock whose `nodefaults` was written as one', () => {
    const first = locked([conda('a')], [record('a')])
    const withChannels = (...urls: string[]): Lock => ({
      metadata: { ...first.metadata, channels: urls.map((url) => ({ url, usedEnvVars: [] })) },
      packages: first.packages,
    })
    const relock = (old: Lock, platform: string) =>
      locked([], [], { old, spec: specOf({ [platform]: [] }), solved: { [platform]: { conda: [], pip: [] } } })
    expect(() => relock(withChannels('defaults'), 'osx-64')).toThrow(
      'the channels changed from defaults to conda-forge',
    )
    expect(relock(withChannels('conda-forge', 'nodefaults'), 'osx-64').packages.length).toBe(1)
    expect(relock(withChannels('defaults'), 'linux-64').metadata.channels).toEqual(first.metadata.channels)
  })

  it('refuses a package without md5', () => {
    expect(() => locked([conda('a')], [{ ...record('a'), md5: null }])).toThrow('a 1.0 for linux-64 has no md5')
  })
})

describe('dependenciesOf', () => {
  // Expected values are conda 25's own (conda-lock's vendored copy).
  it.each([
    [
      ['python >=3.12,<3.13.0a0', 'python_abi 3.12.* *_cp312', '__glibc >=2.17,<3.0.a0', '__unix', 'libfoo'],
      { python: '>=3.12,<3.13.0a0', python_abi: '3.12.*', __glibc: '>=2.17,<3.0.a0', __unix: '', libfoo: '' },
    ],
    [['numpy 1.19.*', 'numpy >=1.19.2,<2'], { numpy: '1.19.*,>=1.19.2,<2' }],
    [['a >=1', 'a'], { a: '>=1' }],
    [['a <3', 'a >=1', 'a !=2'], { a: '!=2,<3,>=1' }],
    [['a 1.*', 'b=1.2', 'c ==1.2', 'd 1.2|>=2', 'E'], { a: '1.*', b: '1.2.*', c: '1.2', d: '1.2|>=2', e: '' }],
    [['odd >=1 and more words'], { odd: '>=1' }],
  ])('%p', (depends, expected) => {
    expect(dependenciesOf(depends)).toEqual(expected)
  })
})
