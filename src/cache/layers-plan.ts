import type { Blob } from './layout.ts'
import { type Candidate, entrySize, keepWithin } from './quota.ts'

/** One image's layers, as the run leaves them to its post step. */
export interface PlannedLayers {
  readonly name: string
  /** The folder, relative to the run's own; null for what was restored and not built. */
  readonly folder: string | null
  /** What its key begins with, and what those of all its entries begin with. */
  readonly prefix: string
  readonly kind: string
  /** Key of the entry that was restored, empty for none. */
  readonly restored: string
  readonly seconds: number
  readonly ancestors: readonly string[]
  readonly layers: readonly Blob[]
  /** The manifest and its description of the cache. */
  readonly texts: readonly Blob[]
  /** Step → milliseconds. */
  readonly steps: Readonly<Record<string, number>>
}

/** All of it. */
export interface LayersPlan {
  /** Bytes. */
  readonly limit: number
  /** A run of the default branch's own commits: what it keeps is for all branches. */
  readonly main: boolean
  /** The run has given its warning. */
  readonly warned: boolean
  /** Parents first. */
  readonly images: readonly PlannedLayers[]
}

/** What the quota asks of one image. */
export function candidateOf({ name, layers, texts, seconds, ancestors }: PlannedLayers): Candidate {
  return { name, blobs: [...layers, ...texts], seconds, ancestors }
}

/** Bytes of each image that would be kept; none for one that is left out. */
export function plannedSizes({ images, limit }: Pick<LayersPlan, 'images' | 'limit'>): Map<string, number> {
  const { elsewhere } = keepWithin(images.map(candidateOf), limit)
  return new Map(
    images.flatMap((image) => {
      const shared = elsewhere.get(image.name)
      return shared ? [[image.name, entrySize([...image.layers, ...image.texts], shared)]] : []
    }),
  )
}

/** The plan as it was written; throws for anything that a run would not have written. */
export function readLayersPlan(text: string): LayersPlan {
  const plan = JSON.parse(text) as LayersPlan
  const whole = Number.isSafeInteger(plan.limit) && plan.limit >= 0 && Array.isArray(plan.images)
  if (!whole || !plan.images.every(isPlanned)) throw new Error('what the run left is not what a run leaves')
  return plan
}

function isPlanned(value: unknown): value is PlannedLayers {
  const { name, folder, prefix, kind, restored, seconds, ancestors, layers, texts, steps } = value as PlannedLayers
  const texted = [name, prefix, kind, restored].every((one) => typeof one === 'string')
  return (
    texted &&
    (folder === null || /^[a-z0-9_][\w.-]*\/new-[\w-]+\/layers$/.test(folder)) &&
    /^buildx-action-layers-1-[\w.-]+-(b|p\d+)-$/.test(kind) &&
    prefix.startsWith(kind) &&
    Number.isFinite(seconds) &&
    Array.isArray(ancestors) &&
    [layers, texts].every((list) => Array.isArray(list) && list.every(isBlob)) &&
    typeof steps === 'object'
  )
}

function isBlob(value: unknown): value is Blob {
  const { digest, size } = (value ?? {}) as Blob
  return typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(digest) && Number.isSafeInteger(size) && size >= 0
}
