import type { KnownManifest, StoredBlob } from './types.ts'

/** An OCI or Docker descriptor, as it comes. */
interface Descriptor {
  readonly mediaType?: string
  readonly digest?: string
  readonly size?: number
}

/** What is read of a manifest or index: https://github.com/opencontainers/image-spec */
interface Document {
  readonly manifests?: readonly Descriptor[]
  readonly config?: Descriptor
  readonly layers?: readonly Descriptor[]
  readonly subject?: Descriptor
  readonly annotations?: Readonly<Record<string, string>>
}

/** A manifest without its config, which alone may tell when it was made. */
export interface ReadManifest extends KnownManifest {
  /** Digest of the config that tells more; null where there is none or all is known. */
  readonly config: string | null
}

const cacheConfig = 'application/vnd.buildkit.cacheconfig.v0'
const manifestTypes =
  /^application\/vnd\.(oci\.image\.(index|manifest)\.v1|docker\.distribution\.manifest\.(list\.)?v2)\+json$/
const digests = /^sha256:[0-9a-f]{64}$/

/** The bytes of a manifest → what is of use. Throws `Error` for what is no manifest: then nothing is known of the repository. */
export function readManifest(digest: string, text: string): ReadManifest {
  const document = JSON.parse(text) as Document
  if (typeof document !== 'object' || document === null || !(document.manifests || document.layers || document.config))
    throw new Error(`${digest} is no manifest`)
  const entries = document.manifests ?? []
  // BuildKit's caches of before image-manifest=true are indexes of layers.
  const children = entries.filter(({ mediaType }) => mediaType === undefined || manifestTypes.test(mediaType))
  const parts = [...entries.filter((entry) => !children.includes(entry)), ...(document.layers ?? [])]
  const config = document.config ?? parts.find(({ mediaType }) => mediaType === cacheConfig)
  const subject = digestOf(document.subject)
  const created = Date.parse(document.annotations?.['org.opencontainers.image.created'] ?? '') || null
  return {
    digest,
    needs: [...children.map(digestOf), subject].filter((one) => one !== null),
    subject,
    blobs: [...new Set([...parts, ...(config ? [config] : [])])].flatMap(blobOf),
    created,
    cache: config?.mediaType === cacheConfig,
    config: created === null ? digestOf(config) : null,
  }
}

/** A moment of BuildKit's cache config (cache/remotecache/v1/types). */
interface Dated {
  readonly createdAt?: string
}

/** The config of an image, or of a cache: records with their results. */
interface Config {
  readonly created?: string
  readonly records?: readonly { readonly layers?: readonly Dated[]; readonly chains?: readonly Dated[] }[]
}

/** When the image or cache was made, from its config; null where it does not tell. A cache is as old as its newest result. */
export function createdIn(text: string): number | null {
  const { created, records = [] } = JSON.parse(text) as Config
  const results = records.flatMap(({ layers = [], chains = [] }) => [...layers, ...chains])
  const times = [created, ...results.map(({ createdAt }) => createdAt)]
  const known = times.map((time) => Date.parse(time ?? '')).filter((time) => time > 0)
  return known.length === 0 ? null : Math.max(...known)
}

function digestOf(descriptor: Descriptor | undefined): string | null {
  const digest = descriptor?.digest
  return digest !== undefined && digests.test(digest) ? digest : null
}

function blobOf({ digest, size }: Descriptor): StoredBlob[] {
  return digest === undefined ? [] : [{ digest, size: typeof size === 'number' && size > 0 ? size : 0 }]
}
