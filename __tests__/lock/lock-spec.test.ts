import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { contentHash } from '../../src/lock/content-hash.ts'
import { foreignSource, makeLockSpec } from '../../src/lock/lock-spec.ts'
import { longestList, mergeLists, mergeSpecs } from '../../src/lock/merge-specs.ts'
import { pythonJson } from '../../src/lock/python-json.ts'
import { newestRecipe } from '../../src/lock/recipes.ts'
import type { Spec } from '../../src/lock/types.ts'
import { environment, sources, specOf } from './lock-specs.ts'

const spec: fc.Arbitrary<Spec> = fc
  .tuple(fc.constantFrom('a', 'b', 'c', 'pip'), fc.constantFrom('', '1', '2'), fc.boolean())
  .map(([name, version, pip]) => {
    const shared = { name, version, category: 'main', origin: { file: 'e.yml', line: 1 } }
    return pip
      ? { ...shared, manager: 'pip', extras: [], url: null, markers: null, hash: null }
      : { ...shared, manager: 'conda', build: null, condaChannel: null, subdirectory: null }
  })

describe('mergeSpecs', () => {
  const lists = fc.array(fc.array(spec, { maxLength: 6 }), { maxLength: 4 })

  // Broken by: the first source winning, a name twice, conda's and pip's taken for one.
  it('keeps of each name of a manager the last spec, where the first one stood', () => {
    fc.assert(
      fc.property(lists, (all) => {
        const merged = mergeSpecs(all)
        const key = ({ manager, name }: Spec) => `${manager} ${name}`
        expect(merged.map(key)).toEqual([...new Set(all.flat().map(key))])
        for (const one of merged) expect(one).toBe(all.flat().findLast((other) => key(other) === key(one)))
      }),
    )
  })

  it('is the same whether sources are merged at once or one after the other', () => {
    fc.assert(
      fc.property(lists, lists, (some, others) => {
        expect(mergeSpecs([mergeSpecs(some), mergeSpecs(others)])).toEqual(mergeSpecs([...some, ...others]))
      }),
    )
  })
})

describe('mergeLists', () => {
  const list = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 4 })

  // Broken by: joining lists whose order nobody gave.
  it('takes the longest list when all are its ends, and refuses others', () => {
    fc.assert(
      fc.property(fc.array(list, { minLength: 1, maxLength: 4 }), (all) => {
        const lists = all.map((items, at) => ({ file: `${at}.yml`, items }))
        const { longest, stranger } = longestList(lists)
        expect(longest.items.length).toBe(Math.max(...all.map(({ length }) => length)))
        const fits = all.every((items) => longest.items.join(' ').endsWith(items.join(' ')))
        expect(stranger === null).toBe(fits)
        if (fits) expect(mergeLists(lists, 'channels')).toBe(longest.items)
        else expect(() => mergeLists(lists, 'channels')).toThrow(/yml: its channels are not the last ones of /)
      }),
    )
  })
})

describe('makeLockSpec', () => {
  const files = sources({
    'base/environment.yml': environment('- a=1\n- b # [osx]', 'platforms: [linux-64]'),
    'environment.yml': environment('- a=2', 'platforms: [osx-64, linux-64]'),
  })

  // Broken by: arguments that do not win, platforms of one file alone.
  it('takes platforms from its arguments, else from the files, else linux-64', () => {
    const platforms = (asked: string[], of = files) =>
      makeLockSpec({ files: of, platforms: asked, virtualPackages: null }).platforms
    expect(platforms(['win-64'])).toEqual(['win-64'])
    expect(platforms([])).toEqual(['linux-64', 'osx-64'])
    expect(platforms([], sources({ 'e.yml': environment('- a') }))).toEqual(['linux-64'])
  })

  it('merges the files in their order, for each platform', () => {
    const { specs, sources: from } = makeLockSpec({ files, platforms: [], virtualPackages: null })
    expect(from).toEqual(['base/environment.yml', 'environment.yml'])
    const short = (platform: string) =>
      specs[platform]?.map(({ name, version, origin }) => `${name} ${version} ${origin.file}`)
    expect(short('linux-64')).toEqual(['a 2.* environment.yml'])
    expect(short('osx-64')).toEqual(['a 2.* environment.yml', 'b  base/environment.yml'])
  })

  it('refuses a platform that nobody knows, with the file that asks for it', () => {
    const of = sources({ 'e.yml': environment('- a', 'platforms: [linux-x]') })
    expect(() => makeLockSpec({ files: of, platforms: [], virtualPackages: null })).toThrow(
      /^e\.yml: linux-x is no platform/,
    )
  })

  // Broken by: reading TOML as YAML, which gives errors that nobody understands.
  it.each(['a/pyproject.toml', 'pixi.toml', 'recipe/meta.yaml'])('refuses %s with a clear word', (file) => {
    expect(foreignSource(file)).not.toBeNull()
    expect(() => makeLockSpec({ files: [{ file, text: 'x' }], platforms: [], virtualPackages: null })).toThrow(
      `${file}: a lock is not made from`,
    )
  })

  // Broken by: an order in the file that changes the hash, a duplicate that counts twice.
  it('has the same hash in whatever order the packages stand', () => {
    const names = fc.uniqueArray(fc.constantFrom('a', 'b=1', 'c>2', 'd', 'e =3'), { minLength: 1 })
    const hash = (list: string[]) =>
      contentHash(specOf(list.map((name) => `- ${name}`).join('\n')), 'linux-64', newestRecipe)
    fc.assert(
      fc.property(names, (list) => {
        expect(hash(list.toReversed())).toBe(hash(list))
        expect(hash([...list, ...list])).toBe(hash(list))
      }),
      { numRuns: 30 },
    )
  })
})

describe('pythonJson', () => {
  // Broken by: JavaScript's escapes where Python has others.
  it('writes what Python writes', () => {
    const value = { b: ['é"\u0001\x7f', '\u{1F600}', null, true, 12], a: {}, c: [] }
    const written = '{"a": {}, "b": ["\\u00e9\\"\\u0001\\u007f", "\\ud83d\\ude00", null, true, 12], "c": []}'
    expect(pythonJson(value)).toBe(written)
    expect(JSON.parse(pythonJson(value))).toEqual(value)
  })
})
