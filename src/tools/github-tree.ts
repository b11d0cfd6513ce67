import pLimit from 'p-limit'
import { ActionError } from '../errors.ts'
import type { Tree, TreeEntry } from '../stack/types.ts'
import type { Git } from './git.ts'
import { type Asker, neededClient, patiently, statusOf } from './github-client.ts'

/** A file of a commit as GitHub lists it; its object id, and bytes. */
export interface RemoteEntry extends TreeEntry {
  readonly oid: string
  readonly size: number
}

/** A repository by name. */
export interface RepositoryName {
  readonly owner: string
  readonly name: string
}

/** Blobs are asked for so many at once, and so many of one commit: GitHub counts requests by the hour. */
const atOnce = 4
const most = 500

/**
 * All files of a commit by GitHub's API, links and submodules included. A fork's commit is found in the repository that
 * its pull request is made to. Throws ActionError('github') where GitHub does not know it or lists a part only.
 */
export async function remoteTree(
  question: Asker & { readonly repository: RepositoryName; readonly commit: string },
): Promise<readonly RemoteEntry[]> {
  const { host, repository, commit } = question
  const octokit = await neededClient(question)
  try {
    const { data } = await patiently(host, () =>
      octokit.rest.git.getTree({
        owner: repository.owner,
        repo: repository.name,
        tree_sha: commit,
        recursive: 'true',
      }),
    )
    if (data.truncated)
      throw new ActionError('github', `GitHub does not list all files of ${commit.slice(0, 7)}: there are too many`, [
        'check the commit out with actions/checkout (`ref`) before this step',
      ])
    return data.tree.flatMap(({ path, mode, type, sha, size }) =>
      type === 'tree' ? [] : [{ path, mode, oid: sha, size: size ?? 0 }],
    )
  } catch (error) {
    if (statusOf(error) !== 404) throw error
    throw new ActionError('github', `GitHub does not know the commit ${commit.slice(0, 7)}`, [
      'it was pushed over or its branch is gone; the token in github-token needs `contents: read`',
    ])
  }
}

/**
 * Files of a commit that is not checked out, as data: nothing of it touches the disk. What `wanted` asks for is read,
 * from the clone where it has the same object, else by GitHub's API; links, submodules and files above `limit` bytes are
 * refused.
 */
export async function readRemoteTree(
  question: Asker & {
    readonly repository: RepositoryName
    readonly commit: string
    readonly git: Git | null
    readonly wanted: (path: string) => boolean
    readonly limit: (path: string) => number
    /** The commit's files where they were listed before. */
    readonly listed?: readonly RemoteEntry[]
    /** Texts of blobs that were read before, by object id; what is read is added. */
    readonly known?: Map<string, string>
  },
): Promise<Tree> {
  const { wanted, limit } = question
  const entries = question.listed ?? (await remoteTree(question))
  const asked = entries.filter((entry) => wanted(entry.path))
  const regular = asked.filter((entry) => entry.mode.startsWith('100'))
  const read = new Set(regular.filter((entry) => entry.size <= limit(entry.path)))
  const blobs = await readBlobs({ ...question, oids: [...new Set([...read].map((entry) => entry.oid))] })
  const refused = asked.filter((entry) => !read.has(entry))
  return {
    entries,
    contents: new Map([...read].map((entry) => [entry.path, blobs.get(entry.oid) ?? ''])),
    refused: new Map(refused.map((entry) => [entry.path, reason(entry, limit(entry.path))])),
  }
}

function reason({ mode, size }: RemoteEntry, limit: number): string {
  return mode.startsWith('100') ? `it has ${size} bytes, more than ${limit}` : 'it is a symlink or a submodule'
}

async function readBlobs(
  question: Asker & {
    repository: RepositoryName
    git: Git | null
    oids: readonly string[]
    known?: Map<string, string>
  },
): Promise<ReadonlyMap<string, string>> {
  const { git, oids, repository, host } = question
  const found = question.known ?? new Map<string, string>()
  const here = new Set(git && (await git.commit('HEAD')) ? (await git.tree('HEAD')).map((entry) => entry.oid) : [])
  const local = await git?.blobs(oids.filter((oid) => here.has(oid) && !found.has(oid)))
  for (const [oid, bytes] of local ?? []) found.set(oid, bytes.toString())
  const missing = oids.filter((oid) => !found.has(oid))
  if (missing.length === 0) return found
  if (missing.length > most)
    throw new ActionError('github', `${missing.length} files are to be read from GitHub, more than ${most}`, [
      'name the folder of the stack (input path), or check the commit out with actions/checkout (`ref`)',
    ])
  const octokit = await neededClient(question)
  const limit = pLimit(atOnce)
  const read = async (oid: string) => {
    const { data } = await patiently(host, () =>
      octokit.rest.git.getBlob({ owner: repository.owner, repo: repository.name, file_sha: oid }),
    )
    found.set(oid, Buffer.from(data.content, data.encoding === 'base64' ? 'base64' : 'utf8').toString())
  }
  await Promise.all(missing.map((oid) => limit(read, oid)))
  return found
}
