import { readFile } from 'node:fs/promises'
import { messageOf } from '../errors.ts'

/** A text that bake tells of a target, `containerimage.digest`; null where it tells none. */
export type BakeMetadata = (target: string, key: string) => string | null

/**
 * What `bake --metadata-file` wrote; of a file that is not there nothing is told. Digests alone are asked for: buildx puts the event's
 * payload and build arguments into the same file.
 */
export async function readMetadata(file: string): Promise<BakeMetadata> {
  const metadata = await parsed(file)
  return (target, key) => {
    const value = metadata[target]?.[key]
    return typeof value === 'string' ? value : null
  }
}

async function parsed(file: string): Promise<Readonly<Record<string, Record<string, unknown> | undefined>>> {
  try {
    return JSON.parse(await readFile(file, 'utf8'))
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {}
    throw new Error(`${file} cannot be read: ${messageOf(error)}`, { cause: error })
  }
}
