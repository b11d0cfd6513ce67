import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import { type LayersClass, layersId } from '../cache/layer-key.ts'
import { type CachePlaces, noPlaces } from '../cache/types.ts'
import type { Image, PlannedImage } from '../stack/types.ts'
import { hasCacheService, userCache } from '../tools/environment.ts'
import { freeDisk } from '../tools/layout-folder.ts'
import type { TriggerKind } from '../trigger/types.ts'
import { createRestorer, type Restore } from './cache-local-restore.ts'
import type { Caches, CachesQuestion } from './caches.ts'

/** One image whose layers are kept from run to run. */
export interface LayersImage {
  readonly name: string
  /** A safe name that no other image has. */
  readonly id: string
  readonly fingerprint: string | null
  /** Images of the stack that it is built on, directly or not. */
  readonly ancestors: readonly string[]
}

/** What a run does with layers. */
export interface LayersRun {
  readonly question: CachesQuestion
  /** All images of the stack, parents first. */
  readonly images: ReadonlyMap<string, LayersImage>
  readonly class: LayersClass
  /** Where this run's folders are; of the action it outlives the run, for the post step. */
  readonly folder: string
  /** Where folders stay on a machine without a cache service; null where the service keeps them. */
  readonly store: string | null
  readonly restores: boolean
  readonly keeps: boolean
}

/** Others have a ref that goes away (merge_group), or one that says nothing of what they build (workflow_run). */
const keeping: ReadonlySet<TriggerKind> = new Set([
  ...(['push', 'pull_request', 'schedule', 'workflow_dispatch', 'repository_dispatch', 'issue_comment'] as const),
  'local',
])

/** What must stay free on the disk, bytes. */
export const diskReserve = 2 ** 30

/**
 * Layers in folders, one for each image: of the action in the cache service, on the command line below the user's own cache
 * folder. Each build writes into a folder that is new: an export into the one before would keep all that ever was in it (docker/buildx#310).
 */
export function prepareLocal(question: CachesQuestion): Caches {
  const run = describeRun(question)
  const restore = run.restores ? createRestorer(run) : null
  const exports = new Map<string, string>()
  if (restore) for (const name of buildingOf(question)) restore.begin(name)
  return {
    of: async (name) => await placesOf({ run, restore, exports, name }),
    settle: async (results) => {
      const { settleLayers } = await import('./cache-local-settle.ts')
      return await settleLayers({ run, restore, exports, results })
    },
  }
}

async function placesOf(question: {
  readonly run: LayersRun
  readonly restore: Restore | null
  readonly exports: Map<string, string>
  readonly name: string
}): Promise<CachePlaces> {
  const { run, restore, exports, name } = question
  const image = run.images.get(name)
  if (!image) return noPlaces
  const restored = (await restore?.ready(name)) ?? null
  const from = restored ? { from: [entry('src', restored.folder)], reads: [restored.folder] } : {}
  // An export is about as large as the one before; a disk that it fills ends all builds.
  const room = run.keeps && (await freeDisk(run.folder)) > diskReserve + 2 * (restored?.bytes ?? 0)
  if (!room) return { ...noPlaces, ...from }
  const folder = path.join(run.folder, image.id, `new-${exports.size}-${Date.now().toString(36)}`, 'layers')
  await mkdir(path.dirname(folder), { recursive: true })
  exports.set(name, folder)
  const to = `${entry('dest', folder)},mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true`
  return { ...noPlaces, ...from, to: [to], writes: [folder] }
}

/** A value of buildx, in CSV. */
function entry(key: 'src' | 'dest', folder: string): string {
  const field = `${key}=${folder}`
  return `type=local,${/[",\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field}`
}

function describeRun(question: CachesQuestion): LayersRun {
  const { source, host, inputs } = question
  const { trigger } = source
  const service = host.kind === 'action' && hasCacheService(host)
  const mode = (host.env.ACTIONS_CACHE_MODE ?? '').trim().toLowerCase()
  // What is made for a tag is a release: it takes nothing that another run could have put anywhere.
  const released = trigger.kind === 'tag'
  const lasting = keeping.has(trigger.kind)
  return {
    question,
    images: describeImages(question),
    class: trigger.pullRequest ? { pull: trigger.pullRequest.number } : 'branch',
    folder: path.join(host.kind === 'action' ? host.kept : host.temp, 'layers'),
    store: host.kind === 'cli' ? path.join(userCache(host.env), 'layers') : null,
    restores: !released && !inputs.noCache && (service ? !['none', 'write-only'].includes(mode) : host.kind === 'cli'),
    keeps: trigger.trust === 'trusted' && lasting && (service ? !['none', 'read'].includes(mode) : host.kind === 'cli'),
  }
}

function describeImages(question: CachesQuestion): Map<string, LayersImage> {
  const { source, decision, inputs, builder } = question
  const planned = new Map(decision.plan.images.map((image) => [image.name, image]))
  const order = [...decision.plan.order, ...planned.keys()]
  const stack = [...source.stack.images].sort((a, b) => order.indexOf(a.name) - order.indexOf(b.name))
  const above = new Map<string, readonly string[]>()
  return new Map(
    stack.map((image): [string, LayersImage] => {
      const parents = image.parents.map(({ name }) => name)
      const ancestors = [...new Set([...parents, ...parents.flatMap((name) => above.get(name) ?? [])])]
      above.set(image.name, ancestors)
      const platforms = platformsOf(image, inputs.platforms, builder.platforms)
      const target = inputs.target || image.target
      const id = layersId({ name: image.name, dockerfile: image.dockerfile, platforms, target })
      return [image.name, { name: image.name, id, fingerprint: fingerprintOf(planned.get(image.name)), ancestors }]
    }),
  )
}

function platformsOf(image: Image, asked: readonly string[], own: readonly string[]): readonly string[] {
  if (asked.length > 0) return asked
  return image.platforms.length > 0 ? image.platforms : [own[0] ?? process.arch]
}

function fingerprintOf(planned: PlannedImage | undefined): string | null {
  return planned?.fingerprint ?? null
}

function buildingOf({ decision }: CachesQuestion): string[] {
  return decision.plan.images.filter(({ action }) => action === 'build').map(({ name }) => name)
}
