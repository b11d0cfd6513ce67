import { execFileSync, spawnSync } from 'node:child_process'
import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { startCacheService } from '../../sandbox/cache/server.ts'
import type { CacheFault, CacheOptions, CacheRequest, CacheScope, CacheService } from '../../sandbox/cache/types.ts'
import { restoreFolder, saveFolder } from '../../src/tools/actions-cache.ts'
import { cacheKey, isKeyOf, sizeOfKey } from '../../src/tools/cache-key.ts'
import { createHost } from '../helpers/host.ts'
import { createTar, type Member } from '../helpers/tar.ts'
import { createTemporary, type Temporary } from '../helpers/temporary.ts'

const main: readonly CacheScope[] = [{ ref: 'refs/heads/main', write: true }]
const key = cacheKey({ prefix: 'test-', bytes: 5, content: 'a'.repeat(64), attempt: '1' })

let temporary: Temporary
beforeEach(async () => {
  temporary = await createTemporary()
})
afterEach(async () => await temporary[Symbol.asyncDispose]())

interface Setup {
  readonly temp?: string
  readonly timeout?: number
  readonly most?: number
  readonly signal?: AbortSignal
}

/** A machine with an empty disk, and what was said on it. */
function machine(env: Readonly<Record<string, string>>, setup: Setup = {}) {
  const { timeout = 60_000, most = 2 ** 20, signal, temp = path.join(temporary.folder, 'temp') } = setup
  const folder = path.join(temporary.folder, 'machine', 'data')
  const host = createHost({
    env: { PATH: process.env.PATH, ...env },
    temp,
    ...(signal ? { signal } : {}),
  })
  return {
    folder,
    restore: async () => await restoreFolder({ host, folder, title: 'data', prefix: 'test-', most, timeout }),
    save: async () => await saveFolder({ host, folder, title: 'data', key, timeout }),
    said: (method: string) => host.said.filter(([one]) => one === method).map(([, line]) => String(line)),
  }
}

/** Fills the machine's folder, saves it, and gives the service with the entry. */
async function saved(options: CacheOptions = {}): Promise<CacheService> {
  const service = await startCacheService(options)
  const { folder, save } = machine(service.env(main))
  await mkdir(path.join(folder, 'deep/er'), { recursive: true })
  await writeFile(path.join(folder, 'deep/er', 'ünïcode – name'), 'text')
  await writeFile(path.join(folder, `${'long'.repeat(40)}.json`), Buffer.alloc(200_000, 'content '))
  await utimes(path.join(folder, 'deep/er', 'ünïcode – name'), 1_600_000_000, 1_600_000_000)
  expect(await save()).toBe(true)
  execFileSync('rm', ['-r', path.dirname(folder)])
  return service
}

/** All that is on the disk, but for the machine's own temporary folder, as `path type`. */
async function everything(): Promise<string[]> {
  const found = await readdir(temporary.folder, { recursive: true, withFileTypes: true })
  return found
    .map((entry) => `${path.relative(temporary.folder, path.join(entry.parentPath, entry.name))}`)
    .filter((name) => name !== 'temp')
    .sort()
}

describe('a folder', () => {
  it('comes back as it was saved, with names, contents and times', async () => {
    await using service = await saved()
    const { folder, restore, said } = machine(service.env(main))
    expect(await restore()).toBe(key)
    expect(await readFile(path.join(folder, 'deep/er', 'ünïcode – name'), 'utf8')).toBe('text')
    expect((await stat(path.join(folder, 'deep/er', 'ünïcode – name'))).mtimeMs).toBe(1_600_000_000_000)
    expect((await stat(path.join(folder, `${'long'.repeat(40)}.json`))).size).toBe(200_000)
    expect(said('warning')).toEqual([])
    // Signatures of addresses are good for whoever reads them.
    expect(said('mask').length).toBeGreaterThan(0)
    expect(service.requests().map(({ method }) => method)).toEqual([
      'CreateCacheEntry',
      'upload',
      'FinalizeCacheEntryUpload',
      'GetCacheEntryDownloadURL',
      'GetCacheEntryDownloadURL',
      'download',
    ])
  }, 60_000)

  it('comes whole from another disk', async () => {
    await using service = await saved()
    const temp = await mkdtemp('/dev/shm/buildx-action-test-')
    const { folder, restore } = machine(service.env(main), { temp })
    expect(await restore()).toBe(key)
    expect(await readdir(temp)).toEqual([])
    await rm(temp, { recursive: true })
    expect(await readdir(path.dirname(folder))).toEqual(['data'])
    expect((await stat(path.join(folder, 'deep/er', 'ünïcode – name'))).mtimeMs).toBe(1_600_000_000_000)
  }, 60_000)

  it('is asked of nobody without a service, or where the cache mode says no', async () => {
    await using service = await saved()
    const before = service.requests().length
    const without = machine({})
    expect([await without.restore(), await without.save()]).toEqual([null, false])
    const { ACTIONS_CACHE_SERVICE_V2: _, ...artifactsOnly } = service.env(main)
    expect(await machine(artifactsOnly).restore()).toBeNull()
    const enterprise = machine({ ...service.env(main), GITHUB_SERVER_URL: 'https://git.example.org' })
    expect(await enterprise.restore()).toBeNull()
    expect(enterprise.said('warning')).toEqual([])
    const off = machine({ ...service.env(main), ACTIONS_CACHE_MODE: 'none' })
    expect(await off.restore()).toBeNull()
    await mkdir(off.folder, { recursive: true })
    expect(await off.save()).toBe(false)
    const reading = machine({ ...service.env(main), ACTIONS_CACHE_MODE: 'read' })
    expect(await reading.save()).toBe(false)
    expect(service.requests()).toHaveLength(before)
    expect(service.problems()).toEqual([])
    expect([...without.said('warning'), ...off.said('warning'), ...reading.said('warning')]).toEqual([])
  }, 60_000)

  it('that is larger than there is room for, by its name or by what it holds, is left where it is', async () => {
    await using service = await saved()
    const { restore, said } = machine(service.env(main), { most: 100_000 })
    expect(await restore()).toBeNull()
    expect(said('warning')).toEqual([`data of earlier runs: not restored: ${key} is of 1 MiB`])
    expect(service.requests().filter(({ method }) => method === 'download')).toEqual([])
    const [entry] = service.entries()
    service.store({ ...entry!, key: 'test-of-somebody-else' })
    const foreign = machine(service.env(main), { most: 100_000 })
    expect(await foreign.restore()).toBeNull()
    expect(foreign.said('warning')).toEqual([
      'data of earlier runs: not restored: test-of-somebody-else does not tell its size',
    ])
    // Broken by: believing the name.
    const liar = cacheKey({ prefix: 'test-', bytes: 0, content: 'b'.repeat(64), attempt: '1' })
    service.store({ ...entry!, key: liar })
    const fooled = machine(service.env(main), { most: 100_000 })
    expect(await fooled.restore()).toBeNull()
    expect(fooled.said('warning')).toEqual([
      'data of earlier runs: not restored: the archive holds more than 100000 bytes',
    ])
    expect(await everything()).toEqual([])
  }, 60_000)
})

describe('what goes wrong at the service is a cold start and one warning', () => {
  const on = (method: CacheRequest['method'], fault: CacheFault) => (request: CacheRequest) =>
    request.method === method ? fault : undefined
  const lookup = 'GetCacheEntryDownloadURL'
  const cases: readonly (readonly [string, CacheFault, CacheRequest['method'], RegExp])[] = [
    ['429', { status: 429, headers: { 'retry-after': '60' } }, lookup, /Rate limited/],
    ['403', { status: 403 }, lookup, /403/],
    ['500 without end', { status: 500 }, lookup, /longer than 1 s/],
    ['silence', { silence: true }, lookup, /longer than 1 s/],
    ['a blob that is gone', { status: 404 }, 'download', /./],
    ['a blob that is cut on its way', { cutAfter: 300 }, 'download', /./],
    ['a blob that is too slow', { delay: 20_000 }, 'download', /longer than 1 s/],
    ['a blob that was cut when it was stored', { content: (b) => b.subarray(0, b.length - 40) }, 'download', /./],
    ['a blob of other content', { content: () => Buffer.from('hello') }, 'download', /./],
    ['an empty blob', { content: () => Buffer.alloc(0) }, 'download', /./],
  ]
  it.each(cases)(
    '%s',
    async (_, fault, method, reason) => {
      await using service = await saved({ fault: on(method, fault) })
      const { restore, said } = machine(service.env(main), {
        timeout: reason.source.includes('longer') ? 1000 : 30_000,
      })
      expect(await restore()).toBeNull()
      expect(said('warning')).toHaveLength(1)
      expect(said('warning')[0]).toMatch(/^data of earlier runs: not restored: /)
      expect(said('warning')[0]).toMatch(reason)
      // Broken by: a half-restored folder that a solver would believe.
      expect(await everything()).toEqual([])
    },
    60_000,
  )

  it.each([
    ['CreateCacheEntry', { status: 429 }, 0],
    ['CreateCacheEntry', { silence: true }, 1],
    ['upload', { silence: true }, 1],
    ['FinalizeCacheEntryUpload', { status: 403 }, 1],
  ] as const)(
    'also when it is saved: %s %j',
    async (method, fault, warnings) => {
      await using service = await startCacheService({ fault: on(method, fault) })
      const { folder, save, said } = machine(service.env(main), { timeout: 'silence' in fault ? 1000 : 30_000 })
      await mkdir(folder, { recursive: true })
      await writeFile(path.join(folder, 'file'), 'text')
      expect(await save()).toBe(false)
      expect(said('warning')).toHaveLength(warnings)
      expect(service.entries()).toEqual([])
      expect(await everything()).toEqual(['machine', 'machine/data', 'machine/data/file'])
    },
    60_000,
  )

  it('and a token that may not save is no fault at all', async () => {
    await using service = await startCacheService()
    const { folder, save, said } = machine(service.env([{ ref: 'refs/heads/main', write: false }]))
    await mkdir(folder, { recursive: true })
    await writeFile(path.join(folder, 'file'), 'text')
    expect(await save()).toBe(false)
    expect(said('warning')).toEqual([])
    expect(said('info').join()).toContain('cache write denied')
  }, 60_000)

  it('while a cancelled run ends at once', async () => {
    await using service = await saved({ fault: on(lookup, { silence: true }) })
    const signal = AbortSignal.timeout(1000)
    const { restore } = machine(service.env(main), { signal })
    await expect(restore()).rejects.toMatchObject({ code: 'cancelled' })
  }, 60_000)
})

describe('a hostile archive', () => {
  const victim = () => path.join(temporary.folder, 'victim')
  const good: Member = { name: 'data/good', body: 'good' }
  const hostile: readonly (readonly [string, () => readonly Member[], RegExp])[] = [
    ['../', () => [good, { name: '../../victim/file', body: 'evil' }], /is no name for a member/],
    ['.. in the middle', () => [{ name: 'data/../../../victim/file', body: 'evil' }], /is no name/],
    ['an absolute name', () => [good, { name: `${victim()}/file`, body: 'evil' }], /is no name/],
    ['a symbolic link', () => [good, { name: 'data/link', type: '2', link: victim() }], /neither file nor folder/],
    [
      'a file through a symbolic link',
      () => [
        { name: 'data/link', type: '2', link: victim() },
        { name: 'data/link/file', body: 'evil' },
      ],
      /neither file nor folder/,
    ],
    ['a hard link', () => [{ name: 'data/hard', type: '1', link: `${victim()}/there` }], /neither file nor folder/],
    ['a device', () => [{ name: 'data/zero', type: '3' }], /neither file nor folder/],
    ['a pipe', () => [{ name: 'data/pipe', type: '6' }], /neither file nor folder/],
    ['a member that comes twice', () => [good, { ...good, body: 'evil' }], /EEXIST/],
    ['a name in its attributes', () => [{ name: 'data/x', attributes: { path: '../../victim/file' } }], /is no name/],
    ['a size in its attributes', () => [{ name: 'data/x', body: 'x', attributes: { size: '1e9' } }], /more than/],
    ['a negative size', () => [{ name: 'data/x', body: 'x', attributes: { size: '-512' } }], /no size/],
    ['a sparse member', () => [{ name: 'data/x', attributes: { 'GNU.sparse.major': '1' } }], /sparse/],
    ['a command for the runner', () => [{ name: '../\n::set-env name=A::b' }], /is no name/],
  ]
  /** Calls the program that unpacks as @actions/cache calls tar. */
  async function unpack(archive: Buffer, name = 'cache.tzst') {
    const [file, folder] = [path.join(temporary.folder, name), path.join(temporary.folder, 'machine')]
    await writeFile(file, archive)
    await mkdir(folder)
    const program = path.join(import.meta.dirname, '../../src/tools/untar.ts')
    const args = ['--no-warnings', program, '-xf', file, '-P', '-C', folder, '--use-compress-program', 'unzstd']
    const ended = spawnSync(process.execPath, args, { env: { UNTAR_LIMIT: '100000' } })
    await rm(file)
    return { status: ended.status, reason: ended.stderr.toString() }
  }

  it.each(hostile)('%s: nothing outside of the folder changes', async (_, members, reason) => {
    await mkdir(victim())
    await writeFile(path.join(victim(), 'there'), 'as it was')
    const ended = await unpack(createTar(members()))
    expect(ended.status).toBe(2)
    expect(ended.reason).toMatch(/^untar: [^\n]*\n$/)
    expect(ended.reason).toMatch(reason)
    expect((await everything()).filter((name) => !name.startsWith('machine'))).toEqual(['victim', 'victim/there'])
    expect((await lstat(path.join(victim(), 'there'))).nlink).toBe(1)
    expect(await readFile(path.join(victim(), 'there'), 'utf8')).toBe('as it was')
  })

  it.each(['cache.tzst', 'cache.tgz'])('cut off anywhere, %s is never taken for a whole one', async (name) => {
    const body = Array.from({ length: 3000 }, (_, at) => String(at * at)).join()
    const whole = createTar([{ ...good, body }, good], name.endsWith('.tgz') ? 'gzip' : 'zstd')
    for (const part of [0, 0.1, 0.5, 0.9, 0.99]) {
      const { status, reason } = await unpack(whole.subarray(0, Math.floor(whole.length * part)), name)
      expect([part, status, reason.startsWith('untar: ')]).toEqual([part, 2, true])
      await rm(path.join(temporary.folder, 'machine'), { recursive: true })
    }
    expect(await unpack(createTar([good], name.endsWith('.tgz') ? 'gzip' : 'zstd'), name)).toEqual({
      status: 0,
      reason: '',
    })
  })

  // Broken by: the system's tar, which @actions/cache would call: it follows all three.
  it('is one warning, and no folder', async () => {
    await mkdir(victim())
    await using service = await saved()
    const [entry] = service.entries()
    const members: readonly Member[] = [
      { name: 'data/link', type: '2', link: victim() },
      { name: 'data/link/file', body: 'evil' },
      { name: `${victim()}/absolute`, body: 'evil' },
    ]
    service.store({ ...entry!, content: createTar(members) })
    const { restore, said } = machine(service.env(main))
    expect(await restore()).toBeNull()
    expect(said('warning')).toEqual(['data of earlier runs: not restored: "data/link" is neither file nor folder'])
    expect(await everything()).toEqual(['victim'])
  }, 60_000)

  it('with something beside the folder leaves that out', async () => {
    await using service = await saved()
    const [entry] = service.entries()
    const beside: Member = { name: 'other/file', body: 'x' }
    service.store({ ...entry!, content: createTar([good, beside]) })
    expect(await machine(service.env(main)).restore()).toBe(key)
    expect(await everything()).toEqual(['machine', 'machine/data', 'machine/data/good'])
  }, 60_000)
})

describe('a key', () => {
  it('tells size and contents, whatever stands for the attempt', () => {
    const content = '0123456789abcdef'.repeat(4)
    expect(cacheKey({ prefix: 'p-', bytes: 2 ** 20 + 1, content, attempt: '3' })).toBe('p-2-0123456789abcdef-3')
    const odd = cacheKey({ prefix: 'p-', bytes: 0, content, attempt: 'x,\n' })
    expect([odd, sizeOfKey(odd), isKeyOf(odd, content)]).toEqual(['p-0-0123456789abcdef-1', 0, true])
    expect([sizeOfKey('p-2'), isKeyOf('p-2', content), isKeyOf(odd, 'f'.repeat(64))]).toEqual([null, false, false])
  })
})
