import type { Manager } from './types.ts'

/** A lock as a diff sees it: what can also be said of one that is only there as an explicit lock. */
export interface ComparedLock {
  /** conda's platforms: `linux-64`. */
  readonly platforms: readonly string[]
  /** Channels by name or URL, null where the lock does not name them (explicit locks). */
  readonly channels: readonly string[] | null
  readonly packages: readonly ComparedPackage[]
}

/** One package of a lock, as far as a diff needs it. */
export interface ComparedPackage {
  readonly name: string
  readonly version: string
  readonly manager: Manager
  readonly platform: string
  readonly url: string
}

/** One package that differs. `from` and `to` are versions; of a rebuilt conda package version and build. */
export interface DiffEntry {
  readonly name: string
  readonly manager: Manager
  readonly from: string | null
  readonly to: string | null
  /** Whether it jumped to another major version. A year for a first number (`2025.1`) is none. */
  readonly major: boolean
  /** Set where the package comes from another channel or host than before. */
  readonly channel: { readonly from: string; readonly to: string } | null
}

/** How a package can differ. */
export const changeKinds = ['added', 'removed', 'upgraded', 'downgraded', 'rebuilt'] as const

/** One of the five ways in which a package can differ; `rebuilt` is the same version in another build or from another place. */
export type ChangeKind = (typeof changeKinds)[number]

/** What differs between two locks of one image on one platform. Lists are sorted by name. */
export interface LockDiff extends Readonly<Record<ChangeKind, readonly DiffEntry[]>> {
  readonly image: string
  readonly platform: string
  /** How many packages the locks hold. */
  readonly before: number
  readonly after: number
  /** Change of the archives' size, bytes; null where a size is not known. */
  readonly size: number | null
  /** Channels of the lock that came and went. */
  readonly channels: { readonly added: readonly string[]; readonly removed: readonly string[] }
}
