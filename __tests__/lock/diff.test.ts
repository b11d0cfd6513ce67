import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { diffJson, diffLocks, isSame } from '../../src/lock/diff.ts'
import { explicitPlatform, readExplicitForDiff } from '../../src/lock/diff-explicit.ts'
import { type ComparedLock, type ComparedPackage, changeKinds } from '../../src/lock/diff-types.ts'

const forge = 'https://conda.anaconda.org/conda-forge'

function conda(name: string, version: string, build = 'h0_0', channel = forge): ComparedPackage {
  const url = `${channel}/linux-64/${name}-${version}-${build}.conda`
  return { name, version, manager: 'conda', platform: 'linux-64', url }
}

function pip(name: string, version: string, host = 'files.pythonhosted.org'): ComparedPackage {
  const url = `https://${host}/packages/${name}-${version}-py3-none-any.whl`
  return { name, version, manager: 'pip', platform: 'linux-64', url }
}

function lock(
  packages: readonly ComparedPackage[],
  channels: readonly string[] | null = ['conda-forge'],
): ComparedLock {
  return { platforms: ['linux-64'], channels, packages }
}

function diff(before: readonly ComparedPackage[], after: readonly ComparedPackage[]) {
  return diffLocks({ image: 'a', before: lock(before), after: lock(after) })[0]!
}

describe('a package', () => {
  // The order of versions decides: text or number order puts most of these the other way round.
  it.each([
    ['1.9', '1.10', 'upgraded', false],
    ['1.10', '1.9', 'downgraded', false],
    ['1.9', '2.0', 'upgraded', true],
    ['2.0', '1.9', 'downgraded', true],
    ['1.0rc1', '1.0', 'upgraded', false],
    ['1.1.1w', '3.0.0', 'upgraded', true],
    ['2024.12', '2025.1', 'upgraded', false],
    ['20240101', '20250101', 'upgraded', false],
    ['1!1.0', '2!1.0', 'upgraded', true],
    ['0.9', '0.10', 'upgraded', false],
    ['1.0', '1.0.post1', 'upgraded', false],
    ['9e', '9f', 'upgraded', false],
  ] as const)('of conda, from %s to %s, is %s (major: %s)', (from, to, kind, major) => {
    const found = diff([conda('x', from)], [conda('x', to)])
    expect(found[kind]).toEqual([{ name: 'x', manager: 'conda', from, to, major, channel: null }])
    expect(changeKinds.reduce((sum, one) => sum + found[one].length, 0)).toBe(1)
  })

  it.each([
    ['1.0.dev1', '1.0a1', 'upgraded'],
    ['1.0', '1.0+local', 'upgraded'],
    ['1.0rc1', '1.0b9', 'downgraded'],
    ['1.0.post1', '1.0', 'downgraded'],
  ] as const)('of pip, from %s to %s, is %s by PEP 440', (from, to, kind) => {
    expect(diff([pip('x', from)], [pip('x', to)])[kind].map(({ name }) => name)).toEqual(['x'])
  })

  it('in another build is rebuilt, with the builds; the same one is nothing', () => {
    const found = diff([conda('x', '1', 'py311_0'), conda('y', '1')], [conda('x', '1', 'py312_1'), conda('y', '1')])
    expect(found.rebuilt).toEqual([
      { name: 'x', manager: 'conda', from: '1 py311_0', to: '1 py312_1', major: false, channel: null },
    ])
    expect(isSame(diff([conda('x', '1')], [conda('x', '1')]))).toBe(true)
  })

  it('from another channel says so, without what a URL holds of secrets', () => {
    const token = 'https://user:pass@c.test/t/tk-123/internal'
    expect(diff([conda('x', '1')], [conda('x', '1', 'h0_0', token)]).rebuilt[0]?.channel).toEqual({
      from: 'conda-forge',
      to: 'https://c.test/internal',
    })
    expect(diff([pip('x', '1')], [pip('x', '2', 'wheels.test')]).upgraded[0]?.channel?.to).toBe('wheels.test')
  })

  it('of one name from conda and from pip are two', () => {
    const found = diff([conda('x', '1')], [pip('x', '1')])
    expect([found.added, found.removed].map((list) => list[0]?.manager)).toEqual(['pip', 'conda'])
  })

  it('in several categories counts once', () => {
    const found = diff([conda('x', '1')], [conda('x', '2'), conda('x', '2')])
    expect(found).toMatchObject({ upgraded: [{ name: 'x' }], before: 1, after: 1 })
  })

  it.each(['__proto__', 'constructor', 'toString'])('may be called %s', (name) => {
    expect(diff([], [conda(name, '1')]).added.map((entry) => entry.name)).toEqual([name])
  })
})

describe('a lock', () => {
  it('is compared platform by platform, also one that only one of both has', () => {
    const arm = { ...conda('x', '2'), platform: 'linux-aarch64' }
    const after = { platforms: ['linux-64', 'linux-aarch64'], channels: null, packages: [conda('x', '2'), arm] }
    const [x64, aarch] = diffLocks({ image: 'a', before: lock([conda('x', '1')]), after })
    expect([x64?.platform, x64?.upgraded.length]).toEqual(['linux-64', 1])
    expect([aarch?.platform, aarch?.added.length]).toEqual(['linux-aarch64', 1])
  })

  it('that is new adds all, one that is gone removes all', () => {
    const [made] = diffLocks({ image: 'a', before: null, after: lock([conda('x', '1')]) })
    const [gone] = diffLocks({ image: 'a', before: lock([conda('x', '1')]), after: null })
    expect([made?.added.length, gone?.removed.length]).toEqual([1, 1])
  })

  it('tells channels that came and went, and the change of size where all of it is known', () => {
    const before = lock([conda('x', '1')], ['conda-forge', 'old'])
    const after = lock([conda('x', '2'), conda('y', '1')], ['conda-forge', 'new'])
    const size = (...known: [string, number][]) =>
      diffLocks({ image: 'a', before, after, sizes: new Map(known) })[0]!.size
    const [x1, x2, y] = [conda('x', '1').url, conda('x', '2').url, conda('y', '1').url]
    expect(size([x1, 100], [x2, 150], [y, 5])).toBe(55)
    expect(size([x2, 150], [y, 5])).toBeNull()
    expect(diffLocks({ image: 'a', before, after })[0]?.channels).toEqual({ added: ['new'], removed: ['old'] })
  })

  it('compared the other way round says the opposite', () => {
    const one = fc.record({
      name: fc.constantFrom('a', 'b', 'c', 'd'),
      version: fc.constantFrom('1.0', '1.0rc1', '1.10', '1.9', '2024.1', '1!0', '1'),
      build: fc.constantFrom('0', '1'),
      channel: fc.constantFrom(forge, 'https://c.test/x'),
    })
    const packages = fc.uniqueArray(one, { selector: ({ name }) => name })
    const made = packages.map((list) => list.map((p) => conda(p.name, p.version, p.build, p.channel)))
    fc.assert(
      fc.property(made, made, (a, b) => {
        const [there, back] = [diff(a, b), diff(b, a)]
        const names = (list: readonly { name: string }[]) => list.map(({ name }) => name)
        expect(names(there.added)).toEqual(names(back.removed))
        expect(names(there.upgraded)).toEqual(names(back.downgraded))
        expect(names(there.rebuilt)).toEqual(names(back.rebuilt))
        expect(a.length + there.added.length - there.removed.length).toBe(b.length)
        expect(isSame(there)).toBe(JSON.stringify(sorted(a)) === JSON.stringify(sorted(b)))
      }),
    )
  })

  const sorted = (list: readonly ComparedPackage[]) => list.map(({ url }) => url).sort()

  it('prints the JSON of the contract and nothing else', () => {
    const found = diff([conda('x', '1'), conda('r', '1')], [conda('x', '2'), conda('r', '1', 'h1_0')])
    expect(diffJson([found])).toEqual([
      {
        image: 'a',
        platform: 'linux-64',
        added: [],
        removed: [],
        upgraded: [{ name: 'x', from: '1', to: '2' }],
        downgraded: [],
        rebuilt: [{ name: 'r', from: '1 h0_0', to: '1 h1_0' }],
      },
    ])
  })
})

describe('an explicit lock', () => {
  const text = [
    '# Generated by conda-lock.',
    '# platform: linux-64',
    '@EXPLICIT',
    `${forge}/noarch/python-dateutil-2.9.0-pyhe01879c_2.conda#5b8d21249ff20967101ffa321cab24e8`,
    `${forge}/linux-64/_libgcc_mutex-0.1-conda_forge.tar.bz2#d7c89558ba9fa0495403155b64376d81`,
    '# pip my-pack-age @ https://files.pythonhosted.org/a/my_pack_age-1.2.3-py3-none-any.whl#sha256=00',
    '# pip old @ https://files.pythonhosted.org/a/old-thing-0.4.tar.gz#sha256=00',
    '',
  ].join('\n')

  it('gives names and versions of conda and pip', () => {
    const { packages } = readExplicitForDiff(text, 'linux-64', 'conda-linux-64.lock')
    expect(packages.map(({ name, version, manager }) => `${manager} ${name} ${version}`)).toEqual([
      'conda python-dateutil 2.9.0',
      'conda _libgcc_mutex 0.1',
      'pip my-pack-age 1.2.3',
      'pip old 0.4',
    ])
  })

  it('with another line is refused with its place', () => {
    expect(() => readExplicitForDiff(`${text}numpy=1.2\n`, 'linux-64', 'a/conda-linux-64.lock')).toThrow(
      'a/conda-linux-64.lock:8: this is not the URL of a conda package',
    )
  })

  it('tells its platform by its name', () => {
    const names = ['a/conda-linux-64.lock', 'conda-osx-arm64.lock', 'conda-lock.yml', 'conda-x.lock', 'Cargo.lock']
    expect(names.map(explicitPlatform)).toEqual(['linux-64', 'osx-arm64', null, null, null])
  })
})
