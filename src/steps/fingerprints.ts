import type { Fingerprint, ParentPart } from '../stack/fingerprint.ts'
import { fingerprintOf } from '../stack/fingerprint.ts'
import { stampText } from '../stack/fingerprint-label.ts'
import { type Hit, takeKnown } from '../stack/fingerprint-plan.ts'
import { ancestors } from '../stack/graph.ts'
import { publishedReason } from '../stack/plan.ts'
import { rebuildAge } from '../stack/rebuild.ts'
import { findImage } from '../stack/select.ts'
import { shortLength, tagOf } from '../stack/tags.ts'
import type { Image, PlannedImage } from '../stack/types.ts'
import type { Decision } from './decide.ts'
import { explainFingerprint } from './fingerprint-explain.ts'
import { gatherImageFacts, type ImageFacts } from './fingerprint-facts.ts'
import { createLookup, type Described, type Found, fingerprintReferences, type Lookup } from './fingerprint-lookup.ts'
import { buildsAnyway, type FingerprintQuestion } from './fingerprint-stage.ts'
import { withoutCommitTags, withoutRebuild } from './fingerprint-tags.ts'

/** What a pushed image carries of its fingerprint. */
export interface Stamp {
  readonly label: string
  /** Its `fp-…` references; empty where it has no fingerprint. */
  readonly references: readonly string[]
}

/** All that is known while a run's fingerprints are found. */
interface Set {
  readonly question: FingerprintQuestion
  readonly planned: ReadonlyMap<string, PlannedImage>
  readonly facts: ReadonlyMap<string, ImageFacts>
  readonly lookup: Lookup
  readonly made: Map<string, Promise<Fingerprint>>
  readonly standing: Map<string, Promise<Standing>>
}

/** The published image that stands for one which is not built. */
interface Standing {
  readonly found: Found | null
  /** What it is made from: its fingerprint, or its digest where it does not tell. */
  readonly value: string | null
  /** Why it is taken instead of what the plan says; null where it is what the plan says. */
  readonly reason: string | null
}

/** The decision with fingerprints in its plan, and with what some run built of the same inputs taken instead of built. */
export async function decideByFingerprints(question: FingerprintQuestion): Promise<Decision> {
  const { source, decision, inputs, host, registry, builds } = question
  const { plan, push } = decision
  const planned = new Map(plan.images.map((image) => [image.name, image]))
  const asked = imagesOfInterest(question)
  const images = source.stack.images.filter((image) => asked.has(image.name))
  const facts = await gatherImageFacts(question, images)
  const lookup = createLookup({ inputs, host, registry, trigger: source.trigger })
  const set: Set = { question, planned, facts, lookup, made: new Map(), standing: new Map() }
  const takes = !builds || !buildsAnyway(question)
  const own = ownImages(question)
  const [fingerprints, found] = await Promise.all([
    Promise.all(images.map(async ({ name }) => [name, await madeOf(set, name)] as const)),
    Promise.all(images.map(async (image) => [image.name, takes ? await findFor(set, image) : null] as const)),
  ])
  const byName = new Map(fingerprints)
  const finds = new Map(found)
  const hits = new Map(found.flatMap(([name, one]) => (one?.hit ? [[name, one.hit] as const] : [])))
  const aged = new Map(found.flatMap(([name, one]) => (one?.aged ? [[name, one.aged] as const] : [])))
  const forced = new Set([...aged.keys(), ...forcedImages(question)])
  const left = source.changes.base ? `unchanged since ${source.changes.base.slice(0, shortLength)}` : 'needed by nobody'
  const marked = plan.images.map((image): PlannedImage => {
    const fingerprint = byName.get(image.name)?.fingerprint ?? null
    const reason = aged.get(image.name)
    if (image.action !== 'build' || reason === undefined) return { ...image, fingerprint }
    return { ...image, fingerprint, reason, afresh: true }
  })
  const taken = takeKnown({ ...plan, images: marked }, { own, hits, forced, left, whole: inputs.monolithic })
  const homes = [...finds].flatMap(([name, one]) => (one?.home ? [[name, one.home] as const] : []))
  const stamps = push.push ? stampsOf(set, taken.images, byName) : new Map<string, Stamp>()
  const explained = await explainFingerprint({ ...question, fingerprints: byName, lookup })
  const after: Decision = { ...decision, plan: taken, stamps, homes: new Map(homes), ...(explained && { explained }) }
  return withoutCommitTags(await withoutRebuild(after, question), question)
}

/** What is built or tagged, what a person asks about, and all that these are built on. */
function imagesOfInterest({ source, decision, host }: FingerprintQuestion): ReadonlySet<string> {
  const acting = decision.plan.images.filter(
    ({ action }) => action === 'build' || (action === 'reuse' && decision.push.publishes),
  )
  const named = host.view?.explain ? [findImage(source.stack, host.view.explain).name] : []
  const names = [...acting.map(({ name }) => name), ...named]
  return new Set([...names, ...ancestors(source.stack.images, names)])
}

/** The images that the run is about; the others are in the plan for their children alone. */
function ownImages({ source, decision }: FingerprintQuestion): ReadonlySet<string> {
  const { stack, changed, selected } = source
  const names = stack.images.filter(({ name }) => decision.push.publishes || changed.has(name)).map(({ name }) => name)
  return new Set(names.filter((name) => selected?.has(name) ?? true))
}

function forcedImages({ decision, inputs }: FingerprintQuestion): string[] {
  return decision.plan.images.filter((image) => inputs.noCache || image.afresh).map(({ name }) => name)
}

function madeOf(set: Set, name: string): Promise<Fingerprint> {
  const found = set.made.get(name) ?? make(set, name)
  set.made.set(name, found)
  return found
}

async function make(set: Set, name: string): Promise<Fingerprint> {
  const { image, files, inputs } = set.facts.get(name) as ImageFacts
  const parents = image.parents.map(async ({ name: parent, references }): Promise<ParentPart> => {
    const made = await madeOf(set, parent)
    const reused = set.planned.get(parent)?.action === 'reuse'
    const value = reused ? (await standingOf(set, parent)).value : made.fingerprint
    return { references, value, inputs: made.inputs }
  })
  const fingerprint = fingerprintOf(image, files, inputs, await Promise.all(parents))
  // A plan solves no lock: what it will be is not known.
  const open = !set.question.builds && set.planned.get(name)?.relock && set.question.inputs.lockMode !== 'off'
  return open ? { ...fingerprint, fingerprint: null, why: 'its lock is to be made' } : fingerprint
}

interface Find {
  readonly hit: Hit | null
  /** Why what was found is too old. */
  readonly aged: string | null
  readonly home: string | null
}

async function findFor(set: Set, image: Image): Promise<Find | null> {
  const planned = set.planned.get(image.name)
  if (planned?.action === 'reuse') {
    const { found, reason } = await standingOf(set, image.name)
    const hit = found && reason ? { digest: found.digest, reason } : null
    return { hit, aged: null, home: found?.home ?? null }
  }
  if (planned?.action !== 'build' || set.question.inputs.noCache || planned.afresh) return null
  const { fingerprint } = await madeOf(set, image.name)
  const found = fingerprint === null ? null : await heldBy(set, image, fingerprint)
  if (!found || fingerprint === null) return null
  const aged = ageReason(set, image, found)
  const { digest, home } = found
  return aged ? { hit: null, aged, home: null } : { hit: { digest, reason: sayingOf(fingerprint, found) }, aged, home }
}

/** The image behind a fingerprint's tag, if it says the same of itself. */
async function heldBy({ lookup, question }: Set, image: Image, fingerprint: string): Promise<Described | null> {
  const found = await lookup.byFingerprint(image, fingerprint)
  const described = found && (await lookup.describe(found))
  if (!described || described.stamp?.fingerprint === fingerprint) return described
  question.host.out.warning(
    `${image.name}: what ${found.home}:fp-${fingerprint} points at does not say that it is made from these inputs: it is not taken`,
  )
  return null
}

function standingOf(set: Set, name: string): Promise<Standing> {
  const found = set.standing.get(name) ?? stand(set, name)
  set.standing.set(name, found)
  return found
}

/**
 * An image that did not change: the newest build of its inputs, which after a base moved is not that of its commit's tag. It is the
 * one of its fingerprint, else what the branch's tag points at if it is made from the same files, else the plan's.
 */
async function stand(set: Set, name: string): Promise<Standing> {
  const { lookup, facts, planned } = set
  const { image } = facts.get(name) as ImageFacts
  const { digest, reason } = planned.get(name) as PlannedImage
  const { fingerprint, inputs } = await madeOf(set, name)
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
  set: Set,
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

async function behindBranch({ lookup, question }: Set, image: Image): Promise<Described | null> {
  const { defaultBranch, pullRequest, kind, branch } = question.source.trigger
  const name = pullRequest?.baseRef ?? defaultBranch ?? (kind === 'local' ? branch : null)
  const found = name === null ? null : await lookup.byTag(image, tagOf(name))
  return found && (await lookup.describe(found))
}

/** A schedule counts by spec.yml's `rebuild`, every run by `max-age`. */
function ageReason({ question }: Set, image: Image, { created }: Described): string | null {
  const { inputs, source } = question
  const period = source.trigger.kind === 'schedule' ? rebuildAge(image) : null
  const most = Math.min(inputs.maxAge ?? Number.POSITIVE_INFINITY, period ?? Number.POSITIVE_INFINITY)
  if (most === Number.POSITIVE_INFINITY) return null
  const age = created === null ? null : Date.now() - created
  if (age !== null && age <= most) return null
  const hours = age === null ? 'of unknown age' : `${Math.floor(age / 3_600_000)} hours old`
  return `the build of the same inputs is ${hours}, ${inputs.maxAge === most ? 'max-age' : 'rebuild'} allows ${Math.round(most / 3_600_000)}`
}

function sayingOf(fingerprint: string, found: Described): string {
  return `fp-${fingerprint.slice(0, 8)}… holds the same inputs${fromCommit(found)}`
}

function fromCommit({ revision }: Described): string {
  return revision === null ? '' : ` (built from ${revision})`
}

function stampsOf(
  { question, facts, lookup }: Set,
  images: readonly PlannedImage[],
  fingerprints: ReadonlyMap<string, Fingerprint>,
): Map<string, Stamp> {
  return new Map(
    images.flatMap(({ name, action }): [string, Stamp][] => {
      const made = fingerprints.get(name)
      const image = facts.get(name)?.image
      if (action !== 'build' || !made || !image) return []
      const { fingerprint } = made
      const references = fingerprint ? fingerprintReferences(image, question, lookup.tagFor(fingerprint)) : []
      return [[name, { label: stampText(made), references }]]
    }),
  )
}
