import { diffJson } from '../lock/diff.ts'
import { count } from '../report/format.ts'
import { relockHeadline, relockSections } from '../report/lock-summary.ts'
import type { RunResult } from '../report/types.ts'
import { tokenAccount } from '../tools/github-account.ts'
import { upsertComment } from './comment.ts'
import type { LockReport } from './conclude.ts'
import type { Decision } from './decide.ts'
import type { LockStage, LockStageQuestion } from './lock-stage.ts'
import { planRelocks } from './plan-relocks.ts'
import { markLocks, refuseStale, relock } from './relock.ts'
import type { RunRelock } from './relock-make.ts'
import { withLocks, withMissing } from './relock-results.ts'
import { runUrl, stackName } from './stack-name.ts'

/** Makes, checks or leaves the locks of a run, by `lock-mode`, and says what comes of it for plan, builds and report. */
export async function relockStage(question: LockStageQuestion, passed: LockStage): Promise<LockStage> {
  const refused = await refuseStale(question)
  if (refused) return { ...passed, refused }
  const made = await relock(question)
  const report = reportOf(question, made)
  if (!made) return { ...passed, decision: await planRelocks(question), report }
  const relocked = withLocks(question, made)
  const decision = made.stop === null ? relocked.decision : stopped(relocked.decision, made)
  const settle: LockStage['settle'] = (results) => withMissing(results, decision.plan, relocked)
  if (made.stop === null) await markLocks({ ...question, made, state: 'pending' })
  return { ...passed, source: relocked.source, decision, settle, report }
}

/** The commit of locks has a run of its own, which builds: this one does not. */
function stopped(decision: Decision, { stop, delivery }: RunRelock): Decision {
  const reason = `${delivery?.sha?.slice(0, 7) ?? 'the commit of its locks'} is built by its own run: ${stop}`
  const images = decision.plan.images.map((image) =>
    image.action === 'build' ? { ...image, action: 'skip' as const, reason, tags: [] } : image,
  )
  return { ...decision, plan: { ...decision.plan, images } }
}

function reportOf(question: LockStageQuestion, made: RunRelock | null): LockReport | null {
  const { source, inputs } = question
  const shown = made?.locks.proposed ?? made?.locks.built ?? null
  const sentence = made ? sentenceOf(made) : null
  const sections = shown ? relockSections(shown, inputs.packagesOfInterest) : []
  const offer = made?.delivery?.offer ?? ''
  const { repository, pullRequest, kind } = source.trigger
  const commented = repository !== null && pullRequest !== null && kind === 'pull_request' && inputs.githubToken !== ''
  if (!made && !commented) return null
  const tell = async (result: RunResult, ok: boolean) => {
    if (made?.stop === null) await markLocks({ ...question, made, state: ok ? 'success' : 'failure' })
    if (!commented) return
    const facts = {
      stack: stackName({ inputs, trigger: source.trigger }),
      result,
      // The result's first line has it.
      locks: null,
      red: made?.delivery?.kind === 'held',
    }
    const place = {
      repository,
      number: pullRequest.number,
      account: made?.permission?.account ?? (await tokenAccount(question)),
    }
    const whole = { ...facts, offer, packages: sections, runUrl: runUrl(question.host) }
    await upsertComment({ ...question, ...place, facts: whole, needed: made !== null })
  }
  return { sentence, sections, offer, diff: diffJson(shown?.images.flatMap((image) => image.diffs) ?? []), tell }
}

/** What became of the locks in one plain sentence. */
function sentenceOf({ locks, delivery }: RunRelock): string {
  const failed = locks.built.images.filter((image) => image.error !== null).length
  const parts = [
    delivery?.sentence ?? relockHeadline(locks.built),
    ...(delivery && failed > 0 ? [`${count(failed, 'lock')} could not be made`] : []),
    ...(locks.behind.length > 0 ? ['update your branch: its base has other environments'] : []),
  ]
  return parts.join('; ')
}
