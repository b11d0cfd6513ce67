import type { LockDiff } from '../lock/diff-types.ts'
import type { Freshness } from '../lock/types.ts'

/** A file that a relock gives: its path from the repository's root and its whole text; `before` is null where it is new. */
export interface LockFile {
  readonly path: string
  readonly before: string | null
  readonly text: string
}

/** What became of the lock of one image. */
export interface RelockedImage {
  readonly image: string
  /** Path of its conda-lock.yml. */
  readonly lock: string
  /** How its lock stood before, a line a platform. */
  readonly freshness: readonly Freshness[]
  /** What it says now against before, a diff a platform; empty where nothing was solved or nothing differs. */
  readonly diffs: readonly LockDiff[]
  /** Files that differ from what the tree holds. */
  readonly files: readonly LockFile[]
  /** Why there is no lock: one line, then details; null where all went well. */
  readonly error: { readonly message: string; readonly details: readonly string[] } | null
}

/** The locks of one tree, solved. Nothing is written yet. */
export interface Relock {
  /** The commit whose files were solved; null for the work tree. */
  readonly commit: string | null
  readonly images: readonly RelockedImage[]
  /** Files of all images that differ from the tree's: what a commit of locks holds. Empty: all is fresh. */
  readonly files: readonly LockFile[]
  /** Files that the locks of `images` are made from, old locks among them, sorted: if they are the same in another commit, so is the answer. */
  readonly sources: readonly string[]
  /** Key of those files' texts, 64 hex digits: the trailer of a commit. */
  readonly key: string
  /** Whether all stale locks were solved. */
  readonly complete: boolean
  /** Milliseconds of the solve. */
  readonly took: number
}

/** The locks of a run. */
export interface RunLocks {
  /** What a commit to the pull request holds: solved for its head. Null where nothing can be committed in this run. */
  readonly proposed: Relock | null
  /** What this run builds with: solved for what is checked out. The same as `proposed` unless the base has other sources. */
  readonly built: Relock
  /** Sources in which what is checked out differs from the pull request's head: "update your branch". */
  readonly behind: readonly string[]
}
