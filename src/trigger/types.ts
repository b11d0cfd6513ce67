/** What started this run. `local` is a run from a command line without an event. */
export type TriggerKind =
  | 'push'
  | 'tag'
  | 'pull_request'
  | 'merge_group'
  | 'schedule'
  | 'workflow_dispatch'
  | 'repository_dispatch'
  | 'issue_comment'
  | 'workflow_run'
  | 'delete'
  | 'local'

/** Whether what runs was written by somebody who may write to the repository (docs/threat-model.md). */
export type Trust = 'trusted' | 'untrusted'

/** A repository on GitHub. `id` is what trust compares: a name can be changed or taken over, an id cannot. */
export interface RepositoryId {
  readonly id: number | null
  readonly owner: string
  readonly name: string
}

/** The pull request that a run belongs to. `fork` is true when its head is in another (or a deleted) repository. */
export interface PullRequest {
  readonly number: number
  readonly title: string
  readonly headRef: string
  readonly headSha: string
  readonly baseRef: string
  readonly baseSha: string
  readonly fork: boolean
  /** Id of the account that opened it, where it is known. */
  readonly author?: number | null
}

/** The event, reduced to what decides anything later. Made once, first, by `readTrigger`. */
export interface Trigger {
  readonly kind: TriggerKind
  /** GitHub's own name of the event, `local` without one. */
  readonly event: string
  readonly trust: Trust
  /** One sentence: why the run is trusted or not. */
  readonly trustReason: string
  readonly repository: RepositoryId | null
  readonly defaultBranch: string | null
  /** Fully qualified, `refs/heads/main`; empty in a local run on a detached head. */
  readonly ref: string
  /** The branch of `ref`, or null where `ref` is none. */
  readonly branch: string | null
  /** The commit whose files are built; null when the caller finds it out (local run). */
  readonly head: string | null
  /** The commit to compare with; null when there is none: everything counts as changed. */
  readonly base: string | null
  readonly pullRequest: PullRequest | null
  /** The branch that a pushed git tag is on; left out where the event does not tell it. */
  readonly tagBase?: string
  /** Images that a dispatch asks for by name; left out where it names none. */
  readonly images?: readonly string[]
}
