import { nearest } from '../nearest.ts'
import { type ImageReference, isOfficial, parseReference, publisherOf, publisherOfPrefix } from './image-reference.ts'
import type { Note } from './types.ts'

/** What is known of an image before its parents are. */
export interface Candidate {
  readonly name: string
  readonly repository: string
  readonly tagPrefix: string
  readonly dockerfile: string
  /** Names of the images that spec.yml says it depends on. */
  readonly dependsOn: readonly string[]
  readonly references: readonly { readonly reference: string; readonly line: number }[]
}

/** Tells which image of the stack a reference in an image means; null for an image from outside. */
export type ParentOf = (candidate: Candidate, reference: string) => string | null

/**
 * Finds out which references mean images of this stack. The last component of the reference must be an image's
 * repository (and its tag begin with a variant's prefix), and the rest must be the stack's own publisher: one of
 * `prefixes` (inputs, spec.yml), else the one that the stack's references to its images agree on. A bare name is the
 * stack's unless Docker publishes an official image of that name. Everything less sure stays outside, with a note.
 */
export function parentFinder(candidates: readonly Candidate[], prefixes: readonly string[], notes: Note[]): ParentOf {
  const byRepository = Map.groupBy(candidates, (candidate) => candidate.repository)
  const publishers = ownPublishers(candidates, byRepository, prefixes, notes)
  const noted = new Set<string>()
  return (candidate, text) => {
    const reference = parseReference(text)
    const named = meantBy(byRepository, candidate, reference)
    if (named === null) return null
    const listed = candidate.dependsOn.includes(named)
    const doubt = listed ? null : doubtOf(reference, publishers)
    if (doubt === null && !reference.digest) return named
    const line = candidate.references.find((other) => other.reference === text)?.line ?? null
    const key = `${candidate.dockerfile}\n${text}`
    if (!noted.has(key))
      notes.push({ path: candidate.dockerfile, line, text: remark(text, candidate.name, named, doubt) })
    noted.add(key)
    return doubt === null ? named : null
  }
}

/** At most two names that are like one that is not there, as a line of an error; nothing when none is. */
export function suggestion(name: string, known: readonly string[]): string[] {
  const near = nearest(name, known)
  return near.length > 0 ? [`Did you mean ${near.join(' or ')}?`] : []
}

function remark(text: string, image: string, parent: string, doubt: string | null): string {
  if (doubt === null) return `${text} pins a digest of ${parent}: it is built on this stack's own ${parent} instead`
  return `${text} is taken as an image from outside: ${doubt}. If it is this stack's ${parent}, say so in spec.yml: images: {${image}: {depends_on: [${parent}]}}`
}

/** The image that the name alone points to, the image itself left out: `ubuntu/Dockerfile` may say FROM ubuntu. */
function meantBy(
  byRepository: Map<string, Candidate[]>,
  candidate: Candidate,
  reference: ImageReference,
): string | null {
  const same = byRepository.get(reference.repository) ?? []
  const tag = reference.tag ?? ''
  const variant = same
    .filter((other) => other.tagPrefix && (tag.startsWith(other.tagPrefix) || `${tag}-` === other.tagPrefix))
    .sort((a, b) => b.tagPrefix.length - a.tagPrefix.length)[0]
  const found = variant ?? same.find((other) => other.tagPrefix === '')
  return found && found.name !== candidate.name ? found.name : null
}

function doubtOf(reference: ImageReference, publishers: ReadonlySet<string>): string | null {
  const publisher = publisherOf(reference)
  if (isOfficial(reference)) return 'Docker publishes an official image of this name'
  if (publisher === '' || publishers.has(publisher)) return null
  return `${publisher} is not known to be where this stack is published`
}

/** Publishers that are the stack's: the declared ones where its references use one of them, else the one most used. */
function ownPublishers(
  candidates: readonly Candidate[],
  byRepository: Map<string, Candidate[]>,
  prefixes: readonly string[],
  notes: Note[],
): Set<string> {
  const declared = new Set(prefixes.map(publisherOfPrefix))
  const uses = new Map<string, Set<string>>()
  const foreign = new Set<string>()
  for (const candidate of candidates) {
    for (const { reference: text } of candidate.references) {
      const reference = parseReference(text)
      const publisher = publisherOf(reference)
      const named = meantBy(byRepository, candidate, reference)
      if (named && publisher && !reference.digest) uses.set(publisher, (uses.get(publisher) ?? new Set()).add(named))
      if (!named && publisher && byRepository.has(reference.repository)) foreign.add(publisher)
    }
  }
  if ([...uses.keys()].some((publisher) => declared.has(publisher))) return declared
  const ranked = [...uses].filter(([publisher]) => !foreign.has(publisher)).sort((a, b) => b[1].size - a[1].size)
  const [first, second] = ranked
  if (first && second && first[1].size === second[1].size) {
    const text = `${first[0]} and ${second[0]} may both be where this stack is published: give the input registry, or registry in spec.yml`
    notes.push({ path: candidates[0]?.dockerfile ?? '.', line: null, text })
    return declared
  }
  return first ? declared.add(first[0]) : declared
}
