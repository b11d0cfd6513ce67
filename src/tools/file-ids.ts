import { createHash, hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { lstat, readdir, readFile, readlink } from 'node:fs/promises'
import path from 'node:path'
import pLimit from 'p-limit'
import type { FileId } from '../stack/fingerprint-files.ts'
import type { Git } from './git.ts'

/** Files are read a few at a time; of larger ones no whole is held. */
const atOnce = 16
const wholeBytes = 8 * 1024 * 1024

/** Where files are looked for, and which count. */
export interface FileIdQuestion {
  /** Absolute: the repository's root. */
  readonly cwd: string
  /** Null without git: then every file is read. */
  readonly git: Git | null
  /** Folders of the repository, relative, that hold what is asked for. */
  readonly folders: readonly string[]
}

/**
 * All files of the work tree as git would name their contents: tracked ones by git's own word, those that differ from it, new ones
 * and ignored ones below the folders by what they hold. A submodule counts by its commit and by what is in its folder.
 */
export async function workTreeIds({ cwd, git, folders }: FileIdQuestion): Promise<FileId[]> {
  if (!git) return await folderIds(cwd, folders)
  const [staged, modified, others] = await Promise.all([git.staged(), git.modified(), git.untrackedBelow(folders)])
  // What is checked out is not what git holds where attributes have it converted (line ends, LFS).
  const converted = staged.some(({ path: file }) => path.posix.basename(file) === '.gitattributes')
  const again = new Set(modified)
  const inside = (file: string) => folders.some((folder) => folder === '.' || file.startsWith(`${folder}/`))
  const algorithm = staged[0]?.oid.length === 64 ? 'sha256' : 'sha1'
  const read = reader(cwd, algorithm)
  const tracked = staged.map(async ({ path: file, mode, oid }): Promise<FileId[]> => {
    if (mode === '160000') return [{ path: file, mode, id: await read.module(file, oid) }]
    if (!again.has(file) && !(converted && inside(file))) return [{ path: file, mode, id: oid }]
    const found = await read.file(file)
    return found ? [found] : []
  })
  const more = others.map(async (name): Promise<FileId[]> => {
    const file = name.replace(/\/$/, '')
    if (name.endsWith('/')) return [{ path: file, mode: '160000', id: await read.module(file, '') }]
    const found = await read.file(file)
    return found ? [found] : []
  })
  return (await Promise.all([...tracked, ...more])).flat()
}

/** The files of a commit by git's own ids. */
export async function commitIds(git: Git, revision: string): Promise<FileId[]> {
  return (await git.tree(revision)).map(({ path: file, mode, oid }) => ({ path: file, mode, id: oid }))
}

/** All that is in a folder, anywhere on the machine, paths relative to it; `.git` is passed over and links are not followed. */
export async function contentIds(folder: string): Promise<FileId[]> {
  const read = reader(folder, 'sha1')
  return (await Promise.all((await filesBelow(folder, '')).map((file) => read.file(file)))).flatMap(
    (found) => found ?? [],
  )
}

async function folderIds(cwd: string, folders: readonly string[]): Promise<FileId[]> {
  const read = reader(cwd, 'sha1')
  const names = await Promise.all(folders.map((folder) => filesBelow(cwd, folder === '.' ? '' : folder)))
  return (await Promise.all([...new Set(names.flat())].map((file) => read.file(file)))).flatMap((found) => found ?? [])
}

function reader(cwd: string, algorithm: 'sha1' | 'sha256') {
  const limit = pLimit(atOnce)
  return {
    file: (file: string) => limit(async () => await fileId(cwd, file, algorithm)),
    /** An empty folder, as a checkout without submodules leaves it, is another content than the submodule itself. */
    module: async (file: string, commit: string) => {
      const held = await filesBelow(cwd, file)
      const rows = await Promise.all(held.map((name) => limit(async () => await fileId(cwd, name, algorithm))))
      const content = rows.flatMap((row) => (row ? [[row.path.slice(file.length + 1), row.mode, row.id]] : []))
      return `${commit} ${hash('sha256', JSON.stringify(content))}`
    },
  }
}

/** Mode and blob id as git would have them; null for what is gone, and for what is neither file nor link. */
async function fileId(cwd: string, file: string, algorithm: 'sha1' | 'sha256'): Promise<FileId | null> {
  const full = path.join(cwd, file)
  const status = await lstat(full).catch(() => null)
  if (status?.isSymbolicLink()) {
    const target = Buffer.from(await readlink(full))
    return { path: file, mode: '120000', id: blobId(target, algorithm) }
  }
  if (!status?.isFile()) return null
  const mode = status.mode & 0o100 ? '100755' : '100644'
  if (status.size <= wholeBytes) return { path: file, mode, id: blobId(await readFile(full), algorithm) }
  const sum = createHash(algorithm).update(`blob ${status.size}\0`)
  for await (const chunk of createReadStream(full)) sum.update(chunk as Buffer)
  return { path: file, mode, id: sum.digest('hex') }
}

function blobId(content: Buffer, algorithm: 'sha1' | 'sha256'): string {
  return createHash(algorithm).update(`blob ${content.length}\0`).update(content).digest('hex')
}

async function filesBelow(cwd: string, folder: string): Promise<string[]> {
  const found: string[] = []
  for (const open = [folder]; open.length > 0; ) {
    const at = open.pop() ?? ''
    const children = await readdir(path.join(cwd, at), { withFileTypes: true }).catch(() => [])
    for (const child of children) {
      const name = at ? `${at}/${child.name}` : child.name
      if (child.name === '.git') continue
      if (child.isDirectory()) open.push(name)
      else found.push(name)
    }
  }
  return found.sort()
}
