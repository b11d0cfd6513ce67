/** Where BuildKit takes the cache of one image from and writes it to: https://docs.docker.com/build/cache/backends/ */
export interface CachePlaces {
  /** buildx's `cache-from` values, the nearest first. */
  readonly from: readonly string[]
  /** buildx's `cache-to` values. Set on the requested target alone: a child's process would write its parent's again. */
  readonly to: readonly string[]
  /** Folders that the values name, absolute; bake has to be allowed to use them. */
  readonly reads: readonly string[]
  readonly writes: readonly string[]
  /** Variables that buildx needs for them, beyond what children may see. */
  readonly env?: Readonly<Record<string, string>>
}

/** No cache but the builder's own. */
export const noPlaces: CachePlaces = { from: [], to: [], reads: [], writes: [] }

/** The places of several caches, in their order. */
export function joinPlaces(all: readonly CachePlaces[]): CachePlaces {
  return {
    from: all.flatMap(({ from }) => from),
    to: all.flatMap(({ to }) => to),
    reads: all.flatMap(({ reads }) => reads),
    writes: all.flatMap(({ writes }) => writes),
    env: Object.assign({}, ...all.map(({ env }) => env ?? {})),
  }
}
