import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { ChangeSet } from '../stack/types.ts'
import type { PullRequest, RepositoryId } from '../trigger/types.ts'

/** A compare lists this many files at most and does not say that it left some out. */
const compareFiles = 300

type Octokit = ReturnType<typeof import('@actions/github').getOctokit>

/** The client, loaded only where it is needed; null without a token (a local run). */
async function client({ host, inputs }: { host: Host; inputs: Inputs }): Promise<Octokit | null> {
  if (!inputs.githubToken) return null
  const { getOctokit } = await import('@actions/github')
  return getOctokit(inputs.githubToken, { baseUrl: host.env.GITHUB_API_URL || 'https://api.github.com' })
}

/** Which commits are compared: of a pull request's run the base and the head that GitHub knows. */
export interface CompareQuestion {
  readonly host: Host
  readonly inputs: Inputs
  readonly repository: RepositoryId | null
  readonly base: string
  readonly head: string
  /** True where only what head added since it left base counts (pull requests). */
  readonly sinceMergeBase: boolean
}

/**
 * The files between two commits by GitHub's compare API, for a clone that lacks one of them. Incomplete where GitHub
 * cannot tell or may have cut the list: then everything counts as changed.
 */
export async function compareCommits(question: CompareQuestion): Promise<ChangeSet> {
  const { repository, base, head } = question
  const unknown = (reason: string): ChangeSet => ({ base, head, complete: false, reason, files: [] })
  const missing = `the base commit ${base.slice(0, 7)} is not in this clone`
  const octokit = await client(question)
  if (!octokit || !repository) return unknown(missing)
  try {
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
      owner: repository.owner,
      repo: repository.name,
      basehead: `${base}...${head}`,
    })
    const files = (data.files ?? []).flatMap((file) => [
      file.filename,
      ...(file.previous_filename ? [file.previous_filename] : []),
    ])
    if ((data.files ?? []).length >= compareFiles)
      return unknown(`${missing}, and GitHub’s compare lists ${compareFiles} files at most`)
    // Three dots leave out what only the base has: the whole difference is known where the base is an ancestor.
    if (!question.sinceMergeBase && !['ahead', 'identical'].includes(data.status))
      return unknown(`${missing}, and the branch was rewritten`)
    return {
      base: question.sinceMergeBase ? data.merge_base_commit.sha : base,
      head,
      complete: true,
      reason: null,
      files,
    }
  } catch (error) {
    question.host.out.debug(`compare ${base}...${head}: ${messageOf(error)}`)
    return unknown(`${missing}, and GitHub does not compare with it`)
  }
}

/** A pull request by number, as the API tells it; null where it cannot be read. Throws ActionError('github') where the API refuses the token. */
export async function readPullRequest(question: {
  host: Host
  inputs: Inputs
  repository: RepositoryId | null
  number: number
}): Promise<PullRequest | null> {
  const octokit = await client(question)
  const { repository, number } = question
  if (!octokit || !repository) return null
  try {
    const { data } = await octokit.rest.pulls.get({
      owner: repository.owner,
      repo: repository.name,
      pull_number: number,
    })
    return {
      number,
      title: data.title,
      headRef: data.head.ref,
      headSha: data.head.sha,
      baseRef: data.base.ref,
      baseSha: data.base.sha,
      fork:
        !data.head.repo ||
        data.head.repo.id !== data.base.repo.id ||
        (repository.id !== null && data.base.repo.id !== repository.id),
      author: data.user.id,
    }
  } catch (error) {
    if ((error as { status?: number }).status === 404) return null
    throw new ActionError(
      'github',
      `GitHub does not show pull request ${number}: ${messageOf(error)}`,
      ['the token in github-token needs `pull-requests: read`'],
      { cause: error },
    )
  }
}

/**
 * The commit that a branch of the repository names now; null where GitHub cannot be asked. A run that is slower than
 * the next push must not move the branch's tag back.
 */
export async function branchHead(question: {
  host: Host
  inputs: Inputs
  repository: RepositoryId | null
  branch: string
}): Promise<string | null> {
  const octokit = await client(question)
  const { repository, branch } = question
  if (!octokit || !repository) return null
  try {
    const { data } = await octokit.rest.git.getRef({
      owner: repository.owner,
      repo: repository.name,
      ref: `heads/${branch}`,
    })
    return data.object.sha
  } catch (error) {
    question.host.out.debug(`head of ${branch}: ${messageOf(error)}`)
    return null
  }
}
