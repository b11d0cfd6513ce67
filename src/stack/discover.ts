import { posix } from 'node:path'
import { ActionError } from '../errors.ts'
import type { Dockerfile } from './dockerfile.ts'
import type { Note, Tree } from './types.ts'

/** A Dockerfile that makes an image. `own` is the name in the file's own name: `cuda` for `cuda.Dockerfile`. */
export interface Found {
  readonly dockerfile: string
  /** Folder of the Dockerfile, `.` for the root. */
  readonly folder: string
  readonly own: string | null
}

/** The tree by path: its files with their modes, and all folders that hold any. `.` is the root. */
export interface FileIndex {
  readonly files: ReadonlyMap<string, string>
  readonly folders: ReadonlySet<string>
}

/** The folder of the stack, and the Dockerfiles of its images. */
export interface Discovery {
  readonly path: string
  readonly found: readonly Found[]
}

interface Search {
  readonly tree: Tree
  readonly parse: (path: string) => Dockerfile
  readonly notes: Note[]
}

const leftOut =
  /^(?:\..*|binder|docs?|documentation|examples?|samples?|tests?|testing|node_modules|vendor|third[-_]party|site-packages)$/i
const notImages =
  /^(?:dockerignore|j2|jinja2?|tmpl|tpl|template|in|erb|mustache|m4|md|rst|txt|bak|orig|old|rej|swp|save|disabled|sh|py|ya?ml|json|lock|log)$/i
/** The folder of an editor's container: left out, unless the stack is made of them. */
export const devcontainer = '.devcontainer'
const plainNames = ['Dockerfile', 'dockerfile', 'Containerfile']

/** Tells whether the contents of a file are needed to read a stack: Dockerfiles, ignore files, specs and locks' heads. */
export function wanted(path: string): boolean {
  // One look at the whole path spares most of many thousand files the rest.
  if (!/dockerfile|containerfile|\.dockerignore|spec\.ya?ml|change_ignore\.json|conda-lock\.ya?ml/i.test(path))
    return false
  const file = posix.basename(path)
  if (/^(?:\.dockerignore|spec\.ya?ml|change_ignore\.json|conda-lock\.ya?ml)$/.test(file)) return true
  return /dockerfile|containerfile/i.test(file) && (/\.dockerignore$/.test(file) || ownName(file) !== undefined)
}

/** Makes the index of a tree, links and submodules as files. */
export function indexTree(tree: Tree): FileIndex {
  const files = new Map<string, string>()
  const folders = new Set(['.'])
  let last = ''
  for (const { path, mode } of tree.entries) {
    files.set(path, mode)
    // git lists a folder's files one after the other.
    if (path.lastIndexOf('/') === last.length && path.startsWith(last)) continue
    last = path.slice(0, Math.max(path.lastIndexOf('/'), 0))
    for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
      const folder = path.slice(0, slash)
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  return { files, folders }
}

/**
 * Finds the Dockerfiles of the images. `path` empty: the folder `images` when all images lie in it (or a spec.yml lies
 * there), else the root. Examples, docs, tests and hidden folders are left out unless nothing else is there.
 */
export function discover(search: Search, path: string): Discovery {
  const { tree, notes } = search
  const all = tree.entries.flatMap((entry) => foundAt(entry.path) ?? [])
  const under = all.filter((found) => path === '' || isUnder(found.dockerfile, path))
  const base = path === '' ? '.' : path
  const chosen = chosenOf(under, base)
  const taken = new Set(chosen)
  for (const { dockerfile } of under.filter((found) => !taken.has(found))) {
    notes.push({
      path: dockerfile,
      line: null,
      text: 'left out: examples, docs, tests and hidden folders are no images of the stack',
    })
  }
  const images = withoutDoubles(chosen, notes).filter((found) => isImage(found, search))
  const specified =
    path === '' && !tree.contents.has('spec.yml') && /^images\/spec\.ya?ml$/m.test([...tree.contents.keys()].join('\n'))
  const inImages = images.filter((found) => isUnder(found.dockerfile, 'images'))
  if (path !== '' || inImages.length === 0 || (inImages.length < images.length && !specified))
    return { path: base, found: images }
  for (const { dockerfile } of images.filter((found) => !inImages.includes(found))) {
    notes.push({ path: dockerfile, line: null, text: 'left out: images/spec.yml says that the stack is images/' })
  }
  return { path: 'images', found: inImages }
}

/** Where most Dockerfiles lie in folders `.devcontainer`, of three images at least, these are the images. */
function chosenOf(under: readonly Found[], base: string): readonly Found[] {
  const kept = under.filter((found) => !isLeftOut(found, base))
  if (kept.length === 0 || kept.length === under.length) return under
  const containers = under.filter((found) => posix.basename(found.folder) === devcontainer && found.own === null)
  return containers.length >= 3 && containers.length > kept.length ? [...kept, ...containers] : kept
}

/** A folder's `Dockerfile` goes before its `dockerfile` and `Containerfile`, as for docker. */
function withoutDoubles(found: readonly Found[], notes: Note[]): Found[] {
  const first = new Map<string, Found>()
  for (const image of found.filter((image) => image.own === null)) {
    const other = first.get(image.folder)
    if (
      !other ||
      plainNames.indexOf(posix.basename(image.dockerfile)) < plainNames.indexOf(posix.basename(other.dockerfile))
    ) {
      first.set(image.folder, image)
    }
  }
  return found.filter((image) => {
    const kept = image.own !== null || first.get(image.folder) === image
    if (!kept)
      notes.push({
        path: image.dockerfile,
        line: null,
        text: `left out: ${first.get(image.folder)?.dockerfile} is beside it`,
      })
    return kept
  })
}

/** Tells whether a path is a folder or something in it. Both relative to the root, `.` for the root itself. */
export function isUnder(path: string, folder: string): boolean {
  return folder === '.' || path === folder || path.startsWith(`${folder}/`)
}

/** A folder below another one, relative to it; empty for the other one itself. Both relative to the root. */
export function relativeTo(base: string, folder: string): string {
  if (folder === base) return ''
  return base === '.' ? folder : folder.slice(base.length + 1)
}

/** A Dockerfile at this path, by its name alone; null for any other file. */
export function foundAt(path: string): Found | null {
  if (!/dockerfile|containerfile/i.test(path)) return null
  const own = ownName(posix.basename(path))
  return own === undefined ? null : { dockerfile: path, folder: posix.dirname(path), own }
}

/** Undefined: no Dockerfile. Null: a plain one. `NAME.Dockerfile`, `Dockerfile.NAME` and `Dockerfile-NAME` give NAME. */
function ownName(file: string): string | null | undefined {
  if (plainNames.includes(file)) return null
  const name =
    /^(.+)\.(?:[Dd]ockerfile|[Cc]ontainerfile)$/.exec(file)?.[1] ??
    /^(?:Dockerfile|Containerfile)[.-](.*[^~])$/.exec(file)?.[1]
  return name && !notImages.test(name.slice(name.lastIndexOf('.') + 1)) ? name : undefined
}

function isLeftOut(found: Found, base: string): boolean {
  if (posix.basename(found.dockerfile).startsWith('.')) return true
  return relativeTo(base, found.folder)
    .split('/')
    .some((part) => leftOut.test(part))
}

/** False for a fragment without FROM; an error for what cannot be read, as nobody could tell what it builds. */
function isImage({ dockerfile }: Found, { tree, parse, notes }: Search): boolean {
  const refused = tree.refused.get(dockerfile)
  if (refused || !tree.contents.has(dockerfile)) {
    throw new ActionError('stack', `${dockerfile} is not read: ${refused ?? 'it is no regular file'}`, [
      'Dockerfiles must be regular files of the repository in UTF-8; links are not followed',
      'Replace it by a regular file, or remove it',
    ])
  }
  if (parse(dockerfile).instructions.some((instruction) => instruction.keyword === 'FROM')) return true
  notes.push({ path: dockerfile, line: null, text: 'left out: it has no FROM, so it is a fragment' })
  return false
}
