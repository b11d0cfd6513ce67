import type { CacheService } from '../cache/types.ts'
import type { GitHub, RepositoryIdentity, Scope, ServedRepository } from '../github/types.ts'
import type { ActionResult, RunOptions } from '../runner/types.ts'
import type { World } from '../world/types.ts'

/** Contents by path; null removes a file, a `link` makes a symbolic one. Modes of files that are there stay. */
export type Files = Readonly<Record<string, string | null | { readonly link: string }>>

/** What a stage is opened with. */
export interface StageOptions {
  /** A running world with a channel; it is shared and outlives the stage. Without it the stage has one of its own. */
  readonly world?: World
  /** The repository's first commit: the reference stack with small or full environments, or these files. */
  readonly repository?: 'small' | 'full' | Files
  /** The reference stack's environments name the world's channel: they can be locked anew. */
  readonly solvable?: boolean
  /** `owner/name`; images are pushed below `REGISTRY/name`. */
  readonly name?: string
  /** The cache service whose entries GitHub lists. */
  readonly caches?: CacheService
  /** What the token of a run may write; left out: everything. */
  readonly write?: readonly Scope[]
  /** Where the stage lives; default a temporary folder that is removed. */
  readonly dir?: string
}

/** A commit that somebody pushes. */
export interface Change {
  readonly files?: Files
  readonly message?: string
  /** Default: the default branch, or for a pull request `change`. */
  readonly branch?: string
  /** A branch that is merged, as GitHub's button does. */
  readonly merge?: string
}

/** How the action is run on it. */
export interface PlayOptions {
  /** `with:` of the step, on top of `registry: REGISTRY/name`. */
  readonly inputs?: RunOptions['inputs']
  /** Variables of the step. */
  readonly env?: Readonly<Record<string, string>>
  /** actions/checkout's fetch-depth: 1 (its default), 0 for the whole history. */
  readonly depth?: 0 | 1
  readonly signals?: RunOptions['signals']
  readonly onLog?: RunOptions['onLog']
  readonly debug?: boolean
  /** The run's number, and which attempt of it this is; by default all plays are one run. */
  readonly run?: { readonly id: string; readonly attempt?: string }
}

/** An event with the commit that its run checks out: what a re-run repeats. */
export interface Occasion {
  readonly eventName: string
  readonly event: unknown
  readonly ref: string
  /** The commit that is checked out: of a pull request the merge. */
  readonly commit: string
}

/** A run of the action: what the runner took from it, and on what it ran. */
export interface Played extends ActionResult {
  readonly occasion: Occasion
  readonly commit: string
  /** The first seven characters, as in the tags. */
  readonly sha7: string
  readonly workspace: string
  /** Of a pull request; else null. */
  readonly number: number | null
}

/** Where a git tag is put. */
export interface TagOptions {
  /** Default: the head of main. */
  readonly commit?: string
  /** With an object of its own, as `git tag -a` makes it. */
  readonly annotated?: boolean
}

/** Tags of each repository below the stage's prefix, with their digests. */
export type TagTable = Readonly<Record<string, Readonly<Record<string, string>>>>

/** An image as it is in the registry; of an index the first image that is one. */
export interface RegistryImage {
  readonly digest: string
  readonly annotations: Readonly<Record<string, string>>
  readonly manifest: {
    readonly annotations?: Readonly<Record<string, string>>
    readonly layers: readonly { readonly digest: string; readonly size: number }[]
  }
  readonly config: {
    readonly config: { readonly Labels?: Readonly<Record<string, string>>; readonly Env?: readonly string[] }
    readonly created?: string
    readonly history: readonly { readonly created_by?: string }[]
    readonly rootfs: { readonly diff_ids: readonly string[] }
  }
  /** All that the registry gave for it, as text: to look for what must not be there. */
  readonly text: string
}

/** A repository with its GitHub, registry and builder, on which pushes and pull requests are played. */
export interface Stage extends AsyncDisposable {
  readonly world: World
  readonly github: GitHub
  /** The action as a runner downloads it: dist/ and action.yml alone. */
  readonly actionDir: string
  readonly dir: string
  readonly repository: RepositoryIdentity
  readonly fork: ServedRepository
  /** `REGISTRY/name`, the input `registry`. */
  readonly prefix: string
  /** The token of a run. */
  readonly token: string
  /** Commits, pushes and runs the action on the push event. */
  push(change?: Change, options?: PlayOptions): Promise<Played>
  /** Commits to a branch, of a fork if asked, opens or updates its pull request and runs the action on it. */
  pullRequest(
    change: Change & { readonly fork?: boolean; readonly title?: string },
    options?: PlayOptions,
  ): Promise<Played>
  /** Pushes a git tag and runs the action on the event. */
  tag(tag: string, on?: TagOptions, options?: PlayOptions): Promise<Played>
  /** Runs the action on a workflow_dispatch of the default branch. */
  dispatch(options?: PlayOptions): Promise<Played>
  /** Commits and pushes, and runs nothing yet: `again` does. */
  prepare(change?: Change): Promise<Occasion>
  /** Runs the action again on an event, in a fresh checkout. */
  again(occasion: Occasion, options?: PlayOptions): Promise<Played>
  /** Commits and pushes, and runs nothing; gives the commit. */
  commit(change: Change & { readonly fork?: boolean }): Promise<string>
  /** A fresh clone as actions/checkout makes it; gives its folder. */
  checkout(ref: string, commit: string, depth?: 0 | 1): Promise<string>
  /** Tags of the images. */
  tags(prefix?: string): Promise<TagTable>
  /** Tags of what belongs to the whole stack: stack.json, the journal. */
  stackTags(prefix?: string): Promise<Readonly<Record<string, string>>>
  /** `name:tag` or `name@digest` below the prefix; null where it is not there. */
  image(reference: string, prefix?: string): Promise<RegistryImage | null>
}
