import { describe, expect, it } from '@jest/globals'
import { contentHash } from '../../src/lock/content-hash.ts'
import { recipes } from '../../src/lock/recipes.ts'
import { type Case, environment, fixture, pastLocks, specOf, specOfCase } from './lock-specs.ts'

type Hashes = Record<string, Record<string, Record<string, string>>>
const cases = fixture<Case[]>('cases.json')
const hashes = fixture<Hashes>('hashes.json')

/** What the old versions made of such environments depends on chance, or on what later ones no longer tell. */
const lost: Record<string, readonly string[]> = {
  // A set of names: in another order at each run.
  'channel with variables': ['conda-lock 2.5', 'conda-lock 2.3', 'conda-lock 1.4'],
  'pip with two extras': ['conda-lock 1.4'],
  // All requirements, whatever their markers.
  'pip with markers': ['conda-lock 2.5', 'conda-lock 2.3'],
  // A name that two files have for different platforms.
  'two sources with selectors': ['conda-lock 1.4'],
  // The build string was part of the version.
  'virtual packages with builds': ['conda-lock 1.4'],
}

/** conda-lock takes a text for a list of letters, and its first version took these. */
const refusedHere = ['pip that is one text', 'virtual packages that are numbers', 'channels that are mappings']

describe('contentHash', () => {
  // Broken by: any change of what is read, merged or hashed.
  it.each(cases.filter(({ name }) => !refusedHere.includes(name) && Object.keys(hashes[name] ?? {}).length > 0))(
    'gives the hashes that conda-lock gives: $name',
    (one) => {
      const spec = specOfCase(one)
      const expected = Object.entries(hashes[one.name] ?? {}).filter(([name]) => !lost[one.name]?.includes(name))
      expect(expected.length).toBeGreaterThan(0)
      const found = expected.map(([name, byPlatform]) => [
        name,
        Object.fromEntries(Object.keys(byPlatform).map((platform) => [platform, hashBy(name, spec, platform)])),
      ])
      expect(found).toEqual(expected)
    },
  )

  // Broken by: reading what conda-lock cannot, or an error without file and line.
  it.each(cases.filter(({ name }) => refusedHere.includes(name) || Object.keys(hashes[name] ?? {}).length === 0))(
    'refuses what conda-lock refuses: $name',
    (one) => {
      expect(() => specOfCase(one)).toThrow(/^(?:environment|virtual-packages)\.yml:/)
    },
  )

  // Broken by: another virtual package, another key, another order in one of the recipes.
  it.each(pastLocks().filter(({ recipes: by }) => Object.values(by).every(Boolean)))(
    'is the hash that stands in the lock of $date, $lock',
    (past) => {
      const spec = specOfCase(pastCase(past))
      for (const [platform, name] of Object.entries(past.recipes))
        expect(past.head).toContain(`${platform}: ${hashBy(name ?? '', spec, platform)}`)
    },
  )

  // Broken by: hashing a part of the specs only, or what is no part of an environment's meaning.
  it('is another one for another version, and the same for other words around it', () => {
    const [newest] = recipes
    const hash = (text: string) =>
      newest && contentHash(specOfCase({ files: { 'e.yml': text }, platforms: ['linux-64'] }), 'linux-64', newest)
    const plain = hash(environment('- a\n- b=1'))
    expect(hash(environment('- a\n- b=2'))).not.toBe(plain)
    expect(hash(environment('- b  =1 # why\n# - c\n- a', 'name: x\nprefix: /x\nchannels:\n- conda-forge\n'))).toBe(
      plain,
    )
  })

  // Broken by: an exception for a name that JavaScript gives a meaning.
  it('counts packages that are called like parts of an object', () => {
    const [newest] = recipes
    const hash = (text: string) => newest && contentHash(specOf(text), 'linux-64', newest)
    expect(new Set(['- a', '- a\n- __proto__', '- a\n- constructor'].map(hash)).size).toBe(3)
  })
})

function pastCase({ files }: { files: Readonly<Record<string, string>> }): Omit<Case, 'name'> & { name: string } {
  const isMachine = (file: string) => /virtual-packages\.ya?ml$/.test(file)
  const machine = Object.entries(files).find(([file]) => isMachine(file))?.[1]
  return {
    name: '',
    files: Object.fromEntries(Object.entries(files).filter(([file]) => !isMachine(file))),
    platforms: ['linux-64', 'linux-aarch64', 'osx-64', 'osx-arm64'],
    ...(machine === undefined ? {} : { beside: { 'virtual-packages.yml': machine } }),
  }
}

function hashBy(name: string, spec: ReturnType<typeof specOf>, platform: string): string {
  const recipe = recipes.find((one) => one.name === name)
  if (!recipe) throw new Error(`no recipe ${name}`)
  return contentHash(spec, platform, recipe)
}
