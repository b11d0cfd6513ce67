import type { TagOutcome } from '../cleanup/types.ts'
import { type CanonicalReference, canonicalReference } from '../stack/canonical.ts'
import { type PackageVersions, readPackageVersions } from '../tools/github-packages.ts'
import { type Removal, removeDigests } from './remove-tags.ts'

/**
 * Removes what the verdicts say from ghcr.io, where a version goes with all its tags: one that has a tag that stays is kept.
 * Untagged versions, the parts of indexes among them, are never touched.
 */
export async function removeVersions(removal: Removal): Promise<TagOutcome[]> {
  const reference = canonicalReference(removal.repository) as CanonicalReference
  // Read when the first one is removed: the tags that count are those of that moment.
  let known: Promise<PackageVersions> | null = null
  return await removeDigests(removal, async (digest, tags) => {
    known ??= readPackageVersions(removal, reference)
    const { versions, remove } = await known
    const version = versions.find((one) => one.digest === digest)
    if (!version) return { outcome: 'kept', reason: 'it is gone already' }
    if (version.tags === null) return { outcome: 'kept', reason: 'its tags are not known' }
    const other = version.tags.find((tag) => !tags.includes(tag))
    if (other !== undefined) return { outcome: 'kept', reason: `${other} is the same version` }
    if (!tags.every((tag) => version.tags?.includes(tag))) return { outcome: 'kept', reason: 'it was moved meanwhile' }
    await remove(version.id)
    return null
  })
}
