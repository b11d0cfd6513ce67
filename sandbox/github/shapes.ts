import { example, type Json } from './description.ts'
import type { ChangedFile } from './diff.ts'
import { git } from './git.ts'
import type { RepositoryIdentity, ServedRepository } from './types.ts'
import { type StoredStatus, type Urls, userId, type World } from './world.ts'

/** An answer, or a part of one. */
export type Shape = Record<string, unknown>

/** Addresses that payloads hold; the API's and the server's root. */
export type Addresses = Pick<Urls, 'api' | 'server'>

/** A user as answers and payloads name one; a login that ends in `[bot]` is a bot. */
export function userShape(login: string, urls: Addresses, kind: 'User' | 'Organization' = 'User'): Shape {
  const id = userId(login)
  const name = encodeURIComponent(login)
  const url = `${urls.api}/users/${name}`
  return {
    login,
    id,
    node_id: nodeId('User', id),
    avatar_url: `${urls.server}/avatars/${id}`,
    gravatar_id: '',
    url,
    html_url: `${urls.server}/${name}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: login.endsWith('[bot]') ? 'Bot' : kind,
    site_admin: false,
  }
}

/** A repository with all its fields; a fork has no parent here. */
export function repositoryShape(repository: RepositoryIdentity, urls: Urls): Shape {
  const fullName = `${repository.owner}/${repository.name}`
  const sample = example<Shape>('full-repository-default-response')
  const { parent: _, source: __, organization: ___, template_repository: ____, ...fields } = sample
  return {
    ...named(fields, fullName, urls),
    id: repository.id,
    node_id: nodeId('Repository', repository.id),
    name: repository.name,
    full_name: fullName,
    owner: userShape(repository.owner, urls),
    private: repository.private ?? false,
    visibility: repository.private ? 'private' : 'public',
    fork: repository.fork ?? false,
    default_branch: repository.defaultBranch,
    // Required, and missing in the sample.
    language: 'Dockerfile',
    clone_url: `${urls.server}/${fullName}.git`,
  }
}

/** A commit; with its files where they are given. */
export async function commitShape(
  repository: ServedRepository,
  sha: string,
  urls: Urls,
  files?: readonly ChangedFile[],
): Promise<Shape> {
  const format = '%T%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B'
  const fields = (await git({ directory: repository.directory }, 'show', '-s', `--format=${format}`, sha)).split('\0')
  const [tree, parents, authorName, authorEmail, authorDate, name, email, date, message] = fields as string[]
  const api = `${urls.api}/repos/${repository.owner}/${repository.name}`
  const web = `${urls.server}/${repository.owner}/${repository.name}`
  const link = (commit: string) => ({
    sha: commit,
    url: `${api}/commits/${commit}`,
    html_url: `${web}/commit/${commit}`,
  })
  return {
    ...link(sha),
    node_id: nodeId('Commit', sha),
    comments_url: `${api}/commits/${sha}/comments`,
    commit: {
      url: `${api}/git/commits/${sha}`,
      author: { name: authorName, email: authorEmail, date: utc(authorDate!) },
      committer: { name, email, date: utc(date!) },
      message: message!.trimEnd(),
      tree: { sha: tree, url: `${api}/git/trees/${tree}` },
      comment_count: 0,
      verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
    },
    // An e-mail address that belongs to no account: GitHub then names no user.
    author: null,
    committer: null,
    parents: parents!.split(' ').filter(Boolean).map(link),
    ...(files ? { stats: statistics(files), files: files.map((file) => fileShape(repository, file, sha, urls)) } : {}),
  }
}

/** A changed file; without its patch, which GitHub leaves out too where it is large. */
export function fileShape(repository: ServedRepository, file: ChangedFile, sha: string, urls: Urls): Shape {
  const fullName = `${repository.owner}/${repository.name}`
  const path = file.filename.split('/').map(encodeURIComponent).join('/')
  return {
    sha: file.sha,
    filename: file.filename,
    status: file.status,
    additions: file.additions,
    deletions: file.deletions,
    changes: file.additions + file.deletions,
    blob_url: `${urls.server}/${fullName}/blob/${sha}/${path}`,
    raw_url: `${urls.server}/${fullName}/raw/${sha}/${path}`,
    contents_url: `${urls.api}/repos/${fullName}/contents/${path}?ref=${sha}`,
    ...(file.previous === null ? {} : { previous_filename: file.previous }),
  }
}

/** A commit status. */
export function statusShape(world: World, status: StoredStatus): Shape {
  const { base, urls } = world
  return {
    ...named(example('status'), `${base.owner}/${base.name}`, urls),
    url: `${urls.api}/repos/${base.owner}/${base.name}/statuses/${status.sha}`,
    id: status.id,
    node_id: nodeId('StatusContext', status.id),
    state: status.state,
    context: status.context,
    description: status.description,
    target_url: status.targetUrl,
    creator: userShape(status.login, urls),
  }
}

/** A ref with the object that it points at. */
export function refShape(
  repository: ServedRepository,
  ref: string,
  object: { sha: string; type: string },
  urls: Urls,
): Shape {
  const api = `${urls.api}/repos/${repository.owner}/${repository.name}/git`
  const folder = object.type === 'tag' ? 'tags' : 'commits'
  return {
    ref,
    node_id: nodeId('Ref', ref),
    url: `${api}/${ref.split('/').map(encodeURIComponent).join('/')}`,
    object: { ...object, url: `${api}/${folder}/${object.sha}` },
  }
}

/** GitHub's opaque ids: text that names kind and number. */
export function nodeId(kind: string, id: string | number): string {
  return `${kind}_${Buffer.from(String(id)).toString('base64url')}`
}

/** Lines added and removed in all files. */
export function statistics(files: readonly ChangedFile[]): { additions: number; deletions: number; total: number } {
  const sum = (key: 'additions' | 'deletions') => files.reduce((total, file) => total + file[key], 0)
  return { additions: sum('additions'), deletions: sum('deletions'), total: sum('additions') + sum('deletions') }
}

/** A sample of GitHub's description with this repository's name and this server's addresses. */
export function named(sample: Json, fullName: string, urls: Urls): Shape {
  return localize(JSON.parse(JSON.stringify(sample).replaceAll('octocat/Hello-World', fullName)), urls)
}

function localize(value: Shape, urls: Urls): Shape {
  const text = JSON.stringify(value)
    .replaceAll('https://api.github.com', urls.api)
    .replaceAll('https://github.com/', `${urls.server}/`)
  return JSON.parse(text)
}

/** GitHub writes dates in UTC, without fractions. */
function utc(date: string): string {
  return new Date(date).toISOString().replace('.000Z', 'Z')
}
