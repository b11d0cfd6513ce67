import type { Fingerprint } from '../stack/fingerprint.ts'
import { changedParts, type PartChange } from '../stack/fingerprint-label.ts'
import { findImage } from '../stack/select.ts'
import { shortLength, tagOf } from '../stack/tags.ts'
import type { Image } from '../stack/types.ts'
import type { Lookup } from './fingerprint-lookup.ts'
import type { FingerprintQuestion } from './fingerprint-stage.ts'

/** The fingerprint of the image that a person asks about, beside that of an earlier build. */
export interface ExplainedFingerprint extends Fingerprint {
  /** The published image that it is compared with, and what differs; null where none says what it is made from. */
  readonly previous: {
    readonly tag: string
    readonly fingerprint: string | null
    readonly changes: readonly PartChange[]
  } | null
}

/** Null where nobody asks about an image. The earlier build is the base commit's, else the branch's. */
export async function explainFingerprint(
  question: FingerprintQuestion & { fingerprints: ReadonlyMap<string, Fingerprint>; lookup: Lookup },
): Promise<ExplainedFingerprint | null> {
  const { host, source, fingerprints } = question
  if (!host.view?.explain) return null
  const image = findImage(source.stack, host.view.explain)
  const made = fingerprints.get(image.name)
  return made ? { ...made, previous: await previousOf(question, image, made) } : null
}

async function previousOf(
  { source, lookup }: FingerprintQuestion & { lookup: Lookup },
  image: Image,
  made: Fingerprint,
): Promise<ExplainedFingerprint['previous']> {
  const { branch, defaultBranch, pullRequest } = source.trigger
  const { base } = source.changes
  const branches = [pullRequest?.baseRef, defaultBranch, branch].flatMap((name) => (name ? [tagOf(name)] : []))
  for (const tag of new Set([...(base ? [base.slice(0, shortLength)] : []), ...branches])) {
    const found = await lookup.byTag(image, tag)
    const stamp = found && (await lookup.describe(found))?.stamp
    if (stamp) return { tag, fingerprint: stamp.fingerprint, changes: changedParts(stamp, made) }
  }
  return null
}
