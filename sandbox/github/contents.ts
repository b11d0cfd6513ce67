import { type Answer, type Call, type Handler, ok, Refusal } from './call.ts'
import { git, gitBytes, resolveCommit } from './git.ts'

/** `GET …/contents/{path}`: a file in base64, a folder's list, a link's target. */
export const contentHandlers: Readonly<Record<string, Handler>> = {
  'repos/get-content': { handle: getContent },
}

/** Bytes: a larger file comes without its content (docs.github.com, "Get repository content"). */
const inlineLimit = 1024 * 1024

interface Entry {
  readonly mode: string
  readonly type: string
  readonly sha: string
  readonly size: number
  readonly path: string
}

async function getContent(call: Call): Promise<Answer> {
  const { directory } = call.repository
  const ref = call.query.ref ?? call.repository.defaultBranch
  const sha = await resolveCommit(directory, ref)
  if (!sha) throw new Refusal(404, `No commit found for the ref ${ref}`)
  const path = call.values.path!.replace(/^\/+|\/+$/g, '')
  const [entry] = await list(directory, sha, path)
  if (!entry) throw new Refusal(404, 'Not Found')
  if (entry.type === 'tree') {
    const entries = await list(directory, sha, `${path}/`)
    return ok(entries.map((child) => ({ ...links(call, child, ref), type: kind(child), size: child.size })))
  }
  return getFile(call, entry, ref)
}

async function getFile(call: Call, entry: Entry, ref: string): Promise<Answer> {
  const type = kind(entry)
  const common = { ...links(call, entry, ref), type, size: entry.size }
  if (type === 'submodule') return ok({ ...common, submodule_git_url: null })
  const bytes = (await gitBytes({ directory: call.repository.directory }, 'cat-file', 'blob', entry.sha))!
  if (call.accept.includes('raw')) return { status: 200, body: bytes, type: 'application/vnd.github.raw+json' }
  if (type === 'symlink') return ok({ ...common, target: bytes.toString('utf8') })
  const small = entry.size <= inlineLimit
  // Base64 in lines of 60 characters, each with a line end, as GitHub sends it.
  const content = small ? bytes.toString('base64').replace(/.{1,60}/g, '$&\n') : ''
  return ok({ ...common, encoding: small ? 'base64' : 'none', content })
}

async function list(directory: string, sha: string, path: string): Promise<Entry[]> {
  const env = { GIT_LITERAL_PATHSPECS: '1' }
  const text = await git({ directory, env }, 'ls-tree', '-z', '--long', '--full-tree', sha, '--', path)
  return text.split('\0').filter(Boolean).map(readEntry)
}

function readEntry(line: string): Entry {
  const tab = line.indexOf('\t')
  const [mode, type, sha, size] = line.slice(0, tab).split(/ +/)
  return { mode: mode!, type: type!, sha: sha!, size: Number(size) || 0, path: line.slice(tab + 1) }
}

function kind(entry: Entry): string {
  if (entry.type === 'tree') return 'dir'
  if (entry.type === 'commit') return 'submodule'
  return entry.mode === '120000' ? 'symlink' : 'file'
}

function links({ repository, world }: Call, entry: Entry, ref: string) {
  const fullName = `${repository.owner}/${repository.name}`
  const path = entry.path.split('/').map(encodeURIComponent).join('/')
  const self = `${world.urls.api}/repos/${fullName}/contents/${path}?ref=${encodeURIComponent(ref)}`
  const folder = entry.type === 'tree' ? 'trees' : 'blobs'
  const data = `${world.urls.api}/repos/${fullName}/git/${folder}/${entry.sha}`
  const html = `${world.urls.server}/${fullName}/${entry.type === 'tree' ? 'tree' : 'blob'}/${encodeURI(ref)}/${path}`
  return {
    name: entry.path.split('/').at(-1),
    path: entry.path,
    sha: entry.sha,
    url: self,
    git_url: data,
    html_url: html,
    download_url: entry.type === 'blob' ? `${world.urls.server}/${fullName}/raw/${encodeURI(ref)}/${path}` : null,
    _links: { self, git: data, html },
  }
}
