import { imageTag } from '../stack/tags.ts'
import type { CachePlaces } from './types.ts'

/** Strategies whose places are values alone: nothing is restored or saved by the run itself. */
export type RemoteStrategy = 'registry' | 'gha' | 'inline'

/** An image as its cache is named. */
export interface CachedImage {
  readonly name: string
  /** Full name in the first of its registries, `quay.io/pangeo/base-image`; null without one. */
  readonly repository: string | null
  readonly tagPrefix: string
  readonly platforms: readonly string[]
}

/** Branches whose caches can be of use, as tags (`tagOf`): the run's own one (or `pr-7`), the pull request's base, the default one. */
export interface CacheBranches {
  readonly own: string | null
  readonly base: string | null
  readonly default: string | null
}

/** What is written is for later runs: only who may push writes what the registry keeps, and no untrusted run writes anything. */
export interface CacheRights {
  readonly trusted: boolean
  readonly push: boolean
}

/** The tag that holds the layers of an image's builds on a branch; `branch` as `tagOf` gives it. */
export function cacheTag(image: Pick<CachedImage, 'tagPrefix'>, branch: string): string {
  return imageTag(image, `cache-${branch.slice(0, 128 - 'cache-'.length - image.tagPrefix.length)}`)
}

/** Values for one image: https://docs.docker.com/build/cache/backends/ */
export function remotePlaces(
  strategy: RemoteStrategy,
  image: CachedImage,
  { branches, rights }: { branches: CacheBranches; rights: CacheRights },
): Pick<CachePlaces, 'from' | 'to'> {
  if (strategy === 'gha') return ghaPlaces(image, rights)
  const { repository } = image
  if (repository === null) return { from: [], to: [] }
  const tag =
    strategy === 'registry' ? (branch: string) => cacheTag(image, branch) : (branch: string) => imageTag(image, branch)
  const reference = (branch: string) => `type=registry,ref=${repository}:${tag(branch)}`
  const known = [branches.own, branches.base, branches.default].filter((branch) => branch !== null)
  const from = [...new Set(known.map(reference))]
  if (!rights.trusted || !rights.push) return { from, to: [] }
  if (strategy === 'inline') return { from, to: ['type=inline'] }
  // Not compressed anew: the layers then are those of the pushed image, and are neither sent nor kept twice.
  const options = 'mode=max,image-manifest=true,oci-mediatypes=true,ignore-error=true'
  return { from, to: branches.own === null ? [] : [`${reference(branches.own)},${options}`] }
}

/** The service itself looks at the run's own branch, its base and the default one. */
function ghaPlaces({ name, platforms }: CachedImage, { trusted }: CacheRights): Pick<CachePlaces, 'from' | 'to'> {
  const scope = [name, ...[...platforms].sort()].join('-').replace(/[^\w.-]+/g, '-')
  return {
    from: [`type=gha,scope=${scope}`],
    to: trusted ? [`type=gha,scope=${scope},mode=max,ignore-error=true`] : [],
  }
}
