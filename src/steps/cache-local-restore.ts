import { lstat, rm } from 'node:fs/promises'
import path from 'node:path'
import { layersSought } from '../cache/layer-key.ts'
import { entrySize } from '../cache/quota.ts'
import { messageOf } from '../errors.ts'
import type { Out } from '../host.ts'
import { restoreFolder } from '../tools/actions-cache.ts'
import {
  blobsOf,
  freeDisk,
  type LayoutFolder,
  lendBlobs,
  MissingLayers,
  readLayout,
  verifyLayout,
} from '../tools/layout-folder.ts'
import { diskReserve, type LayersImage, type LayersRun } from './cache-local.ts'

/** The layers of one image as an earlier run left them, each looked at. */
export interface Restored {
  readonly folder: string
  /** Of the entry in the cache service; empty where there is none. */
  readonly key: string
  readonly layout: LayoutFolder
  /** Bytes that were moved for them. */
  readonly bytes: number
}

/** What a run restores. */
export interface Restore {
  /** Begins, if it was not begun. */
  begin(name: string): void
  /** Null where there is nothing to build on. Throws only when the run is cancelled. */
  ready(name: string): Promise<Restored | null>
  /** What was restored, parents of what is built among it. */
  all(): Promise<ReadonlyMap<string, Restored>>
  /** Whether a warning was given. */
  warned(): boolean
}

/** At once, each a process that downloads by several connections. */
const slots = 2
const title = 'layers'
/** Milliseconds for a search, and for each MiB: 8 MiB a second are slow. */
export const patience = { timeout: 30_000, perMiB: 125 } as const
/** What fails slowly once is not waited for again. */
const slow = 10_000

/** What an image's folder is before anybody looked at its blobs. */
interface Found {
  readonly folder: string
  readonly key: string
}

/** Begins to restore at once, and looks at each folder when the layers that it shares with its parents are there, too. */
export function createRestorer(run: LayersRun): Restore {
  const { host } = run.question
  const trouble = createTrouble(host.out)
  const limited = createLimit(slots)
  const found = new Map<string, Promise<Found | null>>()
  const verified = new Map<string, Promise<Restored | null>>()
  let given = false

  const find = (image: LayersImage) =>
    remember(
      found,
      image.name,
      async () =>
        await limited(async () => {
          if (given) return null
          const started = Date.now()
          const before = trouble.count()
          const folder = path.join(run.folder, image.id, 'restored', 'layers')
          const key = await fetchLayers(run, image, folder, trouble.out)
          if (trouble.count() > before && Date.now() - started > slow) given = true
          return key === null ? null : { folder, key }
        }),
    )
  const ready = (name: string): Promise<Restored | null> =>
    remember(verified, name, async () => {
      const image = run.images.get(name)
      const own = image ? await find(image) : null
      if (!image || !own) return null
      try {
        const { record } = await readLayout(own.folder)
        const above = record.elsewhere.length > 0 ? image.ancestors.flatMap((one) => run.images.get(one) ?? []) : []
        const lenders = (await Promise.all(above.map(find))).flatMap((one) => one?.folder ?? [])
        await lendBlobs(own.folder, record.elsewhere, lenders)
        const layout = await verifyLayout(own.folder)
        return { ...own, layout, bytes: entrySize(blobsOf(layout), new Set(record.elsewhere)) }
      } catch (error) {
        if (error instanceof MissingLayers) host.out.info(`${title} of ${name}: not used: ${messageOf(error)}`)
        else trouble.out.warning(`${title} of ${name}: not used: ${messageOf(error)}`)
        await rm(own.folder, { recursive: true, force: true })
        return null
      }
    })
  return {
    begin: (name) => void ready(name).catch(() => undefined),
    ready,
    warned: () => trouble.count() > 0,
    all: async () => {
      const names = [...found.keys()]
      const known = await Promise.all(names.map(async (name) => [name, await ready(name).catch(() => null)] as const))
      return new Map(known.flatMap(([name, restored]) => (restored ? [[name, restored]] : [])))
    },
  }
}

/** One image's folder, from the cache service or from the machine's own store. Gives the key, null for none. */
async function fetchLayers(run: LayersRun, image: LayersImage, folder: string, out: Out): Promise<string | null> {
  const { question, store } = run
  if (store) {
    const { copyStored } = await import('./cache-local-store.ts')
    return (await copyStored(run, image, folder)) ? '' : null
  }
  const host = { ...question.host, out }
  // The archive and what it holds at once, for all that run beside it.
  const most = Math.min(question.inputs.cacheSize, ((await freeDisk(run.folder)) - diskReserve) / (2 * slots))
  if (most <= 0) {
    question.host.out.info(`${title} of ${image.name}: not restored: the disk has no room for them`)
    return null
  }
  const prefix = layersSought(image.id, run.class, image.fingerprint)
  const key = await restoreFolder({ host, folder, title: `${title} of ${image.name}`, prefix, most, ...patience })
  if (key !== null && !(await lstat(folder)).isDirectory()) return null
  return key
}

/** One warning a run, whatever goes wrong how often: the rest is in the log. */
export function createTrouble(out: Out, told = 0): { readonly out: Out; readonly count: () => number } {
  let count = told
  const warning = (line: string) => {
    count += 1
    if (count === 1) out.warning(line)
    else out.info(line)
  }
  return { out: { ...out, warning }, count: () => count }
}

function remember<T>(known: Map<string, Promise<T>>, name: string, make: () => Promise<T>): Promise<T> {
  const before = known.get(name)
  if (before) return before
  const made = make()
  // Asked for later, or never: then nobody hears how it failed.
  made.catch(() => undefined)
  known.set(name, made)
  return made
}

function createLimit(size: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (work) => {
    if (running >= size) await new Promise<void>((resolve) => waiting.push(resolve))
    else running += 1
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else running -= 1
    }
  }
}
