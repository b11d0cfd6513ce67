import { describe, expect, it } from '@jest/globals'
import { contentHash } from '../../src/lock/content-hash.ts'
import { freshness } from '../../src/lock/freshness.ts'
import { lockStates } from '../../src/lock/lock-states.ts'
import { explicitLock, type LockedImage, lockInputs, lockTargets } from '../../src/lock/lock-target.ts'
import { readLockMetadata } from '../../src/lock/read-lock.ts'
import { newestRecipe } from '../../src/lock/recipes.ts'
import { environment, pastLocks, specOf } from './lock-specs.ts'

const noFiles = new Map<string, string>()
const image = (name: string, more: Partial<LockedImage> & { platforms?: string[] } = {}): LockedImage => ({
  name,
  path: more.path ?? name,
  lockSources: more.lockSources ?? [],
  declared: { test: [], manifests: [], rebuild: null, lockPlatforms: more.platforms ?? [] },
})
const files = (contents: Record<string, string>, refused: Record<string, string> = {}) => ({
  contents: new Map(Object.entries(contents)),
  refused: new Map(Object.entries(refused)),
})
const head = (hashes: Record<string, string>, sources: string[]) =>
  [
    'version: 1',
    'metadata:',
    '  content_hash:',
    ...Object.entries(hashes).map(([platform, hash]) => `    ${platform}: ${hash}`),
    '  channels:',
    '  - url: conda-forge',
    '    used_env_vars: []',
    '  platforms:',
    ...Object.keys(hashes).map((platform) => `  - ${platform}`),
    '  sources:',
    ...sources.map((source) => `  - ${source}`),
    'package: []',
    '',
  ].join('\n')
const hashOf = (dependencies: string, platform = 'linux-64') =>
  contentHash(specOf(dependencies, [platform]), platform, newestRecipe)

describe('lockTargets', () => {
  // Broken by: a lock job for an image without packages, or none for one that has them.
  it('finds a lock for each folder with a lock, an environment or a word in spec.yml', () => {
    const images = [
      image('base-image'),
      image('base-notebook'),
      image('fresh'),
      image('named', { lockSources: ['base-notebook/environment.yml'], platforms: ['osx-64'] }),
    ]
    const targets = lockTargets(
      images,
      files({
        'base-notebook/conda-lock.yml': head({ 'linux-64': 'x', 'osx-64': 'y' }, ['environment.yml']),
        'base-notebook/environment.yml': environment('- a'),
        'base-notebook/virtual-packages.yml': 'subdirs: {}',
        'fresh/environment.yml': environment('- b'),
      }),
    )
    expect(targets).toEqual([
      expect.objectContaining({
        images: ['base-notebook'],
        lock: 'base-notebook/conda-lock.yml',
        packagesList: 'base-notebook/packages.txt',
        sources: ['base-notebook/environment.yml'],
        platforms: ['linux-64', 'osx-64'],
        virtualPackages: 'base-notebook/virtual-packages.yml',
        origin: 'base-notebook/conda-lock.yml names its sources',
      }),
      expect.objectContaining({
        images: ['fresh'],
        lock: 'fresh/conda-lock.yml',
        sources: ['fresh/environment.yml'],
        platforms: [],
        metadata: null,
        origin: 'environment.yml stands beside the Dockerfile',
      }),
      expect.objectContaining({
        images: ['named'],
        sources: ['base-notebook/environment.yml'],
        platforms: ['osx-64'],
        origin: 'spec.yml names the sources',
      }),
    ])
    expect(explicitLock({ folder: 'fresh' }, 'osx-64')).toBe('fresh/conda-osx-64.lock')
  })

  // Broken by: two locks for one folder, or a path that is none in the root.
  it('has one lock for the variants of a folder, also in the root', () => {
    const images = ['a', 'b'].map((name) => image(name, { path: '.' }))
    const [target, ...others] = lockTargets(images, files({ 'environment.yaml': environment('- a') }))
    expect(others).toEqual([])
    expect(target).toMatchObject({ images: ['a', 'b'], lock: 'conda-lock.yml', sources: ['environment.yaml'] })
  })

  // Broken by: conda-lock 1's absolute paths, which name the checkout of another machine.
  it('finds the sources that an old lock names by absolute paths', () => {
    const sources = ['/home/runner/work/r/r/base/environment.yml', '/home/runner/work/r/r/ml/environment.yml']
    const contents = {
      'ml/conda-lock.yml': head({ 'linux-64': 'x' }, sources),
      'base/environment.yml': environment('- a'),
      'ml/environment.yml': environment('- b'),
    }
    expect(lockTargets([image('ml')], files(contents))).toMatchObject([
      { sources: ['base/environment.yml', 'ml/environment.yml'] },
    ])
    const rooted = { ...contents, 'ml/conda-lock.yml': head({ 'linux-64': 'x' }, ['/ml/environment.yml']) }
    expect(lockTargets([image('ml')], files(rooted))).toMatchObject([{ sources: ['ml/environment.yml'] }])
    const asked = lockInputs([image('ml')], files({ 'ml/conda-lock.yml': contents['ml/conda-lock.yml'] }))
    expect(asked).toEqual(
      expect.arrayContaining(['base/environment.yml', 'ml/environment.yml', 'ml/virtual-packages.yml']),
    )
  })

  // Broken by: following a source out of the repository.
  it('takes no source from outside of the repository', () => {
    const contents = {
      'a/conda-lock.yml': head({ 'linux-64': 'x' }, ['../../etc/passwd']),
      'a/environment.yml': environment('- a'),
    }
    expect(lockTargets([image('a')], files(contents))).toMatchObject([{ sources: ['a/environment.yml'] }])
    const partly = { ...contents, 'a/conda-lock.yml': head({ 'linux-64': 'x' }, ['../../x.yml', 'environment.yml']) }
    expect(lockTargets([image('a', { lockSources: ['a/environment.yml'] })], files(partly))).toMatchObject([
      { sources: ['a/environment.yml'], origin: 'environment.yml stands beside the Dockerfile' },
    ])
    expect(
      lockInputs([image('a')], files(contents)).filter((path) => path.includes('..') || path.startsWith('/')),
    ).toEqual([])
  })
})

describe('lockStates', () => {
  const base = environment('- a')
  const lock = (sources: string[], hashes: Record<string, string>) => head(hashes, sources)

  // Broken by: a change of a base's environment that leaves the locks made from it alone, or one that touches others.
  it('finds every lock stale that is made from the file that changed, and no other', () => {
    const own = (name: string) => ({ [`${name}/environment.yml`]: environment(`- ${name}`) })
    const made = (name: string, sources: string[], text: string) => ({
      [`${name}/conda-lock.yml`]: lock(sources, { 'linux-64': hashOf(text) }),
    })
    const names = ['base', 'ml', 'other']
    const contents = {
      'base/environment.yml': base,
      ...own('ml'),
      ...own('other'),
      ...made('base', ['environment.yml'], '- a'),
      ...made('ml', ['../base/environment.yml', 'environment.yml'], '- a\n- ml'),
      ...made('other', ['environment.yml'], '- other'),
    }
    const stale = (change: Record<string, string>) =>
      lockStates({ images: names.map((name) => image(name)), files: files({ ...contents, ...change }) })
        .flatMap(({ freshness: list }) => list)
        .filter(({ fresh }) => !fresh)
        .map((one) => one.image)
    expect(stale({})).toEqual([])
    expect(stale({ 'base/environment.yml': `# a comment\n${base}` })).toEqual([])
    expect(stale({ 'base/environment.yml': environment('- a=2') })).toEqual(['base', 'ml'])
    expect(stale({ 'ml/environment.yml': environment('- ml=2') })).toEqual(['ml'])
    expect(stale({ 'ml/virtual-packages.yml': 'subdirs: {linux-64: {packages: {__cuda: "12.0"}}}' })).toEqual(['ml'])
  })

  // Broken by: a symlink that is followed, a missing file that gives an empty environment.
  it.each([
    [{}, 'b/environment.yml: it is not there, but a/conda-lock.yml is made from it'],
    [{ 'b/environment.yml': 'it is a symlink' }, 'b/environment.yml: it is a symlink, but'],
  ])('says which source is missing: %j', (refused, message) => {
    const contents = { 'a/conda-lock.yml': lock(['../b/environment.yml'], { 'linux-64': 'x' }) }
    expect(() => lockStates({ images: [image('a')], files: files(contents, refused) })).toThrow(message)
  })

  it('leaves a source that only conda-lock reads to conda-lock', () => {
    const contents = {
      'a/conda-lock.yml': lock(['pyproject.toml'], { 'linux-64': 'x' }),
      'a/pyproject.toml': '[project]',
    }
    const question = { images: [image('a')], files: files(contents) }
    expect(() => lockStates(question)).toThrow(/^a\/pyproject\.toml: a lock is not made from pyproject\.toml here/)
    expect(lockStates({ ...question, foreign: true })).toMatchObject([
      { spec: null, freshness: [{ image: 'a', platform: 'linux-64', fresh: false }] },
    ])
  })
})

describe('freshness', () => {
  const ask = (metadata: string | null, dependencies = '- a', platforms = ['linux-64']) =>
    freshness({
      image: 'i',
      lock: 'i/conda-lock.yml',
      spec: { ...specOf(dependencies, platforms), sources: ['i/environment.yml'] },
      metadata: metadata === null ? null : readLockMetadata(metadata),
      platforms,
    })

  it.each([
    ['without a lock', null, 'there is no i/conda-lock.yml yet'],
    ['without the platform', head({ 'osx-64': 'x' }, ['environment.yml']), 'i/conda-lock.yml does not hold linux-64'],
    [
      'of other sources',
      head({ 'linux-64': 'x' }, ['../b/e.yml']),
      'i/conda-lock.yml was made from b/e.yml, not from i/environment.yml',
    ],
    [
      'after an edit',
      head({ 'linux-64': 'abcdef0123' }, ['environment.yml']),
      'i/environment.yml: not what the lock was made for (its content hash abcdef01 is that of other sources)',
    ],
  ])('says why a lock is stale: %s', (_, metadata, reason) => {
    expect(ask(metadata)).toEqual([{ image: 'i', platform: 'linux-64', fresh: false, reason }])
  })

  // Broken by: a name of an object's own that is taken for a platform.
  it('is not fooled by odd platforms in a lock', () => {
    expect(ask(head({ 'linux-64': 'x', toString: 'y' }, ['environment.yml']))).toMatchObject([{ fresh: false }])
  })

  // Broken by: trusting a hash of a platform that has no packages in the lock.
  it('asks for the platform itself, not only for its hash', () => {
    const metadata = head({ 'linux-64': hashOf('- a'), 'osx-64': 'x' }, ['environment.yml']).replace(
      '  - linux-64\n',
      '',
    )
    expect(ask(metadata)).toMatchObject([{ fresh: false, reason: 'i/conda-lock.yml does not hold linux-64' }])
  })

  it('says which platforms were left behind', () => {
    const metadata = head({ 'linux-64': hashOf('- a'), 'osx-64': 'old' }, ['environment.yml'])
    expect(ask(metadata, '- a', ['linux-64', 'osx-64'])).toMatchObject([
      { platform: 'linux-64', fresh: true, reason: 'the content hash is that of the sources (conda-lock 4.0.3)' },
      { platform: 'osx-64', fresh: false, reason: 'i/environment.yml: changed since; only linux-64 was locked again' },
    ])
  })

  // Broken by: a recipe that is forgotten, a lock that is called stale as a whole, or fresh as a whole.
  it.each(pastLocks())(
    'of the lock of $date, $lock, is what its content hashes say',
    ({ lock, head: text, files: beside, recipes }) => {
      const folder = lock.replace(/\/[^/]+$/, '')
      const contents = new Map([...Object.entries(beside), [lock, text] as const])
      const [state] = lockStates({ images: [image(folder)], files: { contents, refused: noFiles } })
      const found = state?.freshness.map(({ platform, fresh, reason }) => [
        platform,
        fresh ? /\((.*)\)$/.exec(reason)?.[1] : null,
      ])
      expect(Object.fromEntries(found ?? [])).toEqual(recipes)
    },
  )
})
