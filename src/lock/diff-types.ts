import type { Channel, LockedPackage, Manager } from './types.ts'

/** A lock as a diff sees it: what can be said of one that is only there as an explicit lock, too. */
export interface ComparedLock {
  /** conda's platforms: `linux-64`. */
  readonly platforms: readonly string[]
  /** Null where the lock does not name them (explicit locks). */
  readonly channels: readonly Channel[] | null
  readonly packages: readonly ComparedPackage[]
}

/** One package of a lock, as far as a diff needs it. */
export type ComparedPackage = Pick<LockedPackage, 'name' | 'version' | 'manager' | 'platform' | 'url'> & {
  /** conda's build string, null for pip. */
  readonly build: string | null
  /** Bytes of the archive where they are known. */
  readonly size: number | null
}

/** One package that differs. `from` and `to` are versions; of a rebuilt one version and build, or the file's name. */
export interface DiffEntry {
  readonly name: string
  readonly manager: Manager
  readonly from: string | null
  readonly to: string | null
  /** Whether the first number of the version differs. */
  readonly major: boolean
  /** Set where the package comes from another channel or index than before. */
  readonly channel: { readonly from: string; readonly to: string } | null
}

/** What differs between two locks of one image on one platform. Lists are sorted by name. */
export interface LockDiff {
  readonly image: string
  readonly platform: string
  readonly added: readonly DiffEntry[]
  readonly removed: readonly DiffEntry[]
  readonly upgraded: readonly DiffEntry[]
  readonly downgraded: readonly DiffEntry[]
  /** The same version in another build or from another place. */
  readonly rebuilt: readonly DiffEntry[]
  /** Names of packages in both, before and after. */
  readonly counts: { readonly before: number; readonly after: number }
  /** Bytes to download, null where a size is not known. */
  readonly size: { readonly before: number; readonly after: number } | null
  /** Channels of the whole lock that came and went. */
  readonly channels: { readonly added: readonly string[]; readonly removed: readonly string[] }
}
