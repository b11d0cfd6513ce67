import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import picomatch from 'picomatch'
import { changedImages } from '../../src/stack/index.ts'
import type { Stack } from '../../src/stack/types.ts'
import { changed, readTree, stackOf, treeOf } from './stacks.ts'

const files = {
  'images/base/Dockerfile': 'FROM u/v\nCOPY start conf/*.json lib /x/\n',
  'images/base/start': '',
  'images/base/conf/a.json': '',
  'images/base/lib/deep/a': '',
  'images/mid/Dockerfile': 'FROM o/base\nCOPY . /x\n',
  'images/mid/.dockerignore': '*.md\n!keep.md\ntests\n',
  'images/mid/conda-lock.yml':
    'version: 1\nmetadata:\n  sources:\n  - environment.yml\n  - ../base/environment.yml\npackage: []\n',
  'images/top/Dockerfile': 'FROM o/mid\nUSER a\n',
  'images/alone/Dockerfile': 'FROM u/v\nUSER a\n',
}
const reasons = (stack: Stack, ...paths: string[]) => Object.fromEntries(changedImages(stack, changed(...paths)))
const down = { mid: 'parent base is built', top: 'parent mid is built' }

describe('changedImages', () => {
  it.each<[string, string[], Record<string, string>]>([
    ['nothing', [], {}],
    ['a file that COPY names', ['images/base/start'], { base: 'start changed', ...down }],
    ['a file in a folder that COPY names', ['images/base/lib/deep/a'], { base: 'lib/deep/a changed', ...down }],
    ['a file that was not there before', ['images/base/lib/new'], { base: 'lib/new changed', ...down }],
    ['a file that a glob matches', ['images/base/conf/b.json'], { base: 'conf/b.json changed', ...down }],
    [
      'a file in a folder that a glob matches',
      ['images/base/conf/b.json/c'],
      { base: 'conf/b.json/c changed', ...down },
    ],
    ['a glob stops at a slash', ['images/base/conf/x/b.json'], {}],
    [
      'nothing reads it',
      ['images/base/README.md', 'images/base/starter', 'README.md', 'images/alone/x', 'images/basement/start'],
      {},
    ],
    [
      'a folder that became a submodule or a link',
      ['images/base/lib', 'images/base/conf'],
      { base: 'lib changed', ...down },
    ],
    [
      'the Dockerfile, first of many',
      ['images/base/start', 'images/base/lib/a', 'images/base/Dockerfile'],
      { base: 'Dockerfile, start and more files changed', ...down },
    ],
    ['in the context, not ignored', ['images/mid/x'], { mid: 'x changed', top: down.top }],
    ['in the context, ignored', ['images/mid/a.md', 'images/mid/tests/a'], {}],
    ['an exception', ['images/mid/keep.md'], { mid: 'keep.md changed', top: down.top }],
    ['the ignore file itself', ['images/mid/.dockerignore'], { mid: '.dockerignore changed', top: down.top }],
    [
      'an ignore file that was removed',
      ['images/alone/Dockerfile.dockerignore'],
      { alone: 'Dockerfile.dockerignore changed' },
    ],
    [
      'a source of the lock',
      ['images/base/environment.yml'],
      { mid: 'images/base/environment.yml changed', top: down.top },
    ],
    ['the lock', ['images/mid/conda-lock.yml'], { mid: 'conda-lock.yml changed', top: down.top }],
    [
      'spec.yml',
      ['images/spec.yml'],
      Object.fromEntries(
        ['alone', 'base', 'mid', 'top'].map((name) => [name, 'images/spec.yml changed, which may concern every image']),
      ),
    ],
    ['a hostile name', ['images/mid/a\n::error::b\u202e'], { mid: '"a\\u{a}', top: down.top }],
  ])('%s', async (title, paths, expected) => {
    const result = reasons(await stackOf(files), ...paths)
    if (title === 'a hostile name') {
      expect(result.mid).toMatch(/^"a\\n::error::b\\u\{202e\}" changed$/)
    } else {
      expect(result).toEqual(expected)
    }
  })

  it.each([
    [
      { base: null, head: 'b', complete: false, reason: 'no base commit to compare with', files: [] },
      'no base commit to compare with',
    ],
    [
      { base: 'a', head: 'b', complete: false, reason: null, files: ['x'] },
      'the list of changed files may be incomplete',
    ],
  ])('in doubt everything', async (set, reason) => {
    expect([...changedImages(await stackOf(files), set).values()]).toEqual([reason, reason, reason, reason])
  })

  it.each<[string, string, string[], string[]]>([
    ['ignore', 'ignore: ["**/*.sh", base/lib]', ['images/mid/a/x.sh', 'images/base/lib/deep/a'], []],
    ['ignore, from the root', 'ignore: images/mid', ['images/mid/a'], []],
    ['ignore and another file', 'ignore: ["**/*.sh"]', ['images/mid/x.sh', 'images/mid/y'], ['mid', 'top']],
    ['build_all: a folder', 'build_all: [common]', ['images/common/a/b'], ['alone', 'base', 'mid', 'top']],
    [
      'build_all goes before ignore',
      'build_all: [common]\nignore: ["**"]',
      ['images/common/a'],
      ['alone', 'base', 'mid', 'top'],
    ],
    ['skip is not built, its children are', 'images: {mid: {skip: true}}', ['images/mid/x'], ['top']],
    ['a context of one’s own', 'images: {alone: {contexts: {shared: ../shared}}}', ['shared/a/b'], ['alone']],
    [
      'a context of one’s own, whatever .dockerignore says of the other one',
      'images: {mid: {contexts: {docs: ../docs}}}',
      ['docs/a.md', 'docs/tests/x'],
      ['mid', 'top'],
    ],
    [
      'a context in a submodule',
      'images: {alone: {contexts: {far: ../far/src}}, top: {context: ../sub}}',
      ['far', 'sub'],
      ['alone', 'top'],
    ],
    ['change_ignore.json', 'images: {}', ['images/change_ignore.json'], ['alone', 'base', 'mid', 'top']],
    [
      'a context that is another folder',
      'images: {base: {context: ../other}}',
      ['other/start', 'images/base/lib/a'],
      ['base', 'mid', 'top'],
    ],
    ['lock sources', 'images: {alone: {lock: {sources: ../env/x.yml}}}', ['env/x.yml'], ['alone']],
  ])('spec.yml: %s', async (_, spec, paths, expected) => {
    const stack = await stackOf({ ...files, 'images/spec.yml': spec, 'other/start': '', 'shared/a/b': '' })
    expect(Object.keys(reasons(stack, ...paths)).sort()).toEqual(expected)
  })

  it('counts what a link in the context may lead to', async () => {
    const stack = await readTree(treeOf({ 'a/Dockerfile': 'FROM u/v\nCOPY data /x\n', 'a/real/x': '' }, ['a/data']))
    expect(reasons(stack, 'a/real/x')).toEqual({ a: 'real/x changed' })
    expect(stack.notes.map((note) => note.text)).toContain('data is a link or a submodule: the whole context counts')
  })

  it('counts a folder on the way to a source, when it became a link or a submodule', async () => {
    const stack = await stackOf({ 'a/Dockerfile': 'FROM u/v\nCOPY b/c/d e/*/f /x\n', 'a/b/c/d': '', 'a/e/x/f': '' })
    expect(reasons(stack, 'a/b')).toEqual({ a: 'b changed' })
    expect(reasons(stack, 'a/b/c')).toEqual({ a: 'b/c changed' })
    expect(reasons(stack, 'a/e/x')).toEqual({})
    expect(reasons(stack, 'a/e/x', '.gitmodules')).toEqual({ a: 'e/x changed' })
    expect(reasons(stack, 'a/b/c/x', 'a/g')).toEqual({})
  })

  it('names the Dockerfile first, however long the list', async () => {
    const stack = await stackOf(files)
    const many = ['a', 'b', 'c', 'd', 'e'].map((name) => `images/mid/${name}`)
    expect(reasons(stack, ...many, 'images/mid/Dockerfile').mid).toBe('Dockerfile, a and more files changed')
  })

  it('counts a submodule that a glob may go into', async () => {
    const tree = treeOf({ 'a/Dockerfile': 'FROM u/v\nCOPY e/*/f /x\n', 'a/e/x/f': '' }, [], ['a/e/sub'])
    expect(reasons(await readTree(tree), 'a/e/sub')).toEqual({ a: 'e/sub changed' })
  })

  it('counts the removal of a parent', async () => {
    const stack = await stackOf({
      'images/a/Dockerfile': 'FROM o/gone:1\nUSER a\n',
      'images/b/Dockerfile': 'FROM python\nUSER a\n',
      'images/tests/gone/Dockerfile': 'FROM u/v\n',
    })
    expect(reasons(stack, 'images/gone/Dockerfile')).toEqual({ a: 'images/gone/Dockerfile changed' })
    expect(reasons(stack, 'images/python/Dockerfile', 'images/tests/gone/Dockerfile', 'x/gone/Dockerfile')).toEqual({})
  })

  it('a bind mount reads its source', async () => {
    const stack = await stackOf({
      'a/Dockerfile': 'FROM u/v\nRUN --mount=type=bind,source=env,target=/e true\n',
      'b/Dockerfile': 'FROM u/v\nRUN --mount=target=/e true\n',
      'a/env': '',
    })
    expect(reasons(stack, 'a/env', 'a/x', 'b/x')).toEqual({ a: 'env changed', b: 'x changed' })
  })

  it('has no reason that is not the reader’s', async () => {
    const stack = await stackOf(files)
    expect(changedImages(stack, changed('images/base/start')).get('top')).toBe('parent mid is built')
  })
})

/** Naive: asks every image about every file, by picomatch on its patterns, then closes over parents until nothing is new. */
function oracle(stack: Stack, paths: readonly string[]): string[] {
  const found = new Set(
    stack.images
      .filter((image) =>
        paths.some((path) => {
          if (
            path === image.dockerfile ||
            image.lockSources.includes(path) ||
            path === `${image.context}/.dockerignore`
          )
            return true
          const prefix = image.context === '.' ? '' : `${image.context}/`
          const patterns = image.reads.all ? ['**'] : image.reads.patterns
          return (
            path.startsWith(prefix) &&
            picomatch(
              patterns.flatMap((pattern) => [pattern, `${pattern}/**`]),
              { dot: true },
            )(path.slice(prefix.length))
          )
        }),
      )
      .map((image) => image.name),
  )
  for (let before = -1; before < found.size; ) {
    before = found.size
    for (const image of stack.images) if (image.parents.some((parent) => found.has(parent.name))) found.add(image.name)
  }
  return [...found].sort()
}

describe('against a naive oracle', () => {
  const source = fc.constantFrom('.', 'a', 'b/', 'b/c', '*.txt', 'b/*', '/a', './b/c', 'd?')
  const image = fc.record({
    parent: fc.nat(),
    sources: fc.array(source, { maxLength: 3 }),
    locks: fc.array(fc.nat(), { maxLength: 2 }),
    root: fc.boolean(),
  })
  const path = fc.tuple(
    fc.nat({ max: 6 }),
    fc.constantFrom(
      'a',
      'b/c',
      'b/x/y',
      'c.txt',
      'd1',
      'd/e.txt',
      'Dockerfile',
      'env.yml',
      'README.md',
      '.dockerignore',
    ),
  )

  it('finds the same images', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(image, { minLength: 1, maxLength: 7 }),
        fc.array(path, { maxLength: 5 }),
        async (images, paths) => {
          const all: Record<string, string> = {}
          for (const [at, { parent, sources, locks, root }] of images.entries()) {
            const base = at === 0 || parent % 3 === 0 ? 'u/v' : `o/i${parent % at}`
            const copies = sources
              .map((text) => `COPY ${root && text !== '.' && !text.startsWith('/') ? `i${at}/${text}` : text} /x/\n`)
              .join('')
            all[`i${at}/Dockerfile`] = `FROM ${base}\nUSER a\n${copies}`
            all[`i${at}/a`] = ''
            all[`i${at}/b/c`] = ''
            if (locks.length > 0)
              all[`i${at}/conda-lock.yml`] =
                `metadata:\n  sources:\n${locks.map((lock) => `  - ../i${lock % images.length}/env.yml\n`).join('')}package: []\n`
          }
          const stack = await stackOf(all)
          const list = paths.map(([at, file]) => `i${at}/${file}`)
          expect([...changedImages(stack, changed(...list)).keys()].sort()).toEqual(oracle(stack, list))
        },
      ),
      { numRuns: 300 },
    )
  })
})
