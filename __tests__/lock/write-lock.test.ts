import { describe, expect, it } from '@jest/globals'
import { renderExplicit } from '../../src/lock/explicit.ts'
import { readLock } from '../../src/lock/read-lock.ts'
import type { Lock, LockedPackage } from '../../src/lock/types.ts'
import { writeLock } from '../../src/lock/write-lock.ts'
import { generations, realLock, today } from './real-locks.ts'

describe('real locks', () => {
  // Breaks with the header, the order of packages and dependencies, the quoting of one scalar among 40,000.
  it.each(today)('%s: what is read is written as it was', (name) => {
    const { lock } = realLock(name)
    expect(writeLock(readLock(lock))).toBe(lock)
  })

  it('2.5: the same but for the order of dependencies, which conda-lock sorts since 3.0', () => {
    const { lock } = realLock('2.5-pip')
    const sorted = (text: string) => text.split('\n').sort()
    expect(sorted(writeLock(readLock(lock)))).toEqual(sorted(lock))
  })

  it.each(generations)('%s: rewritten in the layout of today it says the same', (name) => {
    const { lock, explicit } = realLock(name)
    const read = readLock(lock)
    const rewritten = writeLock(read)
    const again = readLock(rewritten)
    expect(again.metadata).toEqual(read.metadata)
    expect(again.packages.length).toBe(read.packages.length)
    expect(renderExplicit(again, 'linux-64')).toBe(explicit)
    expect(writeLock(again)).toBe(rewritten)
  })
})

function entry(name: string, category = 'main'): LockedPackage {
  return {
    ...{
      name,
      version: '1.10',
      manager: 'conda',
      platform: 'linux-64',
      url: `https://c.org/noarch/${name}-1.10-0.conda`,
    },
    ...{ dependencies: { b: '', a: '1.*' }, hash: { md5: '1'.repeat(32) }, category, optional: category !== 'main' },
  } as LockedPackage
}

const metadata: Lock['metadata'] = {
  contentHash: { 'linux-64': 'aa' },
  channels: [{ url: 'https://c.org/${TOKEN}', usedEnvVars: ['TOKEN'] }],
  platforms: ['linux-64'],
  sources: ['environment.yml', '../ä/dev.yml'],
}

describe('writeLock', () => {
  // Expected text: conda-lock 4.0.3's own for the same content.
  it('has sections for dev and other categories, drops virtual packages, sorts what stands in it', () => {
    const packages = [entry('z', 'docs'), entry('z', 'dev'), entry('y', 'all'), entry('__unix'), entry('_x')]
    const written = writeLock({ metadata, packages }, { file: 'my.yml' })
    expect(written.split('\n').slice(6, 18)).toEqual([
      '# Install this environment as "YOURENV" with:',
      '#     conda-lock install -n YOURENV my.yml',
      '# This lock contains optional development dependencies. Include them in the installed environment with:',
      '#     conda-lock install --dev-dependencies -n YOURENV my.yml',
      '# This lock contains optional dependency categories all, docs. Include them in the installed environment with:',
      '#     conda-lock install -e all -e docs -n YOURENV my.yml',
      '# To update a single package to the latest version compatible with the version constraints in the source:',
      '#     conda-lock lock  --lockfile my.yml --update PACKAGE',
      '# To re-solve the entire environment, e.g. after changing a version constraint in the source file:',
      '#     conda-lock -f environment.yml -f ../ä/dev.yml --lockfile my.yml',
      'version: 1',
      'metadata:',
    ])
    expect([...written.matchAll(/^- name: (.*)$/gm)].map((match) => match[1])).toEqual(['_x', 'y', 'z', 'z'])
    expect([...written.matchAll(/^ {2}category: (.*)$/gm)].map((match) => match[1])).toEqual([
      'main',
      'all',
      'dev',
      'docs',
    ])
    expect(written).toContain(
      "  version: '1.10'\n  manager: conda\n  platform: linux-64\n  dependencies:\n    a: 1.*\n    b: ''\n",
    )
    expect(written).toContain(`    md5: '${'1'.repeat(32)}'\n`)
    expect(written).toContain('  - url: https://c.org/${TOKEN}\n    used_env_vars:\n    - TOKEN\n')
    expect(written).toContain('  - "../\\xE4/dev.yml"\n')
  })

  it('keeps metadata that it does not use', () => {
    const kept = {
      ...{ timeMetadata: { created_at: '2024-01-02T03:04:05Z' }, gitMetadata: { git_sha: 'ab' } },
      ...{ inputsMetadata: { 'a.yml': { md5: '12' } }, customMetadata: { 'a key': 'two\nlines', plain: 'x' } },
    }
    const written = writeLock({ metadata: { ...metadata, ...kept }, packages: [] })
    expect(written).toContain(
      "  time_metadata:\n    created_at: '2024-01-02T03:04:05Z'\n  git_metadata:\n    git_sha: ab\n",
    )
    expect(written.endsWith('package: []\n')).toBe(true)
    expect(readLock(written).metadata).toEqual({ ...metadata, ...kept })
  })
})
