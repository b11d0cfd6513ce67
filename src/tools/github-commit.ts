import type { CommitMessage } from '../lock/commit-message.ts'
import { type Asker, graphqlTypes, isRefusal, neededClient, patiently, statusOf } from './github-client.ts'
import type { RepositoryName } from './github-tree.ts'

/** A branch of a repository. */
export interface BranchName extends RepositoryName {
  readonly branch: string
}

/** A file of a commit: its whole new text. */
export interface TextFile {
  readonly path: string
  readonly text: string
}

/**
 * What became of a commit that was asked for. `stale`: the branch did not point at the expected head. `unknown`: the
 * answer was lost, the commit may be there. `refused`: the token may not, or a rule of the branch is against it.
 */
export type CommitAnswer =
  | { readonly kind: 'committed'; readonly sha: string; readonly url: string }
  | { readonly kind: 'stale' | 'unknown' | 'refused'; readonly error: unknown }

const createCommit = `mutation ($input: CreateCommitOnBranchInput!) {
  createCommitOnBranch(input: $input) { commit { oid url } }
}`

/**
 * One commit on a branch by GraphQL's `createCommitOnBranch`: on top of `head` or not at all, signed by GitHub. It takes
 * no author: whoever owns the token is it.
 */
export async function commitOnBranch(
  question: Asker & {
    readonly target: BranchName
    readonly head: string
    readonly message: CommitMessage
    readonly files: readonly TextFile[]
  },
): Promise<CommitAnswer> {
  const { host, target, head, message, files } = question
  const octokit = await neededClient(question)
  const additions = files.map(({ path, text }) => ({ path, contents: Buffer.from(text).toString('base64') }))
  const input = {
    branch: { repositoryNameWithOwner: `${target.owner}/${target.name}`, branchName: target.branch },
    expectedHeadOid: head,
    message: { headline: message.headline, body: message.body },
    fileChanges: { additions },
  }
  try {
    const answer = await patiently(
      host,
      () =>
        octokit.graphql<{ createCommitOnBranch: { commit: { oid: string; url: string } } }>(createCommit, { input }),
      { once: true },
    )
    const { oid, url } = answer.createCommitOnBranch.commit
    return { kind: 'committed', sha: oid, url }
  } catch (error) {
    const kind = failureKind(error)
    if (kind === null) throw error
    return { kind, error }
  }
}

function failureKind(error: unknown): 'stale' | 'unknown' | 'refused' | null {
  const types = graphqlTypes(error)
  if (types.includes('STALE_DATA')) return 'stale'
  if (isRefusal(error) || types.includes('UNPROCESSABLE') || types.includes('NOT_FOUND')) return 'refused'
  // An error of GraphQL itself with another type was answered: nothing was made.
  if (types.length > 0) return null
  return (statusOf(error) ?? 0) >= 500 ? 'unknown' : null
}

/** The commit that a branch points at now; null where there is no such branch. */
export async function branchTip(question: Asker & { readonly target: BranchName }): Promise<string | null> {
  const { host, target } = question
  const octokit = await neededClient(question)
  const { owner, name: repo, branch } = target
  try {
    const { data } = await patiently(host, () => octokit.rest.git.getRef({ owner, repo, ref: `heads/${branch}` }))
    return data.object.sha
  } catch (error) {
    if (statusOf(error) === 404) return null
    throw error
  }
}

/** A commit's message, parents and tree. */
export interface CommitFacts {
  readonly sha: string
  readonly message: string
  readonly parents: readonly string[]
  /** By whom, as the commit says. */
  readonly author: string
}

/** The newest commits of a branch or from a commit back, at most 100. */
export async function recentCommits(
  question: Asker & { readonly repository: RepositoryName; readonly from: string; readonly count: number },
): Promise<readonly CommitFacts[]> {
  const { host, repository, from, count } = question
  const octokit = await neededClient(question)
  const { owner, name: repo } = repository
  const { data } = await patiently(host, () =>
    octokit.rest.repos.listCommits({ owner, repo, sha: from, per_page: count }),
  )
  return data.map(({ sha, commit, parents }) => ({
    sha,
    message: commit.message,
    parents: parents.map((parent) => parent.sha),
    author: commit.author?.name ?? 'an unknown author',
  }))
}

/** A status on a commit, shown with its checks. Needs `statuses: write`. */
export async function setStatus(
  question: Asker & {
    readonly repository: RepositoryName
    readonly sha: string
    readonly state: 'pending' | 'success' | 'failure' | 'error'
    readonly context: string
    readonly description: string
    readonly url: string | null
  },
): Promise<void> {
  const { host, repository, sha, state, context, description, url } = question
  const octokit = await neededClient(question)
  const { owner, name: repo } = repository
  await patiently(host, () =>
    octokit.rest.repos.createCommitStatus({
      ...{ owner, repo, sha, state, context },
      // GitHub takes 140 characters.
      description: description.slice(0, 140),
      ...(url === null ? {} : { target_url: url }),
    }),
  )
}
