import { commitMessage, keyOf, type Person } from '../lock/commit-message.ts'
import { type Asker, answerOf } from '../tools/github-client.ts'
import { branchTip, type CommitAnswer, commitOnBranch, recentCommits, type TextFile } from '../tools/github-commit.ts'
import { type RemoteEntry, remoteTree } from '../tools/github-tree.ts'
import type { CommitTarget } from './commit-permission.ts'
import { differing, refuseOddFiles, sourcesKey } from './commit-sources.ts'

/** What a run commits: all its lock files at once. */
export interface LockCommit {
  readonly target: CommitTarget
  readonly files: readonly TextFile[]
  /** Every file, relative to the repository's root, of which a change would make another lock. */
  readonly sources: readonly string[]
  /** For the message: the images, and a line for each about what changed. */
  readonly images: readonly string[]
  readonly lines: readonly string[]
  /** The input `commit-message`. */
  readonly template: string
  /** Who asked for it by a comment. */
  readonly people: readonly Person[]
  /** Somebody asked for new locks of the same sources (`refresh`, `update`): then it is no loop. */
  readonly asked: boolean
}

/**
 * What became of it; `reason` is a sentence for people. `committed`: the branch points at `sha`, which stands on `onto` where that
 * was pushed meanwhile. `unchanged`: it holds these
 * very files already. `moved`: somebody pushed what makes other locks, or changed the locks: nothing was written.
 * `looping`: this would undo what somebody does again and again. `refused`: GitHub does not take it.
 */
export type CommitResult =
  | { readonly kind: 'committed'; readonly sha: string; readonly onto: string | null }
  | { readonly kind: 'unchanged' | 'moved' | 'looping' | 'refused'; readonly reason: string }

/** Pushes that can come in between before it is given up. */
const tries = 5
/** A lock of the same sources is committed so often among this many commits, and no more. */
const repeats = 3
const remembered = 20

/**
 * Commits the locks of a run to the pull request's branch, in one commit, on top of the commit that they were solved for. Where the
 * branch moved meanwhile, on top of its new head, if neither the locks' sources nor the locks were touched;
 * nothing of anybody's is written over, and a branch that is gone stays so.
 */
export async function commitLocks(question: Asker & LockCommit): Promise<CommitResult> {
  const { target, files } = question
  const solved = await remoteTree({ ...question, repository: target, commit: target.head })
  const changed = differing(files, solved)
  if (changed.length === 0) return { kind: 'unchanged', reason: 'the branch holds these locks already' }
  refuseOddFiles(changed, solved)
  const key = trailerKey(solved, question)
  if (!question.asked && (await isLooping(question, key)))
    return {
      kind: 'looping',
      reason: 'locks of the same sources were committed here before, and something changes them back: see who does',
    }
  return await commitOver({ ...question, changed, solved, key })
}

interface Attempt extends Asker, LockCommit {
  readonly changed: readonly TextFile[]
  /** The files at the commit that the locks were solved for. */
  readonly solved: readonly RemoteEntry[]
  /** For the message. */
  readonly key: string
}

async function commitOver(attempt: Attempt): Promise<CommitResult> {
  const { target, changed, key, template, images, lines, people } = attempt
  const message = commitMessage({ template, images, lines, key, people })
  let { head } = target
  for (let count = 0; count < tries; count++) {
    const answer = await commitOnBranch({ ...attempt, target, head, message, files: changed })
    if (answer.kind === 'committed')
      return { kind: 'committed', sha: answer.sha, onto: head === target.head ? null : head }
    if (answer.kind === 'refused') return { kind: 'refused', reason: refusal(answer, target) }
    const next = await afterMove(attempt, { head, lost: answer.kind === 'unknown' })
    if (typeof next !== 'string') return next
    head = next
  }
  return { kind: 'moved', reason: `${target.branch} was pushed to again and again: nothing was committed` }
}

/** The head to try next, or what the move means. `lost`: GitHub's answer did not come, so the move may be this commit. */
async function afterMove(
  attempt: Attempt,
  { head, lost }: { head: string; lost: boolean },
): Promise<string | CommitResult> {
  const { target, changed, solved, sources } = attempt
  const tip = await branchTip({ ...attempt, target })
  if (tip === null) return { kind: 'moved', reason: `the branch ${target.branch} is gone: nothing was committed` }
  if (tip === head) return head
  const now = await remoteTree({ ...attempt, repository: target, commit: tip })
  const short = tip.slice(0, 7)
  if (differing(changed, now).length === 0) {
    if (lost && (await isOurs(attempt, tip, head))) return { kind: 'committed', sha: tip, onto: null }
    return { kind: 'unchanged', reason: `${short}, pushed meanwhile, holds these locks already` }
  }
  if (sourcesKey(now, sources) !== sourcesKey(solved, sources))
    return { kind: 'moved', reason: `${short} was pushed meanwhile and changes what the locks are made from` }
  const paths = changed.map(({ path }) => path)
  if (sourcesKey(now, paths) !== sourcesKey(solved, paths))
    return { kind: 'moved', reason: `${short} was pushed meanwhile and changes the locks themselves` }
  // What was a plain folder may be a link now.
  refuseOddFiles(changed, now)
  return tip
}

/** What tells a later run that the locks of these sources were made already: the locks themselves are not in it. */
function trailerKey(solved: readonly RemoteEntry[], { sources, files }: LockCommit): string {
  const written = new Set(files.map(({ path }) => path))
  return sourcesKey(
    solved,
    sources.filter((path) => !written.has(path)),
  )
}

async function isOurs(attempt: Attempt, tip: string, parent: string): Promise<boolean> {
  const [commit] = await recentCommits({ ...attempt, repository: attempt.target, from: tip, count: 1 })
  return commit?.parents[0] === parent && keyOf(commit.message) === attempt.key
}

/** The head is a commit of these very sources already, or too many of the last ones are. */
async function isLooping(question: Asker & LockCommit, key: string): Promise<boolean> {
  const { target } = question
  const commits = await recentCommits({ ...question, repository: target, from: target.head, count: remembered })
  const same = commits.filter(({ message }) => keyOf(message) === key)
  return same.length >= repeats || (same.length > 0 && same[0]?.sha === target.head)
}

function refusal({ error }: Extract<CommitAnswer, { error: unknown }>, { branch, fork }: CommitTarget): string {
  const where = fork ? `the fork’s branch ${branch}` : branch
  return `GitHub does not take a commit on ${where}: ${answerOf(error)}`
}
