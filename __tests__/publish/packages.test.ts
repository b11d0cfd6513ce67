import { describe, expect, it } from '@jest/globals'
import { diffLocks } from '../../src/lock/diff.ts'
import { comparedPackages, fitPackages, packageVersions, versionsIn } from '../../src/publish/packages.ts'
import type { PublishedImage, StackFile } from '../../src/publish/stack-file.ts'

const image = (packages: PublishedImage['packages']): PublishedImage => ({
  ...{ image: 'base', repositories: ['quay.io/pangeo/base'], digest: `sha256:${'a'.repeat(64)}`, platforms: [] },
  ...{ base: null, fingerprint: null, tags: [], size: null, packages },
})
const fileOf = (packages: PublishedImage['packages']): StackFile => ({
  ...{ version: 1, stack: 'pangeo', commit: '', created: '1970-01-01T00:00:00.000Z', images: [image(packages)] },
})
const many = (count: number) =>
  Object.fromEntries(Array.from({ length: count }, (_, at) => [`package-number-${at}`, '2026.11.21']))

describe('the packages of an image', () => {
  it('are versions by name, and those that conda installed are not told twice', () => {
    const conda = [
      { name: 'ruamel.yaml', version: '0.18', build: 'py' },
      { name: 'python', version: '3.12.4' },
    ]
    const pip = [
      { name: 'ruamel_yaml', version: '0.18' },
      { name: 'own', version: '1' },
    ]
    const apt = [
      { name: 'linux', version: '6.1' },
      { name: 'linux', version: '6.2' },
      { name: 'x'.repeat(201), version: '1' },
    ]
    expect(packageVersions({ packages: { conda, pip, apt, rpm: [] } })).toEqual({
      conda: { 'ruamel.yaml': '0.18', python: '3.12.4' },
      pip: { own: '1' },
      apt: { linux: '6.1, 6.2' },
    })
  })

  it('may have any name', () => {
    const found = packageVersions({ packages: { pip: [{ name: '__proto__', version: '1' }] } })
    expect(Object.entries(found.pip ?? {})).toEqual([['__proto__', '1']])
    expect(JSON.stringify(versionsIn({ packages: JSON.parse(JSON.stringify(found)) }))).toBe(
      '{"pip":{"__proto__":"1"}}',
    )
  })

  it.each([[[]], [null], ['x'], [{ pip: ['a'] }], [{ pip: { a: { b: 1 } } }]])('are none in %j', (packages) => {
    expect(Object.values(versionsIn({ packages } as never)).flatMap(Object.keys)).toEqual([])
    expect(comparedPackages({ packages } as never)).toBeNull()
  })
})

describe('a stack.json', () => {
  it.each([
    ['short', { conda: many(2), apt: many(2) }, ['conda', 'apt']],
    ['longer than a manifest repeats', { conda: many(2000), pip: many(1), apt: many(3000) }, ['conda', 'pip']],
    ['too long for its users', { conda: many(40_000), apt: many(1) }, []],
  ])('that is %s keeps what there is room for', (_title, packages, managers) => {
    expect(Object.keys(fitPackages(fileOf(packages)).images[0]?.packages ?? {})).toEqual(managers)
  })

  it('is compared by what is in its images', () => {
    const [before, after] = [
      { conda: { dask: '2026.1.0', old: '1' } },
      { conda: { dask: '2026.2.0' }, pip: { new: '3' } },
    ]
    const [diff] = diffLocks({
      image: 'base',
      before: comparedPackages(image(before)),
      after: comparedPackages(image(after)),
    })
    const names = (list: readonly { name: string }[] = []) => list.map(({ name }) => name)
    expect([names(diff?.upgraded), names(diff?.added), names(diff?.removed)]).toEqual([['dask'], ['new'], ['old']])
    expect(diff?.upgraded[0]).toMatchObject({ from: '2026.1.0', to: '2026.2.0' })
  })
})
