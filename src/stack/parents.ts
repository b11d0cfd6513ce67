import { nearest } from '../nearest.ts'
import { type ImageReference, isOfficial, parseReference, publisherOf, publisherOfPrefix } from './image-reference.ts'
import { taggedFinder } from './tagged.ts'
import type { Note } from './types.ts'

/** What is known of an image before its parents are. */
export interface Candidate {
  readonly name: string
  readonly repository: string
  readonly tagPrefix: string
  readonly registries: readonly string[]
  readonly dockerfile: string
  /** Names of the images that spec.yml says it depends on. */
  readonly dependsOn: readonly string[]
  /** True where spec.yml gives both its published name and its tag: then also a bare official name means it. */
  readonly named: boolean
  readonly references: readonly { readonly reference: string; readonly line: number }[]
}

/** An image of the stack that a reference means, and by what that was told, in the reader's words. */
export interface Recognised {
  readonly name: string
  readonly how: string
}

/** How the stack publishes all of its images: under which prefixes, and what stands before their tags. */
export interface OwnNames {
  readonly prefixes: readonly string[]
  /** With its hyphen; empty for none. */
  readonly tagPrefix: string
}

/** Tells which image of the stack a reference in an image means; null for an image from outside. */
export type ParentOf = (candidate: Candidate, reference: string) => Recognised | null

/**
 * Finds out which references mean images of this stack. The last component of the reference must be an image's
 * repository (and its tag begin with a variant's prefix), and the rest must be the stack's own publisher: one of
 * `prefixes` (inputs, spec.yml), else the one that the stack's references to its images agree on. A bare name is the
 * stack's unless Docker publishes an official image of that name. Everything less sure stays outside, with a note.
 */
export function parentFinder(candidates: readonly Candidate[], own: OwnNames, notes: Note[]): ParentOf {
  const byRepository = Map.groupBy(candidates, (candidate) => candidate.repository)
  const readOwn = ownReader(own)
  const publishers = ownPublishers(candidates, byRepository, { prefixes: own.prefixes, readOwn }, notes)
  const byTag = taggedFinder(candidates.map((candidate) => candidate.name))
  const named = new Set(candidates.filter((candidate) => candidate.named).map((candidate) => candidate.name))
  const noted = new Set<string>()
  const note = (candidate: Candidate, reference: string, text: string) => {
    const key = `${candidate.dockerfile}\n${reference}`
    const line = candidate.references.find((other) => other.reference === reference)?.line ?? null
    if (!noted.has(key)) notes.push({ path: candidate.dockerfile, line, text })
    noted.add(key)
  }
  return (candidate, text) => {
    const reference = readOwn(text)
    const { meant, possible } = meantBy(byRepository, candidate, reference)
    if (meant === null) {
      const tagged = possible.length > 1 ? null : byTag(reference, candidate.name)
      if (possible.length > 1) note(candidate, text, ambiguous(text, candidate.name, possible))
      if (tagged !== null) note(candidate, text, tagMeans(text, tagged, reference))
      return null
    }
    const listed = candidate.dependsOn.includes(meant) || named.has(meant)
    const doubt = listed ? null : doubtOf(reference, publishers)
    if (doubt !== null || reference.digest) note(candidate, text, remark(text, candidate.name, meant, doubt))
    return doubt === null ? { name: meant, how: howRecognised(reference, listed, publishers) } : null
  }
}

function howRecognised(reference: ImageReference, listed: boolean, publishers: Publishers): string {
  const publisher = publisherOf(reference)
  if (listed) return 'spec.yml says so'
  if (publisher === '') return 'a bare name, and Docker publishes no official image of it'
  return publishers.declared.has(publisher)
    ? `${publisher} is where this stack is published, by the input registry or spec.yml`
    : `${publisher} is what most references to this stack's images have`
}

type ReadOwn = (text: string) => ImageReference

/** A reference without what stands before the tags of the whole stack: a variant's name may come behind it. Each is read once. */
function ownReader({ tagPrefix }: OwnNames): ReadOwn {
  const known = new Map<string, ImageReference>()
  const read = (text: string) => {
    const reference = parseReference(text)
    const { tag } = reference
    return tagPrefix && tag?.startsWith(tagPrefix) ? { ...reference, tag: tag.slice(tagPrefix.length) } : reference
  }
  return (text) => {
    const reference = known.get(text) ?? read(text)
    known.set(text, reference)
    return reference
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

function tagMeans(text: string, image: string, { repository, tag }: ImageReference): string {
  return `${text} is taken as an image from outside: its tag is made of the parts of ${image}. If it is this image, say so in spec.yml: images: {${image}: {name: ${repository}, tag: ${tag}}}`
}

function ambiguous(text: string, image: string, names: readonly string[]): string {
  const some = names.slice(0, 3).join(' or ') + (names.length > 3 ? ` or ${names.length - 3} more` : '')
  return `${text} is taken as an image from outside: it may be ${some}. Say which in spec.yml: images: {${image}: {depends_on: [${names[0]}]}}`
}

/** The image that the name alone points to, the image itself left out: `ubuntu/Dockerfile` may say FROM ubuntu. */
function meantBy(
  byRepository: Map<string, Candidate[]>,
  candidate: Candidate,
  reference: ImageReference,
): { meant: string | null; possible: readonly string[] } {
  const same = byRepository.get(reference.repository)
  if (!same) return nothing
  const tag = reference.tag ?? ''
  const fits = ({ tagPrefix }: Candidate) => tagPrefix && (tag.startsWith(tagPrefix) || `${tag}-` === tagPrefix)
  const longest = same.filter(fits).reduce((length, other) => Math.max(length, other.tagPrefix.length), 0)
  const found = same.filter((other) => other.tagPrefix.length === longest && (longest === 0 || fits(other)))
  const told = found.length > 1 ? toldApart(found, candidate, publisherOf(reference)) : found
  const possible = told.map((other) => other.name).filter((name) => name !== candidate.name)
  return { meant: told.length === 1 ? (possible[0] ?? null) : null, possible: told.length > 1 ? possible : [] }
}

const nothing = { meant: null, possible: [] }

/** Several images of one name: the one that spec.yml names, or that is published where the reference says. */
function toldApart(found: readonly Candidate[], candidate: Candidate, publisher: string): readonly Candidate[] {
  const listed = found.filter((other) => candidate.dependsOn.includes(other.name))
  if (listed.length === 1) return listed
  const there = found.filter((other) => other.registries.map(publisherOfPrefix).includes(publisher))
  return there.length === 1 ? there : found
}

function doubtOf(reference: ImageReference, publishers: Publishers): string | null {
  const publisher = publisherOf(reference)
  if (isOfficial(reference)) return 'Docker publishes an official image of this name'
  if (publisher === '' || publishers.declared.has(publisher) || publishers.agreed === publisher) return null
  return `${publisher} is not known to be where this stack is published`
}

/** Publishers that are the stack's: by inputs and spec.yml, and the one that its references agree on. */
interface Publishers {
  readonly declared: ReadonlySet<string>
  readonly agreed: string | null
}

/** Publishers that are the stack's: the declared ones where its references use one of them, else the one most used. */
function ownPublishers(
  candidates: readonly Candidate[],
  byRepository: Map<string, Candidate[]>,
  { prefixes, readOwn }: Pick<OwnNames, 'prefixes'> & { readonly readOwn: ReadOwn },
  notes: Note[],
): Publishers {
  const declared = new Set(prefixes.map(publisherOfPrefix))
  const uses = new Map<string, Set<string>>()
  const foreign = new Set<string>()
  for (const candidate of candidates) {
    for (const { reference: text } of candidate.references) {
      const reference = readOwn(text)
      const publisher = publisherOf(reference)
      const named = meantBy(byRepository, candidate, reference).meant
      // `pytorch/pytorch` is how a project publishes itself: no sign that this stack does.
      if (publisher === reference.repository && !declared.has(publisher)) continue
      if (named && publisher && !reference.digest) uses.set(publisher, (uses.get(publisher) ?? new Set()).add(named))
      if (!named && publisher && byRepository.has(reference.repository)) foreign.add(publisher)
    }
  }
  if ([...uses.keys()].some((publisher) => declared.has(publisher))) return { declared, agreed: null }
  const ranked = [...uses].filter(([publisher]) => !foreign.has(publisher)).sort((a, b) => b[1].size - a[1].size)
  const [first, second] = ranked
  if (first && second && first[1].size === second[1].size) {
    const text = `${first[0]} and ${second[0]} may both be where this stack is published: give the input registry, or registry in spec.yml`
    notes.push({ path: candidates[0]?.dockerfile ?? '.', line: null, text })
    return { declared, agreed: null }
  }
  return { declared, agreed: first?.[0] ?? null }
}
