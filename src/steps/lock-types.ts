import type { LockDiff } from '../lock/diff-types.ts'
import type { Freshness } from '../lock/types.ts'

/** A file that a relock gives: its path from the repository's root and its whole text; `before` is null where it is new. */
export interface LockFile {
  readonly path: string
  readonly before: string | null
  readonly text: string
}

/** What became of one lock that was stale or asked for. */
export interface RelockedImage {
  /** The image by which a report names the lock. */
  readonly image: string
  /** Path of its conda-lock.yml. */
  readonly lock: string
  /** How its lock stood before, for each platform and each image of its folder: the variants of one share it. */
  readonly freshness: readonly Freshness[]
  /** What it says now against before, a diff a platform; empty where nothing was solved. */
  readonly diffs: readonly LockDiff[]
  /** Files that differ from what the tree holds. */
  readonly files: readonly LockFile[]
  /** Why there is no lock: one line, then details; null where all went well. */
  readonly error: LockFailure | null
}

/** Why a lock could not be made: one line, then what explains it and what to do. */
export interface LockFailure {
  readonly message: string
  readonly details: readonly string[]
}

/** The locks of one tree, solved. Nothing is written yet. */
export interface Relock {
  /** The commit whose files were solved; null for the work tree. */
  readonly commit: string | null
  /** The locks that were to be made. */
  readonly images: readonly RelockedImage[]
  /** How every lock that was looked at stood before. */
  readonly freshness: readonly Freshness[]
  /** Files of all images that differ from the tree's: what a commit of locks holds. Empty: all is fresh. */
  readonly files: readonly LockFile[]
  /** Files that the locks of `images` are made from, sorted: if they and the locks are the same in another commit, so is the answer. */
  readonly sources: readonly string[]
  /** Milliseconds that solving took. */
  readonly took: number
}

/** The locks of a run. */
export interface RunLocks {
  /** What a commit to the pull request holds: solved for its head. Null where the run commits nothing. */
  readonly proposed: Relock | null
  /** What this run builds with: solved for what is checked out. The same as `proposed` unless the base has other sources. */
  readonly built: Relock
  /** Sources in which what is checked out differs from the pull request's head: "update your branch". */
  readonly behind: readonly string[]
}
