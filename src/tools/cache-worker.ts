import { text } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { sizeOfKey } from './cache-key.ts'

/**
 * Talks to the cache service, in a process of its own: @actions/cache reads its whole setting from the environment, prints
 * workflow commands as it goes, and knows no end of waiting. A task on standard input, an answer on standard output, all
 * that is said on standard error.
 */

/** `name` is a folder in the working directory. */
export type CacheTask =
  | {
      readonly kind: 'restore'
      readonly name: string
      /** Beginnings of keys, the preferred one first. */
      readonly prefixes: readonly string[]
      readonly most: number
      /** How long the search may take, and for each MiB the download; milliseconds. */
      readonly patience?: { readonly search: number; readonly perMiB: number }
    }
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
async function restore({ name, prefixes, most, patience }: CacheTask & { kind: 'restore' }): Promise<CacheAnswer> {
  const [first = ''] = prefixes
  const search = cache.restoreCache([name], first, [...prefixes], { lookupOnly: true })
  const found = await within(patience?.search, search)
  if (!found) return { key: null }
  const size = sizeOfKey(found)
  if (size === null) return { key: null, refused: `${found} does not tell its size` }
  if (size * 2 ** 20 > most) return { key: null, refused: `${found} is of ${size} MiB` }
  const download = cache.restoreCache([name], found)
  return { key: (await within(patience && patience.search + size * patience.perMiB, download)) ?? null }
}

async function within<T>(time: number | undefined, work: Promise<T>): Promise<T> {
  if (time === undefined) return await work
  const tooLong = sleep(time, undefined, { ref: false }).then(() => {
    throw new Error(`the cache service took longer than ${Math.round(time / 1000)} s`)
  })
  return await Promise.race([work, tooLong])
}

async function save({ name, key }: CacheTask & { kind: 'save' }): Promise<CacheAnswer> {
  return { key: (await cache.saveCache([name], key)) === -1 ? null : key }
}
