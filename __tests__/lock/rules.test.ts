import { describe, expect, it } from '@jest/globals'
import { renderExplicit } from '../../src/lock/explicit.ts'
import { renderPackages } from '../../src/lock/packages-list.ts'
import { readLock } from '../../src/lock/read-lock.ts'
import { checkRules } from '../../src/lock/rules.ts'
import type { LockRules } from '../../src/lock/rules-types.ts'
import type { Lock, LockedPackage } from '../../src/lock/types.ts'
import { writeLock } from '../../src/lock/write-lock.ts'
import { generations, realLock } from './real-locks.ts'

const allowed = { allowedChannels: ['conda-forge'], allowedHosts: ['files.pythonhosted.org'] }

interface Texts {
  readonly lock: string
  readonly explicit: string
  readonly packages: string
}

function check(texts: Texts, more: Partial<LockRules> = {}) {
  return checkRules(
    { file: 'a/conda-lock.yml', text: texts.lock },
    {
      ...allowed,
      explicit: { 'linux-64': { file: 'a/conda-linux-64.lock', text: texts.explicit } },
      packages: { file: 'a/packages.txt', text: texts.packages, platform: 'linux-64' },
      ...more,
    },
  )
}

describe('real locks', () => {
  // A rule that is too strict shows here: 3,000 packages of ten locks of four years.
  it.each([...generations, 'ml-notebook'])('%s breaks no rule', (name) => {
    expect(check(realLock(name))).toEqual([])
  })

  it('merges that went wrong and were committed are found', () => {
    expect(check(realLock('conflicted'))).toMatchObject([{ rule: 'unreadable', line: 297 }])
    // c-ares is 1.34.3 in its entry and 1.33.1 in its url; twelve others are as mixed.
    const problems = check(realLock('conflicted-explicit')).map(({ rule, file, line }) => `${rule} ${file}:${line}`)
    expect(problems.filter((problem) => problem.startsWith('url ')).length).toBe(13)
    expect(problems[0]).toBe('url a/conda-lock.yml:4474')
    expect(problems.slice(13)).toEqual(['render a/conda-linux-64.lock:4', 'render a/packages.txt:1'])
  })
})

/** Forty conda packages of two platforms and two Python ones. */
function smallLock(): Lock {
  const { metadata, packages } = readLock(realLock('2.5-pip').lock)
  const names = new Set(
    packages
      .filter(({ platform }) => platform === 'linux-64')
      .slice(0, 20)
      .map(({ name }) => name),
  )
  const chosen = packages.filter((entry) => entry.manager === 'pip' || names.has(entry.name))
  return { metadata, packages: chosen.filter(({ platform }) => /^(?:linux|osx)-64$/.test(platform)) }
}

const lock = smallLock()

function textsOf(lock: Lock): Texts {
  const explicit = renderExplicit(lock, 'linux-64')
  return { lock: writeLock(lock), explicit, packages: renderPackages(explicit) }
}

/** The lock with its first package of a manager changed; the explicit lock says the same. */
function changed(manager: string, change: (entry: LockedPackage) => Partial<LockedPackage>): Texts {
  const index = lock.packages.findIndex((entry) => entry.manager === manager)
  return textsOf({
    ...lock,
    packages: lock.packages.map((entry, at) => (at === index ? { ...entry, ...change(entry) } : entry)),
  })
}

const archive = 'https://conda.anaconda.org/conda-forge'

describe('checkRules', () => {
  it.each([
    ['a foreign channel', 'conda', ({ url }) => ({ url: url.replace('conda-forge', 'evil') }), 'channel'],
    [
      'a host that begins the same',
      'conda',
      ({ url }) => ({ url: url.replace('anaconda.org', 'anaconda.org.evil.org') }),
      'channel',
    ],
    ['http', 'conda', ({ url }) => ({ url: url.replace('https', 'http') }), 'channel'],
    [
      'a login',
      'conda',
      ({ url }) => ({ url: url.replace('https://', 'https://conda.anaconda.org@evil.org/') }),
      'channel',
    ],
    [
      'a way out of the channel',
      'conda',
      ({ url }) => ({ url: url.replace(archive, `${archive}/../evil`) }),
      'channel',
    ],
    ['a coded way out', 'conda', ({ url }) => ({ url: url.replace(/([^/]+)$/, '..%2f..%2fevil/$1') }), 'channel'],
    [
      'a coded way out in a name of the same kind',
      'conda',
      ({ version }) => ({
        name: '../../evil/noarch/a',
        url: `${archive}/noarch/..%2f..%2fevil%2fnoarch%2fa-${version}-%21_0.conda`,
      }),
      'channel',
    ],
    [
      'the folder of another platform',
      'conda',
      ({ url }) => ({ url: url.replace(/linux-64|noarch/, 'win-64') }),
      'channel',
    ],
    ['a query', 'conda', ({ url }) => ({ url: `${url}?x` }), 'channel'],
    ['another package behind a name', 'conda', () => ({ url: `${archive}/noarch/evil-1.0-0.conda` }), 'url'],
    ['another version', 'conda', () => ({ version: '99' }), 'url'],
    ['no sha256', 'conda', ({ hash }) => ({ hash: { md5: hash.md5! } }), 'hash'],
    ['a short sha256', 'conda', ({ hash }) => ({ hash: { ...hash, sha256: 'abc' } }), 'hash'],
    ['a platform that is not named', 'conda', () => ({ platform: 'win-64' }), 'platform'],
    ['a foreign wheel', 'pip', ({ url }) => ({ url: url.replace('files.', 'evil.') }), 'channel'],
    ['a wheel without sha256', 'pip', () => ({ hash: {} }), 'hash'],
    [
      'a wheel of another name',
      'pip',
      ({ url }) => ({ url: url.replace(/[^/]+$/, 'evil-1.0-py3-none-any.whl') }),
      'url',
    ],
    ['a wheel of another version', 'pip', () => ({ version: '99' }), 'url'],
    [
      'a source elsewhere',
      'pip',
      () => ({ source: { type: 'url', url: 'https://evil.org/a-1.0-py3-none-any.whl' } }),
      'channel',
    ],
  ] as [string, string, (entry: LockedPackage) => Partial<LockedPackage>, string][])(
    '%s, though the explicit lock agrees',
    (_, manager, change, rule) => {
      const texts = changed(manager, change)
      const problems = check(texts)
      expect(problems.map((problem) => problem.rule)).toContain(rule)
      expect(texts.lock.split('\n')[(problems[0]?.line ?? 0) - 1]).toMatch(/^- name: /)
    },
  )

  it('takes a channel by its name, its URL and with a label; versions of wheels in other forms', () => {
    const url = (prefix: string) => changed('conda', (entry) => ({ url: entry.url.replace(archive, prefix) }))
    const mirror = { allowedChannels: ['conda-forge', 'https://mirror.org/c/', 'conda-forge/label/rc'] }
    expect(check(url('https://mirror.org/c'), mirror)).toEqual([])
    expect(check(url(`${archive}/label/rc`), mirror)).toEqual([])
    expect(check(url('https://mirror.org/cc'), mirror)).toMatchObject([{ rule: 'channel' }])
    const wheel = changed('pip', (entry) => ({
      version: '1.0+cpu',
      url: entry.url.replace(/[^/]+$/, `${entry.name.replaceAll('-', '_')}-1.0.0%2Bcpu-py3-none-any.whl`),
    }))
    expect(check(wheel).filter(({ rule }) => rule !== 'render')).toEqual([])
  })

  it('a channel of the lock that is not allowed, a platform without a hash', () => {
    const metadata = {
      ...lock.metadata,
      channels: [{ url: 'evil', usedEnvVars: [] }],
      platforms: [...lock.metadata.platforms, 'win-64'],
    }
    expect(check(textsOf({ ...lock, metadata })).map(({ rule }) => rule)).toEqual(['channel', 'platform'])
  })

  it('a package twice, and a url with two hashes', () => {
    const [first, ...rest] = lock.packages as [LockedPackage, ...LockedPackage[]]
    const twice = textsOf({ ...lock, packages: [first, first, ...rest] })
    expect(check(twice)).toMatchObject([{ rule: 'duplicate', package: first.name }])
    const other = { ...first, category: 'dev', version: `${first.version}.1` }
    expect(check(textsOf({ ...lock, packages: [first, other, ...rest] })).map(({ rule }) => rule)).toContain(
      'duplicate',
    )
    const twin = { ...first, platform: 'osx-64', hash: { ...first.hash, sha256: '0'.repeat(64) } }
    const noarch = lock.packages.find(({ url, platform }) => url.includes('/noarch/') && platform === 'osx-64')
    expect(noarch).toBeDefined()
    const packages = lock.packages.map((entry) => (entry === noarch ? { ...noarch, hash: twin.hash } : entry))
    expect(check(textsOf({ ...lock, packages }))).toMatchObject([{ rule: 'hash', package: noarch?.name }])
  })

  it('says which line of which file differs, and what the lock gives', () => {
    const texts = textsOf(lock)
    const lines = texts.explicit.split('\n')
    const [problem] = check({ ...texts, explicit: lines.with(6, 'https://evil.org/a-1-0.conda#aa').join('\n') })
    expect(problem).toMatchObject({ rule: 'render', file: 'a/conda-linux-64.lock', line: 7, platform: 'linux-64' })
    expect(problem?.message).toContain(lines[6])
    expect(check({ ...texts, explicit: texts.explicit.slice(0, -1) })).toMatchObject([
      { rule: 'render', line: lines.length },
    ])
    expect(check({ ...texts, packages: '' })).toMatchObject([{ rule: 'render', file: 'a/packages.txt', line: 1 }])
  })
})

describe('edits of the files', () => {
  const texts = textsOf(lock)
  const hashes = new Map(lock.packages.map((entry) => [entry.url, entry.hash]))
  const known = (url: string) => hashes.get(url) ?? null
  const { random, below } = randomNumbers(20260101)

  /** What is installed on the platform that has an explicit lock: the promise is that no change of it passes. */
  function installed(text: string, withSha256: boolean): string {
    const chosen = readLock(text).packages.filter((entry) => entry.platform === 'linux-64')
    const rows = chosen.map(({ name, version, manager, url, hash }) => {
      const sha256 = withSha256 || manager === 'pip' ? hash.sha256 : ''
      return [manager, name, version, url, manager === 'conda' ? hash.md5 : '', sha256].join(' ')
    })
    return rows.sort().join('\n')
  }

  /** One of the edits that a hand, a merge or a disk makes. */
  function edited(text: string): string {
    const at = below(text.length)
    const lines = text.split('\n')
    const line = below(lines.length)
    const bytes = '0123456789abcdef/:.-_ \n\'"{}[]&*#%$\u0000é'
    const kinds = [
      () => text.slice(0, at) + bytes[below(bytes.length)] + text.slice(at + 1),
      () => text.slice(0, at) + text.slice(at + 1 + below(4)),
      () => text.slice(0, at) + bytes[below(bytes.length)] + text.slice(at),
      () => lines.toSpliced(line, 1 + below(3)).join('\n'),
      () => lines.toSpliced(line, 0, lines[below(lines.length)] ?? '').join('\n'),
      () => lines.with(line, lines[below(lines.length)] ?? '').join('\n'),
      () => text.slice(0, at),
      () => hexEdited(lines, line),
    ]
    return (kinds[below(kinds.length)] as () => string)()
  }

  /** A digit of a hash, a version or a url: the edit that does not show. */
  function hexEdited(lines: string[], line: number): string {
    return lines.with(line, (lines[line] ?? '').replace(/[0-9a-f](?=[0-9a-f]*$)/, '7')).join('\n')
  }

  it('1,000 of conda-lock.yml: none ends the check, none that changes what is installed passes', () => {
    let seen = 0
    for (let count = 0; count < 1000; count++) {
      const changedLock = edited(texts.lock)
      const problems = check({ ...texts, lock: changedLock })
      seen += Number(problems.length > 0)
      if (problems.length === 0) expect(installed(changedLock, false)).toBe(installed(texts.lock, false))
      if (problems.length === 0 && check({ ...texts, lock: changedLock }, { known }).length === 0)
        expect(installed(changedLock, true)).toBe(installed(texts.lock, true))
    }
    // Edits of comments, constraints and of the other platform may pass; the rest are many.
    expect(seen).toBeGreaterThan(500)
  })

  it('1,000 of the explicit lock and packages.txt: each is seen', () => {
    for (let count = 0; count < 1000; count++) {
      const key = random() < 0.5 ? 'explicit' : 'packages'
      const text = edited(texts[key])
      if (text !== texts[key]) expect(check({ ...texts, [key]: text })).not.toEqual([])
    }
  })
})

/** Numbers that are the same in each run (Marsaglia's xorshift). */
function randomNumbers(seed: number) {
  let state = seed
  const random = () => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return (state >>> 0) / 2 ** 32
  }
  return { random, below: (limit: number) => Math.floor(random() * limit) }
}
