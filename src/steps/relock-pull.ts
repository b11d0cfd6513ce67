import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { madeFrom } from '../lock/lock-target.ts'
import { wanted } from '../stack/index.ts'
import { commitFiles, type RepositoryFiles, readRemote } from '../tools/repository-files.ts'
import { readCommitTree } from '../tools/tree.ts'
import type { Trigger } from '../trigger/types.ts'
import type { Source } from './detect.ts'
import { type LockPlace, lockPlace } from './lock-place.ts'
import { type LockScan, scanLocks } from './lock-scan.ts'

interface Question {
  readonly source: Source
  readonly trigger: Trigger
  readonly inputs: Inputs
  readonly host: Host
}

/** The head of a pull request beside what is checked out. */
export interface PullHead {
  readonly place: LockPlace
  readonly scan: LockScan
  /** Sources and locks in which what is checked out differs from the head. */
  readonly behind: readonly string[]
}

/**
 * The files of the pull request's head for the same images, from this clone where it has the commit, else by GitHub's API.
 * Null where the head itself is checked out. Throws where neither has it.
 */
export async function readPullHead(
  question: Question & { place: LockPlace; scan: LockScan },
): Promise<PullHead | null> {
  const { source, trigger, place, inputs } = question
  const head = trigger.pullRequest?.headSha
  if (!head || source.commit === head) return null
  const { tree, files } = await headTree(question, head)
  const names = new Set(place.images.map(({ name }) => name))
  const whole = await lockPlace({ tree, files, inputs: { ...inputs, images: [] } })
  const there = { ...whole, images: whole.images.filter(({ name }) => names.has(name)) }
  const scan = await scanLocks({ ...there, foreign: inputs.lockEngine === 'conda-lock' })
  return { place: there, scan, behind: await differing([place.files, files], [question.scan, scan]) }
}

async function headTree({ source, trigger, inputs, host }: Question, commit: string) {
  const { git } = source
  if (git && (await git.commit(commit)))
    return { tree: await readCommitTree({ git, revision: commit, wanted }), files: commitFiles(git, commit) }
  const { repository } = trigger
  if (!repository)
    throw new ActionError('git', `the pull request's head ${commit.slice(0, 7)} is not in this clone`, [
      'check out more of it: actions/checkout with `fetch-depth: 0`',
    ])
  return await readRemote({ host, inputs, repository, commit, git }, wanted)
}

/** What two trees say otherwise of all that goes into a lock, and of the locks themselves. */
async function differing(files: readonly RepositoryFiles[], scans: readonly LockScan[]): Promise<string[]> {
  const paths = scans.flatMap(({ states }) => states.flatMap(({ target }) => madeFrom(target)))
  const [here, there] = await Promise.all(files.map((one) => one.read(paths)))
  return [...new Set(paths)].filter((path) => here?.contents.get(path) !== there?.contents.get(path)).sort()
}
