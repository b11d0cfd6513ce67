import { posix } from 'node:path'
import picomatch from 'picomatch'
import { foundAt, isUnder } from './discover.ts'
import { isOfficial, parseReference } from './image-reference.ts'
import { specFiles } from './locate.ts'
import type { ChangeSet, Image, Stack } from './types.ts'
import { readersOf, watchesOf } from './watch.ts'

/** Files that are kept for an image's reason; more are only said to be there. */
const shownFiles = 3

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
  const beside = stack.spec ? [stack.spec, posix.join(posix.dirname(stack.spec), 'change_ignore.json')] : []
  const specs = new Set([...beside, ...specFiles(stack.path)])
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
export function globMatcher(stack: Stack, globs: readonly string[]): (path: string) => boolean {
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
  const named = namedFiles(stack, files)
  const watches = watchesOf(stack, files, files.includes('.gitmodules'))
  const orphans = orphanFinder(stack)
  const changed = new Map<string, string[]>()
  for (const file of files) {
    const readers = readersOf(watches, file)
    for (const image of [...(named.get(file) ?? []), ...orphans(file)]) readers.add(image)
    for (const { name, dockerfile } of readers) {
      const list = changed.get(name)
      if (!list) changed.set(name, [file])
      else if (list.length < shownFiles || file === dockerfile) list.push(file)
    }
  }
  return changed
}

/** Images FROM one whose Dockerfile was removed: to them it now is an image from outside. */
function orphanFinder(stack: Stack): (file: string) => Image[] {
  const there = new Set([...stack.images.map((image) => image.dockerfile), ...stack.notes.map((note) => note.path)])
  return (file) => {
    const found = isUnder(file, stack.path) && !there.has(file) ? foundAt(file) : null
    if (!found) return []
    const name = found.own ?? posix.basename(found.folder)
    return stack.images.filter((image) =>
      image.external.map(parseReference).some((from) => from.repository === name && !isOfficial(from)),
    )
  }
}

/** Those of the files that count for an image wherever they lie and whatever .dockerignore says. */
function namedFiles(stack: Stack, files: readonly string[]): Map<string, Image[]> {
  const asked = new Set(files)
  const named = new Map<string, Image[]>()
  for (const image of stack.images) {
    const ignoreFiles = [`${image.dockerfile}.dockerignore`, posix.join(image.context, '.dockerignore')]
    for (const file of new Set([image.dockerfile, ...ignoreFiles, ...image.lockSources])) {
      if (!asked.has(file)) continue
      const list = named.get(file)
      if (list) list.push(image)
      else named.set(file, [image])
    }
  }
  return named
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
