import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type Answer, type Call, type Handler, ok, Refusal } from './call.ts'
import { git, gitBytes, resolveCommit, tryGit, webFlow } from './git.ts'
import { nodeId } from './shapes.ts'
import { userId } from './world.ts'

/** Git's own objects: `GET` and `POST …/git/{trees,blobs,commits}`. */
export const gitDataHandlers: Readonly<Record<string, Handler>> = {
  'git/get-tree': { handle: getTree },
  'git/get-blob': { handle: getBlob },
  'git/create-blob': { needs: ['contents'], handle: createBlob },
  'git/create-tree': { needs: ['contents'], handle: createTree },
  'git/create-commit': { needs: ['contents'], handle: createCommit },
}

/** GitHub lists no more entries of a tree (docs.github.com, "Get a tree"). */
const listedEntries = 100_000

async function getTree(call: Call): Promise<Answer> {
  const { directory } = call.repository
  const name = call.values.tree_sha!
  const sha = (await resolveCommit(directory, name)) ?? name
  const tree = (await tryGit({ directory }, 'rev-parse', '--verify', '--quiet', `${sha}^{tree}`))?.trim()
  if (!tree) throw new Refusal(404, 'Not Found')
  const recursive = call.query.recursive === undefined ? [] : ['-r', '-t']
  const text = await git({ directory }, 'ls-tree', ...recursive, '-z', '--long', '--full-tree', tree)
  const entries = text.split('\0').filter(Boolean)
  return ok({
    sha: tree,
    url: `${objects(call)}/trees/${tree}`,
    tree: entries.slice(0, listedEntries).map((line) => treeEntry(call, line)),
    truncated: entries.length > listedEntries,
  })
}

function treeEntry(call: Call, line: string): object {
  const tab = line.indexOf('\t')
  const [mode, type, sha, size] = line.slice(0, tab).split(/ +/)
  const shown = { path: line.slice(tab + 1), mode, type, sha }
  if (type === 'commit') return shown
  const url = `${objects(call)}/${type}s/${sha}`
  return { ...shown, ...(type === 'blob' ? { size: Number(size) } : {}), url }
}

async function getBlob(call: Call): Promise<Answer> {
  const sha = call.values.file_sha!
  const bytes = await gitBytes({ directory: call.repository.directory }, 'cat-file', 'blob', sha)
  if (!bytes) throw new Refusal(404, 'Not Found')
  if (call.accept.includes('raw')) return { status: 200, body: bytes, type: 'application/vnd.github.raw+json' }
  const content = bytes.toString('base64').replace(/.{1,60}/g, '$&\n')
  const url = `${objects(call)}/blobs/${sha}`
  return ok({ sha, node_id: nodeId('Blob', sha), size: bytes.length, url, content, encoding: 'base64' })
}

async function createBlob(call: Call): Promise<Answer> {
  const encoding = call.body.encoding === 'base64' ? 'base64' : 'utf8'
  const input = Buffer.from(String(call.body.content), encoding)
  const sha = (await git({ directory: call.repository.directory, input }, 'hash-object', '-w', '--stdin')).trim()
  return { status: 201, body: { sha, url: `${objects(call)}/blobs/${sha}` } }
}

async function createTree(call: Call): Promise<Answer> {
  const { directory } = call.repository
  const folder = await mkdtemp(path.join(tmpdir(), 'index-'))
  const env = { GIT_INDEX_FILE: path.join(folder, 'index') }
  try {
    if (call.body.base_tree) await git({ directory, env }, 'read-tree', String(call.body.base_tree))
    const entries = call.body.tree as readonly { path: string; mode: string; sha: string | null }[]
    const input = entries.map((entry) => `${entry.mode} ${entry.sha ?? '0'.repeat(40)}\t${entry.path}\0`).join('')
    await git({ directory, env, input }, 'update-index', '--add', '--replace', '-z', '--index-info')
    const sha = (await git({ directory, env }, 'write-tree')).trim()
    const answer = await getTree({ ...call, values: { ...call.values, tree_sha: sha }, query: {} })
    return { ...answer, status: 201 }
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function createCommit(call: Call): Promise<Answer> {
  const { directory } = call.repository
  const parents = (call.body.parents ?? []) as readonly string[]
  const email = `${userId(call.login)}+${call.login}@users.noreply.github.com`
  const env = { ...webFlow, GIT_AUTHOR_NAME: call.login, GIT_AUTHOR_EMAIL: email }
  const options = { directory, env, input: String(call.body.message) }
  const args = ['commit-tree', String(call.body.tree), ...parents.flatMap((parent) => ['-p', parent])]
  const sha = (await tryGit(options, ...args))?.trim()
  if (!sha) throw new Refusal(422, 'Tree SHA does not exist')
  return { status: 201, body: await commitObject(call, sha) }
}

async function commitObject(call: Call, sha: string): Promise<object> {
  const { directory, owner, name } = call.repository
  const format = '%T%x00%P%x00%an%x00%ae%x00%aI%x00%cn%x00%ce%x00%cI%x00%B'
  const [tree, parents, author, email, date, committer, committerEmail, committed, message] = (
    await git({ directory }, 'show', '-s', `--format=${format}`, sha)
  ).split('\0')
  const link = (commit: string) => ({
    sha: commit,
    url: `${objects(call)}/commits/${commit}`,
    html_url: `${call.world.urls.server}/${owner}/${name}/commit/${commit}`,
  })
  return {
    ...link(sha),
    node_id: nodeId('Commit', sha),
    author: { name: author, email, date },
    committer: { name: committer, email: committerEmail, date: committed },
    tree: { sha: tree, url: `${objects(call)}/trees/${tree}` },
    message: message!.trimEnd(),
    parents: parents!.split(' ').filter(Boolean).map(link),
    verification: { verified: true, reason: 'valid', signature: 'x', payload: 'x', verified_at: committed },
  }
}

function objects({ world, repository }: Call): string {
  return `${world.urls.api}/repos/${repository.owner}/${repository.name}/git`
}
