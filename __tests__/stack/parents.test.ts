import { describe, expect, it } from '@jest/globals'
import { parseReference, publisherOfPrefix } from '../../src/stack/image-reference.ts'
import type { StackOptions } from '../../src/stack/read-stack.ts'
import { edgesOf, imageOf, stackOf } from './stacks.ts'

const root = 'FROM debian:13\nRUN true\n'
/** Edges of a stack of folders, given by what stands after FROM; `root` builds on Debian. */
const edges = async (froms: Record<string, string>, options: Partial<StackOptions> = {}, spec = '') => {
  const files = Object.fromEntries(
    Object.entries(froms).map(([name, text]) => [
      `${name}/Dockerfile`,
      text === 'root' ? root : text.includes('FROM') ? text : `FROM ${text}\nRUN true\n`,
    ]),
  )
  return edgesOf(await stackOf(spec ? { ...files, 'spec.yml': spec } : files, options))
}

describe('which references are the stack’s own', () => {
  it.each<[string, Record<string, string>, Partial<StackOptions>, string, string[]]>([
    ['an organisation that all agree on', { a: 'root', b: 'org/a:1' }, {}, '', ['b < a FROM*']],
    ['a bare name', { a: 'root', b: 'a:latest' }, {}, '', ['b < a FROM*']],
    ['a bare name with host localhost', { a: 'root', b: 'localhost/a' }, {}, '', ['b < a FROM*']],
    [
      'one organisation in two registries',
      { a: 'root', b: 'quay.io/org/a', c: 'org/b' },
      {},
      '',
      ['b < a FROM*', 'c < b FROM*'],
    ],
    ['docker.io and library', { a: 'root', b: 'docker.io/library/a' }, {}, '', ['b < a FROM*']],
    ['its own name is from outside', { ubuntu: 'ubuntu:24.04' }, {}, '', []],
    ['so is that organisation', { a: 'jupyter/a', b: 'jupyter/a:1', c: 'org/a' }, {}, '', ['c < a FROM*']],
    ['a bare official name is from outside', { python: 'root', b: 'python:3.13' }, {}, '', []],
    [
      'depends_on says that it is not',
      { python: 'root', b: 'python:3.13' },
      {},
      'images: {b: {depends_on: python}}',
      ['b < python FROM*'],
    ],
    ['look-alikes', { base: 'root', b: 'org/base-notebook', c: 'org/xbase', d: 'org/base/x' }, {}, '', []],
    ['declared registry', { a: 'root', b: 'x/a', c: 'y/a' }, { registries: ['ghcr.io/x'] }, '', ['b < a FROM*']],
    ['declared in spec.yml', { a: 'root', b: 'x/a', c: 'y/a' }, {}, 'registry: y', ['c < a FROM*']],
    [
      'declared by a published name',
      { a: 'root', b: 'x/a', c: 'y/a' },
      {},
      'images: {a: {name: ghcr.io/y/a}}',
      ['c < a FROM*'],
    ],
    ['a fork publishes elsewhere', { a: 'root', b: 'org/a' }, { registries: ['ghcr.io/fork'] }, '', ['b < a FROM*']],
    ['two that nobody declared: none', { a: 'root', b: 'x/a', c: 'y/a' }, {}, '', []],
    [
      'the one that names more images',
      { a: 'root', b: 'x/a', c: 'x/b', d: 'y/a' },
      {},
      '',
      ['b < a FROM*', 'c < b FROM*'],
    ],
    ['a digest is no vote', { a: 'root', b: 'y/a@sha256:aa' }, {}, '', []],
    [
      'a digest of our own is built here',
      { a: 'root', b: 'x/a', c: 'x/a:1@sha256:aa' },
      {},
      '',
      ['b < a FROM*', 'c < a FROM*'],
    ],
    ['a project that publishes itself', { pytorch: 'root', b: 'pytorch/pytorch:2' }, {}, '', []],
    ['also ours, when declared', { x: 'root', b: 'x/x' }, { registries: ['x'] }, '', ['b < x FROM*']],
    [
      'an official name with the tag that spec.yml gives',
      { 'debian/bookworm/scm': 'root', 'debian/bookworm': 'buildpack-deps:bookworm-scm' },
      {},
      'images: {debian/bookworm/scm: {name: buildpack-deps, tag: bookworm-scm}}',
      ['debian/bookworm < debian/bookworm/scm FROM*'],
    ],
    ['two of one name: none', { 'g/a': 'root', 'h/a': 'root', b: 'org/a' }, {}, '', []],
    [
      'two of one name, one of them named',
      { 'g/a': 'root', 'h/a': 'root', b: 'org/a' },
      {},
      'images: {b: {depends_on: h/a}}',
      ['b < h/a FROM*'],
    ],
    [
      'two of one name in two registries',
      { 'g/a': 'root', 'h/a': 'root', b: 'quay.io/o/a', c: 'quay.io/p/a' },
      {},
      'images: {g/a: {registry: quay.io/o}, h/a: {registry: quay.io/p}}',
      ['b < g/a FROM*', 'c < h/a FROM*'],
    ],
    [
      'a version in a folder',
      { 'py/3.12': 'root', b: 'org/py:3.12', c: 'org/py:3.12-x', d: 'org/py:3.1' },
      { registries: ['org'] },
      '',
      ['b < py/3.12 FROM*', 'c < py/3.12 FROM*'],
    ],
    ['a deep path', { a: 'root', b: 'registry.example.org:5000/g/p/a:1' }, {}, '', ['b < a FROM*']],
    [
      'COPY --from and a mount',
      { a: 'root', b: 'root', c: 'FROM scratch\nCOPY --from=o/a /x /\nRUN --mount=from=o/b,target=/b true' },
      {},
      '',
      ['c < a COPY', 'c < b MOUNT'],
    ],
    ['a stage hides an image', { a: 'root', b: 'FROM x/y AS a\nFROM a\nCOPY --from=a /x /' }, {}, '', []],
    ['a stage of any case', { a: 'root', b: 'FROM x/y aS A\nFROM z/w\nCOPY --from=A /x /' }, {}, '', []],
    ['a stage by number', { a: 'root', b: 'FROM x/y\nFROM z/w\nCOPY --from=0 /x /' }, {}, '', []],
    ['a stage named by an argument', { a: 'root', b: 'ARG S=a\nFROM x/y AS a\nFROM $S' }, {}, '', []],
    ['the stage of its own name comes later', { a: 'root', b: 'FROM o/a AS a\nFROM a' }, {}, '', ['b < a FROM*']],
    ['a stage that is not built', { a: 'root', b: 'FROM o/a AS old\nFROM x/y\nRUN true' }, {}, '', []],
    [
      'the target decides',
      { a: 'root', b: 'FROM o/a AS old\nFROM x/y\nRUN true' },
      {},
      'images: {b: {target: old}}',
      ['b < a FROM*'],
    ],
    [
      'a named context takes its place',
      { a: 'root', b: 'o/a:1' },
      {},
      'images: {b: {contexts: {"o/a:1": docker-image://x/y}}}',
      [],
    ],
    [
      'a named context of the stack',
      { a: 'root', b: 'FROM x/y\nCOPY --from=tools /x /' },
      {},
      'images: {b: {contexts: {tools: "target:a"}}}',
      ['b < a spec'],
    ],
    ['depends_on without a reference', { a: 'root', b: 'root' }, {}, 'images: {b: {depends_on: [a]}}', ['b < a spec']],
    [
      'a parent both ways is one edge',
      { a: 'root', b: 'FROM o/a\nCOPY --from=o/a /x /' },
      {},
      'images: {b: {depends_on: a}}',
      ['b < a FROM*'],
    ],
    ['an argument without a value', { a: 'root', b: 'ARG X\nFROM $X' }, {}, '', []],
    ['platform before the name', { a: 'root', b: '--platform=$BUILDPLATFORM o/a' }, {}, '', ['b < a FROM*']],
    [
      'an argument repeated after FROM keeps its value',
      { a: 'root', b: 'ARG X=o/a\nFROM $X\nARG X\nFROM $X' },
      {},
      '',
      ['b < a FROM*'],
    ],
    [
      'a comment behind a default',
      { a: 'root', b: 'ARG T="1" # o/zzz\nARG I=a # image\nFROM o/$I:$T' },
      {},
      '',
      ['b < a FROM*'],
    ],
    [
      'several on a line, continued',
      { a: 'root', b: 'ARG O=o I=a \\\n # note\n T=1\nFROM $O/${I}:${T:-2}' },
      {},
      '',
      ['b < a FROM*'],
    ],
    [
      'default over levels, self-reference',
      { a: 'root', b: 'ARG A=o\nARG A=${A}/\nARG B=${A}a\nFROM ${B:+$B}' },
      {},
      '',
      ['b < a FROM*'],
    ],
    [
      'a heredoc hides nothing',
      { a: 'root', b: 'FROM x/y\nRUN <<EOF\nFROM o/zzz\nEOF\nFROM o/a' },
      {},
      '',
      ['b < a FROM*'],
    ],
  ])('%s', async (_, froms, options, spec, expected) => {
    expect(await edges(froms, options, spec)).toEqual(expected)
  })

  it('says in a note what ends an ambiguity', async () => {
    const stack = await stackOf({
      'python/Dockerfile': root,
      'b/Dockerfile': 'FROM x/y AS z\nFROM python:3.13\nRUN true\n',
    })
    expect(stack.notes).toContainEqual({
      path: 'b/Dockerfile',
      line: 2,
      text: expect.stringContaining('images: {b: {depends_on: [python]}}'),
    })
    expect(imageOf(stack, 'b').external).toEqual(['python:3.13'])
  })

  it('says where a tag is made of folders, and what would end the doubt', async () => {
    const stack = await stackOf({
      'ros/noetic/ubuntu/focal/ros-core/Dockerfile': root,
      'ros/noetic/ubuntu/bionic/ros-core/Dockerfile': root,
      'ros/noetic/ubuntu/focal/ros-base/Dockerfile': 'FROM ros:noetic-ros-core-focal\nUSER a\n',
      'ros/noetic/ubuntu/focal/other/Dockerfile': 'FROM debian:focal-slim\nUSER a\n',
    })
    expect(edgesOf(stack)).toEqual([])
    const texts = stack.notes.map((note) => note.text).filter((text) => text.includes('made of'))
    expect(texts).toEqual([
      expect.stringContaining('images: {ros/noetic/ubuntu/focal/ros-core: {name: ros, tag: noetic-ros-core-focal}}'),
    ])
  })

  it('says which of two images of one name it may be, and how each parent was told', async () => {
    const stack = await stackOf({
      'g/a/Dockerfile': root,
      'h/a/Dockerfile': root,
      'b/Dockerfile': 'FROM p/a\nUSER a\n',
      'c/Dockerfile': 'FROM o/b\nUSER a\n',
    })
    const note = stack.notes.find((other) => other.path === 'b/Dockerfile')
    expect(note?.text).toMatch(/may be g\/a or h\/a.*images: \{b: \{depends_on: \[g\/a\]\}\}/)
    expect(imageOf(stack, 'c').parents[0]?.how).toMatch(/^o is what most references/)
  })

  it('keeps all references of one parent, as the keys of named contexts', async () => {
    const stack = await stackOf({
      'a/Dockerfile': root,
      'b/Dockerfile': 'FROM o/a:1 AS x\nFROM o/a:2\nCOPY --from=x /x /\n',
    })
    expect(imageOf(stack, 'b').parents).toMatchObject([
      { name: 'a', references: ['o/a:1', 'o/a:2'], via: 'FROM', line: 2, base: true },
    ])
  })
})

describe('parseReference', () => {
  it.each([
    ['ubuntu', ['', '', 'ubuntu', null, null]],
    ['org/a:1', ['', 'org', 'a', '1', null]],
    ['docker.io/library/ubuntu:24.04', ['', '', 'ubuntu', '24.04', null]],
    ['localhost:5000/a', ['localhost:5000', '', 'a', null, null]],
    ['127.0.0.1:5000/o/p/a:t@sha256:ab', ['127.0.0.1:5000', 'o/p', 'a', 't', 'sha256:ab']],
    ['a@sha256:ab', ['', '', 'a', null, 'sha256:ab']],
    ['', ['', '', '', null, null]],
  ])('%s', (text, [host, organisation, repository, tag, digest]) => {
    expect(parseReference(text as string)).toEqual({ host, organisation, repository, tag, digest })
  })

  it.each([
    ['ghcr.io/org/', 'org'],
    ['org', 'org'],
    ['localhost:5000', 'localhost:5000'],
    ['docker.io/org', 'org'],
  ])('publisher of %s', (prefix, expected) => {
    expect(publisherOfPrefix(prefix)).toBe(expected)
  })
})
