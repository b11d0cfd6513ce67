import { createHash } from 'node:crypto'
import { lstatSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** What a folder holds, all in all. */
export interface FolderContent {
  readonly bytes: number
  /** Over names and contents, hexadecimal; times and permissions make no difference. */
  readonly sha256: string
}

/**
 * Reads all files of a folder; one that is not there holds nothing. Throws where there is something else than files and folders: a
 * link would bring in what is elsewhere.
 */
export function readFolder(folder: string): FolderContent {
  const hash = createHash('sha256')
  let bytes = 0
  for (const name of namesIn(folder)) {
    const file = path.join(folder, name)
    const stat = lstatSync(file)
    if (stat.isDirectory()) continue
    if (!stat.isFile()) throw new Error(`${name} is neither file nor folder`)
    const content = readFileSync(file)
    bytes += content.length
    hash.update(`${JSON.stringify(name)} ${content.length}\n`).update(content)
  }
  return { bytes, sha256: hash.digest('hex') }
}

function namesIn(folder: string): string[] {
  if (!lstatSync(folder, { throwIfNoEntry: false })?.isDirectory()) return []
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()
}
