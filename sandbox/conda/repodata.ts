import { readFileSync } from 'node:fs'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { constants, zstdCompressSync } from 'node:zlib'
import { withLock } from '../world/lock.ts'
import { cacheDir } from '../world/paths.ts'
import { digest, packageArchive } from './archive.ts'
import { type PackageRecord, parseRepodata, type Repodata, readRecorded, type Subdir, subdirs } from './records.ts'

/** What the sandbox's channel serves: per subdir the repodata, whose hashes and sizes are those of the generated archives. */
export type ChannelData = Readonly<Record<Subdir, Repodata>>

/**
 * The channel's repodata. The first time makes every archive once to know its hashes (seconds); the result is kept
 * in the cache outside of the repository, under a key over the recorded data and the code that makes the archives.
 */
export async function loadChannelData(env: NodeJS.ProcessEnv = process.env): Promise<ChannelData> {
  const folder = join(cacheDir(env), 'channel', channelKey())
  await mkdir(folder, { recursive: true })
  const loaded = subdirs.map(async (subdir) => [subdir, await loadSubdir(folder, subdir)] as const)
  return Object.fromEntries(await Promise.all(loaded)) as ChannelData
}

/** The record with the hashes and the size of the archive that is made for it. */
async function withArchiveHashes(filename: string, record: PackageRecord): Promise<PackageRecord> {
  const archive = await packageArchive(filename, record)
  return { ...record, md5: digest('md5', archive), sha256: digest('sha256', archive), size: archive.length }
}

/** The archives' bytes depend on the code that makes them and on the version of zstd that Node has. */
function channelKey(): string {
  const code = ['archive.ts', 'contents.ts', 'repodata.ts'].map((name) => readFileSync(join(import.meta.dirname, name)))
  const parts = [...code, ...subdirs.map(readRecorded)].map((bytes) => digest('sha256', bytes))
  return digest('sha256', [...parts, process.versions.zstd].join(' ')).slice(0, 16)
}

async function loadSubdir(folder: string, subdir: Subdir): Promise<Repodata> {
  const file = join(folder, `${subdir}.json.zst`)
  const cached = await readFile(file).catch(() => null)
  if (cached) return parseRepodata(cached)
  return await withLock(file, async () => {
    const meanwhile = await readFile(file).catch(() => null)
    return meanwhile ? parseRepodata(meanwhile) : await makeSubdir(file, subdir)
  })
}

async function makeSubdir(file: string, subdir: Subdir): Promise<Repodata> {
  const recorded = parseRepodata(readRecorded(subdir))
  const repodata: Repodata = {
    ...recorded,
    packages: await rehash(recorded.packages),
    'packages.conda': await rehash(recorded['packages.conda']),
  }
  await writeFile(`${file}.part`, compress(Buffer.from(JSON.stringify(repodata))))
  await rename(`${file}.part`, file)
  return repodata
}

async function rehash(records: Readonly<Record<string, PackageRecord>>): Promise<Record<string, PackageRecord>> {
  const hashed: Record<string, PackageRecord> = {}
  for (const [filename, record] of Object.entries(records)) hashed[filename] = await withArchiveHashes(filename, record)
  return hashed
}

/** zstd at a level that is quick: for the cache, and for what the channel serves. */
export function compress(bytes: Uint8Array): Buffer {
  return zstdCompressSync(bytes, { params: { [constants.ZSTD_c_compressionLevel]: 3 } })
}

/** A record by the two last parts of its URL (`linux-64/zlib-1.3.1-hb9d3cd8_2.conda`), null where the channel has none. */
export function findRecord(data: ChannelData, path: string): PackageRecord | null {
  const [subdir, filename = ''] = path.split('/')
  const repodata = subdirs.find((name) => name === subdir)
  if (!repodata) return null
  const { packages, 'packages.conda': conda } = data[repodata]
  if (Object.hasOwn(packages, filename)) return packages[filename] ?? null
  return Object.hasOwn(conda, filename) ? (conda[filename] ?? null) : null
}
