import { ActionError } from '../errors.ts'
import { commitMessage, keyOf } from '../lock/commit-message.ts'
import { changeLine, groupPlatforms } from '../report/lock-words.ts'
import { type Asker, answerOf, graphqlTypes, isRefusal } from '../tools/github-client.ts'
import { type BranchName, branchTip, recentCommits } from '../tools/github-commit.ts'
import { commitsAhead, looseCommit, moveBranch, openPull, putPull } from '../tools/github-refresh.ts'
import { type RemoteEntry, type RepositoryName, remoteTree } from '../tools/github-tree.ts'
import { asEntries, changedPaths, differing, refuseOddFiles, sourcesKey } from './commit-sources.ts'
import type { Relock } from './lock-types.ts'

/** What became of the refresh; `reason` is a sentence for people. `held`: somebody works on the branch, it is left alone. */
export interface Refreshed {
  readonly kind: 'opened' | 'updated' | 'unchanged' | 'fresh' | 'held'
  readonly reason: string
  readonly number: number | null
  readonly sha: string | null
}

/** One branch a stack; a repository's only one, at its root, needs no name. */
export function refreshBranch(stack: string): string {
  const plain = stack.replace(/[^\w/-]+/g, '-').replace(/^[/-]+|[/-]+$/g, '')
  return `buildx-action/refresh-locks${plain === '' ? '' : `-${plain.replaceAll('/', '-')}`}`
}

interface Question extends Asker {
  readonly repository: RepositoryName
  /** The branch that is to take the locks, and its commit that they were solved for. */
  readonly base: string
  readonly head: string
  readonly stack: string
  readonly relock: Relock
  readonly template: string
  /** What changed, as Markdown for the pull request's text. */
  readonly packages: string
}

/**
 * Opens or updates the one pull request with fresh locks: its branch is one commit on top of the base. The branch is set only
 * where it holds commits of ours alone, compared and set at once: what somebody added or adds there is never written over.
 */
export async function refreshPull(question: Question): Promise<Refreshed> {
  const { relock, base, repository, stack } = question
  const none = { number: null, sha: null }
  if (relock.files.length === 0) return { kind: 'fresh', reason: 'all locks are as new as can be', ...none }
  const target = { ...repository, branch: refreshBranch(stack) }
  const before = await branchTip({ ...question, target })
  const open = before === null ? null : await openPull({ ...question, target, base })
  if (before !== null) {
    const state = await branchState({ ...question, target, before })
    if (state.foreign !== null) return held(target, state.foreign, open)
    if (open && isUpToDate(question, state))
      return {
        kind: 'unchanged',
        reason: `pull request ${open.number} has these locks`,
        number: open.number,
        sha: before,
      }
  }
  const made = await commitRefresh(question)
  try {
    await moveBranch({ ...question, target, before, after: made.sha })
  } catch (error) {
    if (graphqlTypes(error).includes('STALE_DATA')) return held(target, 'somebody pushed to it just now', open)
    throw refusal(`GitHub does not set the branch ${target.branch}`, error, 'contents: write')
  }
  const pull = await propose({ ...question, target, number: open?.number ?? null, title: made.title })
  const kind = open ? 'updated' : 'opened'
  return { kind, reason: `pull request ${pull.number} ${kind}: ${pull.url}`, number: pull.number, sha: made.sha }
}

function held(target: BranchName, why: string, open: { number: number } | null): Refreshed {
  const reason = `the branch ${target.branch} is left as it is: ${why}; merge or delete it, and the next run goes on`
  return { kind: 'held', reason, number: open?.number ?? null, sha: null }
}

/** The branch as it is: what somebody else did there, or the files of our one commit, of its parent and of the base. */
interface BranchState {
  readonly foreign: string | null
  readonly tip: readonly RemoteEntry[]
  readonly parent: readonly RemoteEntry[]
  readonly base: readonly RemoteEntry[]
}

/** A commit is ours as long as it holds just what was written: one that was amended is somebody's work. */
async function branchState(question: Question & { target: BranchName; before: string }): Promise<BranchState> {
  const { repository, before, head } = question
  const ahead = await commitsAhead(question)
  const [commit] = await recentCommits({ ...question, repository, from: before, count: 1 })
  const tree = async (sha: string) => await remoteTree({ ...question, repository, commit: sha })
  const parent = commit?.parents[0] ? await tree(commit.parents[0]) : []
  const state = { foreign: null, tip: await tree(before), parent, base: await tree(head) }
  const ours = keyOf(commit?.message ?? '') === sourcesKey(state.tip, changedPaths(parent, state.tip))
  if (ahead.length === 0 || (ahead.length === 1 && ours)) return state
  const theirs = ahead.findLast(({ message }) => !keyOf(message)) ?? ahead.at(-1)
  return { ...state, foreign: `it holds ${theirs?.sha.slice(0, 7)} by ${theirs?.author}` }
}

/** Our commit changes just these files into these locks, and stands on what they were solved from: a new one would say nothing new. */
function isUpToDate({ relock }: Question, { tip, parent, base }: BranchState): boolean {
  const paths = relock.files.map(({ path }) => path)
  if (differing(relock.files, tip).length > 0) return false
  if (sourcesKey(tip, paths) !== sourcesKey(tip, changedPaths(parent, tip))) return false
  const inputs = [...inputsOf(relock), ...paths]
  return sourcesKey(parent, inputs) === sourcesKey(base, inputs)
}

function inputsOf({ sources, files }: Relock): string[] {
  const written = new Set(files.map(({ path }) => path))
  return sources.filter((path) => !written.has(path))
}

async function commitRefresh(question: Question): Promise<{ sha: string; title: string }> {
  const { relock, repository, head, template } = question
  const solved = await remoteTree({ ...question, repository, commit: head })
  const changed = differing(relock.files, solved)
  refuseOddFiles(changed, solved)
  const entries = asEntries(changed, solved)
  const images = relock.images.filter((image) => image.files.length > 0)
  const { headline, body } = commitMessage({
    template: template || 'Refresh the locks of {{images}}',
    images: images.map(({ image }) => image),
    lines: groupPlatforms(images.flatMap(({ diffs }) => diffs)).map(changeLine),
    key: sourcesKey(
      entries,
      changed.map(({ path }) => path),
    ),
    people: [],
  })
  const files = changed.map((file, at) => ({ ...file, mode: entries[at]?.mode ?? '100644' }))
  try {
    const sha = await looseCommit({ ...question, parent: head, message: `${headline}\n\n${body}`, files })
    return { sha, title: headline }
  } catch (error) {
    throw refusal('GitHub does not take the commit', error, 'contents: write')
  }
}

async function propose(question: Question & { target: BranchName; number: number | null; title: string }) {
  const { packages } = question
  const body = `The newest packages that the environments allow.\n\n${packages}`.slice(0, 65_000)
  try {
    return await putPull({ ...question, body })
  } catch (error) {
    const remedy =
      'pull-requests: write`, and the repository’s setting “Allow GitHub Actions to create and approve pull requests'
    throw refusal(`the branch ${question.target.branch} is ready, but GitHub opens no pull request`, error, remedy)
  }
}

function refusal(what: string, error: unknown, permission: string): unknown {
  if (!isRefusal(error) && !graphqlTypes(error).includes('FORBIDDEN')) return error
  return new ActionError('github', `${what}: ${answerOf(error)}`, [`the job needs \`permissions: ${permission}\``], {
    cause: error,
  })
}
