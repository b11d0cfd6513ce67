import { posix } from 'node:path'
import { ActionError } from '../errors.ts'
import { isAddress } from './address.ts'
import { type Found, foundAt } from './discover.ts'
import { checkNames, hyphenated, nameImages, publishedName, sameName, taggedNames } from './names.ts'
import { suggestion } from './parents.ts'
import type { Spec } from './spec.ts'
import type { SpecEntry } from './spec-entry.ts'
import type { SpecVariant } from './spec-variants.ts'
import { noteTwins } from './twins.ts'
import type { Note, Tree } from './types.ts'

/** An image with its name and what spec.yml says of it, its Dockerfile not yet read. */
export interface Draft {
  readonly name: string
  readonly repository: string
  readonly tagPrefix: string
  /** Where spec.yml says that this image is published; empty: where the whole stack is. */
  readonly registries: readonly string[]
  readonly folder: string
  readonly dockerfile: string
  /** Its path in a context that is an address, null for a file of the repository. */
  readonly remoteDockerfile: string | null
  /** The name in the Dockerfile's own name. */
  readonly own: string | null
  readonly entry: SpecEntry | null
  readonly args: Readonly<Record<string, string>>
  readonly platforms: readonly string[]
  readonly target: string | null
  readonly skip: boolean
}

interface Place {
  readonly name: string
  readonly own: string | null
  readonly folder: string
  readonly dockerfile: string
  readonly remoteDockerfile?: string
  readonly entry: SpecEntry | null
}

/** Names what was found and joins it with spec.yml: renamed, added and multiplied images. Checks the names. */
export function draftImages(
  found: readonly Found[],
  path: string,
  spec: Spec | null,
  tree: Tree,
  notes: Note[],
): Draft[] {
  const places = applyEntries(found, path, spec, tree)
  // `a/cpu.Dockerfile` and `a/gpu.Dockerfile` without a plain one are versions of a, so a counts as an image's folder.
  const joined = places.filter((place) => place.own && place.name.includes('/'))
  const names = new Set(
    [...places, ...joined.map(({ name }) => ({ name: posix.dirname(name) }))].map((place) => place.name),
  )
  const tagged = taggedNames(found)
  const versions = places.flatMap((place) =>
    versionsOf(place, tagged.get(place.dockerfile) ?? publishedName(place.name, names)),
  )
  const published = hyphenated(
    versions.map((draft) => draft.repository),
    (name) => places.some((place) => tree.contents.get(place.dockerfile)?.includes(name)),
  )
  const drafts = checkNames(versions, published, notes)
  noteTwins(drafts, notes)
  return drafts
}

/** The one name that a person means: exact, or the last part of exactly one. Null when there is none. */
export function resolveName(text: string, names: readonly string[]): string | null {
  const name = text.replace(/\/+$/, '')
  if (names.includes(name)) return name
  const byLast = names.filter((other) => posix.basename(other) === name)
  return byLast.length === 1 ? (byLast[0] ?? null) : null
}

function applyEntries(found: readonly Found[], path: string, spec: Spec | null, tree: Tree): Place[] {
  const named = nameImages(found, path)
  const places = new Map<string, Place>()
  const renamed = new Set(spec?.entries.map((entry) => entry.dockerfile))
  for (const { dockerfile, folder, own } of found) {
    const name = named.get(dockerfile) ?? folder
    const other = places.get(name)
    if (other && renamed.has(dockerfile)) continue
    if (other && !renamed.has(other.dockerfile)) throw sameName(other, { name, dockerfile })
    places.set(name, { name, own, folder, dockerfile, entry: null })
  }
  const names = [...places.keys()]
  for (const entry of spec?.entries ?? []) {
    const known = entry.dockerfile === null && entry.path === null ? resolveName(entry.key, names) : null
    const place = known === null ? undefined : places.get(known)
    if (place) places.set(place.name, { ...place, entry })
    else places.set(entry.key, newPlace(entry, tree, names))
  }
  const taken = new Set([...places.values()].filter((place) => place.entry).map((place) => place.dockerfile))
  return [...places.values()].filter((place) => place.entry || !taken.has(place.dockerfile))
}

/** An image that only spec.yml knows by this name: it must say where its Dockerfile is. */
function newPlace(entry: SpecEntry, tree: Tree, names: readonly string[]): Place {
  const folder = entry.path ?? (entry.dockerfile === null ? entry.key : posix.dirname(entry.dockerfile))
  const tried =
    entry.dockerfile === null
      ? ['Dockerfile', 'Containerfile'].map((file) => posix.join(folder, file))
      : [entry.dockerfile]
  const dockerfile = tried.find((file) => tree.contents.has(file) && foundAt(file))
  if (dockerfile !== undefined)
    return { name: entry.key, own: foundAt(dockerfile)?.own ?? null, folder, dockerfile, entry }
  if (entry.context !== null && isAddress(entry.context)) return remotePlace(entry, entry.context, folder)
  if (entry.dockerfile === null && entry.path === null) {
    throw entry.error('', `no image of this name`, [
      ...suggestion(entry.key, names),
      `Images here: ${listed(names)}`,
      'Give dockerfile if the image is made from another file',
    ])
  }
  const refused = tried.map((file) => tree.refused.get(file)).find(Boolean)
  throw entry.error(
    entry.dockerfile === null ? 'path' : 'dockerfile',
    `${tried.join(' or ')} ${refused ?? 'is not there'}`,
    [
      'It must be a regular file named Dockerfile, Containerfile, NAME.Dockerfile or Dockerfile.NAME',
      'Paths are relative to the folder of spec.yml',
    ],
  )
}

/** An image whose Dockerfile lies in its context elsewhere: the two together name it, as no path of the repository does. */
function remotePlace(entry: SpecEntry, context: string, folder: string): Place {
  const file = entry.writtenDockerfile ?? 'Dockerfile'
  return { name: entry.key, own: null, folder, dockerfile: `${context} ${file}`, remoteDockerfile: file, entry }
}

function versionsOf(place: Place, byName: { repository: string; tagPrefix: string }): Draft[] {
  const { entry, folder, dockerfile, own } = place
  const published = specPublished(entry) ?? byName
  const tagPrefix = entry?.tag ? `${entry.tag}-` : published.tagPrefix
  const draft: Draft = {
    name: place.name,
    repository: published.repository,
    tagPrefix,
    registries: entry?.registries ?? [],
    folder,
    dockerfile,
    remoteDockerfile: place.remoteDockerfile ?? null,
    own,
    entry,
    args: entry?.args ?? {},
    platforms: entry?.platforms ?? [],
    target: entry?.target ?? null,
    skip: entry?.skip ?? false,
  }
  if (!entry || entry.variants.length === 0) return [draft]
  return entry.variants.map((variant) => versionOf(draft, variant))
}

function versionOf(draft: Draft, variant: SpecVariant): Draft {
  return {
    ...draft,
    name: variant.tag === '' ? draft.name : `${draft.name}/${variant.name}`,
    tagPrefix: variant.tag === '' ? draft.tagPrefix : `${draft.tagPrefix}${variant.tag}-`,
    args: { ...draft.args, ...variant.args },
    platforms: variant.platforms.length > 0 ? variant.platforms : draft.platforms,
    target: variant.target ?? draft.target,
    skip: variant.skip ?? draft.skip,
  }
}

function specPublished(entry: SpecEntry | null): { repository: string; tagPrefix: string } | null {
  if (!entry?.publishedName) return null
  const reference = /^(?:[a-zA-Z0-9.:_-]+\/)*([a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)$/.exec(entry.publishedName)
  if (reference?.[1] && entry.publishedName.length <= 255) return { repository: reference[1], tagPrefix: '' }
  throw entry.error('name', `${JSON.stringify(entry.publishedName)} is no name that a registry takes`, [
    'Small letters and digits, divided by single . or _, by __ or by hyphens; a prefix before the last / may be there; no tag',
  ])
}

/** A list for a message, cut where it would fill the screen. */
export function listed(names: readonly string[]): string {
  return names.length > 20
    ? `${names.slice(0, 20).join(', ')} and ${names.length - 20} more`
    : names.join(', ') || 'none'
}

/** An error for an image that was asked for and is not there. */
export function unknownImage(name: string, names: readonly string[]): ActionError {
  return new ActionError('usage', `there is no image ${JSON.stringify(name)} in this stack`, [
    ...suggestion(name, names),
    `Images here: ${listed(names)}`,
  ])
}
