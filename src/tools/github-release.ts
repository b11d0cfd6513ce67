import { type Asker, neededClient, patiently, statusOf } from './github-client.ts'
import type { RepositoryName } from './github-tree.ts'

/** A release of a git tag that is there. */
export interface ReleaseQuestion extends Asker {
  readonly repository: RepositoryName
  readonly tag: string
  /** Our part of the text, from what is there (empty without a release) to what is to be. */
  readonly body: (before: string) => string
  readonly prerelease: boolean
  /** Whether GitHub is to show it as the latest one. */
  readonly latest: boolean
}

/** Makes the release, or renews it where it is there. Gives its page. */
export async function writeRelease(question: ReleaseQuestion): Promise<string> {
  const { host, repository, tag, body, prerelease, latest } = question
  const octokit = await neededClient(question)
  const place = { owner: repository.owner, repo: repository.name }
  const there = await patiently(host, () => octokit.rest.repos.getReleaseByTag({ ...place, tag })).catch((error) => {
    if (statusOf(error) === 404) return null
    throw error
  })
  const shared = { ...place, prerelease, make_latest: latest ? ('true' as const) : ('false' as const) }
  if (there) {
    const { id, body: before } = there.data
    const renewed = { ...shared, release_id: id, body: body(before ?? '') }
    return (await patiently(host, () => octokit.rest.repos.updateRelease(renewed))).data.html_url
  }
  // A second try after a lost answer finds the release of the first one at the next run.
  const made = { ...shared, tag_name: tag, name: tag, body: body('') }
  return (await patiently(host, () => octokit.rest.repos.createRelease(made), { once: true })).data.html_url
}

/** Names of all git tags of a repository; null where GitHub cannot be asked. */
export async function gitTags(question: Asker & { readonly repository: RepositoryName }): Promise<string[] | null> {
  const { host, repository, inputs } = question
  if (!inputs.githubToken) return null
  const octokit = await neededClient(question)
  const { owner, name: repo } = repository
  try {
    const { data } = await patiently(host, () => octokit.rest.git.listMatchingRefs({ owner, repo, ref: 'tags/' }))
    return data.map(({ ref }) => ref.replace(/^refs\/tags\//, ''))
  } catch (error) {
    host.out.debug(`git tags: ${error instanceof Error ? error.message : ''}`)
    return null
  }
}

/** The commit that a git tag leads to, through its own object where it has one; null where it is not there. */
export async function tagCommit(
  question: Asker & { readonly repository: RepositoryName; readonly tag: string },
): Promise<string | null> {
  const { host, repository, tag } = question
  const octokit = await neededClient(question)
  const { owner, name: repo } = repository
  const { data } = await patiently(host, () => octokit.rest.git.getRef({ owner, repo, ref: `tags/${tag}` }))
  if (data.object.type === 'commit') return data.object.sha
  const object = await patiently(host, () => octokit.rest.git.getTag({ owner, repo, tag_sha: data.object.sha }))
  return object.data.object.type === 'commit' ? object.data.object.sha : null
}
