import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { GraphQLError } from 'graphql'
import { git, gitBytes, tryGit, webFlow } from './git.ts'
import { nodeId } from './shapes.ts'
import { userId, type World } from './world.ts'

/** The mutation's input as GitHub's schema has it. */
export interface CommitInput {
  readonly branch: { readonly repositoryNameWithOwner?: string; readonly branchName?: string; readonly id?: string }
  readonly expectedHeadOid: string
  readonly message: { readonly headline: string; readonly body?: string }
  readonly fileChanges?: {
    readonly additions?: readonly { readonly path: string; readonly contents: string }[]
    readonly deletions?: readonly { readonly path: string }[]
  }
}

/** A commit made: where and which. */
export interface MadeCommit {
  readonly fullName: string
  readonly directory: string
  readonly ref: string
  readonly sha: string
}

/**
 * `createCommitOnBranch`: a commit on top of the expected head, or none at all. The last step is git's own
 * compare-and-swap of the ref, so that a push that comes in between is never lost.
 */
export async function createCommitOnBranch(world: World, login: string, input: CommitInput): Promise<MadeCommit> {
  const { fullName, directory, ref } = findBranch(world, input)
  const head = (await tryGit({ directory }, 'rev-parse', '--verify', '--quiet', ref))?.trim()
  if (head !== input.expectedHeadOid) throw stale(input)
  const tree = await writeTree(directory, head, input)
  const author = `${userId(login)}+${login}@users.noreply.github.com`
  const env = { ...webFlow, GIT_AUTHOR_NAME: login, GIT_AUTHOR_EMAIL: author }
  const message = input.message.body ? `${input.message.headline}\n\n${input.message.body}` : input.message.headline
  const sha = (await git({ directory, env, input: message }, 'commit-tree', tree, '-p', head)).trim()
  if ((await tryGit({ directory }, 'update-ref', ref, sha, head)) === null) throw stale(input)
  return { fullName, directory, ref, sha }
}

/** An error with the `type` that GitHub adds to GraphQL's own fields. */
export function gitHubError(type: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { type } })
}

function findBranch(world: World, { branch }: CommitInput) {
  const { base } = world
  const named = branch.id
    ? refById(world, branch.id)
    : { fullName: branch.repositoryNameWithOwner, name: branch.branchName }
  const repository = named.fullName ? world.find(named.fullName) : base
  if (!repository)
    throw gitHubError('NOT_FOUND', `Could not resolve to a Repository with the name '${named.fullName}'.`)
  if (!named.name) throw gitHubError('UNPROCESSABLE', 'A branch must be named by id, or by repository and name.')
  const fullName = `${repository.owner}/${repository.name}`
  return { fullName, directory: repository.directory, ref: `refs/heads/${named.name}` }
}

function refById(world: World, id: string): { fullName: string; name: string } {
  const ref = Buffer.from(id.replace(/^Ref_/, ''), 'base64url').toString()
  if (nodeId('Ref', ref) !== id || !ref.startsWith('refs/heads/')) {
    throw gitHubError('NOT_FOUND', `Could not resolve to a node with the global id of '${id}'.`)
  }
  return { fullName: `${world.base.owner}/${world.base.name}`, name: ref.slice('refs/heads/'.length) }
}

async function writeTree(directory: string, head: string, { fileChanges = {} }: CommitInput): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'index-'))
  const env = { GIT_INDEX_FILE: path.join(folder, 'index') }
  try {
    await git({ directory, env }, 'read-tree', head)
    const lines: string[] = []
    for (const { path: name } of fileChanges.deletions ?? []) {
      if (!(await modeOf(directory, head, checked(name)))) throw missing(head)
      lines.push(`0 ${'0'.repeat(40)}\t${name}`)
    }
    for (const { path: name, contents } of fileChanges.additions ?? []) {
      const mode = (await modeOf(directory, head, checked(name))) === '100755' ? '100755' : '100644'
      const blob = await git({ directory, input: Buffer.from(contents, 'base64') }, 'hash-object', '-w', '--stdin')
      lines.push(`${mode} ${blob.trim()}\t${name}`)
    }
    const input = lines.map((line) => `${line}\0`).join('')
    await git({ directory, env, input }, 'update-index', '--add', '--replace', '-z', '--index-info')
    return (await git({ directory, env }, 'write-tree')).trim()
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function modeOf(directory: string, commit: string, name: string): Promise<string | null> {
  const options = { directory, env: { GIT_LITERAL_PATHSPECS: '1' } }
  const entry = (await gitBytes(options, 'ls-tree', '-z', '--full-tree', commit, '--', name))?.toString() ?? ''
  return entry === '' ? null : entry.slice(0, 6)
}

/** A path within the repository; git itself would pass silently over some of these. */
function checked(name: string): string {
  const parts = name.split('/')
  if (
    parts.some((part) => part === '' || part === '.' || part === '..' || part.toLowerCase() === '.git') ||
    name.includes('\0')
  ) {
    throw gitHubError('UNPROCESSABLE', `A path was requested that is not a valid one: ${JSON.stringify(name)}`)
  }
  return name
}

function missing(head: string): GraphQLError {
  return gitHubError(
    'UNPROCESSABLE',
    `A path was requested for deletion which does not exist as of commit oid \`${head}\``,
  )
}

function stale({ expectedHeadOid }: CommitInput): GraphQLError {
  return gitHubError(
    'STALE_DATA',
    `Expected branch to point to "${expectedHeadOid}" but it did not.  Pull and try again.`,
  )
}
