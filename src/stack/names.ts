import { posix } from 'node:path'
import { ActionError } from '../errors.ts'
import { devcontainer, type Found, relativeTo } from './discover.ts'
import type { Note } from './types.ts'

/** A name for each image: where it stands in the stack and where it is published. */
export interface Named {
  readonly name: string
  readonly repository: string
  readonly tagPrefix: string
}

/** The grammar of an image's last component: https://github.com/distribution/reference, `path-component`. */
const repositoryGrammar = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*$/
const tagGrammar = /^[\w][\w.-]{0,100}$/
/** A folder's name that cannot be an image's: `3.13`, `v2`, `24-slim`. */
const version = /^v?\d+(?:[._-].*)?$/

/**
 * Names the images by their folders, relative to the stack's. A name in the file's own name is taken alone
 * (`cuda.Dockerfile` → `cuda`), and behind the folder's where the folder has a plain Dockerfile too or another image has
 * that name.
 */
export function nameImages(found: readonly Found[], path: string): Map<string, string> {
  const folders = new Set(found.filter((image) => image.own === null).map((image) => image.folder))
  const folderName = (folder: string) => {
    const visible = posix.basename(folder) === devcontainer ? posix.dirname(folder) : folder
    return relativeTo(path, visible)
  }
  const root = path === '.' ? 'root' : posix.basename(path)
  const short = found.map((image) => (image.own ?? (folderName(image.folder) || root)).toLowerCase())
  const count = Map.groupBy(short, (name) => name)
  return new Map(
    found.map((image, at) => {
      const folder = folderName(image.folder)
      if (image.own === null) return [image.dockerfile, folder || root]
      const joined = folder !== '' && (folders.has(image.folder) || (count.get(short[at] ?? '')?.length ?? 0) > 1)
      return [image.dockerfile, joined ? `${folder}/${image.own}` : image.own]
    }),
  )
}

/**
 * Where an image is published: under its last folder's name; as a tag prefix of its parent folder's repository when that
 * folder is an image too (a variant), or when the last folder's name is a version: `python/3.13`.
 */
export function publishedName(name: string, names: ReadonlySet<string>): { repository: string; tagPrefix: string } {
  const folder = posix.dirname(name)
  const last = posix.basename(name)
  if (folder === '.' || !(names.has(folder) || version.test(last))) return { repository: last, tagPrefix: '' }
  const parent = publishedName(folder, names)
  return { repository: parent.repository, tagPrefix: `${parent.tagPrefix}${last}-` }
}

/**
 * `NodeBase` is published as `node-base` where a Dockerfile of the stack calls one of the images so; without such a witness
 * small letters are all that is sure.
 */
export function hyphenated(
  repositories: readonly string[],
  mentions: (name: string) => boolean,
): (name: string) => string {
  const divided = (name: string) => name.replace(/([a-z0-9])(?=[A-Z])/g, '$1-').toLowerCase()
  const camel = repositories.filter((name) => /[a-z0-9][A-Z]/.test(name))
  const witness = camel.some((name) => mentions(divided(name)))
  return (name) => (witness ? divided(name) : name.toLowerCase())
}

/**
 * Where the images of `verse_4.5.Dockerfile` and `verse_4.6.Dockerfile` are published: as tags of `verse`. Only where
 * several files of a folder share what stands before the first underscore.
 */
export function taggedNames(found: readonly Found[]): Map<string, { repository: string; tagPrefix: string }> {
  const parts = found.flatMap(({ dockerfile, folder, own }) => {
    const [, repository = '', tag = ''] = /^([^_]+)_([^_]+)$/.exec(own ?? '') ?? []
    return repository
      ? [{ dockerfile, key: `${folder}/${repository}`, published: { repository, tagPrefix: `${tag}-` } }]
      : []
  })
  const groups = Map.groupBy(parts, (part) => part.key)
  return new Map(
    parts.filter((part) => (groups.get(part.key)?.length ?? 0) > 1).map((part) => [part.dockerfile, part.published]),
  )
}

/** Checks that every image can be published and that no two have one name; gives them back with repositories in small letters. */
export function checkNames<T extends Named & { readonly dockerfile: string }>(
  images: readonly T[],
  published: (repository: string) => string,
  notes: Note[],
): T[] {
  const names = new Map<string, T>()
  return images.map((image) => {
    const repository = published(image.repository)
    if (repository !== image.repository) {
      notes.push({
        path: image.dockerfile,
        line: null,
        text: `published as ${repository}: registries take small letters only`,
      })
    }
    if (!repositoryGrammar.test(repository) || repository.length > 128) throw badName(image, repository)
    if (image.tagPrefix && !tagGrammar.test(image.tagPrefix)) throw badName(image, image.tagPrefix)
    const key = image.name.toLowerCase()
    const other = names.get(key)
    if (other) throw sameName(other, image)
    names.set(key, image)
    return { ...image, repository }
  })
}

type InFile = Pick<Named, 'name'> & { readonly dockerfile: string }

/** The error for two images of one name. */
export function sameName(one: InFile, other: InFile): ActionError {
  return new ActionError('stack', `${one.dockerfile} and ${other.dockerfile} have the name ${other.name}`, [
    'Small and capital letters count as one: registries and some file systems do not tell them apart',
    `Rename one of them, or give it another name in spec.yml: images: {other-name: {dockerfile: ${other.dockerfile}}} (as seen from spec.yml)`,
  ])
}

function badName(image: Named & { dockerfile: string }, part: string): ActionError {
  return new ActionError('stack', `${image.dockerfile}: ${JSON.stringify(part)} cannot be part of an image's name`, [
    'Registries take small letters and digits, divided by single . or _, by __ or by hyphens',
    `Rename the folder, or give a name in spec.yml: images: {${JSON.stringify(image.name)}: {name: some-name}}`,
  ])
}
