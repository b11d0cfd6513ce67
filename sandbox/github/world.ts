import { git, resolveCommit, takeCommit, tryGit, webFlow } from './git.ts'
import type { StoredRelease } from './releases.ts'
import type { GitHubOptions, Permission, PullSpec, ServedRepository } from './types.ts'

/** Where the double is reached. */
export interface Urls {
  readonly api: string
  readonly graphql: string
  readonly server: string
}

/** A comment on an issue or pull request. */
export interface StoredComment {
  readonly id: number
  readonly issue: number
  readonly login: string
  body: string
  minimized: string | null
  readonly createdAt: string
  updatedAt: string
}

/** A commit status. */
export interface StoredStatus {
  readonly id: number
  readonly sha: string
  readonly state: string
  readonly context: string
  readonly description: string | null
  readonly targetUrl: string | null
  readonly login: string
}

/** A reaction to a comment. */
export interface StoredReaction {
  readonly id: number
  readonly comment: number
  readonly content: string
  readonly login: string
}

/** The commits of a pull request at one moment. */
export interface PullCommits {
  readonly headSha: string
  readonly baseSha: string
  readonly mergeSha: string | null
}

/** What the double knows besides the git repositories. */
export class World {
  readonly base: ServedRepository
  readonly repositories: readonly ServedRepository[]
  readonly pulls: Map<number, PullSpec>
  readonly comments: StoredComment[] = []
  readonly statuses: StoredStatus[] = []
  readonly reactions: StoredReaction[] = []
  readonly releases: StoredRelease[] = []
  /** When a commit was pushed, by the server's clock; without an entry, when it says that it was made. */
  readonly pushTimes = new Map<string, string>()
  readonly urls: Urls
  readonly caches: GitHubOptions['caches']
  readonly #pullCommits = new Map<number, PullCommits>()
  readonly #permissions: Map<string, Permission>
  #lastId = 1000

  constructor(options: GitHubOptions, urls: Urls) {
    this.base = {
      directory: options.repository,
      owner: options.owner,
      name: options.name,
      id: options.id ?? 501234567,
      defaultBranch: options.defaultBranch ?? 'main',
      private: options.private ?? false,
    }
    this.urls = urls
    this.caches = options.caches
    this.repositories = [this.base, ...(options.forks ?? []).map((fork) => ({ ...fork, fork: true }))]
    this.pulls = new Map((options.pulls ?? []).map((pull) => [pull.number, pull]))
    this.#permissions = new Map(Object.entries(options.permissions ?? {}))
  }

  nextId(): number {
    this.#lastId += 1
    return this.#lastId
  }

  addComment(issue: number, login: string, body: string): StoredComment {
    const now = new Date().toISOString().replace(/\.\d+Z$/, 'Z')
    const comment = { id: this.nextId(), issue, login, body, minimized: null, createdAt: now, updatedAt: now }
    this.comments.push(comment)
    return comment
  }

  /** A served repository by `owner/name` in any case, null where there is none. */
  find(fullName: string): ServedRepository | null {
    const wanted = fullName.toLowerCase()
    return (
      this.repositories.find((repository) => `${repository.owner}/${repository.name}`.toLowerCase() === wanted) ?? null
    )
  }

  /** Anybody may read a public repository. */
  permission(login: string): Permission {
    return this.#permissions.get(login) ?? (this.base.private ? 'none' : 'read')
  }

  /**
   * Whether an account may write to a repository, apart from what its token may. A workflow's bot has a place in the
   * repository that it runs for and in no fork; "allow edits by maintainers" opens one branch of a fork to people.
   */
  mayWriteTo(repository: ServedRepository, login: string, branch: string | null = null): boolean {
    if (repository.owner === login) return true
    if (login.endsWith('[bot]')) return repository === this.base
    if (!['admin', 'maintain', 'write'].includes(this.permission(login))) return false
    if (repository === this.base) return true
    const fullName = `${repository.owner}/${repository.name}`
    return [...this.pulls.values()].some(
      ({ head, state, maintainerCanModify }) =>
        maintainerCanModify && state !== 'closed' && head.repository === fullName && head.branch === branch,
    )
  }

  /** A pull request's commits now. Updates refs/pull/N/head and /merge as GitHub does after a push. */
  async pullCommits(pull: PullSpec): Promise<PullCommits> {
    const { directory } = this.base
    const headSha = await this.#headOf(pull)
    const baseSha = await resolveCommit(directory, pull.base ?? this.base.defaultBranch)
    if (!baseSha) throw new Error(`pull request ${pull.number}: the base branch is not there`)
    const last = this.#pullCommits.get(pull.number)
    if (last?.headSha === headSha && last.baseSha === baseSha) return last
    await git({ directory }, 'update-ref', `refs/pull/${pull.number}/head`, headSha)
    const mergeSha = await mergeCommit(directory, baseSha, headSha)
    if (mergeSha) await git({ directory }, 'update-ref', `refs/pull/${pull.number}/merge`, mergeSha)
    const commits = { headSha, baseSha, mergeSha }
    this.#pullCommits.set(pull.number, commits)
    return commits
  }

  async #headOf({ number, head }: PullSpec): Promise<string> {
    const from =
      head.repository === undefined ? this.base : head.repository === null ? null : this.find(head.repository)
    const sha = from ? ((await resolveCommit(from.directory, head.branch)) ?? head.sha) : head.sha
    if (!sha)
      throw new Error(`pull request ${number}: the head branch ${head.branch} is not there, and no sha is given`)
    if (from) await takeCommit(this.base.directory, from.directory, sha)
    return sha
  }
}

/** A number for a login that is the same in payloads, answers and runs. */
export function userId(login: string): number {
  if (login === 'github-actions[bot]') return 41898282
  if (login === 'dependabot[bot]') return 49699333
  let hash = 7
  for (const character of login.toLowerCase()) hash = (hash * 31 + character.codePointAt(0)!) % 90_000_000
  return 10_000_000 + hash
}

/** The commit that GitHub makes to test a merge; null where there are conflicts. The same for the same two commits. */
async function mergeCommit(directory: string, base: string, head: string): Promise<string | null> {
  const tree = (await tryGit({ directory }, 'merge-tree', '--write-tree', base, head))?.split('\n')[0]
  if (!tree) return null
  const date = (await git({ directory }, 'show', '-s', '--format=%ct', head)).trim()
  const env = { ...webFlow, GIT_AUTHOR_DATE: `@${date} +0000`, GIT_COMMITTER_DATE: `@${date} +0000` }
  const message = `Merge ${head} into ${base}`
  return (await git({ directory, env }, 'commit-tree', tree, '-p', base, '-p', head, '-m', message)).trim()
}
