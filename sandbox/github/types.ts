import type { CacheService } from '../cache/types.ts'
import type { StoredRelease } from './releases.ts'

/** Who may do what with a repository (docs.github.com, "Get repository permissions for a user"). */
export type Permission = 'admin' | 'maintain' | 'write' | 'triage' | 'read' | 'none'

/** A repository as payloads name it. Ids are numbers: names change, ids do not. */
export interface RepositoryIdentity {
  readonly owner: string
  readonly name: string
  readonly id: number
  readonly defaultBranch: string
  readonly private?: boolean
  readonly fork?: boolean
  /** Whether the owner is an organization. */
  readonly organization?: boolean
}

/** A repository that the double serves, answered from a bare git repository on disk. */
export interface ServedRepository extends RepositoryIdentity {
  readonly directory: string
}

/** A pull request. Its commits are read at each request: a push to the head branch moves it. */
export interface PullSpec {
  readonly number: number
  readonly head: {
    readonly branch: string
    /** `owner/name` of a fork that is served too; null for one that was deleted (then `sha` is needed). */
    readonly repository?: string | null
    readonly sha?: string
  }
  readonly base?: string
  readonly title?: string
  readonly body?: string | null
  readonly user?: string
  readonly state?: 'open' | 'closed'
  readonly draft?: boolean
  readonly labels?: readonly string[]
  readonly maintainerCanModify?: boolean
}

/** What a token may write: the names of a workflow's `permissions:`. */
export type Scope = 'actions' | 'contents' | 'issues' | 'statuses' | 'pull-requests'

/** A token that the double knows. */
export interface TokenSpec {
  readonly login: string
  readonly write: readonly Scope[]
}

/** An answer that is not the repository's: a status with headers, a cut connection, or a delay before the true answer. */
export type Failure =
  | { readonly status: number; readonly message: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly cut: true }
  | { readonly delayMs: number }

/** Which requests fail, how often, and how. */
export interface FailureRule {
  readonly method?: string
  /** Compared with the path below the API's root: `/repos/o/r/pulls/1`, or `/graphql`. */
  readonly path: string | RegExp
  readonly times?: number
  readonly failure: Failure
}

/** A request as it came, with what became of it. */
export interface RecordedRequest {
  readonly method: string
  /** Below the API's root for calls of the API, below the server's for git's own. */
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly headers: Readonly<Record<string, string>>
  /** The JSON body; null for git's own requests and where there is none. */
  readonly body: unknown
  readonly kind: 'rest' | 'graphql' | 'git'
  /** The operation's id in GitHub's description, the GraphQL fields asked for, or git's service. */
  readonly operation: string | null
  readonly login: string | null
  readonly status: number | null
}

/** What the double is started with. */
export interface GitHubOptions {
  /** The bare repository. */
  readonly repository: string
  readonly owner: string
  readonly name: string
  readonly id?: number
  readonly defaultBranch?: string
  readonly private?: boolean
  readonly forks?: readonly ServedRepository[]
  readonly pulls?: readonly PullSpec[]
  /** By login; others have `read`. */
  readonly permissions?: Readonly<Record<string, Permission>>
  /** By token. Without this table any token may do anything, as `github-actions[bot]`. */
  readonly tokens?: Readonly<Record<string, TokenSpec>>
  readonly failures?: readonly FailureRule[]
  /** The repository's cache service; without it there are no entries. */
  readonly caches?: Pick<CacheService, 'entries' | 'remove'>
  /** Called before the n-th request (from 1) of this method and path is answered; a failure returned is its answer. */
  readonly onRequest?: (n: number, request: RecordedRequest) => undefined | Failure | Promise<undefined | Failure>
  /** Called when its answer is made and not yet sent: what is changed here, the caller does not know of. */
  readonly onAnswer?: (n: number, request: RecordedRequest) => void | Promise<void>
}

/** A running double. */
export interface GitHub {
  readonly apiUrl: string
  readonly graphqlUrl: string
  readonly serverUrl: string
  readonly repository: RepositoryIdentity
  readonly requests: () => readonly RecordedRequest[]
  /** Calls that the double does not know, and requests or answers that GitHub's description does not allow. */
  readonly problems: () => readonly string[]
  /** The same, and forgets them: for tests that expect some. */
  readonly takeProblems: () => readonly string[]
  readonly fail: (rule: FailureRule) => void
  /** Adds a pull request or replaces the one of its number. */
  readonly setPull: (pull: PullSpec) => void
  /** A pull request's commits now; `mergeSha` is null where it has conflicts. */
  readonly pull: (number: number) => Promise<{ headSha: string; baseSha: string; mergeSha: string | null }>
  readonly comments: (
    issue: number,
  ) => readonly { readonly id: number; readonly login: string; readonly body: string }[]
  readonly statuses: (
    sha: string,
  ) => readonly { readonly state: string; readonly context: string; readonly login: string }[]
  /** Writes a comment as somebody; gives its id. */
  readonly comment: (issue: number, login: string, body: string) => number
  readonly reactions: (comment: number) => readonly { readonly content: string; readonly login: string }[]
  readonly pulls: () => readonly PullSpec[]
  readonly releases: () => readonly StoredRelease[]
  /** Says when a commit was pushed, whatever the commit itself says. */
  readonly setPushTime: (sha: string, time: string) => void
  /** Stops the server. Throws an AggregateError where problems are left, so that a test cannot overlook them. */
  readonly stop: () => Promise<void>
}
