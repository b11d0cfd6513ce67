import { git } from './git.ts'

/** One changed file as GitHub lists it. */
export interface ChangedFile {
  readonly filename: string
  readonly previous: string | null
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed'
  readonly sha: string
  readonly additions: number
  readonly deletions: number
}

const emptyTree = '4b825dc642cb6eb9a060e54bf8d69288fbee4904'
const statuses: Readonly<Record<string, ChangedFile['status']>> = {
  A: 'added',
  C: 'copied',
  D: 'removed',
  M: 'modified',
  R: 'renamed',
  T: 'changed',
}

/** The files that differ between two commits, renames found, in the order of their paths. `from` null: a first commit. */
export async function changedFiles(directory: string, from: string | null, to: string): Promise<ChangedFile[]> {
  const options = ['diff-tree', '-r', '-z', '-M', '--no-ext-diff', '--abbrev=40']
  const raw = await git({ directory }, ...options, '--raw', from ?? emptyTree, to)
  const counts = readCounts(await git({ directory }, ...options, '--numstat', from ?? emptyTree, to))
  return readRaw(raw).map((file) => ({ ...file, ...(counts.get(file.filename) ?? { additions: 0, deletions: 0 }) }))
}

function readRaw(raw: string): Omit<ChangedFile, 'additions' | 'deletions'>[] {
  const fields = raw.split('\0')
  const files: Omit<ChangedFile, 'additions' | 'deletions'>[] = []
  for (let index = 0; index + 1 < fields.length; ) {
    const [, , before, after, letter] = fields[index]!.split(' ')
    const status = statuses[letter![0]!] ?? 'changed'
    const twoNames = status === 'renamed' || status === 'copied'
    files.push({
      filename: fields[index + (twoNames ? 2 : 1)]!,
      previous: twoNames ? fields[index + 1]! : null,
      status,
      sha: status === 'removed' ? before! : after!,
    })
    index += twoNames ? 3 : 2
  }
  return files
}

function readCounts(numstat: string): Map<string, { additions: number; deletions: number }> {
  const fields = numstat.split('\0')
  const counts = new Map<string, { additions: number; deletions: number }>()
  for (let index = 0; index + 1 < fields.length; ) {
    const [additions, deletions, name] = fields[index]!.split('\t')
    // A rename has an empty name here and its two names in the next fields. A binary file has dashes for numbers.
    const renamed = name === ''
    counts.set(renamed ? fields[index + 2]! : name!, {
      additions: Number(additions) || 0,
      deletions: Number(deletions) || 0,
    })
    index += renamed ? 3 : 1
  }
  return counts
}
