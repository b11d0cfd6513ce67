import { type Ignores, ignoreMatcher } from './dockerignore.ts'
import { globExpression, isGlob, onTheWay } from './glob.ts'
import type { Image, Stack } from './types.ts'

/** Images that watch a folder, found by the paths that they read. */
interface Watch {
  /** Relative path → images that read it or what is in it. */
  readonly paths: Map<string, Image[]>
  /** Folders above those paths: where such a folder itself changes (a submodule, a link), what is in it has. */
  readonly above: Map<string, Set<Image>>
  readonly globs: { readonly image: Image; readonly matches: (path: string) => boolean }[]
}

/** What all images of a stack read, by the folder that is their context. */
export interface Watches {
  readonly byFolder: ReadonlyMap<string, Watch>
  /** Images that take a folder as a named context, all of it: .dockerignore of their own context says nothing there. */
  readonly named: ReadonlyMap<string, ReadonlySet<Image>>
  /** Files that are a context or a folder above one: it is or was a submodule or a link. */
  readonly places: ReadonlyMap<string, ReadonlySet<Image>>
  readonly ignored: (image: Image, path: string) => boolean
}

/**
 * What the images of a stack read, ready to be asked about these files. `modules`: submodules came, went or moved, so a name
 * on the way of a glob may have been one.
 */
export function watchesOf(stack: Pick<Stack, 'images'>, files: readonly string[], modules: boolean): Watches {
  const [asked, folders] = [new Set(files), foldersOf(files)]
  const watches = new Map<string, Watch>()
  const [named, places] = [new Map<string, Set<Image>>(), new Map<string, Set<Image>>()]
  const watchOf = (folder: string) => {
    const watch = watches.get(folder) ?? { paths: new Map(), above: new Map(), globs: [] }
    watches.set(folder, watch)
    return watch
  }
  for (const image of stack.images) {
    // Of a thousand images few have one of the files in their context.
    if (folders.has(image.context))
      addPatterns(watchOf(image.context), image, image.reads.all ? ['.'] : image.reads.patterns, modules)
    // A changed test has to run, though no layer is another one.
    const tests = image.declared.testing?.folder
    for (const folder of [...Object.values(image.contexts), ...(tests ? [tests] : [])])
      if (folders.has(folder)) addTo(named, folder, image)
    for (const context of [image.context, ...Object.values(image.contexts)])
      for (const folder of [context, ...foldersAbove(context)]) if (asked.has(folder)) addTo(places, folder, image)
  }
  return { byFolder: watches, named, places, ignored: ignoreCheck() }
}

/** All folders above some files: a context that is none of them holds none of the files. */
export function foldersOf(files: readonly string[]): Set<string> {
  const folders = new Set(files.length > 0 ? ['.'] : [])
  for (const file of files) {
    for (let slash = file.lastIndexOf('/'); slash > 0; slash = file.lastIndexOf('/', slash - 1)) {
      const folder = file.slice(0, slash)
      if (folders.has(folder)) break
      folders.add(folder)
    }
  }
  return folders
}

/** The images that read a file of the repository, .dockerignore applied. */
export function readersOf({ byFolder, named, places, ignored }: Watches, file: string): Set<Image> {
  const images = new Set(places.get(file))
  for (let slash = file.lastIndexOf('/'); ; slash = file.lastIndexOf('/', slash - 1)) {
    const folder = slash > 0 ? file.slice(0, slash) : '.'
    for (const image of named.get(folder) ?? []) images.add(image)
    const watch = byFolder.get(folder)
    if (watch) addReaders(images, watch, slash > 0 ? file.slice(slash + 1) : file, ignored)
    if (slash <= 0) return images
  }
}

function addPatterns(watch: Watch, image: Image, patterns: readonly string[], modules: boolean): void {
  for (const pattern of patterns) {
    if (isGlob(pattern)) {
      const expression = globExpression(pattern)
      watch.globs.push({
        image,
        matches: (path) => expression === null || globReads(expression, path) || (modules && onTheWay(pattern, path)),
      })
      continue
    }
    const list = watch.paths.get(pattern)
    if (list) list.push(image)
    else watch.paths.set(pattern, [image])
    for (const folder of foldersAbove(pattern)) addTo(watch.above, folder, image)
  }
}

function addTo(images: Map<string, Set<Image>>, key: string, image: Image): void {
  images.set(key, (images.get(key) ?? new Set()).add(image))
}

/** A glob reads what it matches and all in a folder that it matches. */
function globReads(expression: RegExp, path: string): boolean {
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1))
    if (expression.test(path.slice(0, end))) return true
  return false
}

function addReaders(
  images: Set<Image>,
  watch: Watch,
  path: string,
  ignored: (image: Image, path: string) => boolean,
): void {
  const add = (image: Image) => {
    if (!images.has(image) && !ignored(image, path)) images.add(image)
  }
  for (const image of watch.above.get(path) ?? []) add(image)
  for (const image of watch.paths.get('.') ?? []) add(image)
  for (let end = path.length; end > 0; end = path.lastIndexOf('/', end - 1)) {
    for (const image of watch.paths.get(path.slice(0, end)) ?? []) add(image)
  }
  for (const { image, matches } of watch.globs) if (!images.has(image) && matches(path)) add(image)
}

/** Every folder above a path, the root last. */
function* foldersAbove(path: string): Generator<string> {
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1))
    yield path.slice(0, slash)
  yield '.'
}

/** Tells whether an image's .dockerignore keeps a file from it; each matcher is made once. */
function ignoreCheck(): (image: Image, path: string) => boolean {
  const matchers = new Map<readonly string[], Ignores>()
  return ({ reads }, path) => {
    if (!reads.ignore) return false
    const matcher = matchers.get(reads.ignore) ?? ignoreMatcher(reads.ignore)
    matchers.set(reads.ignore, matcher)
    return matcher(path)
  }
}
