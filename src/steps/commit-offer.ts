import { applyLines, patchName } from '../lock/apply-lines.ts'
import { unifiedPatch } from '../lock/patch.ts'
import type { LockOffer } from '../report/lock-offer.ts'
import { uploadArtifact } from '../tools/github-artifact.ts'
import type { Asker } from '../tools/github-client.ts'
import type { LockFile } from './lock-types.ts'

/**
 * Hands over locks that cannot be committed: an artifact of the run with the files and one patch, and the lines that take
 * it. Where there is no service for artifacts, the patch alone.
 */
export async function offerLocks(
  question: Asker & {
    readonly files: readonly LockFile[]
    /** The commit that the locks were solved for. */
    readonly head: string
    readonly reason: string
    readonly remedy: string | null
  },
): Promise<LockOffer> {
  const { host, files, head, reason, remedy } = question
  const patch = unifiedPatch(files)
  const { env } = host
  const name = `locks-${head.slice(0, 7)}-${env.GITHUB_RUN_ATTEMPT || 1}-${stamp()}`
  const artifact = await uploadArtifact({ host, name, files: [{ path: patchName, text: patch }, ...files] })
  const { GITHUB_REPOSITORY: repository, GITHUB_RUN_ID: runId, GITHUB_API_URL: apiUrl } = env
  const lines =
    artifact && repository && runId
      ? applyLines({ ...artifact, repository, runId, apiUrl: apiUrl || 'https://api.github.com' })
      : null
  return { reason, remedy, lines, patch }
}

/** Names of artifacts are taken once a run: another step of the same job may lock another stack. */
function stamp(): string {
  return Date.now().toString(36)
}
