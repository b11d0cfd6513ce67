import { describe, expect, it } from '@jest/globals'
import { parse, stringify } from 'yaml'
import { readLock, readLockMetadata, readLockWithLines } from '../../src/lock/read-lock.ts'
import { readAnyYaml } from '../../src/lock/yaml-any.ts'
import { readBlocks } from '../../src/lock/yaml-blocks.ts'
import { generations, realLock } from './real-locks.ts'

const small = `version: 1
metadata:
  content_hash:
    linux-64: aa
  channels:
  - url: conda-forge
    used_env_vars: []
  platforms:
  - linux-64
  sources:
  - environment.yml
package:
- name: a
  version: '1.10'
  manager: conda
  platform: linux-64
  dependencies:
    b: ''
  url: https://c.org/noarch/a-1.10-0.conda
  hash:
    md5: ab
    sha256: cd
  category: main
  optional: false
`

describe('readLock', () => {
  // The quick reader and the reader of all YAML are written apart: a slip of one shows as a difference.
  it.each(['1.2', '2.0-pip', '2.5', 'base-notebook'])('%s: both readers of YAML give the same', (name) => {
    const { lock } = realLock(name)
    expect(readBlocks(lock)).toEqual(readAnyYaml(lock))
  })

  it.each(generations)('%s: nothing is lost', (name) => {
    const { lock } = realLock(name)
    const { packages, metadata } = readLock(lock)
    const urls = [...lock.matchAll(/^ {2}url: (.*)$/gm)].map((match) => match[1])
    expect(packages.map((entry) => entry.url)).toEqual(urls)
    expect(packages.every((entry) => (entry.manager === 'pip' || entry.hash.md5) && entry.hash.sha256)).toBe(true)
    expect(Object.keys(metadata.contentHash).sort()).toEqual([...metadata.platforms].sort())
    expect(readLockMetadata(lock)).toEqual(metadata)
  })

  it('gives the line of each package', () => {
    const { lock } = realLock('base-notebook')
    const { lock: read, lines } = readLockWithLines(lock)
    const text = lock.split('\n')
    expect(lines.map((line) => text[line - 1])).toEqual(read.packages.map((entry) => `- name: ${entry.name}`))
  })

  it('reads other layouts of the same: flow, JSON, indented lists, CRLF, a byte order mark', () => {
    const expected = readLock(small)
    const value = parse(small, { version: '1.1' })
    const layouts = [
      stringify(value, { version: '1.1', indentSeq: true }),
      stringify(value, { version: '1.1', defaultStringType: 'QUOTE_DOUBLE', indent: 4 }),
      JSON.stringify(value),
      small.replaceAll('\n', '\r\n'),
      `\uFEFF${small}`,
      small.replace('- name: a\n', '# by hand\n- name: a # here\n'),
      small.replace("b: ''", 'b:\n      ""'),
    ]
    for (const layout of layouts) expect(readLock(layout)).toEqual(expected)
  })

  it('takes the defaults of the format', () => {
    const bare = small
      .replace("  dependencies:\n    b: ''\n", '')
      .replace('  category: main\n', '')
      .replace('md5: ab', 'md5: null')
    expect(readLock(bare).packages[0]).toMatchObject({ dependencies: {}, category: 'main', hash: { sha256: 'cd' } })
    expect(readLock(small.replace('- url: conda-forge\n    used_env_vars: []', '- conda-forge'))).toEqual(
      readLock(small),
    )
  })
})

describe('what readLock refuses, with file and line', () => {
  it.each([
    ['a version that is a number to YAML', ["'1.10'", '1.10'], 14, "a's `version` is `1.10`"],
    [
      'a key twice',
      ['  manager: conda\n', '  manager: conda\n  manager: pip\n'],
      16,
      '`manager` stands here a second time',
    ],
    ['an unknown key', ['  category: main', '  colour: red'], 23, 'unknown key `colour`'],
    ['a missing key', ["  version: '1.10'\n", ''], 13, 'a has no `version`'],
    ['another manager', ['manager: conda', 'manager: npm'], 13, '`npm`'],
    ['another format', ['version: 1\n', 'version: 2\n'], 1, '`2`'],
    ['no format', ['version: 1\n', ''], 1, 'a lock has no `version`'],
    ['a text for a list', ['platforms:\n  - linux-64', 'platforms: linux-64'], 8, '`platforms` is not a list'],
    ['a list for a mapping', ["dependencies:\n    b: ''", 'dependencies: []'], 17, 'is not a mapping'],
    ['two words in a url', ['noarch/a-1.10-0.conda', 'noarch/ a.conda'], 19, 'not one word'],
    ['a control character', ['- environment.yml', '- "environment\\n.yml"'], 11, 'a source is no path'],
    ['a prototype', ["b: ''", "__proto__: ''"], 18, '__proto__'],
    ['an alias', ['version: 1\n', 'version: &a 1\n'], 1, 'anchors and aliases'],
    ['a merge key', ['  hash:\n', '  <<: {}\n  hash:\n'], 20, '<<'],
    ['a tag', ["'1.10'", '!!str 1.10'], 14, 'tag'],
    ['two documents', ['metadata:\n', '---\nmetadata:\n'], 2, 'multiple documents'],
    ['a conflict of git', ['  hash:\n', '<<<<<<< HEAD\n  hash:\n'], 20, ''],
    ['no YAML at all', ['metadata:\n', 'metadata: {{{\n'], 4, ''],
  ] as [string, [string, string], number, string][])('%s', (_, [from, to], line, message) => {
    expect(small).toContain(from)
    const read = () => readLock(small.replace(from, to), 'x/conda-lock.yml')
    expect(read).toThrow(expect.objectContaining({ code: 'lock', message: expect.stringContaining(message) }))
    expect(read).toThrow(new RegExp(`^x/conda-lock.yml:${line}: `))
  })

  it('the merge that was committed to pangeo-docker-images with keys twice', () => {
    expect(() => readLock(realLock('conflicted').lock)).toThrow(
      'conda-lock.yml:297: the key `manager` stands here a second time',
    )
  })

  it.each([
    ['nested lists', '- '.repeat(100_000)],
    ['nested flow', `a: ${'['.repeat(100_000)}`],
    ['nested mappings', Array.from({ length: 3000 }, (_, at) => `${' '.repeat(at)}a:`).join('\n')],
    ['a bomb of aliases', 'a: &a [x,x]\nb: &b [*a,*a]\nc: [*b,*b]'],
    ['16 million characters', 'a'.repeat(16_000_001)],
    ['4 million in an odd layout', `a: "${'a'.repeat(4_000_001)}"`],
    ['nothing', ''],
    ['a scalar', 'hello'],
  ])('%s', (_, text) => {
    expect(() => readLock(text)).toThrow(expect.objectContaining({ code: 'lock' }))
  })
})

describe('readLockMetadata', () => {
  // Breaks where the packages, 1.4 MB of text, are read to know the platforms.
  it('reads the head alone', () => {
    const head = small.slice(0, small.indexOf('package:'))
    expect(readLockMetadata(`${head}package: [[[not read`)).toEqual(readLock(small).metadata)
    expect(readLockMetadata(head)).toEqual(readLock(small).metadata)
  })

  it('finds metadata behind the packages too', () => {
    const value = parse(small, { version: '1.1' })
    const { metadata, package: list, version } = value
    expect(readLockMetadata(stringify({ package: list, version, metadata }))).toEqual(readLock(small).metadata)
  })

  it('refuses another format', () => {
    expect(() => readLockMetadata(small.replace('version: 1', 'version: 9'))).toThrow('conda-lock.yml:1')
  })
})
