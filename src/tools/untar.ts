import { createReadStream } from 'node:fs'
import { mkdir, open, utimes } from 'node:fs/promises'
import path from 'node:path'
import { pipeline } from 'node:stream'
import { createGunzip, createZstdDecompress } from 'node:zlib'
import { type TarEntry, tarEntries } from './tar-entries.ts'

/**
 * The `tar` that unpacks caches: called as @actions/cache calls tar, `-xf ARCHIVE -P -C FOLDER …`. A cache may be whatever
 * somebody stored, and `-P` would let it write anywhere: here only files and folders below FOLDER are made, nothing is
 * overwritten, and what else an archive holds is its end. UNTAR_LIMIT: the most bytes that are written.
 */

const mostEntries = 500_000

try {
  await unpack(after('-xf'), after('-C'), Number(process.env.UNTAR_LIMIT))
} catch (error) {
  process.stderr.write(`untar: ${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 2
}

function after(option: string): string {
  const value = process.argv[process.argv.indexOf(option, 2) + 1]
  if (!process.argv.includes(option, 2) || !value) throw new Error(`${option} is missing`)
  return value
}

async function unpack(archive: string, folder: string, limit: number): Promise<void> {
  let [entries, bytes] = [0, 0]
  for await (const entry of tarEntries(decompressed(archive))) {
    entries += 1
    bytes += entry.size
    if (entries > mostEntries) throw new Error(`the archive has more than ${mostEntries} members`)
    if (!(bytes <= limit)) throw new Error(`the archive holds more than ${limit} bytes`)
    await write(entry, path.join(folder, safeName(entry)))
  }
}

/** How it was compressed is told by its name; a fault of the decompressor ends the iteration. */
function decompressed(archive: string): AsyncIterable<Buffer> {
  const stream = archive.endsWith('.tgz') ? createGunzip() : createZstdDecompress()
  pipeline(createReadStream(archive), stream, () => undefined)
  return stream
}

/** A name that stays below the folder: no link can stand in its way, as none is ever made. */
function safeName({ name, type }: TarEntry): string {
  const parts = (type === '5' ? name.replace(/\/$/, '') : name).split('/')
  if (parts.some((part) => ['', '.', '..'].includes(part)) || name.includes('\0'))
    throw new Error(`${JSON.stringify(name)} is no name for a member`)
  return parts.join('/')
}

async function write(entry: TarEntry, target: string): Promise<void> {
  if (entry.type === '5') return void (await mkdir(target, { recursive: true }))
  if (entry.type !== '0') throw new Error(`${JSON.stringify(entry.name)} is neither file nor folder`)
  await mkdir(path.dirname(target), { recursive: true })
  const file = await open(target, 'wx', entry.mode & 0o100 ? 0o755 : 0o644)
  try {
    for await (const chunk of entry.content) await file.writeFile(chunk)
  } finally {
    await file.close()
  }
  // What was longest not used is known by its time.
  if (Number.isFinite(entry.time)) await utimes(target, entry.time, entry.time)
}
