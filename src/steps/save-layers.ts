import { lstat, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { layersPrefix, readLayersKey } from '../cache/layer-key.ts'
import { candidateOf, type LayersPlan, type PlannedLayers, readLayersPlan } from '../cache/layers-plan.ts'
import { contentOf, recordFile } from '../cache/layout.ts'
import { entrySize, keepWithin } from '../cache/quota.ts'
import { messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import { formatBytes } from '../report/format.ts'
import { saveFolder } from '../tools/actions-cache.ts'
import { cacheKey, isKeyOf } from '../tools/cache-key.ts'
import { type CacheOverview, deleteCache, type ListedCache, readCaches } from '../tools/github-caches.ts'
import { freeDisk, readLayout, stripLayout } from '../tools/layout-folder.ts'
import { diskReserve } from './cache-local.ts'
import { createTrouble, patience } from './cache-local-restore.ts'
import { planFile } from './cache-local-settle.ts'

/** What one save needs to know. */
interface Saving {
  readonly host: Host
  readonly githubToken: string
  readonly folder: string
  readonly plan: LayersPlan
  readonly overview: CacheOverview | null
  /** Digests that stand with each image's entry in the service. */
  readonly held: Map<string, ReadonlySet<string>>
  /** The token cannot write, the service does not answer, GitHub refuses: nothing more is tried. */
  stopped: boolean
  /** The token may not delete. */
  kept: boolean
  /** Bytes that the repository's cache has left for what is not the default branch's. */
  room: number
}

/** What a repository's cache holds on GitHub before entries are evicted, bytes. */
const repositoryLimit = 10e9
const statePattern = /^buildx-action-[A-Za-z0-9]{6}$/

/**
 * Keeps the layers that a run left for its post step: within the quota, what is new, within the disk. `state` is what the run said:
 * the name of its folder below RUNNER_TEMP. Nothing of it can make a run red, and no state leads anywhere else.
 */
export async function saveLayers(host: Host, state: string): Promise<void> {
  if (!statePattern.test(state) || !host.env.RUNNER_TEMP) return
  const folder = path.join(host.env.RUNNER_TEMP, state, 'layers')
  if (!(await lstat(folder).catch(() => null))?.isDirectory()) return
  try {
    const plan = readLayersPlan(await readFile(path.join(folder, planFile), 'utf8'))
    await saveAll(host, folder, plan)
  } catch (error) {
    host.out.warning(`layers: not kept for later runs: ${messageOf(error)}`)
  } finally {
    await rm(folder, { recursive: true, force: true }).catch(() => undefined)
  }
}

async function saveAll(host: Host, folder: string, plan: LayersPlan): Promise<void> {
  const trouble = createTrouble(host.out, plan.warned ? 1 : 0)
  let denied = false
  const info = (line: string) => {
    denied ||= /cache write denied/.test(line)
    host.out.info(line)
  }
  const githubToken = host.env['INPUT_GITHUB-TOKEN'] ?? ''
  const quiet = { ...host, out: { ...trouble.out, info } }
  const overview = await readCaches({ host: quiet, githubToken, prefix: layersPrefix })
  const saving: Saving = {
    ...{ host: quiet, githubToken, folder, plan, overview, held: new Map(), stopped: false, kept: false },
    room: plan.main ? Number.POSITIVE_INFINITY : overview ? repositoryLimit - overview.used : 0,
  }
  if (!plan.main && !overview) {
    const why = 'GitHub does not tell the room that is left (actions: read)'
    return host.out.info(`layers: kept by runs of the default branch alone: ${why}`)
  }
  const { elsewhere, dropped } = keepWithin(
    [...othersOf(saving).map(candidateOfEntry), ...plan.images.map(candidateOf)],
    plan.limit,
  )
  const names = plan.images.flatMap(({ name }) => (dropped.includes(name) ? [name] : []))
  if (names.length > 0)
    info(`layers of ${names.join(', ')}: left out, cache-size is ${formatBytes(plan.limit)} for the stack`)
  for (const image of plan.images) {
    if (saving.stopped) break
    if (!elsewhere.has(image.name)) await dropEntries(saving, image)
    else if (image.folder === null) saving.held.set(image.name, digestsOf(image))
    else await saveOne(saving, image)
    saving.stopped ||= denied || trouble.count() > (plan.warned ? 1 : 0)
  }
  for (const entry of othersOf(saving)) if (dropped.includes(entry.key)) await remove(saving, entry)
}

/** Entries of images that this run did not build or restore, the newest of each. */
function othersOf({ overview, plan }: Saving): ListedCache[] {
  const own = new Set(plan.images.map(({ kind }) => kind))
  const kinds = new Map<string, ListedCache>()
  for (const entry of overview?.entries ?? []) {
    const kind = readLayersKey(entry.key)?.kind
    if (kind !== undefined && !own.has(kind) && !kinds.has(kind)) kinds.set(kind, entry)
  }
  return [...kinds.values()]
}

function candidateOfEntry({ key, size }: ListedCache) {
  return { name: key, blobs: [{ digest: key, size }], seconds: readLayersKey(key)?.seconds ?? 0, ancestors: [] }
}

async function saveOne(saving: Saving, image: PlannedLayers): Promise<void> {
  const { host, folder, plan, held } = saving
  const { out } = host
  const title = `layers of ${image.name}`
  const layout = await readLayout(path.join(folder, image.folder ?? ''))
  const elsewhere = new Set(
    image.ancestors.flatMap((name) => [...(held.get(name) ?? [])]).filter((one) => digestsOf(image).has(one)),
  )
  const content = contentOf(layout.layers, elsewhere)
  if (isKeyOf(image.restored, content)) return void held.set(image.name, digestsOf(image))
  const bytes = entrySize([...image.layers, ...image.texts], elsewhere)
  // The archive is written beside what it is made of.
  if ((await freeDisk(folder)) < bytes + diskReserve) return out.info(`${title}: not kept: the disk has no room for it`)
  if (bytes > saving.room)
    return out.info(`${title}: not kept: the repository’s cache has no room that is not the default branch’s`)
  await stripLayout(layout, elsewhere)
  await writeFile(
    path.join(layout.folder, recordFile),
    JSON.stringify({ steps: image.steps, elsewhere: [...elsewhere] }),
  )
  if (!plan.main && !(await removeOlder(saving, image, ''))) return
  const key = cacheKey({ prefix: image.prefix, bytes, content, attempt: host.env.GITHUB_RUN_ATTEMPT ?? '1' })
  const timeout = 4 * patience.timeout + (bytes / 2 ** 20) * patience.perMiB
  if (!(await saveFolder({ host, folder: layout.folder, title, key, timeout }))) return
  held.set(image.name, digestsOf(image))
  saving.room -= bytes
  out.info(`${title}: kept for later runs as ${key}`)
  await rm(layout.folder, { recursive: true, force: true })
  if (plan.main) await removeOlder(saving, image, key)
}

function digestsOf({ layers }: PlannedLayers): Set<string> {
  return new Set(layers.map(({ digest }) => digest))
}

async function dropEntries(saving: Saving, image: PlannedLayers): Promise<void> {
  await removeOlder(saving, image, '')
}

/** Entries of one image that this ref has, but for one. False where the token may not: said once. */
async function removeOlder(saving: Saving, { kind }: PlannedLayers, but: string): Promise<boolean> {
  const older = saving.overview?.entries.filter(({ key }) => key.startsWith(kind) && key !== but) ?? []
  for (const entry of older) if (!(await remove(saving, entry))) return false
  return true
}

async function remove(saving: Saving, { id, key }: ListedCache): Promise<boolean> {
  const { host, plan } = saving
  try {
    if (saving.stopped || saving.kept) return false
    if (await deleteCache(saving, id)) return true
    saving.kept = true
    const stay = plan.main
      ? 'older ones stay until GitHub drops them'
      : 'kept by runs of the default branch alone: an older entry would stay beside each new one'
    host.out.info(`layers: ${stay}: the token may not delete entries (actions: write)`)
    if (!plan.main) saving.stopped = true
  } catch (error) {
    host.out.debug(`layers: ${key} is not deleted: ${messageOf(error)}`)
  }
  return false
}
