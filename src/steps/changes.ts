import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { ChangeSet } from '../stack/types.ts'
import type { Git, Listing } from '../tools/git.ts'
import { type Comparison, compareCommits } from '../tools/github.ts'
import type { PullRequest, Trigger } from '../trigger/types.ts'

/** Where a run's changes are looked for. */
export interface ChangeQuestion {
  readonly git: Git
  readonly trigger: Trigger
  /** The commit that a person names with `--head`; null = the work tree. */
  readonly revision: string | null
  /** The work tree as git listed it, where it is what is compared. */
  readonly listing?: Listing | undefined
  readonly inputs: Inputs
  readonly host: Host
}

/** The files that changed, and which of them the base has not where GitHub told (`added`; null where git can be asked). */
export interface FoundChanges extends ChangeSet {
  readonly added: readonly string[] | null
}

/**
 * The files that differ between what is checked out and the commit that the event compares with: by local git, by GitHub
 * where commits are missing here, else all (in doubt, build). Whatever the base is, an image is only taken from it or from an
 * ancestor of it that has the same files: a wrong base costs work, never an image.
 */
export async function findChanges(question: ChangeQuestion): Promise<FoundChanges> {
  const { git, trigger, revision, listing } = question
  const head = revision ?? (await git.commit('HEAD'))
  if (!head) return unknownChanges('the repository has no commit')
  if (trigger.kind === 'tag' || trigger.kind === 'delete') return unknownChanges(`a ${trigger.kind} builds nothing`)
  const place = await findBase(question, head)
  if (!place.base) return { ...unknownChanges(noBase(trigger)), head }
  // A local branch of the default branch's name is nobody's word: only commits are looked up here.
  if (/^[0-9a-f]{40,}$/.test(place.base) && (await git.commit(place.base)))
    return await compareHere(question, { ...place, base: place.base, head })
  const changes = await compareThere(question, { ...place, base: place.base, head })
  // GitHub knows commits only: what is not committed is added.
  const dirty = revision ? [] : await git.changedFiles('HEAD', null, listing)
  return { ...changes, files: [...new Set([...changes.files, ...dirty])] }
}

/** A change set that stands for everything, with the reason. */
export function unknownChanges(reason: string): FoundChanges {
  return { base: null, head: null, complete: false, reason, files: [], added: null }
}

/** A revision that a person names as a commit. Throws ActionError('usage'). */
export async function namedCommit(git: Git, revision: string, flag: string): Promise<string> {
  const commit = await git.commit(revision)
  if (commit) return commit
  throw new ActionError('usage', `${flag}: "${revision}" is not a commit in this repository`, [
    'fetch it first (`git fetch origin`), or name another revision',
  ])
}

interface Place {
  /** A commit, or a branch that is not in this clone. */
  readonly base: string
  readonly head: string
  /** Only what was added since the merge base counts. */
  readonly sinceMergeBase: boolean
  /** The pull request whose merge is checked out: `base` is the merge's first parent. */
  readonly merged: PullRequest | null
}

type BasePlace = Omit<Place, 'base' | 'head'> & { readonly base: string | null }

async function findBase({ git, trigger, host }: ChangeQuestion, head: string): Promise<BasePlace> {
  const direct = { sinceMergeBase: false, merged: null }
  if (host.event.base) return { ...direct, base: await namedCommit(git, host.event.base, '--base') }
  const { pullRequest } = trigger
  if (!pullRequest) {
    if (trigger.head && trigger.head !== head)
      noteOtherHead(host, `the ${trigger.event} is about ${short(trigger.head)}`, head)
    return { ...direct, base: trigger.base ?? (await branchPoint(git, trigger, head)) }
  }
  // GitHub's merge commit: its first parent is the base as it is now, newer than the one in the event.
  const [first, second] = await git.parents(head)
  if (first && second === pullRequest.headSha) return { ...direct, base: first, merged: pullRequest }
  if (head !== pullRequest.headSha) {
    const { number, headSha } = pullRequest
    noteOtherHead(host, `the head of pull request ${number} is ${short(headSha)}`, head)
  }
  return { base: trigger.base, sinceMergeBase: true, merged: null }
}

/** `pull_request_target`, `issue_comment` and dispatches stand on the default branch unless the workflow checks out more. */
function noteOtherHead(host: Host, about: string, head: string): void {
  if (host.event.head) return
  host.out.warning(`${about}, but ${short(head)} is checked out: that is what is planned and built`)
}

/** A new branch is compared with where it left the default branch; in a shallow clone GitHub finds that. */
async function branchPoint(git: Git, trigger: Trigger, head: string): Promise<string | null> {
  const { kind, branch, defaultBranch } = trigger
  if (kind !== 'push' || !defaultBranch || branch === defaultBranch) return null
  const main = await git.commit(`refs/remotes/origin/${defaultBranch}`)
  return main ? await git.mergeBase(main, head) : defaultBranch
}

async function compareHere({ git, revision, listing }: ChangeQuestion, place: Place): Promise<FoundChanges> {
  const { base, head, sinceMergeBase } = place
  const from = sinceMergeBase ? ((await git.mergeBase(base, head)) ?? base) : base
  const files = await git.changedFiles(from, revision, listing)
  return { base: from, head, complete: true, reason: null, files, added: null }
}

/** What is checked out is compared, not the pull request's head: a merge may hold what neither side has. */
async function compareThere({ trigger, inputs, host }: ChangeQuestion, place: Place): Promise<Comparison> {
  const { base, head, merged } = place
  const { repository } = trigger
  const changes = await compareCommits({ host, inputs, repository, base, head })
  if (changes.complete || !merged) return changes
  // GitHub may have forgotten the merge. Its files are those of the head where that holds the base already.
  const plain = await compareCommits({ host, inputs, repository, base, head: merged.headSha })
  return plain.complete && plain.base === base ? { ...plain, head } : changes
}

function noBase({ kind, event }: Trigger): string {
  if (kind === 'local') return 'no base to compare with'
  return kind === 'push'
    ? 'the push made the branch, so there is no commit to compare with'
    : `a ${event} event names no commit to compare with`
}

function short(commit: string): string {
  return commit.slice(0, 7)
}
