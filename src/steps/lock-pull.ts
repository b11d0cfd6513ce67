import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { relockSections } from '../report/lock-summary.ts'
import { findImage } from '../stack/index.ts'
import { tokenAccount } from '../tools/github-account.ts'
import type { Trigger } from '../trigger/types.ts'
import { upsertComment } from './comment.ts'
import type { Verdict } from './conclude.ts'
import { detect } from './detect.ts'
import { concludeRelock } from './lock.ts'
import { placeOf } from './lock-place.ts'
import { relockImages } from './relock.ts'
import { runUrl, stackName } from './stack-name.ts'

interface Question {
  readonly trigger: Trigger
  readonly inputs: Inputs
  readonly host: Host
}

/** The command `lock` in a pull request's run: every stale lock of the stack is made and brought to the branch; nothing is built. */
export async function lockPull(question: Question): Promise<Verdict> {
  const { trigger, inputs, host } = question
  const source = await detect(question)
  const names = inputs.images.map((text) => findImage(source.stack, text).name)
  const chosen = names.length > 0 ? new Set(names) : null
  const made = await relockImages({ source, inputs, host, place: placeOf({ source, host }, chosen), pushes: false })
  const none = { commit: null, images: [], freshness: [], files: [], sources: [], took: 0 }
  const shown = made?.locks.proposed ?? made?.locks.built ?? none
  if (made?.delivery) host.out.info(made.delivery.sentence)
  const verdict = await concludeRelock(shown, { inputs, host })
  if (!trigger.repository || !trigger.pullRequest || !inputs.githubToken) return verdict
  const account = made?.permission?.account ?? (await tokenAccount(question))
  const facts = {
    stack: stackName(question),
    result: null,
    locks: made?.delivery?.sentence ?? 'all locks are fresh',
    red: !verdict.ok || made?.delivery?.kind === 'held',
    offer: made?.delivery?.offer ?? '',
    packages: relockSections(shown, inputs.packagesOfInterest),
    runUrl: runUrl(host),
  }
  const { repository, pullRequest } = trigger
  await upsertComment({ host, inputs, repository, number: pullRequest.number, account, facts, needed: made !== null })
  return verdict
}
