import { gitHubError } from './commit-on-branch.ts'
import { git, tryGit } from './git.ts'
import { nodeId } from './shapes.ts'
import type { World } from './world.ts'

/** The input of `updateRefs` as GitHub's schema has it. */
export interface RefUpdates {
  readonly repositoryId: string
  readonly clientMutationId?: string
  readonly refUpdates: readonly {
    readonly name: string
    readonly afterOid: string
    readonly beforeOid?: string | null
    readonly force?: boolean
  }[]
}

const none = '0'.repeat(40)

/** `updateRefs`: all of the refs or none, each compared with what it has to point at before. */
export async function updateRefs(world: World, { repositoryId, refUpdates }: RefUpdates): Promise<void> {
  const repository = world.repositories.find(({ id }) => nodeId('Repository', id) === repositoryId)
  if (!repository)
    throw gitHubError('NOT_FOUND', `Could not resolve to a node with the global id of '${repositoryId}'.`)
  const { directory } = repository
  for (const { name, afterOid, force } of refUpdates) {
    const now = (await tryGit({ directory }, 'rev-parse', '--verify', '--quiet', name))?.trim()
    if (force || !now || afterOid === none) continue
    if ((await tryGit({ directory }, 'merge-base', '--is-ancestor', now, afterOid)) === null)
      throw gitHubError('UNPROCESSABLE', `Update is not a fast forward: ${name}`)
  }
  const commands = refUpdates.map(({ name, afterOid, beforeOid }) =>
    // Git reads an old value of zeros as "must not be there", and none as "whatever it is".
    afterOid === none ? `delete ${name} ${beforeOid ?? ''}` : `update ${name} ${afterOid} ${beforeOid ?? ''}`,
  )
  const input = `${['start', ...commands, 'commit'].map((line) => line.trim()).join('\n')}\n`
  try {
    await git({ directory, input }, 'update-ref', '--stdin')
  } catch {
    throw gitHubError('STALE_DATA', 'A ref does not point at what it was expected to.')
  }
}
