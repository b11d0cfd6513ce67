/** A tag and what it is to point at. `repository` has no tag: `quay.io/pangeo/base-image`. */
export interface Target {
  readonly repository: string
  readonly tag: string
  /** The digest, `sha256:…`. */
  readonly to: string
}

/** A tag that is moved. `from` is what it pointed at before; null: it was not there. */
export interface Move extends Target {
  readonly from: string | null
}

/** What moves tags. */
export type MovingCommand = 'publish' | 'promote' | 'revert' | 'release'

/** Who moves tags, why, and where that is written down. */
export interface Cause {
  /** Unique: two runs that do the same thing have two of them. */
  readonly id: string
  readonly command: MovingCommand
  /** What was asked for, in one line: the same for a run that is repeated. */
  readonly request: string
  /** Account of the person or workflow. */
  readonly by: string
  /** The run's page; null outside of GitHub. */
  readonly run: string | null
  /** Which run it is, to tell whether it still lives: `github:<run>.<attempt>` or `local:<machine>:<process>`. */
  readonly holder: string
  readonly commit: string | null
  /** When it began, ISO 8601. */
  readonly started: string
  /** Prefixes of names in all of which the journal lies: `quay.io/pangeo`. */
  readonly places: readonly string[]
  /** The entry that this one takes back (`revert --to previous`). */
  readonly undoes?: string
}

/** Tags that move together. */
export interface Entry extends Cause {
  readonly moves: readonly Move[]
}

/** How it ended: all of its tags moved, none, or neither could be had any more. */
export type EntryOutcome = 'done' | 'undone' | 'abandoned'

/** An entry that is over. */
export interface PastEntry extends Entry {
  readonly outcome: EntryOutcome
  readonly ended: string
}

/** What lies under the tag `journal` of a place: what is under way, and what was, the newest last. */
export interface Journal {
  readonly open: Entry | null
  readonly history: readonly PastEntry[]
}
