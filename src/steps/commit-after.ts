import { messageOf } from '../errors.ts'
import type { Account } from '../tools/github-account.ts'
import type { Asker } from '../tools/github-client.ts'
import { setStatus } from '../tools/github-commit.ts'
import type { RepositoryName } from '../tools/github-tree.ts'
import { runUrl } from './stack-name.ts'

/** The input `after-commit`. */
export type AfterCommit = 'auto' | 'build' | 'stop'

/**
 * Whether the run goes on to build after it committed locks (decision 18), with the reason for people: a commit made with
 * GITHUB_TOKEN starts no run of its own, one of any other token does.
 */
export function buildsAfterCommit(setting: AfterCommit, account: Account | null): { build: boolean; reason: string } {
  if (setting !== 'auto') return { build: setting === 'build', reason: `after-commit: ${setting}` }
  if (account?.startsRuns)
    return { build: false, reason: `the commit of ${account.login} starts a run of its own, which builds` }
  return { build: true, reason: 'a commit made with GITHUB_TOKEN starts no run: this one builds it' }
}

/**
 * Shows on a commit of ours how its run goes: that run belongs to the commit before it, so GitHub shows none of its checks
 * there. Without `statuses: write` a notice says so, and nothing is red for it.
 */
export async function markCommit(
  question: Asker & {
    readonly repository: RepositoryName
    readonly sha: string
    readonly state: 'pending' | 'success' | 'failure' | 'error'
    readonly stack: string
    readonly description: string
  },
): Promise<void> {
  const { host, stack, sha } = question
  try {
    await setStatus({ ...question, context: `buildx-action (${stack})`, url: runUrl(host) })
  } catch (error) {
    host.out.notice(
      `no status is set on ${sha.slice(0, 7)}: ${messageOf(error)} (the job needs \`permissions: statuses: write\`)`,
    )
  }
}
