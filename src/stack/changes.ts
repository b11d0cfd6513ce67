import { posix } from 'node:path'
import picomatch from 'picomatch'
import { isUnder } from './discover.ts'
import { type Ignores, ignoreMatcher } from './dockerignore.ts'
import { globExpression, isGlob, onTheWay } from './glob.ts'
import { specFiles } from './locate.ts'
import type { ChangeSet, Image, Stack } from './types.ts'

/** Files that are kept for an image's reason; more are only said to be there. */
const shownFiles = 3

/** Images that watch a folder, found by the paths that they read. */
interface Watch {
  /** Relative path → images that read it or what is in it. */
  readonly paths: Map<string, Image[]>
  /** Folders above those paths: where such a folder itself changes (a submodule, a link), what is in it has. */
  readonly above: Map<string, Set<Image>>
  readonly globs: { readonly image: Image; readonly matches: (path: string) => boolean }[]
}

/**
 * The images that must be built anew, each with its reason in the reader's words: a file that it reads, its Dockerfile or a
 * source of its lock changed, or a parent is built. Where the list of files is not complete, every image. Images with `skip` are
 * not in the result; their children are.
 */
export function changedImages(stack: Stack, changes: ChangeSet): Map<string, string> {
  const everything = changes.complete
    ? buildAllReason(stack, changes.files)
    : (changes.reason ?? 'the list of changed files may be incomplete')
  if (everything !== null)
    return new Map(stack.images.filter((image) => !image.skip).map((image) => [image.name, everything]))
  const files = withoutIgnored(stack, changes.files)
  const direct = directChanges(stack, files)
  const reasons = new Map<string, string>()
  const byName = new Map(stack.images.map((image) => [image.name, image]))
  for (const name of stack.order) {
    const image = byName.get(name)
    const own = direct.get(name)
    const parent = image?.parents.find((edge) => reasons.has(edge.name))?.name
    if (image && own) reasons.set(name, fileReason(image, own))
    else if (parent !== undefined)
      reasons.set(name, `parent ${parent} is ${byName.get(parent)?.skip ? 'changed' : 'built'}`)
  }
  return new Map([...reasons].filter(([name]) => !byName.get(name)?.skip))
}

function buildAllReason(stack: Stack, files: readonly string[]): string | null {
  const matches = globMatcher(stack, stack.buildAll)
  const specs = new Set(stack.spec ? [stack.spec, ...specFiles(stack.path)] : specFiles(stack.path))
  for (const file of files) {
    if (matches(file)) return `${shown(file)} changed, which build_all names`
    if (specs.has(file)) return `${shown(file)} changed, which may concern every image`
  }
  return null
}

function withoutIgnored(stack: Stack, files: readonly string[]): readonly string[] {
  if (stack.ignore.length === 0) return files
  const ignored = globMatcher(stack, stack.ignore)
  return files.filter((file) => !ignored(file))
}

/** Globs relative to the repository's root or to the stack's folder; a folder stands for all that is in it. */
function globMatcher(stack: Stack, globs: readonly string[]): (path: string) => boolean {
  if (globs.length === 0) return () => false
  const patterns = globs.flatMap((glob) => {
    const clean = posix.normalize(glob).replace(/\/$/, '')
    return [clean, `${clean}/**`]
  })
  const matches = picomatch(patterns, { dot: true })
  return (path) =>
    matches(path) || (isUnder(path, stack.path) && stack.path !== '.' && matches(path.slice(stack.path.length + 1)))
}

function directChanges(stack: Stack, files: readonly string[]): Map<string, string[]> {
  const named = namedFiles(stack)
  const watches = watchesOf(stack, files.includes('.gitmodules'))
  const ignored = ignoreCheck()
  const changed = new Map<string, string[]>()
  for (const file of files) {
    const images = new Set(named.get(file))
    for (let slash = file.lastIndexOf('/'); ; slash = file.lastIndexOf('/', slash - 1)) {
      const path = slash > 0 ? file.slice(slash + 1) : file
      const watch = watches.get(slash > 0 ? file.slice(0, slash) : '.')
      if (watch) addReaders(images, watch, path, ignored)
      if (slash <= 0) break
    }
    for (const { name, dockerfile } of images) {
      const list = changed.get(name)
      if (!list) changed.set(name, [file])
      else if (list.length < shownFiles || file === dockerfile) list.push(file)
    }
  }
  return changed
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

/** Files that count for an image wherever they lie and whatever .dockerignore says. */
function namedFiles(stack: Stack): Map<string, Image[]> {
  const named = new Map<string, Image[]>()
  for (const image of stack.images) {
    const ignoreFiles = [`${image.dockerfile}.dockerignore`, posix.join(image.context, '.dockerignore')]
    for (const file of new Set([image.dockerfile, ...ignoreFiles, ...image.lockSources])) {
      const list = named.get(file)
      if (list) list.push(image)
      else named.set(file, [image])
    }
  }
  return named
}

/** `modules`: submodules came, went or moved, so a name on the way of a glob may have been one. */
function watchesOf(stack: Stack, modules: boolean): Map<string, Watch> {
  const watches = new Map<string, Watch>()
  const watchOf = (folder: string) => {
    const watch = watches.get(folder) ?? { paths: new Map(), above: new Map(), globs: [] }
    watches.set(folder, watch)
    return watch
  }
  for (const image of stack.images) {
    addPatterns(watchOf(image.context), image, image.reads.all ? ['.'] : image.reads.patterns, modules)
    for (const folder of Object.values(image.contexts)) addPatterns(watchOf(folder), image, ['.'], modules)
  }
  return watches
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
    for (const [folder] of foldersAbove(pattern)) {
      const above = watch.above.get(folder) ?? new Set()
      watch.above.set(folder, above.add(image))
    }
  }
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

/** Every folder above a path, the root last, with the path relative to it. */
function* foldersAbove(path: string): Generator<[folder: string, rest: string]> {
  for (let slash = path.lastIndexOf('/'); slash > 0; slash = path.lastIndexOf('/', slash - 1)) {
    yield [path.slice(0, slash), path.slice(slash + 1)]
  }
  yield ['.', path]
}

function fileReason(image: Image, files: readonly string[]): string {
  const sorted = [...files].sort((a, b) => Number(b === image.dockerfile) - Number(a === image.dockerfile))
  const [first = '', second = ''] = sorted.map((file) =>
    shown(image.path !== '.' && isUnder(file, image.path) ? file.slice(image.path.length + 1) : file),
  )
  if (sorted.length === 1) return `${first} changed`
  return sorted.length === 2 ? `${first} and ${second} changed` : `${first}, ${second} and more files changed`
}

/** A file name may hold anything but NUL: what would change the line it is shown in is escaped. */
function shown(file: string): string {
  return /[\p{C}\u2028\u2029]/u.test(file)
    ? JSON.stringify(file).replace(/[\p{C}\u2028\u2029]/gu, (char) => `\\u{${char.codePointAt(0)?.toString(16)}}`)
    : file
}
