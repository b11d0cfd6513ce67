import { describe, expect, it } from '@jest/globals'
import { imageOf, stackOf } from './stacks.ts'

const there = Object.fromEntries(['a', 'b/c', 'd.txt', 'x y'].map((path) => [`i/${path}`, '']))
const read = async (text: string, spec = '') => {
  const stack = await stackOf({ ...there, 'i/Dockerfile': text, ...(spec ? { 'spec.yml': spec } : {}) })
  return imageOf(stack, 'i')
}

describe('what an image reads of its context', () => {
  it.each<[string, string, string[] | 'all']>([
    ['words', 'COPY a b/c /x/', ['a', 'b/c']],
    ['JSON', 'COPY ["a", "x y", "/x/"]', ['a', 'x y']],
    ['flags', 'COPY --chown=1:1 --chmod=755 --link a /x', ['a']],
    ['cleaned paths', 'COPY ./a /b/ ../../d.txt b//c /x/', ['a', 'b', 'd.txt', 'b/c']],
    ['globs', 'COPY *.txt b/[a-c] /x/', ['*.txt', 'b/[a-c]']],
    ['--parents', 'COPY --parents b/./c **/d.txt /x/', ['b/c', '**/d.txt']],
    ['the whole context', 'COPY . /x', 'all'],
    ['the whole context, otherwise', 'ADD b/.. /x', 'all'],
    ['nothing but the target', 'COPY a', []],
    ['a stage', 'COPY --from=other a /x', []],
    ['a heredoc', 'COPY <<EOF a /x/\ntext\nEOF', ['a']],
    ['addresses', 'ADD https://x.org/a git@x.org:b.git https://github.com/o/r.git#v1 a /x/', ['a']],
    ['an address in a variable', 'ARG U=https://x.org/a\nADD $U a /x/', ['a']],
    ['an argument', 'ARG F=a\nARG G\nCOPY $F ${G:-d.txt} "b"/c /x/', 'all'],
    ['an argument with a default', 'ARG F=a\nARG G=\nCOPY $F ${G:-d.txt} /x/', ['a', 'd.txt']],
    ['a variable', 'ENV F=a G="b/c"\nCOPY $F $G /x/', ['a', 'b/c']],
    ['a variable, the old form', 'ENV F b/c\nCOPY $F /x/', ['b/c']],
    ['variables of one ENV do not see each other', 'ENV F=a\nENV F=d.txt G=$F\nCOPY $G /x/', ['a']],
    ['a variable of the base image', 'COPY $CONDA_DIR/x /x/', 'all'],
    ['of scratch it is empty', 'FROM scratch\nCOPY a$NOTHING /x/', ['a']],
    ['a variable of the stage below', 'ENV F=a\nFROM s\nCOPY $F /x/', ['a']],
    ['a stage below that is copied from elsewhere', 'COPY a /x\nFROM x/y\nCOPY --from=s /x /', ['a']],
    ['a stage that is not built', 'COPY a /x\nFROM x/y\nUSER a', []],
    ['a bind mount', 'RUN --mount=type=bind,src=b,dst=/b true', ['b']],
    ['a bind mount without a type', 'RUN --mount=source=b/c,target=/b true', ['b/c']],
    ['a bind mount of everything', 'RUN --mount=target=/b true', 'all'],
    ['a bind mount from elsewhere', 'RUN --mount=from=x/z,source=b,target=/b true', []],
    ['other mounts', 'RUN --mount=type=secret,id=a --mount=type=ssh --mount=type=tmpfs,target=/t true', []],
    ['ONBUILD is the child’s', 'ONBUILD COPY . /x', []],
    ['CRLF', 'COPY a \\\r\n  d.txt \\\r\n  /x/\r\n', ['a', 'd.txt']],
    ['an escaped glob', 'COPY a\\*b /x/', ['a\\*b']],
  ])('%s', async (_, text, expected) => {
    const first = text.startsWith('FROM') ? '' : 'FROM x/y AS s\n'
    const { reads } = await read(`${first}${text}\nUSER end\n`)
    if (expected === 'all') expect(reads.all).toBe(true)
    else expect(reads).toEqual({ all: false, patterns: expected, ignore: null })
  })

  it('leaves out a stage that a named context stands for', async () => {
    const text = 'FROM u/v AS tools\nCOPY a /x\nFROM x/y\nCOPY --from=tools /x /\n'
    expect((await read(text)).reads.patterns).toEqual(['a'])
    const image = await read(text, 'images: {i: {contexts: {tools: docker-image://t/u}}}')
    expect(image).toMatchObject({ external: ['x/y'], reads: { patterns: [] } })
  })

  it('asks for the outside images of the first platform only', async () => {
    const text = 'FROM u/v AS base-amd64\nFROM base-${TARGETARCH}\nUSER a\n'
    expect((await read(text)).external).toEqual(['u/v'])
  })

  it('has the build arguments over the defaults of a stage', async () => {
    const text = 'FROM x/y\nARG F=a\nCOPY $F /x/\n'
    expect((await read(text, 'images: {i: {args: {F: d.txt}}}')).reads.patterns).toEqual(['d.txt'])
  })

  it('lists cache mounts of what is built', async () => {
    const text =
      'FROM x/y AS old\nRUN --mount=type=cache,target=/old true\nFROM x/y\nARG N=7\nRUN --mount=type=cache,target=/opt/pkgs/,id=pkgs-$N \\\n  --mount=type=cache,dst=/root/.cache true\n'
    expect((await read(text)).cacheMounts).toEqual([
      { id: 'pkgs-7', target: '/opt/pkgs', from: null, source: null, owner: null, line: 5 },
      { id: '/root/.cache', target: '/root/.cache', from: null, source: null, owner: null, line: 5 },
    ])
  })

  it('says what its base is, through stages', async () => {
    expect(await read('FROM u/v:1 AS a\nFROM a AS b\nFROM w/x AS c\nFROM b\nCOPY --from=c /x /\n')).toMatchObject({
      base: 'u/v:1',
      external: ['u/v:1', 'w/x'],
      stages: ['a', 'b', 'c'],
    })
    expect(await read('FROM scratch\nCOPY a /\n')).toMatchObject({ base: null, external: [] })
  })
})
