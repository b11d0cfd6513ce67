import { createWriteStream, existsSync } from 'node:fs'
import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import { withLock } from '../world/lock.ts'
import { cacheDir } from '../world/paths.ts'
import { digest } from './archive.ts'
import { type PackageRecord, parseRepodata, readRecorded, type Subdir } from './records.ts'
import { byName, makeIndex, makeShard } from './shards.ts'

type Entry = [filename: string, record: PackageRecord]

const grownSubdirs: readonly Subdir[] = ['linux-64', 'noarch']

/** So many synthetic records for each real one give what conda-forge has: 526,000 in linux-64 and noarch together. */
export const condaForgeFactor = 85

/**
 * A folder with a channel of conda-forge's size, linux-64 and noarch, as repodata.json.zst and as shards: what is recorded,
 * and for each real record `factor` more, every other one an old version of the same package with the same dependencies,
 * which a solver has to look at, the others packages that nothing leads to. What is solved from it is what is solved from
 * the recorded ones. Made once, half a minute and 300 MB, and kept in the cache outside of the repository.
 */
export async function grownChannel(env: NodeJS.ProcessEnv = process.env, factor = condaForgeFactor): Promise<string> {
  const key = digest(
    'sha256',
    [...grownSubdirs.map((subdir) => digest('sha256', readRecorded(subdir))), factor].join(' '),
  )
  const folder = join(cacheDir(env), `grown-channel-${key.slice(0, 16)}`)
  await withLock(folder, async () => {
    const aside = `${folder}.part`
    if (existsSync(folder)) return
    await rm(aside, { recursive: true, force: true })
    for (const subdir of grownSubdirs) await growSubdir(join(aside, subdir), subdir, factor)
    await rename(aside, folder)
  })
  return folder
}

/** Name by name: the whole would be longer than the longest string. */
async function growSubdir(target: string, subdir: Subdir, factor: number): Promise<void> {
  await mkdir(join(target, 'shards'), { recursive: true })
  const repodata = parseRepodata(readRecorded(subdir))
  const json = createZstdCompress()
  const file = createWriteStream(join(target, 'repodata.json.zst'))
  json.pipe(file)
  const write = async (text: string) => {
    if (!json.write(text)) await new Promise((resolve) => json.once('drain', resolve))
  }
  const hashes: Record<string, Buffer> = {}
  await write(`{"info":{"subdir":"${subdir}"},"packages":${JSON.stringify(repodata.packages)},"packages.conda":{`)
  let first = true
  for (const [name, entries] of byName(repodata)) {
    for (const [grown, all] of grow(name, entries, factor)) {
      const shard = makeShard(all)
      hashes[grown] = shard.hash
      await writeFile(join(target, 'shards', shard.file), shard.bytes)
      const members = all.filter(([filename]) => filename.endsWith('.conda')).map(memberOf)
      if (members.length > 0) await write(`${first ? '' : ','}${members.join(',')}`)
      first &&= members.length === 0
    }
  }
  json.end('},"removed":[],"repodata_version":1}')
  await finished(file)
  await writeFile(join(target, 'repodata_shards.msgpack.zst'), makeIndex(subdir, hashes))
}

function memberOf([filename, record]: Entry): string {
  return `${JSON.stringify(filename)}:${JSON.stringify(record)}`
}

/** The packages of a name with their synthetic ones, and the synthetic names beside it. */
function grow(name: string, entries: readonly Entry[], factor: number): Map<string, Entry[]> {
  const grown = new Map<string, Entry[]>([[name, [...entries]]])
  for (const [, record] of entries) {
    for (let at = 0; at < factor; at++) {
      const other = at % 2 === 0 ? name : `${name}-pad${at}`
      const filename = `${other}-0.0.0.${at}-${record.build}.conda`
      const id = `${record.subdir}/${filename}`
      const hashes = { md5: digest('md5', id), sha256: digest('sha256', id) }
      const all = grown.get(other) ?? []
      // Two real records may have one build string: one synthetic record is enough for both.
      if (!all.some(([existing]) => existing === filename)) {
        all.push([filename, { ...record, ...hashes, name: other, version: `0.0.0.${at}` }])
      }
      grown.set(other, all)
    }
  }
  return grown
}
