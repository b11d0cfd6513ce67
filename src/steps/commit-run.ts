import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { relockSections } from '../report/lock-summary.ts'
import { headline, isRed } from '../report/outcome.ts'
import type { RunResult } from '../report/types.ts'
import { type Account, tokenAccount } from '../tools/github-account.ts'
import type { Trigger } from '../trigger/types.ts'
import { upsertComment } from './comment.ts'
import { buildsAfterCommit, markCommit } from './commit-after.ts'
import { type Delivery, deliverLocks } from './commit-deliver.ts'
import type { CommitPermission } from './commit-permission.ts'
import type { Relock } from './lock-types.ts'
import { runUrl, stackName } from './stack-name.ts'

interface Question {
  readonly trigger: Trigger
  readonly inputs: Inputs
  readonly host: Host
}

/** What a run's locks became, and what that means for the rest of the run. */
export interface LockOutcome {
  readonly delivery: Delivery
  /** Whether this run goes on to build: not where the commit starts a run that does. */
  readonly build: boolean
  /** The token's account where it was asked for. */
  readonly account: Account | null
}

/**
 * Brings the locks that were solved for a pull request's head to its branch, and decides who builds them (decision 18). On the
 * new commit a status says that this run builds it; images of the run carry its SHA.
 */
export async function commitRunLocks(
  question: Question & { readonly relock: Relock; readonly permission: CommitPermission; readonly head: string },
): Promise<LockOutcome> {
  const { inputs, host, trigger, permission } = question
  const asked = inputs.lockMode === 'refresh' || inputs.update.length > 0
  const delivery = await deliverLocks({ ...question, template: inputs.commitMessage, people: [], asked })
  const { account } = permission
  if (delivery.kind === 'fresh') return { delivery, build: true, account }
  host.out.info(delivery.sentence)
  if (delivery.sha === null || !trigger.repository) return { delivery, build: true, account }
  const { build, reason } = buildsAfterCommit(inputs.afterCommit, account)
  host.out.info(reason)
  if (build) {
    const status = { state: 'pending', description: 'building with the new locks' } as const
    await markCommit({ ...question, ...status, ...marked(question, delivery.sha, trigger.repository) })
  }
  return { delivery, build, account }
}

/** Says on the commit of locks, where this run made and built one, and in the pull request's comment how the run went. */
export async function reportPull(
  question: Question & {
    readonly result: RunResult
    readonly outcome: LockOutcome | null
    /** What the run's builds stand on; null where no lock was looked at. */
    readonly relock: Relock | null
  },
): Promise<void> {
  const { trigger, host, inputs, result, outcome, relock } = question
  const { repository, pullRequest } = trigger
  if (!repository || !pullRequest || !inputs.githubToken || trigger.kind !== 'pull_request') return
  const { sha = null, sentence = null, offer = '', kind = 'fresh' } = outcome?.delivery ?? {}
  if (sha !== null && outcome?.build) {
    const state = isRed(result) ? 'failure' : 'success'
    await markCommit({ ...question, state, description: headline(result), ...marked(question, sha, repository) })
  }
  const packages = relock ? relockSections(relock, inputs.packagesOfInterest) : []
  const locks = kind === 'fresh' ? null : sentence
  const facts = {
    stack: stackName(question),
    result,
    locks,
    red: kind === 'held',
    offer,
    packages,
    runUrl: runUrl(host),
  }
  const needed = locks !== null || result.images.some(({ outcome: one }) => one === 'built' || one === 'failed')
  const account = outcome?.account ?? (await tokenAccount(question))
  await upsertComment({ ...question, repository, number: pullRequest.number, account, facts, needed })
}

function marked(question: Question, sha: string, repository: NonNullable<Trigger['repository']>) {
  return { repository, sha, stack: stackName(question) }
}
