import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { layersKind, layersPrefixOf, readLayersKey } from '../cache/layer-key.ts'
import { type LayersPlan, type PlannedLayers, plannedSizes } from '../cache/layers-plan.ts'
import { contentOf } from '../cache/layout.ts'
import { stepTimes } from '../cache/step-times.ts'
import { messageOf } from '../errors.ts'
import type { ImageResult } from '../report/types.ts'
import { readLayout } from '../tools/layout-folder.ts'
import type { LayersImage, LayersRun } from './cache-local.ts'
import type { Restore, Restored } from './cache-local-restore.ts'

/** How the builds of a run ended, and what they had. */
export interface SettleQuestion {
  readonly run: LayersRun
  readonly restore: Restore | null
  /** Where builds wrote their layers. */
  readonly exports: ReadonlyMap<string, string>
  readonly results: readonly ImageResult[]
}

/** The file that tells the post step what there is to keep. */
export const planFile = 'plan.json'

/**
 * What is worth keeping of a run that was not cancelled: the layers of each image that was built, whatever became of the others.
 * Gives the results with what the cache did for them.
 */
export async function settleLayers(question: SettleQuestion): Promise<ImageResult[]> {
  const { run, restore, results } = question
  const { host, inputs, source } = run.question
  const restored = (await restore?.all()) ?? new Map<string, Restored>()
  const images: PlannedLayers[] = []
  if (!host.signal.aborted && run.keeps)
    for (const image of run.images.values()) {
      const planned = await describeLayers(question, image, restored.get(image.name) ?? null)
      if (planned) images.push(planned)
    }
  const { trigger } = source
  const main = run.class === 'branch' && trigger.ref === `refs/heads/${trigger.defaultBranch}`
  const plan: LayersPlan = { limit: inputs.cacheSize, main, warned: restore?.warned() ?? false, images }
  await leave(run, plan)
  const sizes = plannedSizes(plan)
  return results.map((result) => {
    if (result.outcome !== 'built' && result.outcome !== 'failed') return result
    const before = restored.get(result.name) ?? null
    const saved = stepTimes(result.steps, before?.layout.record.steps ?? {}).saved
    const own = images.find(({ name, folder }) => name === result.name && folder !== null)
    const kept = own && !isUnchanged(own, before) ? (sizes.get(result.name) ?? 0) : 0
    return { ...result, cache: { restored: before?.bytes ?? 0, kept, saved } }
  })
}

async function describeLayers(
  { run, exports, results }: SettleQuestion,
  image: LayersImage,
  restored: Restored | null,
): Promise<PlannedLayers | null> {
  const { name, id, fingerprint, ancestors } = image
  const kind = layersKind(id, run.class)
  const result = results.find((one) => one.name === name)
  const folder = exports.get(name)
  if (result?.outcome === 'built' && folder) {
    try {
      const { layers, manifest, config } = await readLayout(folder)
      const { times, all } = stepTimes(result.steps, restored?.layout.record.steps ?? {})
      const seconds = all / 1000
      const prefix = layersPrefixOf({ id, writer: run.class, fingerprint, seconds })
      const place = path.relative(run.folder, folder).split(path.sep).join('/')
      const common = { name, kind, ancestors, layers, texts: [manifest, config], restored: restored?.key ?? '' }
      return { ...common, folder: place, prefix, seconds, steps: times }
    } catch (error) {
      // BuildKit could not write it, or was not asked to.
      run.question.host.out.info(`layers of ${name}: not kept for later runs: ${messageOf(error)}`)
    }
  }
  if (!restored) return null
  const { layers, manifest, config, record } = restored.layout
  const seconds = readLayersKey(restored.key)?.seconds ?? 0
  const common = { name, kind, prefix: kind, ancestors, layers, texts: [manifest, config], steps: record.steps }
  return { ...common, folder: null, restored: restored.key, seconds }
}

/** The same layers: what was restored goes on. */
function isUnchanged({ layers }: PlannedLayers, before: Restored | null): boolean {
  return before !== null && contentOf(layers, new Set()) === contentOf(before.layout.layers, new Set())
}

async function leave(run: LayersRun, plan: LayersPlan): Promise<void> {
  if (!plan.images.some(({ folder }) => folder !== null)) return
  const { host } = run.question
  if (run.store) {
    const { keepStored } = await import('./cache-local-store.ts')
    return await keepStored(run, plan)
  }
  await writeFile(path.join(run.folder, planFile), JSON.stringify(plan))
  host.out.state('layers', path.basename(host.kept))
}
