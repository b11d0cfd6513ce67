import { lstat, readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { ActionError } from '../errors.ts'

/** A text with what it is called in messages. */
interface NamedText {
  readonly where: string
  readonly text: string
}

const largestFile = 1024 * 1024
const mostFiles = 5000

/**
 * The JSON files of a folder and of the folders in it, as actions/download-artifact leaves them. A folder that is not there
 * holds none: nothing is uploaded where nothing is built. Links are refused. Throws ActionError('input').
 */
export async function readDigestFiles(folder: string): Promise<NamedText[]> {
  const names = await jsonFiles(folder, 1)
  if (names.length > mostFiles) throw refused(folder, `it holds more than ${mostFiles} files`)
  return await Promise.all(
    names.toSorted().map(async (file) => {
      const status = await lstat(file)
      if (!status.isFile()) throw refused(file, 'it is no regular file')
      if (status.size > largestFile) throw refused(file, `it has ${status.size} bytes, more than ${largestFile}`)
      return { where: file, text: await readFile(file, 'utf8') }
    }),
  )
}

async function jsonFiles(folder: string, depth: number): Promise<string[]> {
  const status = await lstat(folder).catch(() => null)
  if (status === null) return []
  if (!status.isDirectory()) throw refused(folder, 'it is no folder')
  const entries = await readdir(folder, { withFileTypes: true })
  const below = entries.filter((entry) => entry.isDirectory() && depth > 0)
  const deeper = await Promise.all(below.map((entry) => jsonFiles(path.join(folder, entry.name), depth - 1)))
  const own = entries.filter((entry) => !entry.isDirectory() && entry.name.endsWith('.json'))
  return [...own.map((entry) => path.join(folder, entry.name)), ...deeper.flat()]
}

function refused(file: string, why: string): ActionError {
  return new ActionError('input', `input digests: ${file} is not read: ${why}`, [
    'give JSON text, or the folder that actions/download-artifact fills',
  ])
}
