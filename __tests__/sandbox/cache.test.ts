import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { BlockBlobClient } from '@azure/storage-blob'
import { describe, expect, it } from '@jest/globals'
import { startCacheService } from '../../sandbox/cache/server.ts'
import type { CacheScope, CacheService } from '../../sandbox/cache/types.ts'
import { restoreFolder, saveFolder } from '../../src/tools/actions-cache.ts'
import { cacheKey } from '../../src/tools/cache-key.ts'
import { createHost } from '../helpers/host.ts'
import { createTemporary } from '../helpers/temporary.ts'

/** The scopes of a push to main, of a pull request to dev, of a run that may only read. */
const main: readonly CacheScope[] = [{ ref: 'refs/heads/main', write: true }]
const dev: readonly CacheScope[] = [
  { ref: 'refs/heads/dev', write: true },
  { ref: 'refs/heads/main', write: false },
]
const pull: readonly CacheScope[] = [
  { ref: 'refs/pull/1/merge', write: true },
  { ref: 'refs/heads/dev', write: false },
  { ref: 'refs/heads/main', write: false },
]

/** One machine that saves a text and, elsewhere, restores what there is; by the real client in either case. */
async function machine(service: CacheService, scopes: readonly CacheScope[], temporary: string) {
  const folder = path.join(temporary, Math.random().toString(36).slice(2), 'data')
  const host = createHost({
    env: { PATH: process.env.PATH, ...service.env(scopes) },
    temp: path.join(temporary, 'temp'),
  })
  const question = { host, folder, title: 'data', timeout: 60_000 }
  return {
    said: host.said,
    async save(text: string): Promise<boolean> {
      await mkdir(folder, { recursive: true })
      await writeFile(path.join(folder, 'text'), text)
      const content = createHash('sha256').update(text).digest('hex')
      return await saveFolder({ ...question, key: cacheKey({ prefix: 'test-', bytes: 1, content, attempt: '1' }) })
    },
    async restore(): Promise<string | null> {
      const key = await restoreFolder({ ...question, prefix: 'test-', most: 2 ** 20 })
      return key && (await readFile(path.join(folder, 'text'), 'utf8'))
    },
  }
}

describe('the cache service', () => {
  it('gives @actions/cache the newest entry of its own branch, else of its base, else of the default branch', async () => {
    await using temporary = await createTemporary()
    await using service = await startCacheService()
    const on = async (scopes: readonly CacheScope[]) => await machine(service, scopes, temporary.folder)
    expect(await (await on(pull)).restore()).toBeNull()
    expect(await (await on(main)).save('main')).toBe(true)
    expect(await (await on(pull)).restore()).toBe('main')
    expect(await (await on(dev)).save('dev')).toBe(true)
    expect(await (await on(pull)).restore()).toBe('dev')
    expect(await (await on(pull)).save('pull')).toBe(true)
    expect(await (await on(pull)).save('pull again')).toBe(true)
    expect(await (await on(pull)).restore()).toBe('pull again')
    // Broken by: scopes that leak: what a pull request saved must not reach any branch.
    expect(await (await on(main)).restore()).toBe('main')
    expect(await (await on(dev)).restore()).toBe('dev')
    expect(service.problems()).toEqual([])
  }, 60_000)

  it('keeps an entry as it was stored, and gives up the longest unused ones for room', async () => {
    await using temporary = await createTemporary()
    await using service = await startCacheService({ limit: 700 })
    const on = await machine(service, main, temporary.folder)
    expect(await on.save('one')).toBe(true)
    expect(await on.save('one')).toBe(false)
    expect(service.entries()).toHaveLength(1)
    for (const text of ['two', 'three', 'four', 'five']) expect(await on.save(text)).toBe(true)
    const sizes = service.entries().map(({ content }) => content.length)
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThanOrEqual(700)
    expect(sizes.length).toBeLessThan(5)
    expect(service.problems()).toEqual([])
  }, 60_000)

  it('refuses to store anything for a read-only token, and anything at all for a foreign one', async () => {
    await using temporary = await createTemporary()
    await using service = await startCacheService()
    await using other = await startCacheService()
    const reading = await machine(service, [{ ref: 'refs/heads/main', write: false }], temporary.folder)
    expect(await reading.save('text')).toBe(false)
    expect(reading.said.filter(([method]) => method === 'warning')).toEqual([])
    const { ACTIONS_RUNTIME_TOKEN } = other.env(main)
    const env = { ...service.env(main), ACTIONS_RUNTIME_TOKEN } as Record<string, string>
    const foreign = await machine({ ...service, env: () => env }, main, temporary.folder)
    expect(await foreign.save('text')).toBe(false)
    expect(service.entries()).toEqual([])
  }, 60_000)

  it('takes blocks and gives ranges as the client’s blob store does, on signed addresses alone', async () => {
    await using service = await startCacheService()
    const { ACTIONS_RUNTIME_TOKEN } = service.env(main)
    const ask = async (call: string, body: object) => {
      const answer = await fetch(`${service.url}/twirp/github.actions.results.api.v1.CacheService/${call}`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ACTIONS_RUNTIME_TOKEN}` },
        body: JSON.stringify(body),
      })
      return (await answer.json()) as Record<string, string>
    }
    const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, at) => at % 251))
    const entry = { key: 'k', version: 'v' }
    const { signed_upload_url } = await ask('CreateCacheEntry', entry)
    const options = { blockSize: 100_000, maxSingleShotSize: 1, concurrency: 3 }
    await new BlockBlobClient(signed_upload_url ?? '').uploadData(bytes, options)
    expect(service.requests().filter(({ method }) => method === 'upload')).toHaveLength(4)
    await ask('FinalizeCacheEntryUpload', { ...entry, size_bytes: String(bytes.length) })
    const { signed_download_url = '' } = await ask('GetCacheEntryDownloadURL', entry)
    const client = new BlockBlobClient(signed_download_url)
    expect((await client.getProperties()).contentLength).toBe(bytes.length)
    const got = await client.downloadToBuffer(0, bytes.length, { blockSize: 70_000, concurrency: 2 })
    expect(got.equals(bytes)).toBe(true)
    const head = async (url: string) => (await fetch(url, { method: 'HEAD' })).status
    expect(await head(signed_download_url.replace(/sig=[^&]*/, 'sig=x'))).toBe(403)
    expect(await head(signed_download_url.replace(/se=[^&]*/, 'se=2100-01-01'))).toBe(403)
    expect(await head(signed_download_url)).toBe(200)
  }, 60_000)

  it('lets signed addresses expire, and says when a client’s message is none of its own', async () => {
    await using service = await startCacheService({ signed: -1 })
    service.store({ key: 'k', version: 'v', ref: 'refs/heads/main', content: Buffer.from('x') })
    const { ACTIONS_RUNTIME_TOKEN } = service.env(main)
    const lookup = async (body: object) =>
      await fetch(`${service.url}/twirp/github.actions.results.api.v1.CacheService/GetCacheEntryDownloadURL`, {
        method: 'POST',
        headers: { authorization: `Bearer ${ACTIONS_RUNTIME_TOKEN}` },
        body: JSON.stringify(body),
      })
    const { signed_download_url } = (await (await lookup({ key: 'k', version: 'v' })).json()) as Record<string, string>
    expect((await fetch(signed_download_url ?? '')).status).toBe(403)
    expect((await lookup({ key: 'k', versions: 'v' })).status).toBe(400)
    expect(service.problems()).toHaveLength(1)
  })
})
