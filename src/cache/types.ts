/** Where BuildKit takes the cache of one image from and writes it to: https://docs.docker.com/build/cache/backends/ */
export interface CachePlaces {
  /** buildx's `cache-from` values, the nearest first. */
  readonly from: readonly string[]
  /** buildx's `cache-to` values. Set on the requested target alone: a child's process would write its parent's again. */
  readonly to: readonly string[]
  /** Folders that the values name, absolute; bake has to be allowed to use them. */
  readonly reads: readonly string[]
  readonly writes: readonly string[]
}

/** No cache but the builder's own. */
export const noPlaces: CachePlaces = { from: [], to: [], reads: [], writes: [] }
