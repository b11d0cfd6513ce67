import { constants } from 'node:fs'
import { type FileHandle, open, readdir } from 'node:fs/promises'
import path from 'node:path'

/** Files that are read of one folder, and folders that it may be deep. */
const mostFiles = 5000
const depth = 2

/**
 * What others wrote into a folder, by path: the last `limit(path)` bytes of each file as text; 0 leaves one out. Only regular
 * files are read, links and devices are not there.
 */
export async function readWritten(folder: string, limit: (path: string) => number): Promise<Map<string, string>> {
  const files = new Map<string, string>()
  const walk = async (below: string, level: number): Promise<void> => {
    const entries = await readdir(path.join(folder, below), { withFileTypes: true }).catch(() => [])
    for (const entry of entries.toSorted((a, b) => (a.name < b.name ? -1 : 1))) {
      const name = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory() && level < depth) await walk(name, level + 1)
      if (!entry.isFile() || files.size >= mostFiles || limit(name) === 0) continue
      const text = await lastText(path.join(folder, name), limit(name))
      if (text !== null) files.set(name, text)
    }
  }
  await walk('', 1)
  return files
}

async function lastText(file: string, limit: number): Promise<string | null> {
  let handle: FileHandle | null = null
  try {
    handle = await open(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const { size } = await handle.stat()
    const length = Math.min(size, limit)
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.subarray(0, bytesRead).toString()
  } catch {
    return null
  } finally {
    await handle?.close()
  }
}
