import { hash, randomUUID } from 'node:crypto'
import { lstatSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { messageOf } from '../../errors.ts'

/**
 * Files of channels kept in a folder from run to run: contents by their sha256, and documents by address with their ETag.
 * A file is whole or not there (written aside, then renamed), is checked when it is read, and a store that cannot be
 * written is one warning: the next run downloads again.
 */
export interface Store {
  /** The content of that sha256 (hexadecimal), null where it is not there or is not that any more. */
  content(sha256: string): Buffer | null
  putContent(sha256: string, bytes: Buffer): void
  /** The document that came from an address, null where there is none. */
  document(url: string): StoredDocument | null
  putDocument(url: string, etag: string | null, body: Buffer): void
  /** Removes what was longest not used until the limit is kept, and what writers that were ended left behind. */
  prune(): void
}

/** A document as it was received. */
export interface StoredDocument {
  readonly etag: string | null
  readonly body: Buffer
}

const defaultLimit = 60 * 1000 * 1000
const largestFile = 512 * 2 ** 20
const abandonedMilliseconds = 60 * 60 * 1000

/** Opens a store; `limit` in bytes, `warn` is told once where the folder cannot be written. */
export function openStore(folder: string, warn: (line: string) => void, limit = defaultLimit): Store {
  const used = new Set<string>()
  let writable = true
  const place = (kind: string, key: string) => path.join(folder, kind, key.slice(0, 2), key)
  const read = (file: string): Buffer | null => {
    const bytes = readRegular(file)
    if (bytes) used.add(file)
    return bytes
  }
  const write = (file: string, parts: readonly Buffer[]): void => {
    if (!writable || parts.reduce((sum, part) => sum + part.length, 0) > limit) return
    try {
      writeAside(file, parts)
      used.add(file)
    } catch (error) {
      writable = false
      warn(`what was read of the channels cannot be kept in ${folder} for the next run: ${messageOf(error)}`)
    }
  }
  return {
    content(sha256) {
      const bytes = read(place('content', sha256))
      return bytes && hash('sha256', bytes) === sha256 ? bytes : null
    },
    putContent: (sha256, bytes) => write(place('content', sha256), [bytes]),
    document: (url) => parseDocument(url, read(place('documents', hash('sha256', url)))),
    putDocument(url, etag, body) {
      const head = { url, etag, sha256: hash('sha256', body) }
      write(place('documents', hash('sha256', url)), [Buffer.from(`${JSON.stringify(head)}\n`), body])
    },
    prune: () => prune(folder, used, limit),
  }
}

/** A link in a restored folder could lead anywhere: only regular files are read. */
function readRegular(file: string): Buffer | null {
  try {
    const stat = lstatSync(file)
    return stat.isFile() && stat.size <= largestFile ? readFileSync(file) : null
  } catch {
    return null
  }
}

function writeAside(file: string, parts: readonly Buffer[]): void {
  const aside = `${file}.${randomUUID()}.part`
  mkdirSync(path.dirname(file), { recursive: true })
  try {
    for (const part of parts) writeFileSync(aside, part, { flag: 'a' })
    renameSync(aside, file)
  } catch (error) {
    rmSync(aside, { force: true })
    throw error
  }
}

/** The first line says what the rest is; a document that is not what it says is none. */
function parseDocument(url: string, bytes: Buffer | null): StoredDocument | null {
  const end = bytes?.indexOf('\n') ?? -1
  if (!bytes || end === -1) return null
  try {
    const head = JSON.parse(bytes.toString('utf8', 0, end)) as Record<string, unknown> | null
    const body = bytes.subarray(end + 1)
    if (head?.url !== url || head.sha256 !== hash('sha256', body)) return null
    return { etag: typeof head.etag === 'string' ? head.etag : null, body }
  } catch {
    return null
  }
}

interface Kept {
  readonly file: string
  readonly bytes: number
  readonly time: number
}

function prune(folder: string, used: ReadonlySet<string>, limit: number): void {
  const files = filesIn(folder)
  const now = Date.now()
  for (const { file, time } of files) {
    if (file.endsWith('.part') && now - time > abandonedMilliseconds) rmSync(file, { force: true })
    // Readers leave no trace of themselves: the time of a file is that of its last use.
    else if (used.has(file)) touch(file, now)
  }
  let total = files.reduce((sum, { bytes }) => sum + bytes, 0)
  const order = files.toSorted((a, b) => Number(used.has(a.file)) - Number(used.has(b.file)) || a.time - b.time)
  for (const { file, bytes } of order) {
    if (total <= limit) return
    rmSync(file, { force: true })
    total -= bytes
  }
}

function touch(file: string, now: number): void {
  try {
    utimesSync(file, now / 1000, now / 1000)
  } catch {
    // Another run may have removed it, or the disk takes no writes: its age is then the old one.
  }
}

function filesIn(folder: string): Kept[] {
  try {
    return readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .flatMap((entry) => {
        const file = path.join(entry.parentPath, entry.name)
        const stat = lstatSync(file, { throwIfNoEntry: false })
        return stat ? [{ file, bytes: stat.size, time: stat.mtimeMs }] : []
      })
  } catch {
    return []
  }
}
