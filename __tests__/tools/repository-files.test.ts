import { execFileSync } from 'node:child_process'
import { mkdirSync, readdirSync, readFileSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { commitFiles, workTreeFiles, writeFiles } from '../../src/tools/repository-files.ts'
import { createRepository } from '../helpers/repository.ts'

const paths = ['a/environment.yml', 'a/link.yml', 'a/folder', 'behind/environment.yml', 'a/large.yml', 'nowhere']

/** A repository with a file, a link to a file, a folder, a link to a folder, and a file that is too large. */
async function oddRepository() {
  const repository = await createRepository()
  repository.write({ 'a/environment.yml': 'name: a\n', 'a/folder/x': '', 'a/large.yml': '' })
  truncateSync(path.join(repository.folder, 'a/large.yml'), 1024 * 1024 + 1)
  symlinkSync('/etc/passwd', path.join(repository.folder, 'a/link.yml'))
  symlinkSync('a', path.join(repository.folder, 'behind'))
  return repository
}

describe('files of the repository', () => {
  // Broken by: following a link at the end or on the way, waiting for a FIFO, reading what is too large.
  it('are read from the work tree where they are plain files in plain folders', async () => {
    await using repository = await oddRepository()
    execFileSync('mkfifo', [path.join(repository.folder, 'a/fifo')])
    const asked = [...paths, 'a/fifo', '../outside', '/etc/passwd', 'a/../../outside']
    const { contents, refused } = await workTreeFiles(repository.folder).read(asked)
    expect([...contents]).toEqual([['a/environment.yml', 'name: a\n']])
    expect(Object.fromEntries(refused)).toEqual({
      'a/link.yml': 'it is a symlink',
      'a/folder': 'it is not a regular file',
      'behind/environment.yml': 'a folder on the way to it is a symlink',
      'a/large.yml': 'it is larger than 1 MiB',
      'a/fifo': 'it is not a regular file',
      '../outside': 'it is outside of the repository',
      '/etc/passwd': 'it is outside of the repository',
      'a/../../outside': 'it is outside of the repository',
    })
  })

  it('are read from a commit, whatever the work tree holds', async () => {
    await using repository = await oddRepository()
    const commit = repository.commit()
    repository.write({ 'a/environment.yml': 'name: changed\n' })
    const files = commitFiles(repository.git, commit)
    const { contents, refused } = await files.read(paths)
    expect(files.commit).toBe(commit)
    expect([...contents]).toEqual([['a/environment.yml', 'name: a\n']])
    expect(Object.fromEntries(refused)).toEqual({
      'a/link.yml': 'it is a symlink or a submodule',
      'a/large.yml': 'it is larger than 1 MiB',
    })
  })

  it('may be larger where they are locks', async () => {
    await using repository = await oddRepository()
    repository.write({ 'a/conda-lock.yml': 'x'.repeat(2_000_000) })
    const { contents } = await workTreeFiles(repository.folder).read(['a/conda-lock.yml'])
    expect(contents.get('a/conda-lock.yml')).toHaveLength(2_000_000)
  })
})

describe('writing files', () => {
  it('writes all, and leaves nothing else behind', async () => {
    await using repository = await oddRepository()
    const files = ['conda-lock.yml', 'packages.txt'].map((name) => ({ path: `a/${name}`, text: name }))
    await writeFiles(repository.folder, files)
    const names = readdirSync(path.join(repository.folder, 'a'))
    expect(names.toSorted()).toEqual([
      'conda-lock.yml',
      'environment.yml',
      'folder',
      'large.yml',
      'link.yml',
      'packages.txt',
    ])
    expect(readFileSync(path.join(repository.folder, 'a/packages.txt'), 'utf8')).toBe('packages.txt')
  })

  it('takes the place of a link, and does not write where it leads', async () => {
    await using repository = await oddRepository()
    const target = path.join(repository.folder, 'target')
    writeFileSync(target, 'mine')
    symlinkSync(target, path.join(repository.folder, 'a/conda-lock.yml'))
    await writeFiles(repository.folder, [{ path: 'a/conda-lock.yml', text: 'new' }])
    expect(readFileSync(target, 'utf8')).toBe('mine')
    expect(readFileSync(path.join(repository.folder, 'a/conda-lock.yml'), 'utf8')).toBe('new')
  })

  // Broken by: renaming each file as soon as it is written.
  it('changes no file where one of them cannot be written', async () => {
    await using repository = await oddRepository()
    mkdirSync(path.join(repository.folder, 'b'))
    writeFileSync(path.join(repository.folder, 'b/conda-lock.yml'), 'old')
    for (const bad of ['behind/x.lock', '../x.lock', 'nowhere/x.lock']) {
      const files = [
        { path: 'b/conda-lock.yml', text: 'new' },
        { path: bad, text: 'x' },
      ]
      await expect(writeFiles(repository.folder, files)).rejects.toThrow()
      expect(readFileSync(path.join(repository.folder, 'b/conda-lock.yml'), 'utf8')).toBe('old')
      expect(readdirSync(path.join(repository.folder, 'b'))).toEqual(['conda-lock.yml'])
    }
  })
})
