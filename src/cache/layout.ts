import { createHash } from 'node:crypto'

/** A blob that a layout names. */
export interface Blob {
  /** `sha256:…` */
  readonly digest: string
  /** Bytes. */
  readonly size: number
}

/** What BuildKit's cache is made of: https://github.com/moby/buildkit#export-cache */
export interface CacheManifest {
  readonly config: Blob
  readonly layers: readonly Blob[]
}

/** What stands beside a cache: how long its steps took, and the layers that are kept with an ancestor's cache. */
export interface LayersRecord {
  /** Step → milliseconds that it took when it ran last. */
  readonly steps: Readonly<Record<string, number>>
  readonly elsewhere: readonly string[]
}

/** The file of the record, in the layout's folder. */
export const recordFile = 'buildx-action.json'

const digestForm = /^sha256:[0-9a-f]{64}$/
const indexType = 'application/vnd.oci.image.index.v1+json'
const manifestType = 'application/vnd.oci.image.manifest.v1+json'
const mostSteps = 2000

/** The one manifest of an index.json that `type=local,image-manifest=true` writes. Throws where it is anything else. */
export function readLayoutIndex(text: string): Blob {
  const { mediaType, manifests } = parse(text, 'index.json') as { mediaType?: unknown; manifests?: unknown }
  if (mediaType !== indexType || !Array.isArray(manifests) || manifests.length !== 1)
    throw new Error('index.json does not name one manifest')
  return blob(manifests[0], 'index.json')
}

/** The blobs of the manifest. Throws for a manifest of another kind. */
export function readCacheManifest(text: string): CacheManifest {
  const { mediaType, config, layers } = parse(text, 'the manifest') as Record<string, unknown>
  if (mediaType !== manifestType || !Array.isArray(layers)) throw new Error('the manifest is none of a cache')
  return { config: blob(config, 'the manifest'), layers: layers.map((layer) => blob(layer, 'the manifest')) }
}

/** The record; what is missing or wrong in it is left out: it decides about no layer's content. */
export function readRecord(text: string): LayersRecord {
  try {
    const { steps, elsewhere } = parse(text, recordFile) as { steps?: unknown; elsewhere?: unknown }
    const times = typeof steps === 'object' && steps !== null ? Object.entries(steps) : []
    return {
      steps: Object.fromEntries(times.filter(([, time]) => typeof time === 'number' && time >= 0).slice(0, mostSteps)),
      elsewhere: Array.isArray(elsewhere) ? elsewhere.filter((one) => digestForm.test(String(one))) : [],
    }
  } catch {
    return { steps: {}, elsewhere: [] }
  }
}

/** What an entry holds, as one hash, hexadecimal: its layers and which of them are kept elsewhere. Times and order make no difference. */
export function contentOf(layers: readonly Blob[], elsewhere: ReadonlySet<string>): string {
  const names = [...new Set(layers.map(({ digest }) => `${digest}${elsewhere.has(digest) ? ' elsewhere' : ''}`))].sort()
  return createHash('sha256').update(names.join('\n')).digest('hex')
}

function blob(value: unknown, where: string): Blob {
  const { digest, size } = (value ?? {}) as { digest?: unknown; size?: unknown }
  if (typeof digest !== 'string' || !digestForm.test(digest) || !Number.isSafeInteger(size) || (size as number) < 0)
    throw new Error(`${where} names a blob without digest or size`)
  return { digest, size: size as number }
}

function parse(text: string, where: string): object {
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null) return value
  } catch {}
  throw new Error(`${where} is no JSON object`)
}
