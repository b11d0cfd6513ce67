import type { HubImage } from './hubs.ts'

/** An image as a commit published it. */
export interface RecordedImage extends HubImage {
  /** Its base, as labels name it: an image of this stack or another one. */
  readonly base: { readonly name: string; readonly digest: string | null } | null
  /** The commit that built it, which may be older than the one that tagged it. */
  readonly revision?: string | null
}

/** What one commit published. */
export interface Recorded {
  readonly commit: string
  /** When, milliseconds since 1970; null where nothing tells. */
  readonly created: number | null
  readonly images: readonly RecordedImage[]
}

/** An image and what it is built on, each as `repository:tag`, or by digest where it has no tag that stays. */
export interface BasePair {
  readonly name: string
  readonly image: string
  readonly base: string
  readonly commit: string
  readonly created: number | null
}

/** Which image stands on which, the newest commit first, once for each digest: an image that was only retagged is told where it was new. */
export function basePairs(newestFirst: readonly Recorded[]): BasePair[] {
  const known = new Map<string, string>()
  const pairs = newestFirst.toReversed().flatMap(({ commit, created, images }) => {
    const fresh = images.filter((image) => !known.has(keyOf(image)))
    // A Dockerfile names its parent as it likes: the digest tells which image it is.
    for (const image of fresh) for (const key of [keyOf(image), image.digest]) known.set(key, named(image))
    return fresh.flatMap(({ base, ...image }) =>
      base ? [{ name: image.name, image: named(image), base: baseOf(base, known), commit, created }] : [],
    )
  })
  return pairs.toReversed()
}

/** A parent of the stack by the tag that it was published under first; another base by its own name. */
function baseOf({ name, digest }: NonNullable<RecordedImage['base']>, known: ReadonlyMap<string, string>): string {
  const repository = name.replace(/:[^/:]*$/, '')
  const own = digest ? (known.get(`${repository}@${digest}`) ?? known.get(digest)) : undefined
  return own ?? (digest ? `${name}@${digest}` : name)
}

function named({ repository, tag, digest }: HubImage): string {
  return tag ? `${repository}:${tag}` : `${repository}@${digest}`
}

function keyOf({ repository, digest }: HubImage): string {
  return `${repository}@${digest}`
}
