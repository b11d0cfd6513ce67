import { closeSync, constants, type Dirent, fstatSync, openSync, readSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { ActionError, messageOf } from '../errors.ts'
import type { Tree, TreeEntry } from '../stack/types.ts'
import type { Git, Listing } from './git.ts'

/** Longest file that is read for the plan, bytes. Of a lock only the head is wanted. */
const contentBytes = 1024 * 1024
const lockHeadBytes = 64 * 1024
/** Most locks begin with their packages before this many bytes, and what follows is not wanted. */
const shortHeadBytes = 4 * 1024
const folderEntries = 500_000

type Wanted = (path: string) => boolean

/**
 * The work tree as git sees it: tracked files that are there, and new ones that are not ignored. Tracked files are read while
 * git still looks for new ones; `onText` is told of each.
 */
export async function readWorkTree({
  git,
  cwd,
  wanted,
  listing = git.listing(),
  onText,
}: {
  git: Git
  cwd: string
  wanted: Wanted
  listing?: Listing
  onText?: (path: string, text: string) => void
}): Promise<Tree> {
  const reader = contentReader(cwd, wanted, onText)
  for (const entry of await listing.tracked) reader.read(entry)
  return reader.treeOf(await git.workTree(listing))
}

/** A folder that git does not know. Symlinks are listed, never followed; `.git` and `node_modules` are passed over. */
export async function readFolderTree({ cwd, wanted }: { cwd: string; wanted: Wanted }): Promise<Tree> {
  const entries: TreeEntry[] = []
  for (const folders = ['']; folders.length > 0; ) {
    const folder = folders.pop() ?? ''
    for (const child of await childrenOf(cwd, folder)) {
      const name = folder ? `${folder}/${child.name}` : child.name
      if (child.isDirectory() && child.name !== '.git' && child.name !== 'node_modules') folders.push(name)
      if (!child.isDirectory()) entries.push({ path: name, mode: modeOf(child) })
    }
    if (entries.length > folderEntries)
      throw new ActionError('stack', `${cwd} holds more than ${folderEntries} files`, [
        'name the folder of the images alone (--repo), or make it a git repository: ignored files do not count then',
      ])
  }
  return contentReader(cwd, wanted).treeOf(entries)
}

async function childrenOf(cwd: string, folder: string): Promise<Dirent[]> {
  try {
    return await readdir(path.join(cwd, folder), { withFileTypes: true })
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new ActionError('stack', `the folder ${folder || cwd} cannot be read (${code ?? messageOf(cause)})`, [
      'let the user of this run read it, or name the folder of the images alone (--repo)',
    ])
  }
}

/** The files of a commit, read from git's objects: nothing of the work tree counts. */
export async function readCommitTree({
  git,
  revision,
  wanted,
}: {
  git: Git
  revision: string
  wanted: Wanted
}): Promise<Tree> {
  const entries = await git.tree(revision)
  const regular = entries.filter((entry) => wanted(entry.path) && entry.mode.startsWith('100'))
  const small = regular.filter((entry) => entry.size <= contentBytes || isLock(entry.path))
  const blobs = await git.blobs([...new Set(small.map((entry) => entry.oid))])
  const read = new Set(small)
  const refused = entries.filter((entry) => wanted(entry.path) && !read.has(entry))
  return {
    entries,
    contents: new Map(
      small.map((entry) => [entry.path, blobs.get(entry.oid)?.toString('utf8', 0, lockHead(entry.path)) ?? '']),
    ),
    refused: new Map(
      refused.map((entry) => [entry.path, entry.mode.startsWith('100') ? tooBig : 'it is a symlink or a submodule']),
    ),
  }
}

const tooBig = 'it is larger than 1 MiB'

type Contents = { readonly text: string } | { readonly reason: string }

/** Reads each wanted file once. Synchronous: for thousands of small files a promise each costs ten times what reading them does. */
function contentReader(cwd: string, wanted: Wanted, onText?: (path: string, text: string) => void) {
  const known = new Map<string, Contents | null>()
  const buffer = Buffer.allocUnsafe(contentBytes)
  const read = ({ path: name }: TreeEntry): Contents | null => {
    const before = known.get(name)
    if (before !== undefined) return before
    const found = wanted(name) ? readRegular(path.join(cwd, name), name, buffer) : null
    known.set(name, found)
    if (found && 'text' in found) onText?.(name, found.text)
    return found
  }
  const treeOf = (entries: readonly TreeEntry[]): Tree => {
    const contents = new Map<string, string>()
    const refused = new Map<string, string>()
    for (const entry of entries) {
      const found = read(entry)
      if (found && 'text' in found) contents.set(entry.path, found.text)
      else if (found) refused.set(entry.path, found.reason)
    }
    return { entries, contents, refused }
  }
  return { read, treeOf }
}

/** Reads a regular file without following a link at its end, and never waits for a FIFO. */
function readRegular(file: string, name: string, buffer: Buffer): Contents {
  let handle: number | null = null
  try {
    handle = openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
    const status = fstatSync(handle)
    if (!status.isFile()) return { reason: 'it is not a regular file' }
    if (status.size > contentBytes && !isLock(name)) return { reason: tooBig }
    const most = Math.min(status.size, lockHead(name))
    const first = readSync(handle, buffer, 0, isLock(name) ? Math.min(most, shortHeadBytes) : most, 0)
    const whole = first === most || buffer.subarray(0, first).includes('\npackage:')
    const bytes = whole ? first : first + readSync(handle, buffer, first, most - first, first)
    return { text: buffer.toString('utf8', 0, bytes) }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    return { reason: code === 'ELOOP' ? 'it is a symlink' : `it cannot be read (${code ?? messageOf(error)})` }
  } finally {
    if (handle !== null) closeSync(handle)
  }
}

function isLock(name: string): boolean {
  return /(^|[-./])(conda-)?lock\.ya?ml$|\.lock$/.test(name)
}

function lockHead(name: string): number {
  return isLock(name) ? lockHeadBytes : contentBytes
}

/** git's mode of a directory entry; what is neither file nor link (FIFO, socket, device) counts as a file and is refused when read. */
function modeOf(entry: Dirent): string {
  return entry.isSymbolicLink() ? '120000' : '100644'
}
