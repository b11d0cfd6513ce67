import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { startGitHub } from '../../sandbox/github/server.ts'
import { detect, readEvent } from '../../src/steps/detect.ts'
import { createPayload } from '../helpers/events.ts'
import { createHost } from '../helpers/host.ts'
import { createInputs } from '../helpers/inputs.ts'
import { createTemporary, type Temporary } from '../helpers/temporary.ts'
import { gitIn, makeHistory, shallowClone } from '../never-miss/history.ts'
import type { ModelFile } from '../never-miss/stack-model.ts'

jest.setTimeout(120_000)

let temporary: Temporary
let runs = 0
beforeAll(async () => {
  temporary = await createTemporary()
})
afterAll(async () => await temporary[Symbol.asyncDispose]())

type Files = Readonly<Record<string, string | ModelFile | null>>

const first: Files = {
  'a/Dockerfile': 'FROM debian:12\nCOPY data conf/*.txt /x/\n',
  'a/data/x': 'x\n',
  'a/conf/a.txt': 'conf of a, long enough to be found again after a rename\n',
  'b/Dockerfile': 'FROM debian:12\nCOPY shared/tool /x/\n',
  'b/own': '1\n',
  'shared/tool': 'tool\n',
  'c/Dockerfile': 'FROM o/b:1\nUSER c\n',
  'd/Dockerfile': 'FROM o/gone:1\nUSER d\n',
  'e/Dockerfile': 'FROM debian:12\nCOPY link /x/\n',
  'e/link': { mode: '120000', text: 'real' },
  'e/real/x': '1\n',
  'f/Dockerfile': 'FROM debian:12\nCOPY sub /x/\n',
  'f/sub': { mode: '160000', text: '1'.repeat(40) },
  'g/v/Dockerfile': 'FROM debian:12\nUSER v\n',
  'gone/Dockerfile': 'FROM debian:12\nUSER gone\n',
}
const pointer = (oid: string): string =>
  `version https://git-lfs.github.com/spec/v1\noid sha256:${oid.repeat(64)}\nsize 9\n`

const rows: readonly (readonly [string, Files, readonly string[]])[] = [
  ['a file that nothing reads', { 'b/own': '2\n', 'a/README.md': '' }, []],
  ['a removed file', { 'a/data/x': null }, ['a']],
  ['a rename out of what is read', { 'a/conf/a.txt': null, 'docs/a.txt': first['a/conf/a.txt'] ?? '' }, ['a']],
  ['a rename into what is read', { 'b/own': null, 'a/data/own': '1\n' }, ['a']],
  ['a rename by case alone', { 'a/data/x': null, 'a/data/X': 'x\n' }, ['a']],
  ['a mode', { 'a/data/x': { mode: '100755', text: 'x\n' } }, ['a']],
  ['a file that became a link', { 'a/data/x': { mode: '120000', text: 'y' } }, ['a']],
  ['a folder that became a link', { 'a/data/x': null, 'a/data': { mode: '120000', text: 'conf' } }, ['a']],
  ['what a link leads to', { 'e/real/x': '2\n' }, ['e']],
  ['where a link leads', { 'e/link': { mode: '120000', text: 'other' } }, ['e']],
  ['a submodule’s commit', { 'f/sub': { mode: '160000', text: '2'.repeat(40) } }, ['f']],
  ['a submodule that became a folder', { 'f/sub': null, 'f/sub/x': '1\n' }, ['f']],
  ['an LFS pointer', { 'a/data/big': pointer('1') }, ['a']],
  ['a parent that is gone', { 'gone/Dockerfile': null }, ['d']],
  ['a parent that is no image any more', { 'gone/Dockerfile': '# nothing\n' }, ['d']],
  ['a Dockerfile that moved', { 'b/Dockerfile': null, 'z/b/Dockerfile': first['b/Dockerfile'] ?? '' }, ['c', 'z/b']],
  ['a context that is another since a file went', { 'shared/tool': null, 'b/shared/tool': 'tool\n' }, ['b', 'c']],
  ['a source that is nowhere any more', { 'shared/tool': null }, ['b', 'c']],
  [
    'a second image of a parent’s name',
    { 'more/gone/Dockerfile': 'FROM debian:12\n', 'gone/Dockerfile': null },
    ['d', 'more/gone'],
  ],
  // Where the stack is published is what most references say: `o/b` is now from outside.
  [
    'new images that give the old ones other parents',
    { 'h/Dockerfile': 'FROM r/a:1\n', 'i/Dockerfile': 'FROM r/b:1\n', 'j/Dockerfile': 'FROM r/gone:1\n' },
    ['c', 'd', 'h', 'i', 'j'],
  ],
  ['a new image that gives another one its published name', { 'g/Dockerfile': 'FROM debian:12\n' }, ['g', 'g/v']],
]

async function changedBy(before: Files, after: Files, depth: 0 | 1): Promise<string[]> {
  const folder = path.join(temporary.folder, String(runs++))
  const origin = path.join(folder, 'origin')
  const clone = path.join(folder, 'clone')
  for (const name of [origin, clone]) mkdirSync(name, { recursive: true })
  const [base = '', head = ''] = makeHistory(origin, [
    { parents: [], files: filesOf(before) },
    { parents: [0], files: filesOf({ ...before, ...after }) },
  ])
  if (depth === 1) shallowClone(origin, clone, head)
  else gitIn(origin, 'checkout', '--quiet', '--force', '--detach', head)
  const github = await startGitHub({ repository: path.join(origin, '.git'), owner: 'pangeo', name: 'images' })
  try {
    return await detected(depth === 1 ? clone : origin, { base, head, apiUrl: github.apiUrl })
  } finally {
    await github.stop()
  }
}

async function detected(cwd: string, { base, head, apiUrl }: Record<'base' | 'head' | 'apiUrl', string>) {
  const file = path.join(temporary.folder, 'event.json')
  writeFileSync(file, JSON.stringify(createPayload({ ref: 'refs/heads/main', before: base, after: head })))
  const host = createHost({
    cwd,
    env: { ...process.env, GITHUB_API_URL: apiUrl },
    event: { name: 'push', path: file, ref: 'refs/heads/main', sha: head, base: null, head: null },
  })
  const inputs = createInputs({ githubToken: 'ghs_0' })
  const { changed, changes } = await detect({ trigger: await readEvent({ inputs, host }), inputs, host })
  expect(changes).toMatchObject({ complete: true, base })
  return [...changed.keys()].sort()
}

function filesOf(files: Files): Record<string, ModelFile> {
  return Object.fromEntries(
    Object.entries(files).flatMap(([name, file]) =>
      file === null ? [] : [[name, typeof file === 'string' ? { mode: '100644', text: file } : file]],
    ),
  )
}

describe.each([
  ['by git', 0],
  ['by GitHub', 1],
] as const)('%s: what counts as changed', (_how, depth) => {
  it.each(rows)('%s', async (_title, after, expected) => {
    expect(await changedBy(first, after, depth)).toEqual(expected)
  })

  it('a context that is another since a file came that .dockerignore hides', async () => {
    const before = { ...first, 'b/.dockerignore': '*\n' }
    expect(await changedBy(before, { 'b/shared/tool': 'tool\n' }, depth)).toEqual(['b', 'c'])
  })

  // The folder of a glob is looked for too: where it comes into being beside the Dockerfile, the root is the context no more.
  it('a context that is another since a file came that no glob matches', async () => {
    const before = { ...first, 'b/Dockerfile': 'FROM debian:12\nCOPY shared/t* /x/\n' }
    expect(await changedBy(before, { 'b/shared/README': '\n' }, depth)).toEqual(['b', 'c'])
    expect(await changedBy(before, { 'shared/README': '\n' }, depth)).toEqual([])
  })

  it('an LFS pointer that points at something else', async () => {
    const before = { ...first, 'a/data/big': pointer('1') }
    expect(await changedBy(before, { 'a/data/big': pointer('2') }, depth)).toEqual(['a'])
  })
})

describe('names that are not UTF-8', () => {
  it('count for the folder that they are in', async () => {
    const cwd = path.join(temporary.folder, String(runs++))
    mkdirSync(cwd)
    const [base = ''] = makeHistory(cwd, [{ parents: [], files: filesOf(first) }])
    gitIn(cwd, 'checkout', '--quiet', '--detach', base)
    const odd = Buffer.concat([Buffer.from(path.join(cwd, 'a/data/')), Buffer.from([0xe9, 0xff])])
    writeFileSync(odd, 'x')
    execFileSync('git', ['add', '--all', 'a'], { cwd })
    const person = ['-c', 'user.name=a', '-c', 'user.email=a@example.org']
    gitIn(cwd, ...person, 'commit', '--quiet', '--message=x', '--', 'a')
    const head = gitIn(cwd, 'rev-parse', 'HEAD').trim()
    expect(await detected(cwd, { base, head, apiUrl: '' })).toEqual(['a'])
  })
})
