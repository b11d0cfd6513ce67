import { spawnSync } from 'node:child_process'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { findPrograms } from '../../src/tools/programs.ts'
import { storedZip } from '../../src/tools/stub-wheel.ts'
import { downloadVerified, installTool, toolFolder } from '../../src/tools/tool-download.ts'
import { findUv, uvVersion } from '../../src/tools/uv.ts'
import { type IndexFile, servePythonIndex, sha256 } from '../helpers/python-index.ts'
import { createTemporary } from '../helpers/temporary.ts'

const repository = path.resolve(import.meta.dirname, '../..')
const linux = { platform: 'linux', arch: 'x64' }
const wheelName = `uv-${uvVersion}-py3-none-manylinux_2_17_x86_64.manylinux2014_x86_64.whl`

/** uv’s real wheel: fetched from this machine’s index once, kept in the user’s cache. */
let real: IndexFile

beforeAll(async () => {
  const folder = path.join(toolFolder({ ...process.env, RUNNER_TOOL_CACHE: undefined }), 'uv-wheel', uvVersion)
  const file = path.join(folder, wheelName)
  if (!(await readFile(file).catch(() => null))) {
    const options = ['--no-deps', '--only-binary', ':all:', '--platform', 'manylinux_2_17_x86_64', '-d', folder]
    const ended = spawnSync('python3', ['-m', 'pip', 'download', '-q', ...options, `uv==${uvVersion}`])
    if (ended.status !== 0) throw new Error(ended.stderr.toString())
  }
  real = { name: wheelName, bytes: await readFile(file) }
}, 120_000)

async function program(folder: string, text: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, 'uv')
  await writeFile(file, text, { mode: 0o755 })
  return file
}

describe('uv', () => {
  it('is PATH’s where that is of a good version; one that is too old, broken or the repository’s own is passed over', async () => {
    await using temporary = await createTemporary()
    const folder = (name: string) => path.join(temporary.folder, name)
    await program(folder('checkout/bin'), '#!/bin/sh\necho uv 0.13.0\n')
    await mkdir(folder('linked'))
    await symlink(folder('checkout/bin/uv'), folder('linked/uv'))
    await program(folder('old'), '#!/bin/sh\necho uv 0.9.0\n')
    await program(folder('broken'), 'not a program')
    await program(folder('failing'), '#!/bin/sh\necho uv 0.13.0\nexit 1\n')
    const good = await program(folder('good'), '#!/bin/sh\necho "uv 0.12.3 (abc 2026-01-01)"\n')
    const names = ['checkout/bin', 'linked', 'missing', 'old', 'broken', 'failing', 'good']
    const env = { PATH: ['relative', ...names.map(folder)].join(':') }
    expect(await findUv({ env, temp: temporary.folder, repository: folder('checkout') })).toBe(good)
    expect(await findPrograms('uv', { env, repository: folder('checkout') })).toHaveLength(4)
  })

  it('is the tool cache’s where a step before put one there', async () => {
    await using temporary = await createTemporary()
    const file = await program(path.join(temporary.folder, 'uv/0.11.0/x64'), '')
    await program(path.join(temporary.folder, 'uv/0.2.0/x64'), '')
    for (const version of ['0.11.0', '0.2.0'])
      await writeFile(path.join(temporary.folder, `uv/${version}/x64.complete`), '')
    const before = process.env.RUNNER_TOOL_CACHE
    process.env.RUNNER_TOOL_CACHE = temporary.folder
    try {
      const env = { PATH: '', RUNNER_TOOL_CACHE: temporary.folder }
      expect(await findUv({ env, temp: temporary.folder, repository, ...linux })).toBe(file)
    } finally {
      if (before === undefined) delete process.env.RUNNER_TOOL_CACHE
      else process.env.RUNNER_TOOL_CACHE = before
    }
  })

  it('is downloaded from the index that pip is told, checked, and once for runs that ask at the same time', async () => {
    await using temporary = await createTemporary()
    await using index = await servePythonIndex({ uv: [real] })
    const env = { PATH: '', XDG_CACHE_HOME: temporary.folder, PIP_INDEX_URL: index.url.replace('//', '//me:secret@') }
    const question = { env, temp: temporary.folder, repository, ...linux }
    const files = await Promise.all([1, 2, 3].map(() => findUv(question)))
    expect(new Set(files)).toEqual(
      new Set([path.join(temporary.folder, 'buildx-action/tools/uv', uvVersion, 'x64/uv')]),
    )
    const asked = index.requests.length
    const [file = ''] = files
    expect(spawnSync(file, ['--version']).stdout.toString()).toMatch(`uv ${uvVersion}`)
    expect(await findUv(question)).toBe(file)
    expect(index.requests.length).toBe(asked)
    expect(index.requests.every(({ login }) => login === `Basic ${btoa('me:secret')}`)).toBe(true)
    const left = await readdir(path.join(temporary.folder, 'buildx-action/tools/uv', uvVersion))
    expect(left).toEqual(['x64'])
  }, 60_000)

  it.each([
    ['a changed wheel', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from('x')])],
    [
      'an archive of a stranger',
      () => storedZip([[`uv-${uvVersion}.data/scripts/uv`, '#!/bin/sh\ntouch /tmp/canary\n']]),
    ],
  ])('is never %s: nothing is left of it', async (_, change) => {
    await using temporary = await createTemporary()
    await using index = await servePythonIndex({ uv: [{ ...real, bytes: change(real.bytes) }] })
    const env = { PATH: '', XDG_CACHE_HOME: temporary.folder, UV_DEFAULT_INDEX: index.url }
    await expect(findUv({ env, temp: temporary.folder, repository, ...linux })).rejects.toThrow(
      /has sha256 .* was expected/,
    )
    expect(await readdir(path.join(temporary.folder, 'buildx-action/tools/uv', uvVersion))).toEqual([])
  })

  it('that an index does not have, or of an unknown machine, is an error with what to do', async () => {
    await using temporary = await createTemporary()
    await using index = await servePythonIndex({ uv: [{ name: 'uv-0.1.0-py3-none-any.whl', bytes: Buffer.from('') }] })
    const env = { PATH: '', XDG_CACHE_HOME: temporary.folder, UV_INDEX_URL: index.url }
    const question = { env, temp: temporary.folder, repository }
    await expect(findUv({ ...question, ...linux })).rejects.toMatchObject({
      code: 'solve',
      message: expect.stringContaining(`${index.host} has no ${wheelName}`),
      details: [expect.stringContaining('astral-sh/setup-uv')],
    })
    await expect(findUv({ ...question, platform: 'aix', arch: 'ppc64' })).rejects.toThrow('not known for aix-ppc64')
  })

  it('is looked for no longer where the run is cancelled', async () => {
    await using temporary = await createTemporary()
    const env = { PATH: '', XDG_CACHE_HOME: temporary.folder, UV_INDEX_URL: 'http://127.0.0.1:9/simple' }
    const question = { env, temp: temporary.folder, repository, signal: AbortSignal.abort(), ...linux }
    await expect(findUv(question)).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('a tool that is kept', () => {
  const tool = { name: 'x', version: '1.0.0', arch: 'x64' }

  it('is made once, also by those who ask while it is made', async () => {
    await using temporary = await createTemporary()
    const env = { RUNNER_TOOL_CACHE: temporary.folder }
    const slow = async (folder: string) => {
      await writeFile(path.join(folder, 'x'), 'wh')
      await new Promise((resolve) => setTimeout(resolve, 50))
      await writeFile(path.join(folder, 'x'), 'whole')
    }
    const folders = await Promise.all([1, 2, 3].map(() => installTool({ env, tool }, slow)))
    expect(new Set(folders).size).toBe(1)
    expect(await readFile(path.join(folders[0] ?? '', 'x'), 'utf8')).toBe('whole')
    await installTool({ env, tool }, async () => Promise.reject(new Error('made twice')))
    expect(await readdir(path.dirname(folders[0] ?? ''))).toEqual(['x64'])
  })

  it('is not there where making it failed', async () => {
    await using temporary = await createTemporary()
    const env = { RUNNER_TOOL_CACHE: temporary.folder }
    await expect(installTool({ env, tool }, async () => Promise.reject(new Error('no')))).rejects.toThrow('no')
    expect(await readdir(path.join(temporary.folder, 'buildx-action/tools/x/1.0.0'))).toEqual([])
  })

  it('is cut off at its limit, and an error names its address without login or signature', async () => {
    await using index = await servePythonIndex({ a: [{ name: 'a.whl', bytes: Buffer.alloc(1000) }] })
    const url = `http://${index.host}/files/a/a.whl?signature=secret`
    const expected = sha256(Buffer.alloc(1000))
    expect(await downloadVerified({ url, sha256: expected, limit: 1000 })).toHaveLength(1000)
    await expect(downloadVerified({ url, sha256: expected, limit: 999 })).rejects.toThrow(
      `http://${index.host}/files/a/a.whl cannot be fetched: it is larger than 999 bytes`,
    )
  })
})
