import { decideCleanup, isOfRuns, removableDigests } from '../cleanup/decide.ts'
import type { RepositoryContent, TagOutcome, TagVerdict } from '../cleanup/types.ts'
import { ActionError, messageOf } from '../errors.ts'
import type { RepositoryClient } from '../tools/registry-content.ts'
import type { RepositoryQuestion } from './cleanup.ts'

/** What is removed from one repository. */
export interface Removal extends RepositoryQuestion {
  readonly client: RepositoryClient
  readonly content: RepositoryContent
  readonly verdicts: readonly TagVerdict[]
}

type Outcome = Pick<TagOutcome, 'outcome' | 'reason'>

/**
 * Removes what the verdicts say, tag by tag. Each is read again right before: one that was moved since is kept. Where the
 * registry removes digests alone, the repository is read a second time, and only what nothing else needs by then is removed.
 */
export async function removeTags(removal: Removal): Promise<TagOutcome[]> {
  const { client, verdicts } = removal
  if (client.registry === 'docker.io')
    throw new ActionError(
      'registry',
      'Docker Hub removes tags by an API of its own alone, which this command does not speak',
      ['a dry run lists them: remove them on hub.docker.com'],
    )
  if (client.registry === 'ghcr.io') {
    const { removeVersions } = await import('./remove-versions.ts')
    return await removeVersions(removal)
  }
  const outcomes = new Map<string, Outcome>()
  for (const verdict of verdicts.filter(({ remove }) => remove)) {
    const outcome = await attempt(removal, () => removeTag(client, verdict))
    if (outcome === 'unsupported') return await removeDigests(removal, (digest) => removeManifest(client, digest))
    outcomes.set(verdict.tag, outcome)
  }
  return verdicts.map((verdict) => ({ ...verdict, outcome: 'kept', ...outcomes.get(verdict.tag) }))
}

async function removeTag(
  client: RepositoryClient,
  { tag, digest, reason }: TagVerdict,
): Promise<Outcome | 'unsupported'> {
  const now = await client.digest(tag)
  if (now === null) return { outcome: 'kept', reason: 'it is gone already' }
  if (now !== digest) return { outcome: 'kept', reason: 'it was moved meanwhile' }
  const done = await client.remove(tag)
  return done === 'unsupported' ? done : { outcome: 'removed', reason }
}

/** Removes a manifest with its tags; null where it was done, else what became of it. */
type RemoveDigest = (digest: string, tags: readonly string[]) => Promise<Outcome | null>

/** For registries that remove digests alone: what is removed is what nothing else needs when the repository is read once more. */
export async function removeDigests(removal: Removal, remove: RemoveDigest): Promise<TagOutcome[]> {
  const { client, rules, verdicts } = removal
  const content = await client.content(isOfRuns(rules))
  const again = decideCleanup(content, rules).filter((verdict) => verdict.remove)
  const [free, outcomes] = [removableDigests(content, again), new Map<string, Outcome>()]
  const agreed = verdicts.filter((verdict) => {
    const same = again.some(({ tag, digest }) => tag === verdict.tag && digest === verdict.digest)
    if (verdict.remove && !(same && free.has(verdict.digest)))
      outcomes.set(verdict.tag, { outcome: 'kept', reason: 'it was moved, or is needed by now' })
    return verdict.remove && same && free.has(verdict.digest)
  })
  for (const [digest, all] of Map.groupBy(agreed, (verdict) => verdict.digest)) {
    const names = all.map(({ tag }) => tag)
    const outcome = await attempt(removal, () => remove(digest, names))
    for (const { tag, reason } of all) outcomes.set(tag, outcome ?? { outcome: 'removed', reason })
  }
  return verdicts.map((verdict) => ({ ...verdict, outcome: 'kept', ...outcomes.get(verdict.tag) }))
}

async function removeManifest(client: RepositoryClient, digest: string): Promise<Outcome | null> {
  const done = await client.remove(digest)
  return done === 'removed' ? null : { outcome: 'failed', reason: 'the registry removes neither tags nor digests' }
}

/** What goes wrong with one tag leaves the others to be tried. */
async function attempt<T>({ host }: Removal, work: () => Promise<T | Outcome>): Promise<T | Outcome> {
  try {
    return await work()
  } catch (error) {
    if (host.signal.aborted) throw error
    return { outcome: 'failed', reason: messageOf(error) }
  }
}
