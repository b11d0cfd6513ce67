import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readlinkSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { Git } from '../../src/tools/git.ts'
import { cloneShallow, createRepository, gitEnvironment } from '../helpers/repository.ts'
import { createTemporary } from '../helpers/temporary.ts'

/** Names that a tool which parses lines, splits at spaces or lets git read pathspecs gets wrong. */
const hostile = [
  'a b',
  'line\nend',
  'tab\there',
  'quote"s',
  "it's",
  '--upload-pack=x',
  '-x',
  ':(top)x',
  ':!x',
  '*',
  '$(id)',
  'é',
  'e\u0301',
  '::error::x',
  '\u202ex',
  '.hidden',
  'back\\slash',
].map((name) => `dir/${name}`)

describe('changedFiles', () => {
  it('gives every name as it is', async () => {
    await using repository = await createRepository()
    const base = repository.commit({ keep: '1' })
    const head = repository.commit(Object.fromEntries(hostile.map((name) => [name, 'x'])))
    expect((await repository.git.changedFiles(base, head)).sort()).toEqual([...hostile].sort())
    expect((await repository.git.tree(head)).map((entry) => entry.path).sort()).toEqual([...hostile, 'keep'].sort())
    expect((await repository.git.workTree()).map((entry) => entry.path).sort()).toEqual([...hostile, 'keep'].sort())
  })

  it('never loses a file whose name is no UTF-8', async () => {
    await using repository = await createRepository()
    const base = repository.commit({ 'images/a/Dockerfile': 'FROM scratch' })
    writeFileSync(Buffer.concat([Buffer.from(`${repository.folder}/images/a/`), Buffer.from([0xff])]), 'x')
    const head = repository.commit()
    expect(await repository.git.changedFiles(base, head)).toEqual(['images/a/\ufffd'])
  })

  it('shows both names of a rename, deletions and changes of mode', async () => {
    await using repository = await createRepository()
    const base = repository.commit({ old: 'x'.repeat(500), gone: '1', run: '1', same: '1' })
    renameSync(path.join(repository.folder, 'old'), path.join(repository.folder, 'new'))
    rmSync(path.join(repository.folder, 'gone'))
    chmodSync(path.join(repository.folder, 'run'), 0o755)
    const inTree = await repository.git.changedFiles(base, null)
    const head = repository.commit()
    expect((await repository.git.changedFiles(base, head)).sort()).toEqual(['gone', 'new', 'old', 'run'])
    expect(inTree.sort()).toEqual(['gone', 'new', 'old', 'run'])
  })

  it('sees the work tree: what is staged, what is not, what is new, not what is ignored', async () => {
    await using repository = await createRepository()
    const base = repository.commit({ '.gitignore': 'ignored\n', staged: '1', edited: '1', same: '1' })
    repository.write({ staged: '2' })
    repository.run('add', 'staged')
    repository.write({ edited: '2', new: '1', ignored: '1', same: '1' })
    expect((await repository.git.changedFiles(base, null)).sort()).toEqual(['edited', 'new', 'staged'])
    await expect(repository.git.isDirty()).resolves.toBe(true)
    repository.commit()
    await expect(repository.git.isDirty()).resolves.toBe(false)
  })

  it('is not fooled by the repository’s own configuration', async () => {
    await using repository = await createRepository()
    const canary = path.join(repository.folder, '..', `${path.basename(repository.folder)}-canary`)
    const base = repository.commit({ '.gitattributes': '* diff=evil\n', a: '1\n' })
    for (const [key, value] of [
      ['diff.external', `touch ${canary}`],
      ['diff.evil.textconv', `touch ${canary}; true`],
      ['diff.renames', 'copies'],
      ['diff.relative', 'true'],
      ['diff.noprefix', 'true'],
      ['core.fsmonitor', `touch ${canary}`],
      ['core.quotePath', 'true'],
      ['log.showSignature', 'true'],
      ['color.ui', 'always'],
    ] as const)
      repository.run('config', key, value)
    repository.write({ a: '2\n' })
    expect(await repository.git.changedFiles(base, null)).toEqual(['a'])
    expect(await repository.git.commitTime(base)).toBe(1_700_000_001)
    expect((await repository.git.workTree()).map((entry) => entry.path)).toEqual(['.gitattributes', 'a'])
    expect(() => execFileSync('ls', [canary], { stdio: 'ignore' })).toThrow()
  })

  it('is about the folder alone, where that is a part of a repository', async () => {
    await using repository = await createRepository()
    const base = repository.commit({ 'sub/a': '1', other: '1' })
    const head = repository.commit({ 'sub/b c': '1', other: '2' })
    repository.write({ 'sub/new': '1', outside: '1' })
    const git = new Git({ cwd: path.join(repository.folder, 'sub'), env: gitEnvironment })
    expect(await git.changedFiles(base, head)).toEqual(['b c'])
    expect((await git.changedFiles(base, null)).sort()).toEqual(['b c', 'new'])
    expect((await git.tree(head)).map((entry) => entry.path)).toEqual(['a', 'b c'])
    expect((await git.workTree()).map((entry) => entry.path)).toEqual(['a', 'b c', 'new'])
  })

  it('names revision and command of a failure, not git’s settings', async () => {
    await using repository = await createRepository()
    repository.commit()
    await expect(repository.git.changedFiles('nowhere', null)).rejects.toMatchObject({
      code: 'git',
      message: expect.stringMatching(/^git diff ended with exit code 128: fatal: .*nowhere/),
    })
  })
})

describe('workTree', () => {
  it('has the modes of links, programs and submodules, new ones included', async () => {
    await using repository = await createRepository()
    repository.write({ file: '1', program: '1' })
    chmodSync(path.join(repository.folder, 'program'), 0o755)
    symlinkSync('.git', path.join(repository.folder, 'ml-notebook'))
    repository.commit()
    symlinkSync('/', path.join(repository.folder, 'new-link'))
    execFileSync('git', ['init', '--quiet', path.join(repository.folder, 'inner')], { env: gitEnvironment })
    repository.write({ 'inner/x': '1' })
    rmSync(path.join(repository.folder, 'file'))
    expect(Object.fromEntries((await repository.git.workTree()).map((entry) => [entry.path, entry.mode]))).toEqual({
      program: '100755',
      'ml-notebook': '120000',
      'new-link': '120000',
      inner: '160000',
    })
    expect(readlinkSync(path.join(repository.folder, 'ml-notebook'))).toBe('.git')
  })

  it('tells new files from removed ones, whatever their names are', async () => {
    await using repository = await createRepository()
    const names = [...hostile, 'R x', '? x']
    repository.commit(Object.fromEntries(names.map((name) => [`old/${name}`, '1'])))
    rmSync(path.join(repository.folder, 'old'), { recursive: true })
    repository.write(Object.fromEntries(names.map((name) => [`new/${name}`, '1'])))
    const listing = repository.git.listing()
    expect((await listing.deleted).sort()).toEqual(names.map((name) => `old/${name}`).sort())
    expect((await listing.untracked).sort()).toEqual(names.map((name) => `new/${name}`).sort())
    expect((await repository.git.workTree(listing)).map(({ path }) => path).sort()).toEqual(
      names.map((name) => `new/${name}`).sort(),
    )
  })

  it('lists a file of an unfinished merge once', async () => {
    await using repository = await createRepository()
    repository.commit({ a: '1' })
    repository.run('checkout', '--quiet', '-b', 'x')
    repository.commit({ a: '2' })
    repository.run('checkout', '--quiet', 'main')
    repository.commit({ a: '3' })
    expect(() => repository.run('merge', '--quiet', 'x')).toThrow()
    expect((await repository.git.workTree()).map((entry) => entry.path)).toEqual(['a'])
  })
})

describe('tree and blobs', () => {
  it('read a commit’s files without touching the work tree', async () => {
    await using repository = await createRepository()
    const binary = Buffer.from([0, 255, 10, 0])
    const head = repository.commit({ a: 'text\n', b: binary, empty: '', copy: 'text\n' })
    repository.write({ a: 'changed' })
    const entries = await repository.git.tree(head)
    expect(entries.map(({ path: name, mode, size }) => [name, mode, size])).toEqual([
      ['a', '100644', 5],
      ['b', '100644', 4],
      ['copy', '100644', 5],
      ['empty', '100644', 0],
    ])
    const blobs = await repository.git.blobs(entries.map((entry) => entry.oid))
    expect(entries.map((entry) => blobs.get(entry.oid))).toEqual([
      Buffer.from('text\n'),
      binary,
      Buffer.from('text\n'),
      Buffer.alloc(0),
    ])
    expect(await repository.git.blobs([])).toEqual(new Map())
  })

  it('say which object is not there', async () => {
    await using repository = await createRepository()
    repository.commit()
    await expect(repository.git.blobs(['0123456789'.repeat(4)])).rejects.toMatchObject({
      code: 'git',
      message: `git object ${'0123456789'.repeat(4)} is missing`,
    })
  })
})

describe('commits', () => {
  it('are found by any revision, and null where there is none', async () => {
    await using repository = await createRepository()
    expect(await repository.git.commit('HEAD')).toBeNull()
    await expect(repository.git.isDirty()).resolves.toBe(true)
    const first = repository.commit()
    const second = repository.commit()
    repository.run('tag', '--annotate', '--message=x', 'v1')
    for (const [revision, commit] of [
      ['HEAD', second],
      ['HEAD~1', first],
      ['v1', second],
      [first.slice(0, 12), first],
      ['nowhere', null],
      ['', null],
      ['--all', null],
      ['-x', null],
      [`${second}:file`, null],
      ['f'.repeat(40), null],
    ] as const)
      expect([revision, await repository.git.commit(revision)]).toEqual([revision, commit])
  })

  it('know parents, ancestors, merge base, branch, time and remote', async () => {
    await using repository = await createRepository()
    const root = repository.commit({ a: '1' })
    repository.run('checkout', '--quiet', '-b', 'topic/é')
    const topic = repository.commit({ b: '1' })
    expect(await repository.git.branch()).toBe('topic/é')
    repository.run('checkout', '--quiet', 'main')
    const main = repository.commit({ c: '1' })
    repository.run('merge', '--quiet', '--no-edit', 'topic/é')
    const merge = repository.run('rev-parse', 'HEAD')
    expect(await repository.git.parents(merge)).toEqual([main, topic])
    expect(await repository.git.parents(root)).toEqual([])
    expect(await repository.git.ancestors(merge, 10)).toEqual([merge, main, root])
    expect(await repository.git.ancestors(merge, 2)).toEqual([merge, main])
    expect(await repository.git.mergeBase(main, topic)).toBe(root)
    expect(await repository.git.commitTime(merge)).toBe(1_700_000_001)
    expect(await repository.git.remoteUrl()).toBeNull()
    repository.run('remote', 'add', 'origin', 'https://u:p@example.org/x.git')
    expect(await repository.git.remoteUrl()).toBe('https://u:p@example.org/x.git')
    repository.run('checkout', '--quiet', '--detach')
    expect(await repository.git.branch()).toBeNull()
  })

  it('reads parents from the header alone', async () => {
    await using repository = await createRepository()
    const root = repository.commit()
    const fake = `parent ${'a'.repeat(40)}`
    repository.run('commit', '--quiet', '--allow-empty', `--message=x\n\n${fake}\ncommitter X <x> 5 +0000`)
    const head = repository.run('rev-parse', 'HEAD')
    expect(await repository.git.parents(head)).toEqual([root])
    expect(await repository.git.commitTime(head)).toBe(1_700_000_001)
  })

  it('has no merge base without common history', async () => {
    await using repository = await createRepository()
    const one = repository.commit({ a: '1' })
    repository.run('checkout', '--quiet', '--orphan', 'other')
    const other = repository.commit({ b: '1' })
    expect(await repository.git.mergeBase(one, other)).toBeNull()
  })
})

describe('a shallow clone', () => {
  it('still tells the parents of its commit, and that it lacks them', async () => {
    await using origin = await createRepository()
    const first = origin.commit({ a: '1' })
    const second = origin.commit({ a: '2' })
    await using clone = await cloneShallow(origin)
    expect(await clone.git.parents(second)).toEqual([first])
    expect(await clone.git.commit(first)).toBeNull()
    expect(await clone.git.ancestors(second, 10)).toEqual([second])
    expect(await clone.git.ancestors(first, 10)).toEqual([first])
    expect(await clone.git.mergeBase(first, second)).toBeNull()
    expect((await clone.git.tree(second)).map((entry) => entry.path)).toEqual(['a'])
  })
})

describe('isRepository', () => {
  it('is about a work tree that knows the folder', async () => {
    await using repository = await createRepository()
    await using plain = await createTemporary()
    repository.commit({ '.gitignore': 'build/\nkept/\n', 'sub/x': '1' })
    repository.write({ 'build/Dockerfile': 'FROM scratch', 'kept/Dockerfile': 'FROM scratch' })
    repository.run('add', '--force', 'kept/Dockerfile')
    const at = (folder: string) => new Git({ cwd: folder, env: gitEnvironment }).isRepository()
    expect(await at(repository.folder)).toBe(true)
    expect(await at(path.join(repository.folder, 'sub'))).toBe(true)
    expect(await at(path.join(repository.folder, 'kept'))).toBe(true)
    expect(await at(path.join(repository.folder, 'build'))).toBe(false)
    expect(await at(path.join(repository.folder, '.git'))).toBe(false)
    expect(await at(plain.folder)).toBe(false)
    expect(await new Git({ cwd: plain.folder, env: { PATH: '/nonexistent' } }).isRepository()).toBe(false)
  })

  it('tells HEAD, its branch and a plain base in the same breath: nothing is asked for afterwards', async () => {
    await using repository = await createRepository()
    const base = repository.commit({ a: '1' })
    const head = repository.commit({ a: '2' })
    repository.run('checkout', '--quiet', '-b', 'a/topic')
    expect(await repository.git.isRepository('HEAD~1')).toBe(true)
    rmSync(path.join(repository.folder, '.git'), { recursive: true })
    for (const [revision, commit] of [
      ['HEAD', head],
      [head, head],
      ['HEAD~1', base],
      [base, base],
    ] as const)
      expect([revision, await repository.git.commit(revision)]).toEqual([revision, commit])
    expect(await repository.git.branch()).toBe('a/topic')
  })

  it.each(['0'.repeat(40), 'HEAD~7', 'HEAD..HEAD', '--all', 'main', 'HEAD^@', ''])(
    'still tells HEAD and its branch beside the base %j',
    async (base) => {
      await using repository = await createRepository()
      const head = repository.commit({ a: '1' })
      repository.run('tag', 'v1')
      expect(await repository.git.isRepository(base)).toBe(true)
      expect(await repository.git.commit('HEAD')).toBe(head)
      expect(await repository.git.branch()).toBe('main')
      expect(await repository.git.commit(base)).toBe(base === 'main' ? head : null)
      repository.run('checkout', '--quiet', '--detach')
      const detached = new Git({ cwd: repository.folder, env: gitEnvironment })
      await detached.isRepository(base)
      expect(await detached.branch()).toBeNull()
    },
  )

  it('says so where git does not trust the owner, instead of seeing no repository', async () => {
    await using repository = await createRepository()
    repository.commit({ a: '1' })
    const git = new Git({ cwd: repository.folder, env: { ...gitEnvironment, GIT_TEST_ASSUME_DIFFERENT_OWNER: '1' } })
    await expect(git.isRepository()).rejects.toMatchObject({
      code: 'git',
      message: expect.stringContaining('belongs to another user'),
      details: [expect.stringContaining('safe.directory')],
    })
  })

  it('is about the folder, also within a git hook of another repository', async () => {
    await using repository = await createRepository()
    await using other = await createRepository()
    const head = repository.commit({ mine: '1' })
    other.commit({ theirs: '1' })
    const env = { ...gitEnvironment, GIT_DIR: path.join(other.folder, '.git'), GIT_INDEX_FILE: 'x', GIT_WORK_TREE: '/' }
    const git = new Git({ cwd: repository.folder, env })
    expect(await git.commit('HEAD')).toBe(head)
    expect((await git.workTree()).map((entry) => entry.path)).toEqual(['mine'])
  })

  it('runs no hook and writes nothing', async () => {
    await using repository = await createRepository()
    repository.commit({ a: '1' })
    mkdirSync(path.join(repository.folder, '.git/hooks'), { recursive: true })
    const hook = path.join(repository.folder, '.git/hooks/post-index-change')
    writeFileSync(hook, `#!/bin/sh\ntouch ${repository.folder}/ran\n`)
    chmodSync(hook, 0o755)
    repository.write({ a: '1' })
    await repository.git.isDirty()
    expect(await repository.git.untracked()).toEqual([])
  })
})
