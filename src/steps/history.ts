import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { Git } from '../tools/git.ts'
import { compareCommits, firstParent } from '../tools/github.ts'
import type { RepositoryId } from '../trigger/types.ts'
import { type FoundChanges, unknownChanges } from './changes.ts'

/** How far back a published image is looked for, in commits: by git, and by GitHub with two requests each. */
const knownCommits = 20
const askedCommits = 10

/** What is asked about the commits before the base. */
export interface HistoryQuestion {
  readonly git: Git | null
  readonly host: Host
  readonly inputs: Inputs
  readonly repository: RepositoryId | null
}

/**
 * The base and its ancestors along first parents, newest first; in a shallow clone GitHub is asked for what is missing, one
 * by one. Ends where nobody knows more; nothing without a base.
 */
export async function* walkBack(question: HistoryQuestion, base: string | null): AsyncGenerator<string> {
  if (base === null) return
  const { git } = question
  const known = (await git?.ancestors(base, knownCommits)) ?? [base]
  yield* known
  let last: string | null = known.at(-1) ?? null
  for (let asked = known.length; last !== null && asked < askedCommits; asked++) {
    last = await parentOf(question, last)
    if (last !== null) yield last
  }
}

/** The files between such a commit and what is built; incomplete where nobody can tell. */
export async function changesSince(question: HistoryQuestion, since: string, head: string): Promise<FoundChanges> {
  const { git } = question
  if (git && (await git.commit(since))) {
    const files = await git.changedFiles(since, head)
    return { base: since, head, complete: true, reason: null, files, added: null }
  }
  const changes = await compareCommits({ ...question, base: since, head })
  return changes.base === since ? changes : unknownChanges(`${since.slice(0, 7)} is no ancestor of ${head.slice(0, 7)}`)
}

async function parentOf(question: HistoryQuestion, commit: string): Promise<string | null> {
  const { git } = question
  if (git && (await git.commit(commit))) return (await git.parents(commit))[0] ?? null
  return await firstParent({ ...question, commit })
}
