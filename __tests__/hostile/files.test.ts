import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import path from 'node:path'
import { describe, expect, it, jest } from '@jest/globals'
import { createRepository, type Repository } from '../helpers/repository.ts'
import { actionsOf, type Ended, runPlan } from './plan-command.ts'

jest.setTimeout(240_000)

const secret = 'CANARY-5f3d'
const dockerfile = 'FROM debian:12\nCOPY . /x\n'

/** A repository with the images a and b, committed, and a secret beside it. */
async function withImages(): Promise<Repository> {
  const repository = await createRepository()
  repository.commit({ 'a/Dockerfile': dockerfile, 'b/Dockerfile': dockerfile, 'a/x': '1', 'b/x': '1' })
  writeFileSync(path.join(repository.folder, '.git/secret'), `${secret}\nFROM ${secret}\nimages: {${secret}: {}}\n`)
  return repository
}

function planned(repository: Repository, ...args: readonly string[]): Ended {
  const ended = runPlan(repository.folder, ...args)
  expect(ended.stdout + ended.stderr).not.toContain(secret)
  return ended
}

describe('links are not followed', () => {
  it.each([
    ['the folder of git', '.git'],
    ['another image', 'a'],
    ['the folder above', '..'],
    ['the root of the machine', '/'],
    ['itself', 'c'],
  ])('a folder of an image that leads to %s is no image', async (_title, target) => {
    await using repository = await withImages()
    symlinkSync(target, path.join(repository.folder, 'c'))
    repository.commit()
    expect(actionsOf(planned(repository, '--format', 'json'))).toEqual({ a: 'build', b: 'build' })
    expect(planned(repository, '--explain').stdout).toContain('a symbolic link: not looked into\n    c\n')
    const asked = planned(repository, '--path', 'c/hooks')
    expect([asked.status, asked.stderr]).toEqual([2, expect.stringMatching(/path: c is a symbolic link/)])
  })

  it.each([
    ['a Dockerfile', 'b/Dockerfile', 'b/Dockerfile is not read: it is a symlink'],
    ['a spec.yml', 'spec.yml', 'spec.yml is not read: it is a symlink'],
  ])('%s that is one is refused by name', async (_title, name, message) => {
    await using repository = await withImages()
    rmSync(path.join(repository.folder, name), { force: true })
    symlinkSync(path.join(repository.folder, '.git/secret'), path.join(repository.folder, name))
    repository.commit()
    // The work tree, and the same from git's objects.
    for (const args of [[], ['--head', 'HEAD']]) {
      const ended = planned(repository, ...args)
      expect(ended.status).toBe(1)
      expect(ended.stderr).toContain(message)
    }
  })

  it.each(['.dockerignore', 'Dockerfile.dockerignore', 'environment.yml', 'conda-lock.yml', 'conda-linux-64.lock'])(
    'what %s leads to is neither read nor told; the image is built when it changes',
    async (name) => {
      await using repository = await withImages()
      const base = repository.run('rev-parse', 'HEAD')
      symlinkSync(path.join(repository.folder, '.git/secret'), path.join(repository.folder, 'a', name))
      const head = repository.commit()
      const plan = planned(repository, '--base', base, '--format', 'json')
      expect(actionsOf(plan)).toEqual({ a: 'build', b: 'skip' })
      // An ignore file that is not read hides nothing.
      repository.commit({ 'a/x': '2' })
      expect(actionsOf(planned(repository, '--base', head, '--format', 'json'))).toEqual({ a: 'build', b: 'skip' })
    },
  )
})

describe('what is no file', () => {
  it.each(['a work tree', 'a folder without git'])('does not stop the plan of %s', async (kind) => {
    await using repository = await withImages()
    const at = (name: string) => path.join(repository.folder, name)
    if (kind !== 'a work tree') rmSync(at('.git'), { recursive: true })
    execFileSync('mkfifo', [at('a/fifo'), at('a/environment.yml'), at('a/.dockerignore'), at('spec-fifo.yml')])
    const server = createServer().listen(at('b/socket'))
    const ended = runPlan(repository.folder, '--format', 'json')
    await new Promise((resolve) => server.close(resolve))
    expect(ended).toMatchObject({ status: 0 })
    expect(actionsOf(ended)).toEqual({ a: 'build', b: 'build' })
  })

  it.each([
    ['Dockerfile', 'a/Dockerfile is not read: it is not a regular file'],
    ['spec.yml', 'spec.yml is not read: it is not a regular file'],
  ])('is refused as %s', async (name, message) => {
    await using repository = await withImages()
    const file = name === 'Dockerfile' ? 'a/Dockerfile' : name
    const device = process.getuid?.() === 0
    // git tracks the file that was there; then it is something else.
    repository.commit({ [file]: 'FROM debian:12\n' })
    for (const make of [['mkfifo'], ...(device ? [['mknod']] : [])]) {
      rmSync(path.join(repository.folder, file))
      execFileSync(make[0] ?? '', [path.join(repository.folder, file), ...(make[0] === 'mknod' ? ['c', '1', '5'] : [])])
      const ended = planned(repository)
      expect(ended.status).toBe(1)
      expect(ended.stderr).toMatch(new RegExp(`${message}|${file} is not read: it cannot be read`))
    }
  })
})

describe('files of 2 GB', () => {
  it.each([
    ['a/Dockerfile', 'a/Dockerfile is not read: it is larger than 1 MiB'],
    ['spec.yml', 'spec.yml is not read: it is larger than 1 MiB'],
  ])('as %s: refused by name', async (name, message) => {
    await using repository = await withImages()
    writeFileSync(path.join(repository.folder, name), '')
    truncateSync(path.join(repository.folder, name), 2 ** 31)
    const ended = planned(repository)
    expect(ended.status).toBe(1)
    expect(ended.stderr).toContain(message)
  })

  it.each(['a/.dockerignore', 'a/conda-lock.yml', 'a/conda-linux-64.lock', 'a/environment.yml', 'a/data'])(
    'as %s: planned',
    async (name) => {
      await using repository = await withImages()
      writeFileSync(path.join(repository.folder, name), '')
      truncateSync(path.join(repository.folder, name), 2 ** 31)
      const ended = planned(repository, '--base', 'HEAD', '--format', 'json')
      expect([ended.status, ended.stderr]).toEqual([0, ''])
      expect(actionsOf(ended)).toEqual({ a: 'build', b: 'skip' })
    },
  )
})

describe('many files', () => {
  it('100,000 of them, in a work tree, by commits and without git', async () => {
    await using repository = await createRepository()
    const files = Array.from({ length: 100_000 }, (_, at) => `i${at % 100}/d${Math.trunc(at / 1000)}/f${at}`)
    const tree = (x: string) =>
      [
        ...files.map((file) => `M 100644 inline ${file}\ndata 0\n`),
        ...Array.from(
          { length: 100 },
          (_, at) => `M 100644 inline i${at}/Dockerfile\ndata 26\nFROM debian:12\nCOPY . /x\n\n`,
        ),
        `M 100644 inline i7/d3/f3007\ndata 1\n${x}\n`,
      ].join('')
    const commit = (x: string) =>
      `commit refs/heads/main\ncommitter a <a@b> 0 +0000\ndata 1\nx\n${x === '1' ? '' : 'from refs/heads/main^0\n'}${tree(x)}\n`
    execFileSync('git', ['fast-import', '--quiet'], { cwd: repository.folder, input: commit('1') })
    execFileSync('git', ['fast-import', '--quiet'], { cwd: repository.folder, input: commit('2') })
    repository.run('reset', '--quiet', '--hard', 'main')
    const expected = Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`i${at}`, at === 7 ? 'build' : 'skip']))
    for (const args of [[], ['--head', 'main']]) {
      const ended = runPlan(repository.folder, '--base', 'main~1', ...args, '--format', 'json')
      expect([ended.status, ended.stderr]).toEqual([0, ''])
      expect(actionsOf(ended)).toEqual(expected)
    }
    rmSync(path.join(repository.folder, '.git'), { recursive: true })
    expect(runPlan(repository.folder).status).toBe(0)
  })

  it('a thousand folders deep', async () => {
    await using repository = await withImages()
    const deep = 'd/'.repeat(1000)
    mkdirSync(path.join(repository.folder, deep), { recursive: true })
    const base = repository.commit({ [`${deep}Dockerfile`]: dockerfile, [`${deep}x`]: '1' })
    repository.commit({ [`${deep}x`]: '2' })
    const expected = { a: 'skip', b: 'skip', [deep.slice(0, -1)]: 'build' }
    for (const args of [[], ['--head', 'HEAD']])
      expect(actionsOf(runPlan(repository.folder, '--base', base, ...args, '--format', 'json'))).toEqual(expected)
  })
})
