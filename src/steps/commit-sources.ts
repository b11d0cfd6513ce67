import { createHash } from 'node:crypto'
import { ActionError } from '../errors.ts'
import type { TextFile } from '../tools/github-commit.ts'
import type { RemoteEntry } from '../tools/github-tree.ts'

/** GitHub's GraphQL takes no request of about 50 MB; base64 makes a third more of a file, bytes. */
const largestCommit = 30 * 1024 * 1024

/** A key of what some files are at a commit: names, kinds and contents; a file that is missing counts, too. */
export function sourcesKey(entries: readonly RemoteEntry[], paths: readonly string[]): string {
  const at = new Map(entries.map((entry) => [entry.path, `${entry.mode} ${entry.oid}`]))
  const lines = [...new Set(paths)].toSorted().map((path) => JSON.stringify([path, at.get(path) ?? null]))
  return createHash('sha256').update(lines.join('\n')).digest('hex').slice(0, 32)
}

/** The files that a commit does not hold already as they are to be. */
export function differing<T extends TextFile>(files: readonly T[], entries: readonly RemoteEntry[]): T[] {
  const at = new Map(entries.map((entry) => [entry.path, entry.oid]))
  return files.filter(({ path, text }) => at.get(path) !== blobName(text))
}

/**
 * Refuses what a commit by API must not write: through a link or a submodule, or more than the API takes. Throws
 * ActionError('lock') with the file.
 */
export function refuseOddFiles(files: readonly TextFile[], entries: readonly RemoteEntry[]): void {
  const modes = new Map(entries.map((entry) => [entry.path, entry.mode]))
  for (const { path } of files) {
    const parts = path.split('/')
    const odd = parts
      .map((_, at) => parts.slice(0, at + 1).join('/'))
      .find((place) => modes.has(place) && (place !== path || !modes.get(place)?.startsWith('100')))
    if (odd !== undefined)
      throw new ActionError('lock', `${path} is not written: ${odd} is not a ${odd === path ? 'file' : 'folder'}`, [
        'it is a link, a submodule or a file in the commit: locks are plain files in plain folders',
      ])
  }
  const size = files.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
  if (size > largestCommit)
    throw new ActionError('github', `the locks have ${size} bytes together: GitHub’s API takes no such commit`, [
      `it takes about ${largestCommit} bytes; lock fewer images at once (input images)`,
    ])
}

/** The files as a commit will list them; a file that is there keeps its mode. */
export function asEntries(files: readonly TextFile[], entries: readonly RemoteEntry[]): RemoteEntry[] {
  const modes = new Map(entries.map((entry) => [entry.path, entry.mode]))
  return files.map(({ path, text }) => ({
    path,
    mode: modes.get(path) ?? '100644',
    oid: blobName(text),
    size: Buffer.byteLength(text),
  }))
}

/** Paths in which two commits differ. */
export function changedPaths(one: readonly RemoteEntry[], other: readonly RemoteEntry[]): string[] {
  const lines = (entries: readonly RemoteEntry[]) => new Map(entries.map((entry) => [entry.path, entry]))
  const [before, after] = [lines(one), lines(other)]
  const paths = [...new Set([...before.keys(), ...after.keys()])]
  return paths.filter((path) => {
    const [was, is] = [before.get(path), after.get(path)]
    return was?.oid !== is?.oid || was?.mode !== is?.mode
  })
}

/** Git's name of a blob. */
function blobName(text: string): string {
  const bytes = Buffer.from(text)
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}
