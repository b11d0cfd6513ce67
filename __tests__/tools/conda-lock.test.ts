import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { contentHash } from '../../src/lock/content-hash.ts'
import { makeLockSpec } from '../../src/lock/lock-spec.ts'
import { pypiNames } from '../../src/lock/pypi-names.ts'
import { readLock } from '../../src/lock/read-lock.ts'
import { newestRecipe } from '../../src/lock/recipes.ts'
import { toLock } from '../../src/lock/to-lock.ts'
import type { CondaRecord, PipSpec } from '../../src/lock/types.ts'
import { writeLock } from '../../src/lock/write-lock.ts'
import { condaLockPython } from '../../src/tools/conda-lock/environment.ts'
import { type CondaLockQuestion, condaLock, condaLockArguments } from '../../src/tools/conda-lock.ts'
import { createPipSolver } from '../../src/tools/pip-solver.ts'
import { findUv } from '../../src/tools/uv.ts'
import { servePythonIndex, wheel } from '../helpers/python-index.ts'
import { createTemporary } from '../helpers/temporary.ts'

const repository = path.resolve(import.meta.dirname, '../..')
const uvOf = (temp: string) => async () => await findUv({ env: process.env, temp, repository })

// The real conda-lock 4.0.3, from PyPI, kept in the user's cache.
beforeAll(async () => {
  await using temporary = await createTemporary()
  const temp = temporary.folder
  await condaLockPython({ env: process.env, temp, repository, uv: uvOf(temp) })
}, 300_000)

const environment = 'channels: [conda-forge]\ndependencies:\n  - python =3.12\n  - pip\n  - pip:\n    - top[extra]>=1\n'

function questionOf(temp: string, rest: Partial<CondaLockQuestion> = {}): CondaLockQuestion {
  return {
    ...{ env: process.env, temp, repository, trusted: true, uv: uvOf(temp), lock: 'a/conda-lock.yml' },
    ...{
      sources: ['a/environment.yml'],
      platforms: ['linux-64'],
      virtualPackages: null,
      update: [],
      checkInputHash: false,
    },
    files: new Map([['a/environment.yml', environment]]),
    ...rest,
  }
}

function conda(name: string, version: string, depends: readonly string[] = []): CondaRecord {
  const rest = { build: 'h1_0', buildNumber: 0, subdir: 'linux-64', constrains: [], size: 1, timestamp: 1 }
  const hashes = { md5: 'a'.repeat(32), sha256: 'b'.repeat(64) }
  const url = `https://conda.anaconda.org/conda-forge/linux-64/${name}-${version}-h1_0.conda`
  return { ...rest, ...hashes, name, version, depends, url }
}

/** A stand-in for conda: notes how it is called, says its version, and answers `create --dry-run` with what it is given. */
async function standInConda(folder: string, answer: unknown): Promise<{ file: string; calls: string }> {
  const [file, calls, json] = ['conda', 'calls', 'answer.json'].map((name) => path.join(folder, name)) as [
    string,
    string,
    string,
  ]
  await writeFile(json, JSON.stringify(answer))
  const script = `#!/bin/sh\n{ echo "ARGS $*"; /usr/bin/env; } >> ${calls}\n[ "$1" = --version ] && echo "conda 24.9.0" && exit 0\ncat ${json}\n`
  await writeFile(file, script, { mode: 0o755 })
  return { file, calls }
}

describe('conda-lock 4.0.3 itself', () => {
  it('finds a lock fresh that we wrote, pip packages of our resolver in it; with another environment.yml it does not', async () => {
    await using temporary = await createTemporary()
    const temp = temporary.folder
    const text = await ourLock(temp)
    const { file, calls } = await standInConda(temp, {})
    const files = new Map([
      ['a/environment.yml', environment],
      ['a/conda-lock.yml', text],
    ])
    const question = questionOf(temp, { env: { ...process.env, CONDA_EXE: file }, files, checkInputHash: true })
    expect(await condaLock(question)).toEqual({ text, changed: false })
    expect(await readFile(calls, 'utf8')).not.toMatch(/ARGS create/)
    const edited = new Map([...files, ['a/environment.yml', environment.replace('3.12', '3.13')]])
    await expect(condaLock({ ...question, files: edited })).rejects.toMatchObject({ code: 'solve' })
    expect(await readFile(calls, 'utf8')).toMatch(/ARGS create/)
  }, 60_000)

  // A solve is conda's own: here is none, so what it is asked and what becomes of its answer are all that is seen.
  it('with a stand-in for conda that answers from a file: writes the lock, and neither it nor conda sees a token', async () => {
    await using temporary = await createTemporary()
    const temp = temporary.folder
    const { name, version, url, md5, sha256 } = conda('zlib', '1.3.1')
    const link = { name, version, channel: 'conda-forge', dist_name: `${name}-${version}-h1_0`, platform: 'linux-64' }
    const common = { build_string: 'h1_0', build_number: 0, base_url: 'https://conda.anaconda.org/conda-forge' }
    const fetch = {
      name,
      version,
      url,
      md5,
      sha256,
      fn: 'zlib-1.3.1-h1_0.conda',
      depends: ['__glibc >=2.17'],
      constrains: [],
    }
    const subdir = { channel: 'https://conda.anaconda.org/conda-forge/linux-64', subdir: 'linux-64', timestamp: 1 }
    const answer = { success: true, actions: { FETCH: [{ ...fetch, ...subdir }], LINK: [{ ...link, ...common }] } }
    const { file, calls } = await standInConda(temp, answer)
    const env = {
      ...process.env,
      CONDA_EXE: file,
      GITHUB_TOKEN: 'canary-1',
      INPUT_TOKEN: 'canary-2',
      ACTIONS_RUNTIME_TOKEN: 'canary-3',
    }
    const virtual = 'subdirs:\n  linux-64:\n    packages:\n      __glibc: "2.34"\n'
    const files = new Map([
      ['b/environment.yml', 'channels: [conda-forge]\ndependencies: [zlib]\n'],
      ['a/virtual-packages.yml', virtual],
    ])
    const question = questionOf(temp, {
      env,
      files,
      sources: ['b/environment.yml'],
      virtualPackages: 'a/virtual-packages.yml',
    })
    const { text, changed } = await condaLock({
      ...question,
      lock: 'a/conda-lock.yml',
      files: new Map([...files, ['a/x', '']]),
    })
    const lock = readLock(text)
    expect([changed, lock.metadata.sources, lock.packages.map((one) => `${one.name} ${one.version}`)]).toEqual([
      true,
      ['../b/environment.yml'],
      ['zlib 1.3.1'],
    ])
    // What we would write of it is what it wrote.
    expect(writeLock(lock)).toBe(text)
    const seen = await readFile(calls, 'utf8')
    expect(seen).toMatch(/ARGS create .*--dry-run --json.* zlib/)
    expect(seen).not.toMatch(/canary/)
    expect((await readdir(temp)).filter((left) => left.startsWith('conda-lock-'))).toEqual([])
  }, 60_000)
})

/** environment.yml → spec → records → lock, as a run makes it. */
async function ourLock(temp: string): Promise<string> {
  const spec = makeLockSpec({
    files: [{ file: 'a/environment.yml', text: environment }],
    platforms: ['linux-64'],
    virtualPackages: null,
  })
  const brought = [conda('python', '3.12.7', ['__glibc >=2.17']), conda('pip', '24.0', ['python >=3.9'])]
  const projects = {
    top: [wheel('top', '1.5', { extras: ['extra'], requires: ['pip', "sub>=2,<3 ; extra == 'extra'"] })],
    sub: [wheel('sub', '2.1')],
  }
  await using index = await servePythonIndex(projects)
  const env = { ...process.env, UV_DEFAULT_INDEX: index.url }
  const rest = { temp, repository, trusted: true, allowedHosts: [index.host], uv: uvOf(temp) }
  const specs = (spec.specs['linux-64'] ?? []).filter((one): one is PipSpec => one.manager === 'pip')
  const keep = { packages: [], update: [] }
  const request = {
    platform: 'linux-64',
    specs,
    conda: brought,
    virtualPackages: [],
    repositories: [],
    keep,
    excludeNewer: null,
  }
  const [pip = new Error()] = await createPipSolver({ env, ...rest }).solve([request])
  if (pip instanceof Error) throw pip
  expect(pip.map(({ name }) => name)).toEqual(['sub', 'top'])
  const hash = contentHash(spec, 'linux-64', newestRecipe)
  return writeLock(
    toLock({
      spec,
      folder: 'a',
      solved: { 'linux-64': { conda: brought, pip } },
      old: null,
      contentHash: { 'linux-64': hash },
      pypiNames,
    }),
  )
}

describe('the second engine', () => {
  it('is refused to an untrusted run, before anything is looked for', async () => {
    const nobody = async () => Promise.reject(new Error('uv was asked for'))
    await expect(condaLock(questionOf('/nowhere', { trusted: false, uv: nobody }))).rejects.toMatchObject({
      code: 'lock',
      message: 'a/conda-lock.yml: lock-engine: conda-lock is for trusted runs, and this is none',
    })
  })

  it('says what to do where there is no conda, and takes none of the repository', async () => {
    await using temporary = await createTemporary()
    const checkout = path.join(temporary.folder, 'checkout')
    await mkdir(checkout)
    const { file } = await standInConda(checkout, {})
    const env = { PATH: checkout, CONDA_EXE: file, MAMBA_EXE: 'relative/micromamba' }
    await expect(condaLock(questionOf(temporary.folder, { env, repository: checkout }))).rejects.toMatchObject({
      message: 'lock-engine: conda-lock needs a conda, and none is found',
    })
  })

  it('is asked for all sources, platforms and packages to update, by paths from the lock’s folder', () => {
    const question = questionOf('/t', {
      sources: ['base/environment.yml', 'a/environment.yml'],
      platforms: ['linux-64', 'osx-arm64'],
      virtualPackages: 'a/virtual-packages.yml',
      update: ['numpy', 'dask'],
      checkInputHash: true,
    })
    expect(condaLockArguments(question, { folder: '/t/x', conda: '/c/conda' })).toEqual([
      ...['lock', '--conda', '/c/conda', '--kind', 'lock', '--lockfile', 'conda-lock.yml'],
      ...['--file', '../base/environment.yml', '--file', 'environment.yml'],
      ...['--platform', 'linux-64', '--platform', 'osx-arm64', '--virtual-package-spec', 'virtual-packages.yml'],
      ...[
        '--update',
        'numpy',
        '--update',
        'dask',
        '--check-input-hash',
        '--pypi_to_conda_lookup_file',
        '/t/x/names.json',
      ],
    ])
  })

  it('writes no file outside of its own folder', async () => {
    await using temporary = await createTemporary()
    const { file } = await standInConda(temporary.folder, {})
    const files = new Map([['../../outside', 'x']])
    const question = questionOf(temporary.folder, { env: { ...process.env, CONDA_EXE: file }, files })
    await expect(condaLock(question)).rejects.toThrow('../../outside is not in the repository')
  })
})
