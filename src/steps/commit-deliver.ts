import { ActionError } from '../errors.ts'
import type { Person } from '../lock/commit-message.ts'
import { count } from '../report/format.ts'
import { lockOfferMarkdown } from '../report/lock-offer.ts'
import { changeLine, groupPlatforms } from '../report/lock-words.ts'
import { type Asker, answerOf } from '../tools/github-client.ts'
import { type CommitResult, commitLocks } from './commit.ts'
import { offerLocks } from './commit-offer.ts'
import type { CommitPermission } from './commit-permission.ts'
import type { Relock } from './lock-types.ts'

/** What became of a run's locks. */
export interface Delivery {
  /**
   * `committed`: they are on the branch. `offered`: a person has to take them. `fresh`: nothing is new. `held`: not
   * committed for a reason that a person should look at, or because a newer push has a run of its own.
   */
  readonly kind: 'committed' | 'offered' | 'fresh' | 'held'
  /** The commit that holds them, null without one. */
  readonly sha: string | null
  /** For the first line of a report; plain text. */
  readonly sentence: string
  /** How to take them over; Markdown, empty where they are committed. */
  readonly offer: string
}

/**
 * Brings the locks of a run to the pull request: as a commit where that can be, else as an artifact with the lines that apply
 * it. Locks of a relock that did not solve everything are delivered too: each is whole.
 */
export async function deliverLocks(
  question: Asker & {
    readonly permission: CommitPermission
    readonly relock: Relock
    readonly template: string
    readonly people: readonly Person[]
    readonly asked: boolean
    /** The commit that the locks were solved for. */
    readonly head: string
  },
): Promise<Delivery> {
  const { relock, permission, head } = question
  if (relock.files.length === 0) {
    const failed = relock.images.some((image) => image.error !== null)
    if (failed) return { kind: 'held', sha: null, sentence: 'no locks to commit', offer: '' }
    return { kind: 'fresh', sha: null, sentence: 'all locks are fresh', offer: '' }
  }
  if (!permission.can) {
    if (permission.offer) return await offered({ ...question, ...permission, head })
    return { kind: 'held', sha: null, sentence: `locks not committed: ${permission.reason}`, offer: '' }
  }
  const changed = relock.images.filter((image) => image.files.length > 0)
  const images = changed.map(({ image }) => image)
  const lines = groupPlatforms(changed.flatMap(({ diffs }) => diffs)).map(changeLine)
  const { files, sources } = relock
  const { target } = permission
  const commit = { ...question, target: { ...target, head }, files, sources, images, lines }
  return await conclude(question, await commitLocks(commit).catch(refused), images)
}

/** GitHub that does not answer, or a file that no commit of ours may hold: the locks are there all the same. */
function refused(error: unknown): CommitResult {
  if (error instanceof ActionError && error.code === 'cancelled') throw error
  return { kind: 'refused', reason: answerOf(error) }
}

async function conclude(
  question: Parameters<typeof deliverLocks>[0],
  result: CommitResult,
  images: readonly string[],
): Promise<Delivery> {
  if (result.kind === 'committed') {
    const { sha, onto } = result
    const where = onto === null ? '' : ` on top of ${onto.slice(0, 7)}, which was pushed meanwhile`
    const sentence = `locks of ${count(images.length, 'image')} committed (${sha.slice(0, 7)})${where}`
    return { kind: 'committed', sha, sentence, offer: '' }
  }
  const { reason } = result
  if (result.kind === 'unchanged') return { kind: 'fresh', sha: null, sentence: reason, offer: '' }
  if (result.kind === 'refused') return await offered({ ...question, reason, remedy: null })
  question.host.out.warning(`locks not committed: ${reason}`)
  return { kind: 'held', sha: null, sentence: `locks not committed: ${reason}`, offer: '' }
}

async function offered(
  question: Asker & { relock: Relock; head: string; reason: string; remedy: string | null },
): Promise<Delivery> {
  const { host, relock, reason } = question
  const offer = await offerLocks({ ...question, files: relock.files })
  host.out.notice(`locks not committed: ${reason}`)
  const sentence = `locks of ${count(relock.images.filter((image) => image.files.length > 0).length, 'image')} not committed`
  return { kind: 'offered', sha: null, sentence, offer: lockOfferMarkdown(offer) }
}
