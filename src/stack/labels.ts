import type { Image } from './types.ts'

/** What an image's labels tell. Keys: https://github.com/opencontainers/image-spec/blob/main/annotations.md */
export interface LabelFacts {
  readonly image: Pick<Image, 'name' | 'base'>
  /** URL of the repository, null where it has none. */
  readonly source: string | null
  /** The commit that is built; null without git. */
  readonly revision: string | null
  /** The image's first tag; null where it gets none. */
  readonly version: string | null
  /** Commit time, seconds since the epoch. */
  readonly created: number | null
  /** The reference of the base image and its digest, as far as they are known. */
  readonly base: { readonly name: string; readonly digest: string | null } | null
  /** The user's own labels win over ours. */
  readonly own: Readonly<Record<string, string>>
}

/** OCI labels of an image, in the order of the specification. */
export function imageLabels(facts: LabelFacts): Record<string, string> {
  const { image, source, revision, version, created, base, own } = facts
  const known: [string, string | null | undefined][] = [
    ['created', created === null ? null : new Date(created * 1000).toISOString().replace('.000Z', 'Z')],
    ['url', source],
    ['source', source],
    ['version', version],
    ['revision', revision],
    ['title', image.name],
    ['base.digest', base?.digest],
    ['base.name', base?.name],
  ]
  const ours = known
    .filter((entry): entry is [string, string] => Boolean(entry[1]))
    .map(([key, value]) => [`org.opencontainers.image.${key}`, value])
  return { ...Object.fromEntries(ours), ...own }
}

/** The same as annotations of the manifest and, for an index, of the index; the user's own come last and win. */
export function imageAnnotations(labels: Readonly<Record<string, string>>, own: readonly string[]): string[] {
  const ours = Object.entries(labels).filter(
    ([key, value]) => value !== '' && key.startsWith('org.opencontainers.image.'),
  )
  return [...ours.map(([key, value]) => `manifest,index:${key}=${value}`), ...own]
}
