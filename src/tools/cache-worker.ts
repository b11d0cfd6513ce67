import { text } from 'node:stream/consumers'
import { sizeOfKey } from './cache-key.ts'

/**
 * Talks to the cache service, in a process of its own: @actions/cache reads its whole setting from the environment, prints
 * workflow commands as it goes, and knows no end of waiting. A task on standard input, an answer on standard output, all
 * that is said on standard error.
 */

/** `name` is a folder in the working directory. */
export type CacheTask =
  | { readonly kind: 'restore'; readonly name: string; readonly prefix: string; readonly most: number }
  | { readonly kind: 'save'; readonly name: string; readonly key: string }

/** The entry that was restored or saved; null for none. `refused`: why one that was found was not taken. */
export interface CacheAnswer {
  readonly key: string | null
  readonly refused?: string
}

const answerWith = process.stdout.write.bind(process.stdout)
process.stdout.write = process.stderr.write.bind(process.stderr)

const task = JSON.parse(await text(process.stdin)) as CacheTask
const cache = await import('@actions/cache')
answerWith(JSON.stringify(await perform()), () => process.exit(0))

async function perform(): Promise<CacheAnswer> {
  // GitHub Enterprise Server has no version 2, whatever the environment says.
  if (!cache.isFeatureAvailable()) return { key: null }
  return task.kind === 'restore' ? await restore(task) : await save(task)
}

/** The entry is looked for first: its name tells its size before it is downloaded. */
async function restore({ name, prefix, most }: CacheTask & { kind: 'restore' }): Promise<CacheAnswer> {
  const found = await cache.restoreCache([name], prefix, [prefix], { lookupOnly: true })
  if (!found) return { key: null }
  const size = sizeOfKey(found)
  if (size === null) return { key: null, refused: `${found} does not tell its size` }
  if (size * 2 ** 20 > most) return { key: null, refused: `${found} is of ${size} MiB` }
  return { key: (await cache.restoreCache([name], found)) ?? null }
}

async function save({ name, key }: CacheTask & { kind: 'save' }): Promise<CacheAnswer> {
  return { key: (await cache.saveCache([name], key)) === -1 ? null : key }
}
