import { randomBytes } from 'node:crypto'
import { constants } from 'node:fs'
import { open, realpath, rename, rm, writeFile } from 'node:fs/promises'
import path, { posix } from 'node:path'
import { ActionError } from '../errors.ts'
import type { Git } from './git.ts'
import type { Asker } from './github-client.ts'
import { type RepositoryName, readRemoteTree } from './github-tree.ts'

/** Files of one state of the repository as texts, by their paths from its root. What they hold is data: no link is followed. */
export interface RepositoryFiles {
  /** The commit, null for the work tree. */
  readonly commit: string | null
  /**
   * Those of the paths that are there. Throws ActionError('lock') for what is no regular file of the repository (links, devices,
   * folders outside) or too large.
   */
  read(paths: readonly string[]): Promise<ReadonlyMap<string, string>>
}

/** Longest file, bytes: locks of many platforms are large, what people write is not. */
const lockBytes = 16_000_000
const textBytes = 1024 * 1024

/** The files as they lie in the folder. */
export function workTreeFiles(cwd: string): RepositoryFiles {
  return {
    commit: null,
    read: async (paths) => {
      const found = await Promise.all(
        [...new Set(paths)].map(async (name) => [name, await readWorkFile(cwd, name)] as const),
      )
      return new Map(found.filter((entry): entry is [string, string] => entry[1] !== null))
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
      for (const { path: name, mode, size } of found) {
        if (!mode.startsWith('100')) throw refused(name, 'it is a symlink or a submodule')
        if (size > limit(name)) throw refused(name, tooLarge(name))
      }
      const blobs = await git.blobs([...new Set(found.map((entry) => entry.oid))])
      return new Map(found.map((entry) => [entry.path, blobs.get(entry.oid)?.toString() ?? '']))
    },
  }
}

/** The files of a commit that this clone may lack: by GitHub's API, without touching the disk. */
export function remoteFiles(
  question: Asker & { readonly repository: RepositoryName; readonly git: Git | null; readonly commit: string },
): RepositoryFiles {
  return {
    commit: question.commit,
    read: async (paths) => {
      const names = new Set(paths)
      const tree = await readRemoteTree({ ...question, wanted: (name) => names.has(name), limit })
      const [bad] = tree.refused
      if (bad) throw refused(bad[0], bad[1])
      return tree.contents
    },
  }
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
      await checkFolder(cwd, file.path)
      file.other = `${file.target}.${randomBytes(6).toString('hex')}.tmp`
      await writeFile(file.other, file.text, { flag: 'wx' })
    }
    for (const file of aside) await rename(file.other, file.target)
  } finally {
    await Promise.all(aside.filter(({ other }) => other !== '').map(({ other }) => rm(other, { force: true })))
  }
}

async function readWorkFile(cwd: string, name: string): Promise<string | null> {
  try {
    await checkFolder(cwd, name)
    // A FIFO is opened without waiting for its other end; what is no regular file is refused below.
    const handle = await open(path.join(cwd, name), constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    try {
      const status = await handle.stat()
      if (!status.isFile()) throw refused(name, 'it is not a regular file')
      if (status.size > limit(name)) throw refused(name, tooLarge(name))
      return await handle.readFile('utf8')
    } finally {
      await handle.close()
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return null
    if (code === 'ELOOP') throw refused(name, 'it is a symlink')
    throw error
  }
}

/** The folder of a file has to be where its name says: behind a link it would be another place. */
async function checkFolder(cwd: string, name: string): Promise<void> {
  const folder = posix.dirname(posix.normalize(name))
  if (posix.isAbsolute(folder) || folder === '..' || folder.startsWith('../'))
    throw refused(name, 'it is outside of the repository')
  const [root, real] = await Promise.all([realpath(cwd), realpath(path.join(cwd, folder))])
  if (real !== path.join(root, folder)) throw refused(name, 'a folder on the way to it is a symlink')
}

function limit(name: string): number {
  return /\.lock$|(^|\/)[^/]*lock\.ya?ml$/.test(name) ? lockBytes : textBytes
}

function tooLarge(name: string): string {
  return `it is larger than ${limit(name) === lockBytes ? '16 MB' : '1 MiB'}`
}

function refused(name: string, reason: string): ActionError {
  return new ActionError('lock', `${name} is not read: ${reason}`, [
    'environment files, locks and what they name are regular files of the repository',
  ])
}
