import type { Fingerprint, ParentPart } from '../stack/fingerprint.ts'
import { fingerprintOf } from '../stack/fingerprint.ts'
import { stampText } from '../stack/fingerprint-label.ts'
import { type Hit, takeKnown } from '../stack/fingerprint-plan.ts'
import { ancestors } from '../stack/graph.ts'
import { rebuildAge } from '../stack/rebuild.ts'
import { findImage } from '../stack/select.ts'
import { shortLength } from '../stack/tags.ts'
import type { Image, PlannedImage } from '../stack/types.ts'
import type { Decision } from './decide.ts'
import { explainFingerprint } from './fingerprint-explain.ts'
import { gatherImageFacts, type ImageFacts } from './fingerprint-facts.ts'
import { createLookup, type Described, fingerprintReferences } from './fingerprint-lookup.ts'
import { buildsAnyway, type FingerprintQuestion } from './fingerprint-stage.ts'
import { heldBy, type Known, sayingOf, standingOf } from './fingerprint-standing.ts'
import { withoutCommitTags, withoutRebuild } from './fingerprint-tags.ts'

/** What a pushed image carries of its fingerprint. */
export interface Stamp {
  readonly label: string
  /** Its `fp-…` references; empty where it has no fingerprint. */
  readonly references: readonly string[]
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
  const made = new Map<string, Promise<Fingerprint>>()
  const set: Known = {
    ...{ question, planned, facts, lookup, standing: new Map() },
    made: (name) => {
      const found = made.get(name) ?? make(set, name)
      made.set(name, found)
      return found
    },
  }
  const takes = !builds || !buildsAnyway(question)
  const own = ownImages(question)
  const [fingerprints, found] = await Promise.all([
    Promise.all(images.map(async ({ name }) => [name, await set.made(name)] as const)),
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

async function make(set: Known, name: string): Promise<Fingerprint> {
  const { image, files, inputs } = set.facts.get(name) as ImageFacts
  const parents = image.parents.map(async ({ name: parent, references }): Promise<ParentPart> => {
    const made = await set.made(parent)
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

async function findFor(set: Known, image: Image): Promise<Find | null> {
  const planned = set.planned.get(image.name)
  if (planned?.action === 'reuse') {
    const { found, reason } = await standingOf(set, image.name)
    const hit = found && reason ? { digest: found.digest, reason } : null
    return { hit, aged: null, home: found?.home ?? null }
  }
  if (planned?.action !== 'build' || set.question.inputs.noCache || planned.afresh) return null
  const { fingerprint } = await set.made(image.name)
  const found = fingerprint === null ? null : await heldBy(set, image, fingerprint)
  if (!found || fingerprint === null) return null
  const aged = ageReason(set, image, found)
  const { digest, home } = found
  return aged ? { hit: null, aged, home: null } : { hit: { digest, reason: sayingOf(fingerprint, found) }, aged, home }
}

/** A schedule counts by spec.yml's `rebuild`, every run by `max-age`. */
function ageReason({ question }: Known, image: Image, { created }: Described): string | null {
  const { inputs, source } = question
  const period = source.trigger.kind === 'schedule' ? rebuildAge(image) : null
  const most = Math.min(inputs.maxAge ?? Number.POSITIVE_INFINITY, period ?? Number.POSITIVE_INFINITY)
  if (most === Number.POSITIVE_INFINITY) return null
  const age = created === null ? null : Date.now() - created
  if (age !== null && age <= most) return null
  const hours = age === null ? 'of unknown age' : `${Math.floor(age / 3_600_000)} hours old`
  return `the build of the same inputs is ${hours}, ${inputs.maxAge === most ? 'max-age' : 'rebuild'} allows ${Math.round(most / 3_600_000)}`
}

function stampsOf(
  { question, facts, lookup }: Known,
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
