import { execFileSync, spawnSync } from 'node:child_process'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import BZip2 from 'bzip2-wasm'
import fc from 'fast-check'
import { unzipSync } from 'fflate'
import { Header } from 'tar'
import { digest, packageArchive } from '../../sandbox/conda/archive.ts'
import { type ChannelServer, startChannel } from '../../sandbox/conda/channel.ts'
import { packageFiles } from '../../sandbox/conda/contents.ts'
import { entriesOf, type PackageRecord, parseRepodata, readRecorded, subdirs } from '../../sandbox/conda/records.ts'
import { findRecord } from '../../sandbox/conda/repodata.ts'
import { makeStackRepository } from '../../sandbox/conda/stack.ts'
import { condaForge, translateLock } from '../../sandbox/conda/translate.ts'

const images = join(import.meta.dirname, '../../images')
const notebooks = ['base-notebook', 'pangeo-notebook', 'ml-notebook']
let channel: ChannelServer
let work: string

beforeAll(async () => {
  await bzip2.init()
  channel = await startChannel()
  work = await mkdtemp(join(tmpdir(), 'conda-test-'))
}, 60_000)

afterAll(async () => {
  await channel.stop()
  await rm(work, { recursive: true, force: true })
})

/** The regular files of a tar. */
function untar(bytes: Uint8Array): Record<string, string> {
  const buffer = Buffer.from(bytes)
  const files: Record<string, string> = {}
  for (let offset = 0; buffer[offset]; ) {
    const header = new Header(buffer, offset)
    const size = header.size ?? 0
    files[header.path ?? ''] = buffer.toString('utf8', offset + 512, offset + 512 + size)
    offset += 512 + Math.ceil(size / 512) * 512
  }
  return files
}

const bzip2 = new BZip2()

async function unpack(filename: string, archive: Uint8Array): Promise<Record<string, string>> {
  if (filename.endsWith('.tar.bz2')) {
    return untar(bzip2.decompress(archive, 1_000_000))
  }
  const parts = Object.entries(unzipSync(archive)).filter(([name]) => name.endsWith('.tar.zst'))
  return Object.assign({}, ...parts.map(([, bytes]) => untar(zstdDecompressSync(bytes))))
}

function createRecord(overrides: Partial<PackageRecord> = {}): PackageRecord {
  const record = {
    name: 'zlib',
    version: '1.3.1',
    build: 'hb9d3cd8_2',
    build_number: 2,
    depends: [],
    subdir: 'linux-64',
  }
  return { ...record, md5: '0'.repeat(32), sha256: '0'.repeat(64), size: 0, ...overrides }
}

async function urlsOf(image: string): Promise<string[]> {
  const lock = await readFile(join(images, image, 'conda-lock.yml'), 'utf8')
  return [...lock.matchAll(/^ {2}url: (\S+)$/gm)].map(([, url]) => url ?? '')
}

describe('packageArchive', () => {
  const word = fc.stringMatching(/^[a-z][a-z0-9_.-]{0,20}$/)
  const records = fc.record({
    name: word,
    version: fc.stringMatching(/^[0-9]{1,4}(\.[0-9]{1,3}){0,2}$/),
    build: fc.stringMatching(/^[a-z0-9]{1,8}_[0-9]$/),
    depends: fc.array(word, { maxLength: 3 }),
    noarch: fc.constantFrom('python' as const, 'generic' as const),
  })

  it.each(['.conda', '.tar.bz2'])(
    'gives the same bytes for the same record, and another hash for another one: %s',
    async (ending) => {
      const make = async (record: PackageRecord) =>
        digest('sha256', await packageArchive(`zlib-1.3.1-h_2${ending}`, record))
      const first = await make(createRecord())
      expect(await make(createRecord({ md5: '1'.repeat(32), size: 7 }))).toBe(first)
      expect(await make(createRecord({ depends: ['libgcc'] }))).not.toBe(first)
    },
  )

  it('does not depend on the time zone', async () => {
    const source = join(import.meta.dirname, '../../sandbox/conda/archive.ts')
    const code = `import { packageArchive, digest } from ${JSON.stringify(source)}
      console.log(digest('md5', await packageArchive('a-1-0.conda', ${JSON.stringify(createRecord())})))`
    const run = (zone: string) =>
      execFileSync(process.execPath, ['--input-type=module-typescript', '-e', code], {
        env: { ...process.env, TZ: zone },
      })
    expect(run('Pacific/Auckland').toString()).toBe(run('America/Lima').toString())
  })

  it('holds the record and lists what it installs, whatever the record', async () => {
    await fc.assert(
      fc.asyncProperty(records, fc.constantFrom('.conda', '.tar.bz2'), async (part, ending) => {
        const record = createRecord({ ...part, subdir: 'noarch' })
        const filename = `${record.name}-${record.version}-${record.build}${ending}`
        const files = await unpack(filename, await packageArchive(filename, record))
        const { md5: _md5, sha256: _sha256, size: _size, ...index } = record
        expect(JSON.parse(files['info/index.json'] ?? '')).toEqual(index)
        const listed = (files['info/files'] ?? '').split('\n').filter(Boolean)
        expect(listed).toEqual(Object.keys(files).filter((path) => !path.startsWith('info/')))
        const { paths } = JSON.parse(files['info/paths.json'] ?? '') as { paths: { _path: string; sha256: string }[] }
        expect(paths.map((path) => path.sha256)).toEqual(listed.map((path) => digest('sha256', files[path] ?? '')))
        expect('info/link.json' in files).toBe(record.noarch === 'python')
      }),
      { numRuns: 50 },
    )
  })
})

describe('packageFiles', () => {
  it.each([
    ['a noarch package', { noarch: 'python' }, 'site-packages/zlib/__init__.py'],
    ['a compiled module', { depends: ['python >=3.12,<3.13.0a0'] }, 'lib/python3.12/site-packages/zlib/__init__.py'],
    ['a library', { depends: ['libgcc'] }, 'share/doc/zlib/README'],
    ['a generic noarch package', { noarch: 'generic' }, 'share/doc/zlib/README'],
  ] as const)('puts %s where it belongs', (_, overrides, path) => {
    expect(packageFiles(createRecord(overrides)).map((file) => file.path)).toContain(path)
  })

  it('gives a python that knows its version and which packages are there', async () => {
    const python = createRecord({ name: 'python', version: '3.12.12' })
    const numpy = createRecord({ name: 'numpy', depends: ['python >=3.12,<3.13.0a0'] })
    const prefix = join(work, 'prefix')
    for (const { path, mode, text } of [...packageFiles(python), ...packageFiles(numpy)]) {
      await mkdir(dirname(join(prefix, path)), { recursive: true })
      await writeFile(join(prefix, path), text, { mode })
    }
    const run = (...args: string[]) => spawnSync(join(prefix, 'bin/python'), args, { encoding: 'utf8' })
    expect(run('--version').stdout).toBe('Python 3.12.12\n')
    expect(run('-c', 'import sys, numpy; import numpy.linalg').status).toBe(0)
    expect(run('-c', 'import numpy, pandas')).toMatchObject({
      status: 1,
      stderr: "ModuleNotFoundError: No module named 'pandas'\n",
    })
    expect(run('script.py').status).toBe(2)
  })
})

describe('the channel', () => {
  it('serves archives whose hashes and sizes stand in its repodata', async () => {
    for (const subdir of subdirs) {
      const response = await fetch(`${channel.url}/${subdir}/repodata.json.zst`)
      const entries = entriesOf(parseRepodata(new Uint8Array(await response.arrayBuffer())))
      const sample = entries.filter((_, index) => index % Math.ceil(entries.length / 40) === 0)
      for (const [filename, record] of sample) {
        const archive = new Uint8Array(await (await fetch(`${channel.url}/${subdir}/${filename}`)).arrayBuffer())
        const seen = { md5: digest('md5', archive), sha256: digest('sha256', archive), size: archive.length }
        expect({ filename, ...seen }).toEqual({ filename, md5: record.md5, sha256: record.sha256, size: record.size })
      }
    }
  })

  it.each(subdirs)('changes nothing but hashes and sizes of the recorded repodata: %s', (subdir) => {
    const bare = (record: PackageRecord) => ({ ...record, md5: '', sha256: '', size: 0 })
    const served = entriesOf(channel.data[subdir]).map(([filename, record]) => [filename, bare(record)])
    const recorded = entriesOf(parseRepodata(readRecorded(subdir))).map(([filename, record]) => [
      filename,
      bare(record),
    ])
    expect(served).toEqual(recorded)
  })

  // conda-lock.yml would have to quote them.
  it('has no hash that YAML takes for a number', () => {
    const hashes = subdirs.flatMap((subdir) =>
      entriesOf(channel.data[subdir]).flatMap(([, { md5, sha256 }]) => [md5, sha256]),
    )
    expect(hashes.filter((hash) => /^[0-9]+(e[0-9]+)?$/.test(hash))).toEqual([])
  })

  it.each(notebooks)('has every package of the locks of %s', async (image) => {
    const urls = await urlsOf(image)
    expect(urls.length).toBeGreaterThan(800)
    expect(urls.filter((url) => !findRecord(channel.data, url.slice(condaForge.length + 1)))).toEqual([])
  })

  it.each([
    ['GET', 'conda-forge/noarch/repodata.json', 200],
    ['GET', 'noarch/repodata.json', 200],
    ['HEAD', 'conda-forge/linux-64/repodata.json.zst', 200],
    ['GET', 'conda-forge/linux-64/_libgcc_mutex-0.1-conda%5Fforge.tar.bz2?x=1', 200],
    ['GET', 'conda-forge/linux-64/nothing-1-0.conda', 404],
    ['GET', 'conda-forge/linux-64/constructor', 404],
    ['GET', 'conda-forge/linux-64/%', 404],
    ['GET', 'conda-forge/win-64/repodata.json', 404],
    ['PUT', 'conda-forge/noarch/repodata.json', 405],
  ])('%s %s → %i, and it is in the access log', async (method, path, status) => {
    const response = await fetch(`${channel.alias}/${path}`, { method })
    const body = await response.arrayBuffer()
    expect(response.status).toBe(status)
    expect(channel.accessLog().at(-1)).toMatchObject({ method, status, bytes: body.byteLength })
  })

  it('sends repodata again only when it is another one', async () => {
    const url = `${channel.url}/noarch/repodata.json.zst`
    const etag = (await fetch(url)).headers.get('etag') ?? ''
    expect((await fetch(url, { headers: { 'if-none-match': etag } })).status).toBe(304)
    expect((await fetch(url, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
  })
})

describe('translateLock', () => {
  const file = 'noarch/xarray-2025.12.0-pyhcf101f3_0.conda'
  const translate = (text: string) => translateLock(text, { to: 'http://sandbox/conda-forge', data: channel.data })

  it('rewrites an explicit lock: URL and md5 of each package, nothing else', async () => {
    const text = await readFile(join(images, 'pangeo-notebook/conda-linux-64.lock'), 'utf8')
    const before = text.split('\n')
    const after = translate(text).split('\n')
    expect(after).toHaveLength(before.length)
    for (const [index, line] of after.entries()) {
      const path = /^http:\/\/sandbox\/conda-forge\/(.*)#/.exec(line)?.[1]
      const expected = path
        ? `http://sandbox/conda-forge/${path}#${findRecord(channel.data, path)?.md5}`
        : before[index]
      expect(line).toBe(expected)
      expect(before[index]).toContain(path ?? '')
    }
    expect(after.filter((line) => line.includes('://sandbox/'))).toHaveLength(809)
  })

  it.each(notebooks)('rewrites conda-lock.yml of %s: three lines a package, nothing else', async (image) => {
    const text = await readFile(join(images, image, 'conda-lock.yml'), 'utf8')
    const before = text.split('\n')
    const after = translate(text).split('\n')
    const changed = after.filter((line, index) => line !== before[index])
    expect(changed.every((line) => /^ {2}url: http:\/\/sandbox\/|^ {4}(md5|sha256): [0-9a-f]+$/.test(line))).toBe(true)
    expect(changed).toHaveLength((await urlsOf(image)).length * 3)
  })

  it.each([
    [
      'hash before url, as conda-lock 1 writes it',
      (hash: string, url: string) => `- category: main\n${hash}${url}  version: 1\n`,
    ],
    ['url before hash', (hash: string, url: string) => `- name: xarray\n${url}${hash}  category: main\n`],
  ])('takes every layout: %s', (_, layout) => {
    const entry = (url: string, md5: string, sha256: string) =>
      `version: 1\npackage:\n${layout(`  hash:\n    md5: ${md5}\n    sha256: ${sha256}\n`, `  url: ${url}\n`)}`
    const record = findRecord(channel.data, file)!
    const translated = translate(entry(`${condaForge}/${file}`, 'a'.repeat(32), 'b'.repeat(64)))
    expect(translated).toBe(entry(`http://sandbox/conda-forge/${file}`, record.md5, record.sha256))
  })

  it('leaves pip packages and other channels alone', () => {
    const pip = '- name: a\n  manager: pip\n  url: https://files.example/a.whl\n  hash:\n    sha256: aa\n'
    expect(translate(`package:\n${pip}`)).toBe(`package:\n${pip}`)
    const explicit =
      '@EXPLICIT\nhttps://conda.example/conda-forge/noarch/x-1-0.conda#aa\n# pip a @ https://files.example/a.whl\n'
    expect(translate(explicit)).toBe(explicit)
  })

  it('names a package that the channel does not have', () => {
    const lock = `@EXPLICIT\n${condaForge}/noarch/nothing-1-0.conda#${'a'.repeat(32)}\n`
    expect(() => translate(lock)).toThrow('no package noarch/nothing-1-0.conda')
  })
})

describe('makeStackRepository', () => {
  const make = async (name: string, small: boolean) =>
    await makeStackRepository(join(work, name), { channelUrl: channel.url, data: channel.data, small })
  const git = (dir: string, ...args: string[]) => execFileSync('git', ['-C', dir, ...args], { encoding: 'utf8' })

  it.each([true, false])('makes a clean repository whose locks know the sandbox only (small: %s)', async (small) => {
    const { dir, commit } = await make(`stack-${small}`, small)
    expect(git(dir, 'rev-parse', 'main').trim()).toBe(commit)
    expect(git(dir, 'status', '--porcelain')).toBe('')
    expect(git(dir, 'ls-files', '-s', 'images/pangeo-notebook/start')).toMatch(/^100755 /)
    for (const image of notebooks) {
      const lock = await readFile(join(dir, 'images', image, 'conda-linux-64.lock'), 'utf8')
      expect(lock).toContain(`${channel.url}/noarch/`)
      expect(lock).not.toContain(condaForge)
    }
    expect(await readFile(join(dir, 'images/base-image/condarc.yml'), 'utf8')).toContain(
      `channel_alias: ${channel.alias}\n`,
    )
  })

  it('gives the same commit for the same files', async () => {
    expect((await make('again', true)).commit).toBe((await make('and-again', true)).commit)
  })

  it('makes small environments that are complete', async () => {
    const { dir } = await make('small', true)
    for (const image of notebooks) {
      const lock = await readFile(join(dir, 'images', image, 'conda-linux-64.lock'), 'utf8')
      const paths = lock.split('\n').filter((line) => line.startsWith(channel.url))
      const found = paths.map((line) =>
        findRecord(channel.data, line.slice(channel.url.length + 1).split('#')[0] ?? ''),
      )
      const names = new Set(found.map((record) => record?.name))
      const needs = found.flatMap((record) => record?.depends ?? []).map((spec) => spec.split(' ')[0] ?? '')
      expect(needs.filter((name) => !name.startsWith('__') && !names.has(name))).toEqual([])
      expect(names.size).toBeLessThan(70)
      const packages = await readFile(join(dir, 'images', image, 'packages.txt'), 'utf8')
      expect(packages.trim().split('\n').slice(2)).toHaveLength(names.size)
    }
  })
})
