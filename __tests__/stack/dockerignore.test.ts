import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { ignoreMatcher, readIgnoreFile } from '../../src/stack/dockerignore.ts'

const left = (text: string, paths: string[]) => {
  const ignores = ignoreMatcher(readIgnoreFile(text))
  return paths.filter((path) => !ignores(path))
}

describe('.dockerignore', () => {
  it.each([
    ['a name matches at the root only', 'README.md', ['README.md', 'a/README.md'], ['a/README.md']],
    ['a folder takes all in it', 'docs', ['docs/a', 'docs/b/c', 'docsx', 'x/docs/a'], ['docsx', 'x/docs/a']],
    ['slashes around', '/docs/', ['docs/a', 'b'], ['b']],
    ['* stops at a slash', '*.md', ['a.md', 'b/a.md'], ['b/a.md']],
    ['*/ is one level', '*/*.md', ['a.md', 'b/a.md', 'c/b/a.md'], ['a.md', 'c/b/a.md']],
    ['**/ is any level', '**/*.md', ['a.md', 'b/a.md', 'c/b/a.md', 'a.txt'], ['a.txt']],
    ['** and a suffix', '**.md', ['a.md', 'b/a.md', 'a.txt'], ['a.txt']],
    ['**/name', '**/x', ['x', 'a/x', 'a/x/y', 'ax'], ['ax']],
    ['name/**', 'x/**', ['x/a', 'x/a/b', 'xa'], ['xa']],
    ['a/**/b', 'a/**/b', ['a/b', 'a/x/b', 'a/x/y/b', 'a/c'], ['a/c']],
    ['an exception', '*.md\n!README.md', ['a.md', 'README.md'], ['README.md']],
    [
      'an exception in a folder',
      'docs\n!docs/keep',
      ['docs/a', 'docs/keep', 'docs/keep/b'],
      ['docs/keep', 'docs/keep/b'],
    ],
    ['the last one decides', '*\n!src\nsrc/tmp', ['a', 'src/b', 'src/tmp/c'], ['src/b']],
    ['exception before: no use', '!a.md\n*.md', ['a.md'], []],
    ['a rule that changes nothing for a folder is not asked for what is in it', 'a\n!a/x\na', ['a/x', 'a/y'], ['a/x']],
    ['all', '**', ['a', 'a/b'], []],
    ['one star is all of the root and what is in it', '*', ['a', 'a/b'], []],
    ['? and classes', 'a?[0-9]', ['ab1', 'ab/1', 'abc'], ['ab/1', 'abc']],
    ['case counts', 'readme.md', ['README.md'], ['README.md']],
    ['special characters of regular expressions', 'a+b(c).txt', ['a+b(c).txt', 'aab(c)xtxt'], ['aab(c)xtxt']],
    ['an escaped star', 'a\\*b', ['a*b', 'axb'], ['axb']],
    ['comments, empty lines, spaces, byte order mark', '\uFEFF# no\n\n  a.md  \r\n', ['a.md', '# no'], ['# no']],
    ['a # inside is no comment', ' #a', ['#a'], []],
    ['cleaned paths', './a/../b', ['b'], []],
    ['a bad pattern matches nothing', 'a[', ['a['], ['a[']],
    [
      'an exception that would take too long to match keeps all',
      '*\n!a/*b*c*d*e*.txt',
      ['a/b/c', 'abcde.txt', 'x'],
      ['a/b/c', 'abcde.txt', 'x'],
    ],
    ['names of Object', '', ['constructor', '__proto__'], ['constructor', '__proto__']],
  ])('%s', (_, text, paths, expected) => {
    expect(left(text, paths)).toEqual(expected)
  })

  // Broken by any rule of ours that BuildKit's walker does not have: it was run on all of these.
  it('keeps what BuildKit’s own walk keeps, for every order of exceptions, folders and globs', () => {
    const file = new URL('../fixtures/dockerignore/walks.json', import.meta.url)
    const { patterns, files, walks } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, string[]>
    const ours = walks?.map((walk) => {
      const [places = ''] = walk.split(':')
      const ignores = ignoreMatcher(places.split(' ').map((at) => patterns?.[Number(at)] ?? ''))
      return `${places}: ${files?.map((path) => (ignores(path) ? '0' : '1')).join('')}`
    })
    expect(ours).toEqual(walks)
  })
})
