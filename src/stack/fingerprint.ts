import { hash } from 'node:crypto'
import { byCode } from '../lock/order.ts'
import { isAddress } from './address.ts'
import type { ImageFiles } from './fingerprint-files.ts'
import type { Image } from './types.ts'

/** Part of every fingerprint: raised where the same inputs are to count as others than before. */
const algorithm = 2

/** What goes into an image besides its files and what it is built on. */
export interface ImageInputs {
  /** All build arguments, those of the run included. */
  readonly args: Readonly<Record<string, string>>
  readonly target: string | null
  /** Never empty: where nobody names one, the builder's own. */
  readonly platforms: readonly string[]
  /** Named contexts: name → folder, relative to the image's own context, or address. */
  readonly contexts: Readonly<Record<string, string>>
  /** External references, those of contexts included → digest; null where it is not known. */
  readonly bases: ReadonlyMap<string, string | null>
}

/** What an image is built on, by the references of its Dockerfile: a fingerprint, or the digest of an image that has none. */
export interface ParentPart {
  readonly references: readonly string[]
  readonly value: string | null
  /** The same with digests of external images left out. */
  readonly inputs: string
}

/** The parts of a fingerprint, each a hash or a name, never a value. Keys are sorted. */
export interface FingerprintParts {
  readonly dockerfile: string
  /** Commands that test it: an image that passed others is another one. */
  readonly tests: string
  /** Path relative to the context → hash of mode and content. */
  readonly files: Readonly<Record<string, string>>
  readonly lockSources: Readonly<Record<string, string>>
  readonly args: Readonly<Record<string, string>>
  readonly target: string
  readonly platforms: string
  readonly contexts: Readonly<Record<string, string>>
  /** External reference → its digest. */
  readonly bases: Readonly<Record<string, string>>
  /** References to a parent → its fingerprint, or its digest. */
  readonly parents: Readonly<Record<string, string>>
}

/** An image's fingerprint with what went in. */
export interface Fingerprint {
  /** 32 hexadecimal digits; null where something that goes in is not known. */
  readonly fingerprint: string | null
  /** Why there is none, in the reader's words. */
  readonly why: string | null
  /** The same over everything but the digests of external images: what the repository alone decides. */
  readonly inputs: string
  readonly parts: FingerprintParts
}

/**
 * The fingerprint of an image: what must be the same for its build to be the same, as far as a build is told by its inputs.
 * Labels, annotations, tags, secrets and attestations are not in it; neither are the places of things in the repository. The image's
 * name is: the variants of one repository differ in labels, and their fingerprints stand beside each other there.
 */
export function fingerprintOf(
  image: Image,
  files: ImageFiles,
  inputs: ImageInputs,
  parents: readonly ParentPart[],
): Fingerprint {
  const parts: FingerprintParts = {
    dockerfile: files.dockerfile ?? '',
    tests: testsOf(image),
    files: record(files.files.map(([path, mode, id]) => [path, short(mode, id)])),
    lockSources: record(files.lockSources.map(([path, mode, id]) => [path, short(mode, id)])),
    args: record(Object.entries(inputs.args).map(([name, value]) => [name, short(name, value)])),
    target: inputs.target ?? '',
    platforms: [...inputs.platforms].sort(byCode).join(','),
    contexts: record(Object.entries(inputs.contexts).map(([name, value]) => [name, short(name, value)])),
    bases: record([...inputs.bases].map(([reference, digest]) => [reference, digest ?? ''])),
    parents: record(parents.map(({ references, value }) => [nameOf(references), value ?? ''])),
  }
  const why = whyNot(image, files, inputs, parents)
  // Hashes in full: those of the parts are cut, for the label.
  const whole = {
    ...{
      algorithm,
      name: image.name,
      dockerfile: parts.dockerfile,
      target: parts.target,
      platforms: parts.platforms,
      tests: parts.tests,
    },
    ...{ files: files.files, lockSources: files.lockSources },
    ...{ args: sorted(inputs.args), contexts: sorted(inputs.contexts) },
    ...(isAddress(image.context) ? { context: image.context, remote: image.remoteDockerfile ?? '' } : {}),
  }
  const of = (values: Readonly<Record<string, string>>, bases: Readonly<Record<string, string>> | null) =>
    hash('sha256', JSON.stringify({ ...whole, bases, parents: values })).slice(0, 32)
  const parentInputs = record(parents.map(({ references, inputs: own }) => [nameOf(references), own]))
  return {
    fingerprint: why === null ? of(parts.parents, parts.bases) : null,
    why,
    inputs: of(parentInputs, null),
    parts,
  }
}

/** External references whose digests go into an image: bases, and images that named contexts are. */
export function externalReferences(image: Image, contexts: Readonly<Record<string, string>>): string[] {
  const named = Object.values(contexts).flatMap((value) => contextImage(value) ?? [])
  return [...new Set([...image.external, ...named])]
}

/** The reference in `docker-image://…`; null for another context. */
export function contextImage(value: string): string | null {
  return value.startsWith('docker-image://') ? value.slice('docker-image://'.length) : null
}

function whyNot(
  image: Image,
  { dockerfile }: ImageFiles,
  { bases, contexts }: ImageInputs,
  parents: readonly ParentPart[],
): string | null {
  const addresses = [image.context, ...Object.values(contexts)].filter(isAddress)
  const loose = addresses.find((address) => contextImage(address) === null && !isPinned(address))
  if (loose !== undefined) return `the context ${loose} is not pinned to a commit`
  if (dockerfile === null && image.remoteDockerfile === undefined) return `${image.dockerfile} is not in the repository`
  const base = [...bases].find(([, digest]) => digest === null)
  if (base) return `the digest of ${base[0]} is not known`
  const parent = parents.find(({ value }) => value === null)
  return parent ? `its parent ${nameOf(parent.references)} has none` : null
}

/** A git repository at a commit, `https://github.com/o/r.git#<commit>:folder`: what it holds cannot change. */
function isPinned(address: string): boolean {
  return /^(?:https?:|git:|ssh:|git@).*#(?:[0-9a-f]{40}|[0-9a-f]{64})(?::|$)/i.test(address)
}

/** What is tested; files of tests count as files that the image reads (watch.ts). */
function testsOf({ declared: { test, testing } }: Image): string {
  return test.length === 0 && testing === undefined
    ? ''
    : short(JSON.stringify([test, testing && { ...testing, folder: testing.folder !== null }]))
}

/** A parent that spec.yml alone names has no reference. */
function nameOf(references: readonly string[]): string {
  return [...references].sort(byCode).join(' ') || 'depends_on'
}

function short(...texts: readonly string[]): string {
  return hash('sha256', JSON.stringify(texts)).slice(0, 12)
}

/** Of equal names all values count, in an order of their own. */
function record(entries: readonly (readonly [string, string])[]): Record<string, string> {
  const byName = Map.groupBy(entries, ([name]) => name)
  const whole = [...byName].map(
    ([name, same]) =>
      [
        name,
        same
          .map(([, value]) => value)
          .sort(byCode)
          .join(' '),
      ] as const,
  )
  return Object.fromEntries(whole.sort(([a], [b]) => byCode(a, b)))
}

function sorted(values: Readonly<Record<string, string>>): [string, string][] {
  return Object.entries(values).sort(([a], [b]) => byCode(a, b))
}
