import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { commitIds, contentIds, workTreeIds } from '../../src/tools/file-ids.ts'
import { Git } from '../../src/tools/git.ts'
import { createTemporary, type Temporary } from '../helpers/temporary.ts'
import { gitIn } from '../never-miss/history.ts'

let temporary: Temporary
let runs = 0
beforeAll(async () => {
  temporary = await createTemporary()
})
afterAll(async () => await temporary[Symbol.asyncDispose]())

/** A repository with one commit, and its ids by path. */
function repository(files: Readonly<Record<string, string>>, format = 'sha1') {
  const cwd = path.join(temporary.folder, String(++runs))
  mkdirSync(cwd)
  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(path.join(cwd, name)), { recursive: true })
    writeFileSync(path.join(cwd, name), text)
  }
  gitIn(cwd, 'init', '--quiet', `--object-format=${format}`, '.')
  gitIn(cwd, 'config', 'user.email', 'a@example.org')
  gitIn(cwd, 'config', 'user.name', 'a')
  for (const [name, text] of Object.entries(files)) write(name, text)
  gitIn(cwd, 'add', '--all')
  gitIn(cwd, 'commit', '--quiet', '--message=x')
  const git = new Git({ cwd, env: process.env })
  const ids = async (folders: readonly string[] = ['.']) =>
    Object.fromEntries(
      (await workTreeIds({ cwd, git, folders })).map(({ path: name, mode, id }) => [name, `${mode} ${id}`]),
    )
  const hashed = (name: string) => gitIn(cwd, 'hash-object', '--no-filters', name).trim()
  return { cwd, git, write, ids, hashed, run: (...args: readonly string[]) => gitIn(cwd, ...args) }
}

describe.each(['sha1', 'sha256'])('ids of the work tree (%s)', (format) => {
  // Fails if an id is another one than git's: then a dirty file and its commit would have two fingerprints.
  it('are git’s own, of changed, new and ignored files, too', async () => {
    const { write, ids, hashed, cwd } = repository({ 'a/x': '1', 'a/y': '1', '.gitignore': '*.log\n' }, format)
    const before = await ids()
    expect(before['a/x']).toBe(`100644 ${hashed('a/x')}`)
    write('a/x', 'other')
    write('a/new', 'new')
    write('a/ignored.log', 'ignored')
    chmodSync(path.join(cwd, 'a/y'), 0o755)
    symlinkSync('x', path.join(cwd, 'a/link'))
    const after = await ids()
    for (const name of ['a/x', 'a/new', 'a/ignored.log']) expect(after[name]).toBe(`100644 ${hashed(name)}`)
    expect(after['a/y']).toBe(`100755 ${hashed('a/y')}`)
    expect(after['a/link']).toMatch(/^120000 /)
    rmSync(path.join(cwd, 'a/x'))
    expect(Object.keys(await ids())).not.toContain('a/x')
    // Nobody asked about what lies elsewhere.
    expect(Object.keys(await ids(['b']))).not.toContain('a/new')
  })
})

it('are the commit’s, where nothing differs', async () => {
  const { ids, git } = repository({ 'a/x': '1', 'b/y': '2' })
  const committed = await commitIds(git, 'HEAD')
  expect(await ids()).toEqual(Object.fromEntries(committed.map(({ path: name, mode, id }) => [name, `${mode} ${id}`])))
})

// Fails if a pointer of LFS and the file that it stands for, or two kinds of line ends, had one id.
it('tell what is checked out where attributes have it converted', async () => {
  const { write, ids, run } = repository({ '.gitattributes': '* text eol=crlf\n', 'a/x': '1\n' })
  const before = (await ids())['a/x']
  write('a/x', '1\r\n')
  run('add', 'a/x')
  expect((await ids())['a/x']).not.toBe(before)
})

// Fails if a checkout without submodules counted as one with them.
it('count what a submodule’s folder holds', async () => {
  const inner = repository({ word: '1' })
  const { ids, run, cwd } = repository({ 'a/x': '1' })
  run('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.cwd, 'a/module')
  const full = (await ids())['a/module']
  expect(full).toMatch(/^160000 [0-9a-f]{40} [0-9a-f]{64}$/)
  writeFileSync(path.join(cwd, 'a/module/word'), '2')
  const dirty = (await ids())['a/module']
  run('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'deinit', '--force', 'a/module')
  expect(new Set([full, dirty, (await ids())['a/module']]).size).toBe(3)
})

it('need no git, and are the same without it', async () => {
  const { cwd, ids } = repository({ 'a/x': '1', 'a/b/y': '2' })
  const plain = await workTreeIds({ cwd, git: null, folders: ['a'] })
  expect(Object.fromEntries(plain.map(({ path: name, mode, id }) => [name, `${mode} ${id}`]))).toEqual(await ids())
  expect((await contentIds(path.join(cwd, 'a'))).map(({ path: name }) => name)).toEqual(['b/y', 'x'])
})
