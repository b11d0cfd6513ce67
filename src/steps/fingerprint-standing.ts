import type { Fingerprint } from '../stack/fingerprint.ts'
import { publishedReason } from '../stack/plan.ts'
import { tagOf } from '../stack/tags.ts'
import type { Image, PlannedImage } from '../stack/types.ts'
import type { ImageFacts } from './fingerprint-facts.ts'
import type { Described, Found, Lookup } from './fingerprint-lookup.ts'
import type { FingerprintQuestion } from './fingerprint-stage.ts'

/** All that is known while a run's fingerprints are found. */
export interface Known {
  readonly question: FingerprintQuestion
  readonly planned: ReadonlyMap<string, PlannedImage>
  readonly facts: ReadonlyMap<string, ImageFacts>
  readonly lookup: Lookup
  /** An image's fingerprint were it built now. */
  readonly made: (name: string) => Promise<Fingerprint>
  readonly standing: Map<string, Promise<Standing>>
}

/** The published image that stands for one which is not built. */
export interface Standing {
  readonly found: Found | null
  /** What it is made from: its fingerprint, or its digest where it does not tell. */
  readonly value: string | null
  /** Why it is taken instead of what the plan says; null where it is what the plan says. */
  readonly reason: string | null
}

/** What stands for an image, found out once. */
export function standingOf(set: Known, name: string): Promise<Standing> {
  const found = set.standing.get(name) ?? stand(set, name)
  set.standing.set(name, found)
  return found
}

/**
 * An image that did not change: the newest build of its inputs, which after a base moved is not that of its commit's tag. It is the
 * one of its fingerprint, else what the branch's tag points at if it is made from the same files, else the plan's.
 */
async function stand(set: Known, name: string): Promise<Standing> {
  const { lookup, facts, planned } = set
  const { image } = facts.get(name) as ImageFacts
  const { digest, reason } = planned.get(name) as PlannedImage
  const { fingerprint, inputs } = await set.made(name)
  const tagged = fingerprint === null ? null : await lookup.byFingerprint(image, fingerprint)
  if (tagged && tagged.digest === digest) return { found: tagged, value: fingerprint, reason: null }
  if (reason === publishedReason) {
    const later = digest === null ? null : await laterBuild(set, image, { digest, inputs })
    if (later) return later
  } else {
    const newer = tagged && fingerprint ? await heldBy(set, image, fingerprint) : null
    if (newer && fingerprint) return { found: newer, value: fingerprint, reason: sayingOf(fingerprint, newer) }
    const behind = await behindBranch(set, image)
    if (behind && behind.stamp?.inputs === inputs) {
      const why = behind.digest === digest ? null : `the branch’s image holds the same files${fromCommit(behind)}`
      return { found: behind, value: behind.stamp.fingerprint ?? behind.digest, reason: why }
    }
  }
  const own = digest === null ? null : await lookup.byDigest(image, digest)
  const described = own && (await lookup.describe(own))
  // A label that it has from its parent says nothing of it.
  const stamp = described?.stamp?.inputs === inputs ? described.stamp : null
  return { found: own, value: stamp?.fingerprint ?? digest, reason: null }
}

/**
 * In a second run of a commit, where nothing is built: what the branch has by now, if it was built of the same files after the commit's
 * own image. It stays the branch's: a schedule, an age or `no-cache` wanted it.
 */
async function laterBuild(
  set: Known,
  image: Image,
  { digest, inputs }: { digest: string; inputs: string },
): Promise<Standing | null> {
  const { question, planned, lookup } = set
  if (!question.decision.push.publishes || [...planned.values()].some(({ action }) => action === 'build')) return null
  const behind = await behindBranch(set, image)
  if (!behind || behind.digest === digest || behind.stamp?.inputs !== inputs) return null
  const own = await lookup.describe({ digest, home: behind.home })
  if (own === null || own.created === null || behind.created === null || behind.created <= own.created) return null
  const reason = `the branch’s image is a later build of the same files${fromCommit(behind)}`
  return { found: behind, value: behind.stamp.fingerprint ?? behind.digest, reason }
}

async function behindBranch({ lookup, question }: Known, image: Image): Promise<Described | null> {
  const { defaultBranch, pullRequest, kind, branch } = question.source.trigger
  const name = pullRequest?.baseRef ?? defaultBranch ?? (kind === 'local' ? branch : null)
  const found = name === null ? null : await lookup.byTag(image, tagOf(name))
  return found && (await lookup.describe(found))
}

/** The image behind a fingerprint's tag, if it says the same of itself. */
export async function heldBy(
  { lookup, question }: Known,
  image: Image,
  fingerprint: string,
): Promise<Described | null> {
  const found = await lookup.byFingerprint(image, fingerprint)
  const described = found && (await lookup.describe(found))
  if (!described || described.stamp?.fingerprint === fingerprint) return described
  question.host.out.warning(
    `${image.name}: what ${found.home}:fp-${fingerprint} points at does not say that it is made from these inputs: it is not taken`,
  )
  return null
}

export function sayingOf(fingerprint: string, found: Described): string {
  return `fp-${fingerprint.slice(0, 8)}… holds the same inputs${fromCommit(found)}`
}

function fromCommit({ revision }: Described): string {
  return revision === null ? '' : ` (built from ${revision})`
}
