import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { readCommitTree, readFolderTree, readWorkTree } from '../../src/tools/tree.ts'
import { createRepository } from '../helpers/repository.ts'
import { createTemporary } from '../helpers/temporary.ts'

const megabyte = 1024 * 1024
const wanted = (name: string) => /(^|\/)Dockerfile$|\.lock$|lock\.yml$/.test(name)

/** Files that must not be read as they are, in a folder. */
function makeOddFiles(folder: string): void {
  for (const name of ['plain', 'empty', 'link', 'fifo', 'big', 'sparse', 'locked'])
    mkdirSync(path.join(folder, name), { recursive: true })
  const at = (name: string) => path.join(folder, name, 'Dockerfile')
  writeFileSync(at('plain'), 'FROM scratch\n')
  writeFileSync(at('empty'), '')
  symlinkSync('/proc/self/environ', at('link'))
  execFileSync('mkfifo', [at('fifo')])
  writeFileSync(at('big'), Buffer.alloc(2 * megabyte, 97))
  writeFileSync(at('sparse'), '')
  truncateSync(at('sparse'), 2048 * megabyte)
  writeFileSync(path.join(folder, 'locked/conda-linux-64.lock'), '# head\n')
  truncateSync(path.join(folder, 'locked/conda-linux-64.lock'), 2048 * megabyte)
  writeFileSync(path.join(folder, 'other.txt'), 'not wanted')
}

describe('what is read of a folder', () => {
  it.each(['a folder', 'a work tree'])(
    '%s: regular files of a fair size, no links, no FIFO, in no time',
    async (kind) => {
      await using repository = await createRepository()
      if (kind === 'a folder') rmSync(path.join(repository.folder, '.git'), { recursive: true })
      makeOddFiles(repository.folder)
      const started = performance.now()
      const tree =
        kind === 'a folder'
          ? await readFolderTree({ cwd: repository.folder, wanted })
          : await readWorkTree({ git: repository.git, cwd: repository.folder, wanted })
      expect(performance.now() - started).toBeLessThan(2000)
      expect([...tree.contents.keys()].sort()).toEqual([
        'empty/Dockerfile',
        'locked/conda-linux-64.lock',
        'plain/Dockerfile',
      ])
      expect(tree.contents.get('plain/Dockerfile')).toBe('FROM scratch\n')
      expect(tree.contents.get('empty/Dockerfile')).toBe('')
      expect(tree.contents.get('locked/conda-linux-64.lock')).toMatch(/^# head\n/)
      expect(tree.contents.get('locked/conda-linux-64.lock')?.length).toBeLessThanOrEqual(64 * 1024)
      expect(Object.fromEntries(tree.refused)).toEqual({
        'link/Dockerfile': 'it is a symlink',
        'big/Dockerfile': 'it is larger than 1 MiB',
        'sparse/Dockerfile': 'it is larger than 1 MiB',
        // git does not see what is neither file nor link.
        ...(kind === 'a folder' ? { 'fifo/Dockerfile': 'it is not a regular file' } : {}),
      })
      const modes = new Map(tree.entries.map((entry) => [entry.path, entry.mode]))
      expect([modes.get('link/Dockerfile'), modes.get('plain/Dockerfile'), modes.get('other.txt')]).toEqual([
        '120000',
        '100644',
        '100644',
      ])
    },
  )

  it('follows no folder that is a link, and passes over .git and node_modules', async () => {
    await using temporary = await createTemporary()
    const { folder } = temporary
    for (const name of ['.git', 'a/node_modules', 'a/b']) {
      mkdirSync(path.join(folder, name), { recursive: true })
      writeFileSync(path.join(folder, name, 'Dockerfile'), 'FROM scratch')
    }
    symlinkSync('.', path.join(folder, 'loop'))
    symlinkSync('/', path.join(folder, 'root'))
    const tree = await readFolderTree({ cwd: folder, wanted })
    expect(tree.entries.map((entry) => `${entry.mode} ${entry.path}`).sort()).toEqual([
      '100644 a/b/Dockerfile',
      '120000 loop',
      '120000 root',
    ])
  })

  it('is of a lock what stands before its packages, however long that is', async () => {
    await using repository = await createRepository()
    const packages = `package:\n${'- name: x\n'.repeat(megabyte / 10)}`
    const long = `metadata:\n${'# a channel\n'.repeat(2000)}`
    repository.commit({
      'a/lock.yml': `metadata:\n${packages}`,
      'b/lock.yml': `${long}${packages}`,
      'c/lock.yml': long,
    })
    const { contents } = await readWorkTree({ git: repository.git, cwd: repository.folder, wanted })
    expect(contents.get('a/lock.yml')).toMatch(/^metadata:\npackage:\n/)
    expect(contents.get('a/lock.yml')?.length).toBeLessThanOrEqual(4 * 1024)
    expect(contents.get('b/lock.yml')).toContain(`${long}package:\n`)
    expect(contents.get('c/lock.yml')).toBe(long)
  })

  it('says why a file that git lists cannot be read', async () => {
    await using repository = await createRepository()
    repository.commit({ 'a/Dockerfile': 'FROM scratch' })
    const gone = [{ path: 'gone/Dockerfile', mode: '100644' }]
    const listing = { tracked: Promise.resolve(gone), deleted: Promise.resolve([]), untracked: Promise.resolve([]) }
    const tree = await readWorkTree({ git: repository.git, cwd: repository.folder, wanted, listing })
    expect(Object.fromEntries(tree.refused)).toEqual({ 'gone/Dockerfile': 'it cannot be read (ENOENT)' })
  })
})

describe('what is read of a commit', () => {
  it('is what was committed, whatever the work tree holds', async () => {
    await using repository = await createRepository()
    repository.write({
      'a/Dockerfile': 'FROM scratch\n',
      'b/Dockerfile': Buffer.alloc(2 * megabyte, 97),
      'c/conda-lock.yml': `# head\n${'x'.repeat(2 * megabyte)}`,
      'd/Dockerfile': '',
      'note.txt': 'x',
    })
    mkdirSync(path.join(repository.folder, 'e'))
    symlinkSync('../a/Dockerfile', path.join(repository.folder, 'e/Dockerfile'))
    const head = repository.commit()
    repository.write({ 'a/Dockerfile': 'FROM evil\n', 'new/Dockerfile': 'FROM evil\n' })
    const tree = await readCommitTree({ git: repository.git, revision: head, wanted })
    expect([...tree.contents.keys()].sort()).toEqual(['a/Dockerfile', 'c/conda-lock.yml', 'd/Dockerfile'])
    expect(tree.contents.get('a/Dockerfile')).toBe('FROM scratch\n')
    expect(tree.contents.get('c/conda-lock.yml')).toHaveLength(64 * 1024)
    expect(Object.fromEntries(tree.refused)).toEqual({
      'b/Dockerfile': 'it is larger than 1 MiB',
      'e/Dockerfile': 'it is a symlink or a submodule',
    })
    expect(tree.entries.map((entry) => entry.path)).toContain('note.txt')
  })
})
