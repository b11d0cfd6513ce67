import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { ChangeSet } from '../stack/types.ts'
import type { PullRequest, RepositoryId } from '../trigger/types.ts'
import { githubClient } from './github-client.ts'

/** A compare lists this many files at most and does not say that it left some out. */
const compareFiles = 300

/** Which commits are compared; `base` may be a branch. */
export interface CompareQuestion {
  readonly host: Host
  readonly inputs: Inputs
  readonly repository: RepositoryId | null
  readonly base: string
  readonly head: string
}

/** A change set by GitHub. `added` are those of its files that the base has not. */
export interface Comparison extends ChangeSet {
  readonly added: readonly string[]
}

/**
 * The files between two commits by GitHub's compare API, for a clone that lacks one of them. GitHub compares the head with
 * the merge base of both, which is the base that is given back: where a branch was rewritten it is an older one than
 * asked for. Incomplete where GitHub cannot tell or may have cut the list: then everything counts as changed.
 */
export async function compareCommits(question: CompareQuestion): Promise<Comparison> {
  const { repository, base, head } = question
  const named = /^[0-9a-f]{40,64}$/.test(base)
  const missing = `the base ${named ? `commit ${base.slice(0, 7)}` : `branch ${base}`} is not in this clone`
  const unknown = (reason: string): Comparison => ({
    ...{ base: named ? base : null, head, complete: false, reason, files: [], added: [] },
  })
  const octokit = await githubClient(question)
  if (!octokit || !repository) return unknown(missing)
  try {
    const { data } = await octokit.rest.repos.compareCommitsWithBasehead({
      owner: repository.owner,
      repo: repository.name,
      basehead: `${base}...${head}`,
    })
    const listed = data.files ?? []
    if (listed.length >= compareFiles)
      return unknown(`${missing}, and GitHub’s compare lists ${compareFiles} files at most`)
    const files = listed.flatMap(({ filename, previous_filename: previous }) => [
      filename,
      ...(previous ? [previous] : []),
    ])
    // JSON has no place for other bytes: which file it is cannot be told.
    if (files.some((file) => file.includes('\ufffd')))
      return unknown(`${missing}, and a changed file’s name is not UTF-8`)
    if (!data.files && data.total_commits > 0) return unknown(`${missing}, and GitHub’s compare lists no files`)
    const added = listed.filter(({ status }) => ['added', 'renamed', 'copied'].includes(status))
    return {
      base: data.merge_base_commit.sha,
      head,
      complete: true,
      reason: null,
      files,
      added: added.map(({ filename }) => filename),
    }
  } catch (error) {
    question.host.out.debug(`compare ${base}...${head}: ${messageOf(error)}`)
    return unknown(`${missing}, and GitHub does not compare with it`)
  }
}

/** The first parent of a commit; null where it has none or GitHub cannot tell. */
export async function firstParent(question: {
  host: Host
  inputs: Inputs
  repository: RepositoryId | null
  commit: string
}): Promise<string | null> {
  const octokit = await githubClient(question)
  const { repository, commit } = question
  if (!octokit || !repository) return null
  try {
    const { data } = await octokit.rest.repos.getCommit({
      owner: repository.owner,
      repo: repository.name,
      ref: commit,
      // The commit's own files come with it, a page of them: they are not needed.
      per_page: 1,
    })
    return data.parents[0]?.sha ?? null
  } catch (error) {
    question.host.out.debug(`parents of ${commit}: ${messageOf(error)}`)
    return null
  }
}

/** A pull request by number, as the API tells it; null where it cannot be read. Throws ActionError('github') where the API refuses the token. */
export async function readPullRequest(question: {
  host: Host
  inputs: Inputs
  repository: RepositoryId | null
  number: number
}): Promise<PullRequest | null> {
  const octokit = await githubClient(question)
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
      // GitHub's types do not know of accounts that are gone.
      author: (data.user as { id: number } | null)?.id ?? null,
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
  const octokit = await githubClient(question)
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
