import type { PackageVersions } from './packages.ts'

/** Media type of stack.json, as an artifact and as its blob. */
export const stackFileType = 'application/vnd.pangeo-data.buildx-action.stack.v1+json'

/** An image of a published stack. */
export interface PublishedImage {
  readonly image: string
  /** Full names, one in each registry: `quay.io/pangeo/base-image`. */
  readonly repositories: readonly string[]
  readonly digest: string
  /** As far as they are known: `linux/amd64`. */
  readonly platforms: readonly string[]
  /** What its Dockerfile begins with; null for `scratch`. `digest` null: not known. */
  readonly base: { readonly name: string; readonly digest: string | null } | null
  readonly fingerprint: string | null
  /** Tags that it had when this was written, its own prefix included. */
  readonly tags: readonly string[]
  /** Compressed layers and config of one platform, bytes; null where it is not known. */
  readonly size: number | null
  /** What it holds, as far as it was described where it was built; files of before have an empty list. */
  readonly packages: PackageVersions | readonly never[]
}

/** What a commit published (schema/stack.schema.json). */
export interface StackFile {
  readonly version: 1
  readonly stack: string
  readonly commit: string
  /** The commit's time, ISO 8601: the same in every run of it. */
  readonly created: string
  readonly images: readonly PublishedImage[]
}

/** Reads one. Null for anything else: it is only asked for what nothing depends on. */
export function readStackFile(text: string): StackFile | null {
  try {
    const file = JSON.parse(text) as StackFile
    const known = file.version === 1 && Array.isArray(file.images)
    const whole = known && file.images.every((one) => typeof one?.image === 'string' && typeof one.digest === 'string')
    return whole ? file : null
  } catch {
    return null
  }
}
