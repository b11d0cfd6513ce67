import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { Trigger } from '../trigger/types.ts'

/** What a stack is called where a repository may have several: its folder, or for the repository's only one the repository. */
export function stackName({ inputs, trigger }: { inputs: Pick<Inputs, 'path'>; trigger: Trigger }): string {
  return stackFolder(inputs) || (trigger.repository?.name ?? 'stack')
}

/** The stack's folder, empty for the repository's root or where it is found by itself. */
export function stackFolder({ path }: Pick<Inputs, 'path'>): string {
  return path === '.' ? '' : path
}

/** The run's page, null outside of GitHub. */
export function runUrl({ env }: Pick<Host, 'env'>): string | null {
  if (!env.GITHUB_RUN_ID) return null
  return `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}`
}
