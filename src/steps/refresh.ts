import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { relockSections } from '../report/lock-summary.ts'
import { joinSections } from '../report/sections.ts'
import type { Trigger } from '../trigger/types.ts'
import type { Relock } from './lock-types.ts'
import { type Refreshed, refreshPull } from './refresh-pull.ts'
import { stackFolder } from './stack-name.ts'

/** GitHub takes as much of a pull request's text as of a comment, bytes; some stays for ours. */
const textBytes = 60_000

/**
 * What a relock with `lock-mode: refresh` becomes on the default branch: the one pull request with fresh locks. Null in any
 * other run. Locks that could not be made are left out; the others go.
 */
export async function refresh(question: {
  readonly trigger: Trigger
  readonly inputs: Inputs
  readonly host: Host
  readonly relock: Relock
}): Promise<Refreshed | null> {
  const { trigger, inputs, host, relock } = question
  const { repository, branch, head, defaultBranch } = trigger
  if (inputs.lockMode !== 'refresh' || inputs.dryRun || trigger.kind === 'local' || trigger.pullRequest) return null
  if (!repository || head === null || branch === null || branch !== defaultBranch) return null
  const refreshed = await refreshPull({
    ...{ host, inputs, repository, base: branch, head, relock },
    stack: stackFolder(inputs),
    template: inputs.commitMessage,
    packages: joinSections(
      relockSections(relock, inputs.packagesOfInterest),
      textBytes,
      'The run’s summary has all of it.',
    ),
  })
  host.out[refreshed.kind === 'held' ? 'warning' : 'info'](refreshed.reason)
  return refreshed
}
