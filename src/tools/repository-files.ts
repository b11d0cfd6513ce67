import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { open, realpath, rename, rm, writeFile } from 'node:fs/promises'
import path, { posix } from 'node:path'
import { ActionError, messageOf } from '../errors.ts'
import type { Tree } from '../stack/types.ts'
import type { Git } from './git.ts'
import { readRemoteTree, remoteTree } from './github-tree.ts'

/** Files of one state of the repository as texts, by their paths from its root. What they hold is data: no link is followed. */
export interface RepositoryFiles {
  /** The commit, null for the work tree. */
  readonly commit: string | null
  /** Those of the paths that are there; refused is what is no regular file of the repository (links, devices, places outside) or too large. */
  read(paths: readonly string[]): Promise<ReadTexts>
}

/** Texts and reasons by path. */
export type ReadTexts = Pick<Tree, 'contents' | 'refused'>

/** Longest file, bytes: locks of many platforms are large, what people write is not. */
const lockBytes = 16_000_000
const textBytes = 1024 * 1024

/** The files as they lie in the folder. */
export function workTreeFiles(cwd: string): RepositoryFiles {
  return {
    commit: null,
    read: async (paths) => {
      const [contents, refused] = [new Map<string, string>(), new Map<string, string>()]
      const read = async (name: string) => {
        const found = await readWorkFile(cwd, name)
        if (found === null) return
        if ('text' in found) contents.set(name, found.text)
        else refused.set(name, found.reason)
      }
      await Promise.all([...new Set(paths)].map(read))
      return { contents, refused }
    },
  }
}

/** The files of a commit, from git's objects. */
export function commitFiles(git: Git, commit: string): RepositoryFiles {
  const listed = git.tree(commit).then((entries) => new Map(entries.map((entry) => [entry.path, entry])))
  listed.catch(() => undefined)
  return {
    commit,
    read: async (paths) => {
      const entries = await listed
      const found = [...new Set(paths)].flatMap((name) => entries.get(name) ?? [])
      const reasonOf = ({ path: name, mode, size }: (typeof found)[number]) =>
        mode.startsWith('100') ? (size > limit(name) ? tooLarge(name) : null) : 'it is a symlink or a submodule'
      const good = found.filter((entry) => reasonOf(entry) === null)
      const blobs = await git.blobs([...new Set(good.map((entry) => entry.oid))])
      return {
        contents: new Map(good.map((entry) => [entry.path, blobs.get(entry.oid)?.toString() ?? ''])),
        refused: new Map(found.flatMap((entry) => (good.includes(entry) ? [] : [[entry.path, reasonOf(entry) ?? '']]))),
      }
    },
  }
}

/** A commit that this clone may lack. */
type RemoteQuestion = Omit<Parameters<typeof readRemoteTree>[0], 'wanted' | 'limit' | 'listed' | 'known'>

/**
 * The tree of a commit that this clone may lack, by GitHub's API, with what `wanted` asks for, and its other files when they are
 * asked for. Nothing of it touches the disk, it is listed once, and no file is fetched twice.
 */
export async function readRemote(
  question: RemoteQuestion,
  wanted: (path: string) => boolean,
): Promise<{ tree: Tree; files: RepositoryFiles }> {
  const shared = { ...question, limit, listed: await remoteTree(question), known: new Map<string, string>() }
  const read = async (paths: readonly string[]) => {
    const names = new Set(paths)
    return await readRemoteTree({ ...shared, wanted: (name) => names.has(name) })
  }
  return { tree: await readRemoteTree({ ...shared, wanted }), files: { commit: question.commit, read } }
}

/**
 * Writes files into the folder, each aside first and then by its name: a run that is killed leaves every file either as it
 * was or as it is to be. The folders have to be there. Throws
 * ActionError('lock') where one on the way is a link.
 */
export async function writeFiles(
  cwd: string,
  files: readonly { readonly path: string; readonly text: string }[],
): Promise<void> {
  const aside = files.map((file) => ({ ...file, target: path.join(cwd, file.path), other: '' }))
  try {
    for (const file of aside) {
      const stray = await strayness(cwd, file.path)
      if (stray)
        throw new ActionError('lock', `${file.path} is not written: ${stray}`, [
          'a lock is a plain file in a plain folder',
        ])
      file.other = `${file.target}.${randomBytes(6).toString('hex')}.tmp`
      await writeFile(file.other, file.text, { flag: 'wx' })
    }
    for (const file of aside) await rename(file.other, file.target)
  } finally {
    await Promise.all(aside.filter(({ other }) => other !== '').map(({ other }) => rm(other, { force: true })))
  }
}

async function readWorkFile(cwd: string, name: string): Promise<{ text: string } | { reason: string } | null> {
  try {
    const stray = await strayness(cwd, name)
    if (stray) return { reason: stray }
    // A FIFO is opened without waiting for its other end; what is no regular file is refused below.
    const handle = await open(path.join(cwd, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const status = await handle.stat()
      if (!status.isFile()) return { reason: 'it is not a regular file' }
      return status.size > limit(name) ? { reason: tooLarge(name) } : { text: await handle.readFile('utf8') }
    } finally {
      await handle.close()
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    return { reason: code === 'ELOOP' ? 'it is a symlink' : messageOf(error) }
  }
}

/** Why a file is not where its name says, null where it is: behind a link it would be another place. */
async function strayness(cwd: string, name: string): Promise<string | null> {
  const folder = posix.dirname(posix.normalize(name))
  if (posix.isAbsolute(folder) || folder === '..' || folder.startsWith('../')) return 'it is outside of the repository'
  const [root, real] = await Promise.all([realpath(cwd), realpath(path.join(cwd, folder))])
  return real === path.join(root, folder) ? null : 'a folder on the way to it is a symlink'
}

function limit(name: string): number {
  return /\.lock$|(^|\/)[^/]*lock\.ya?ml$/.test(name) ? lockBytes : textBytes
}

function tooLarge(name: string): string {
  return `it is larger than ${limit(name) === lockBytes ? '16 MB' : '1 MiB'}`
}
