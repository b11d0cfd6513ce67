import pLimit from 'p-limit'
import { type Asker, neededClient, patiently } from './github-client.ts'
import type { BranchName, TextFile } from './github-commit.ts'
import type { RepositoryName } from './github-tree.ts'

/** Blobs are sent so many at once. */
const atOnce = 2

/**
 * A commit of files on top of another one that no branch holds yet, by GitHub's objects API. GitHub signs it where the token
 * is a workflow's or an App's.
 */
export async function looseCommit(
  question: Asker & {
    readonly repository: RepositoryName
    readonly parent: string
    readonly message: string
    readonly files: readonly (TextFile & { readonly mode: string })[]
  },
): Promise<string> {
  const { host, repository, parent, message, files } = question
  const octokit = await neededClient(question)
  const place = { owner: repository.owner, repo: repository.name }
  const limit = pLimit(atOnce)
  const entries = files.map(({ path, text, mode }) =>
    limit(async () => {
      const content = Buffer.from(text).toString('base64')
      const blob = await patiently(host, () => octokit.rest.git.createBlob({ ...place, content, encoding: 'base64' }))
      return { path, mode: mode as '100644', type: 'blob' as const, sha: blob.data.sha }
    }),
  )
  const tree = await Promise.all(entries)
  const made = await patiently(host, () => octokit.rest.git.createTree({ ...place, base_tree: parent, tree }))
  const commit = await patiently(host, () =>
    octokit.rest.git.createCommit({ ...place, message, tree: made.data.sha, parents: [parent] }),
  )
  return commit.data.sha
}

/**
 * Makes a branch point at a commit, if it points at `before` (null: if it is not there): compared and set at once by GitHub, so
 * that what somebody pushes in between is not lost. Throws like the API where it points elsewhere.
 */
export async function moveBranch(
  question: Asker & { readonly target: BranchName; readonly before: string | null; readonly after: string },
): Promise<void> {
  const { host, target, before, after } = question
  const octokit = await neededClient(question)
  const { owner, name: repo, branch } = target
  const ref = `refs/heads/${branch}`
  if (before === null) {
    await patiently(host, () => octokit.rest.git.createRef({ owner, repo, ref, sha: after }), { once: true })
    return
  }
  const { repository } = await patiently(host, () =>
    octokit.graphql<{ repository: { id: string } }>(repositoryId, { owner, repo }),
  )
  const refUpdates = [{ name: ref, beforeOid: before, afterOid: after, force: true }]
  const input = { repositoryId: repository.id, refUpdates }
  await patiently(host, () => octokit.graphql(updateRefs, { input }), { once: true })
}

const repositoryId = `query ($owner: String!, $repo: String!) { repository(owner: $owner, name: $repo) { id } }`
const updateRefs = `mutation ($input: UpdateRefsInput!) { updateRefs(input: $input) { clientMutationId } }`

/** Commits of a branch that another one has not, the newest last, at most 250; each by its author's name and its message. */
export async function commitsAhead(
  question: Asker & { readonly target: BranchName; readonly base: string },
): Promise<readonly { sha: string; author: string; message: string }[]> {
  const { host, target, base } = question
  const octokit = await neededClient(question)
  const { owner, name: repo, branch } = target
  const { data } = await patiently(host, () =>
    octokit.rest.repos.compareCommitsWithBasehead({ owner, repo, basehead: `${base}...${branch}` }),
  )
  return data.commits.map(({ sha, commit }) => ({
    sha,
    author: commit.author?.name ?? 'an unknown author',
    message: commit.message,
  }))
}

/** A pull request that is open from a branch, null without one. */
export async function openPull(
  question: Asker & { readonly target: BranchName; readonly base: string },
): Promise<{ number: number; url: string } | null> {
  const { host, target, base } = question
  const octokit = await neededClient(question)
  const { owner, name: repo, branch } = target
  const { data } = await patiently(host, () =>
    octokit.rest.pulls.list({ owner, repo, base, head: `${owner}:${branch}`, state: 'open' }),
  )
  const [pull] = data
  return pull ? { number: pull.number, url: pull.html_url } : null
}

/** Opens a pull request, or gives an open one a new text. */
export async function putPull(
  question: Asker & {
    readonly target: BranchName
    readonly base: string
    readonly title: string
    readonly body: string
    /** The one that is open. */
    readonly number: number | null
  },
): Promise<{ number: number; url: string }> {
  const { host, target, base, title, body, number } = question
  const octokit = await neededClient(question)
  const { owner, name: repo, branch: head } = target
  const { data } =
    number === null
      ? await patiently(host, () => octokit.rest.pulls.create({ owner, repo, base, head, title, body }), { once: true })
      : await patiently(host, () => octokit.rest.pulls.update({ owner, repo, pull_number: number, title, body }))
  return { number: data.number, url: data.html_url }
}
