import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { git, tryGit } from './git.ts'

/** A commit to make in a bare repository, with no work tree. */
export interface SeedCommit {
  readonly branch: string
  /** Contents by path; null removes a file, a `link` makes a symbolic one. */
  readonly files: Readonly<Record<string, string | Buffer | null | { readonly link: string }>>
  readonly message?: string
  /** What a new branch starts from; an existing branch goes on from its own head. */
  readonly from?: string
  readonly author?: { readonly name: string; readonly email: string }
  /** Seconds since 1970: the same seed gives the same SHAs. */
  readonly time?: number
}

/** Makes an empty bare repository. */
export async function createBareRepository(directory: string, { defaultBranch = 'main' } = {}): Promise<void> {
  await git({ directory }, 'init', '--quiet', '--bare', `--initial-branch=${defaultBranch}`, directory)
}

/** Adds a commit to a branch, as a push by somebody would; gives its SHA. */
export async function commitFiles(directory: string, commit: SeedCommit): Promise<string> {
  const ref = `refs/heads/${commit.branch}`
  const parent = (await revision(directory, ref)) ?? (commit.from ? await revision(directory, commit.from) : null)
  const tree = await writeTree(directory, parent, commit.files)
  const { name, email } = commit.author ?? { name: 'Ann', email: 'ann@example.org' }
  const date = `@${commit.time ?? 1_760_000_000} +0000`
  const env = {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  }
  const parents = parent ? ['-p', parent] : []
  const sha = (
    await git({ directory, env, input: commit.message ?? 'Change files' }, 'commit-tree', tree, ...parents)
  ).trim()
  await git({ directory }, 'update-ref', ref, sha)
  return sha
}

async function writeTree(directory: string, parent: string | null, files: SeedCommit['files']): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'index-'))
  const env = { GIT_INDEX_FILE: path.join(folder, 'index') }
  try {
    if (parent) await git({ directory, env }, 'read-tree', parent)
    const blobs = await writeBlobs(directory, Object.values(files).map(bytesOf), path.join(folder, 'marks'))
    const lines = Object.entries(files).map(([name, content], index) => {
      if (content === null) return `0 ${'0'.repeat(40)}\t${name}\0`
      return `${isLink(content) ? '120000' : '100644'} ${blobs[index]}\t${name}\0`
    })
    await git({ directory, env, input: lines.join('') }, 'update-index', '--add', '--replace', '-z', '--index-info')
    return (await git({ directory, env }, 'write-tree')).trim()
  } finally {
    await rm(folder, { recursive: true })
  }
}

/** Writes all blobs by one process, so that ten thousand files take no minute; gives their ids in the same order. */
async function writeBlobs(directory: string, contents: readonly Buffer[], marksFile: string): Promise<string[]> {
  const parts = contents.flatMap((content, index) => [
    Buffer.from(`blob\nmark :${index + 1}\ndata ${content.length}\n`),
    content,
    Buffer.from('\n'),
  ])
  if (parts.length === 0) return []
  await git({ directory, input: Buffer.concat(parts) }, 'fast-import', '--quiet', `--export-marks=${marksFile}`)
  const blobs: string[] = []
  for (const line of (await readFile(marksFile, 'utf8')).trim().split('\n')) {
    const [mark, id] = line.split(' ')
    blobs[Number(mark!.slice(1)) - 1] = id!
  }
  return blobs
}

function bytesOf(content: SeedCommit['files'][string]): Buffer {
  if (content === null) return Buffer.alloc(0)
  return Buffer.from(isLink(content) ? content.link : (content as string))
}

function isLink(content: SeedCommit['files'][string]): content is { readonly link: string } {
  return typeof content === 'object' && content !== null && 'link' in content
}

async function revision(directory: string, name: string): Promise<string | null> {
  return (await tryGit({ directory }, 'rev-parse', '--verify', '--quiet', `${name}^{commit}`))?.trim() ?? null
}
