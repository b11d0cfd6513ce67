import { messageOf } from '../errors.ts'
import { type Asker, githubClient, isRefusal, neededClient, patiently, statusOf } from './github-client.ts'
import type { RepositoryName } from './github-tree.ts'

/** Whose token it is. */
export interface Account {
  readonly login: string
  /** Of a workflow (GITHUB_TOKEN) or an App, rather than of a person. */
  readonly bot: boolean
  /** Whether what it pushes starts workflows: all tokens' do but GITHUB_TOKEN's. */
  readonly startsRuns: boolean
}

/** The account behind every GITHUB_TOKEN. */
const workflowBot = 'github-actions[bot]'

/** Whose token the run has; null without one, or where GitHub does not tell. */
export async function tokenAccount(asker: Asker): Promise<Account | null> {
  const octokit = await githubClient(asker)
  if (!octokit) return null
  try {
    const { viewer } = await patiently(asker.host, () =>
      octokit.graphql<{ viewer: { login: string } }>('{ viewer { login } }'),
    )
    // Tokens of Apps and workflows begin so, whether or not GraphQL writes the suffix.
    const bot = viewer.login.endsWith('[bot]') || asker.inputs.githubToken.startsWith('ghs_')
    const login = bot && !viewer.login.endsWith('[bot]') ? `${viewer.login}[bot]` : viewer.login
    return { login, bot, startsRuns: login !== workflowBot }
  } catch (error) {
    asker.host.out.debug(`whose token it is: ${messageOf(error)}`)
    return null
  }
}

/**
 * Whether the token may write a repository's contents. GitHub tells that of people's tokens only: an installation's is
 * told by trying, with the one write that leaves nothing behind, an empty blob that no commit holds.
 */
export async function mayWriteContents(question: Asker & { readonly repository: RepositoryName }): Promise<boolean> {
  const { host, repository } = question
  const octokit = await neededClient(question)
  const { owner, name: repo } = repository
  try {
    await patiently(host, () => octokit.rest.git.createBlob({ owner, repo, content: '', encoding: 'utf-8' }))
    return true
  } catch (error) {
    if (isRefusal(error)) return false
    throw error
  }
}

/** Whether the person whose token it is has write access to a repository. */
export async function hasPushAccess(question: Asker & { readonly repository: RepositoryName }): Promise<boolean> {
  const { host, repository } = question
  const octokit = await neededClient(question)
  const { data } = await patiently(host, () =>
    octokit.rest.repos.get({ owner: repository.owner, repo: repository.name }),
  )
  return data.permissions?.push === true
}

/** Whether an account may write to a repository (`write`, `maintain` or `admin`), by login and id: a login can change hands. */
export async function mayWrite(
  question: Asker & { readonly repository: RepositoryName; readonly person: { login: string; id: number } },
): Promise<boolean> {
  const { host, repository, person } = question
  const octokit = await neededClient(question)
  const { owner, name: repo } = repository
  try {
    const { data } = await patiently(host, () =>
      octokit.rest.repos.getCollaboratorPermissionLevel({ owner, repo, username: person.login }),
    )
    // `maintain` is told as write.
    return ['write', 'admin'].includes(data.permission) && data.user?.id === person.id
  } catch (error) {
    if (statusOf(error) === 404) return false
    throw error
  }
}
