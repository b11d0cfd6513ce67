import { ActionError } from '../errors.ts'
import { plainPart } from '../stack/context.ts'
import { foundAt } from '../stack/discover.ts'
import { isGlob } from '../stack/glob.ts'
import { changedImages } from '../stack/index.ts'
import type { ChangeSet, Image, Stack, Tree } from '../stack/types.ts'
import { foldersOf, readersOf, type Watches, watchesOf } from '../stack/watch.ts'

/** Two states of a repository: what is built, and what it is compared with. */
export interface StackComparison {
  readonly stack: Stack
  readonly tree: Tree
  readonly changes: ChangeSet
  /** Reads the stack as it was at the base. Asked only where the change may have given images another shape. */
  readonly earlier: () => Promise<Stack>
  /** The files' texts at the base, in their order; null where one was not there or is not known. */
  readonly textsBefore: (files: readonly string[]) => Promise<(string | null)[]>
}

/**
 * The images that differ from the base, each with its reason, those with `skip` included. Files are looked up in both stacks: a
 * removed file is no longer read by anything, but an image may have read it; a Dockerfile that came or went may give
 * another image other parents, another context or another name.
 */
export async function compareStacks(comparison: StackComparison): Promise<Map<string, string>> {
  const { stack, changes } = comparison
  const skips = stack.images.some((image) => image.skip)
  const direct = new Map([
    ...(skips ? changedImages(withoutSkip(stack), changes) : []),
    ...changedImages(stack, changes),
  ])
  if (!changes.complete || !(await isReshaped(comparison))) return direct
  const before = await readEarlier(comparison)
  if (before instanceof ActionError)
    return changedImages(withoutSkip(stack), { ...changes, complete: false, reason: before.message })
  return closed(stack, new Map([...differences(stack, before, changes), ...direct]))
}

/** The images of a result that are built, without those that spec.yml skips. */
export function withoutSkipped(stack: Stack, changed: ReadonlyMap<string, string>): Map<string, string> {
  const skipped = new Set(stack.images.filter((image) => image.skip).map((image) => image.name))
  return new Map([...changed].filter(([name]) => !skipped.has(name)))
}

/**
 * The base's tree as far as it can be told without its objects: today's files without those that are new, and those that
 * were removed. What a removed Dockerfile held is not known: it counts as an image.
 */
export function earlierTree(tree: Tree, changes: ChangeSet, added: readonly string[]): Tree {
  const there = new Set(tree.entries.map((entry) => entry.path))
  const fresh = new Set(added)
  const removed = changes.files.filter((file) => !there.has(file))
  const unread = changes.files.filter((file) => !fresh.has(file) && foundAt(file) && !isImage(tree, file))
  return {
    ...tree,
    entries: [
      ...tree.entries.filter((entry) => !fresh.has(entry.path)),
      ...removed.map((path) => ({ path, mode: '100644' })),
    ],
    contents: new Map([...tree.contents, ...unread.map((file) => [file, 'FROM scratch\n'] as const)]),
  }
}

/** A Dockerfile's text at the base as far as it can be told without it: it is taken to have named the same images. */
export function earlierText(tree: Tree, added: readonly string[], file: string): string | null {
  return added.includes(file) || !isImage(tree, file) ? null : (tree.contents.get(file) ?? null)
}

function isImage(tree: Tree, file: string): boolean {
  return /^\s*from\s/im.test(tree.contents.get(file) ?? '')
}

function withoutSkip(stack: Stack): Stack {
  return { ...stack, images: stack.images.map((image) => ({ ...image, skip: false })) }
}

/**
 * Whether images may be shaped otherwise than before. A file that is only modified gives nothing another shape, but for
 * what a Dockerfile takes from other images; a new one is read by today's stack, but for one that no instruction reads there.
 */
async function isReshaped({ stack, tree, changes, textsBefore }: StackComparison): Promise<boolean> {
  const missing = new Set(changes.files)
  for (const { path } of tree.entries) missing.delete(path)
  if (missing.size > 0) return true
  const dockerfiles = changes.files.filter((file) => foundAt(file) !== null)
  if (dockerfiles.length > askedDockerfiles) return true
  // git reads them while this process does other things.
  const reading = textsBefore(dockerfiles)
  reading.catch(() => undefined)
  if (hidesSource(stack, changes)) return true
  const before = await reading
  return dockerfiles.some((file, at) => {
    const text = before[at] ?? null
    return text === null || linesOfShape(text) !== linesOfShape(tree.contents.get(file) ?? '')
  })
}

/**
 * Whether a file lies where an image looks, and no instruction reads it, for .dockerignore or as a glob does not match it:
 * by such a one the image's folder may only now be the context.
 */
function hidesSource(stack: Stack, { files }: ChangeSet): boolean {
  const folders = foldersOf(files)
  const narrow = stack.images.flatMap((image) => {
    if (!folders.has(image.context)) return []
    const { ignore, patterns } = image.reads
    const places = patterns.filter((pattern) => plainPart(pattern) !== '.')
    if (ignore === null && places.every((pattern) => !isGlob(pattern))) return []
    return [{ ...image, contexts: {}, reads: { ignore, all: false, patterns: places } }]
  })
  if (narrow.length === 0) return false
  const wide = narrow.map(({ reads, ...image }) => {
    return { ...image, reads: { ignore: null, all: false, patterns: reads.patterns.map(plainPart) } }
  })
  const [read, there] = [narrow, wide].map((images) => watchesOf({ images }, files, false)) as [Watches, Watches]
  return files.some((file) => readersOf(there, file).size > readersOf(read, file).size)
}

/** For more Dockerfiles than these the whole base is read at once. */
const askedDockerfiles = 20

/** The lines of a Dockerfile that can say which images it is made from. */
function linesOfShape(text: string): string {
  const whole = text.replace(/[\\`][ \t]*\r?\n/g, ' ')
  return whole
    .split('\n')
    .filter((line) => /^\s*(?:from|arg|env|onbuild|#)|from\s*=/i.test(line))
    .join('\n')
}

async function readEarlier({ earlier, changes }: StackComparison): Promise<Stack | ActionError> {
  try {
    return withoutSkip(await earlier())
  } catch (error) {
    if (!(error instanceof ActionError) || !['stack', 'spec', 'input'].includes(error.code)) throw error
    const base = changes.base?.slice(0, 7) ?? 'the base'
    return new ActionError('stack', `the stack of ${base} cannot be read: ${error.message}`)
  }
}

/** Images of today's stack that the base's stack calls changed, knows otherwise, or does not know. */
function differences(stack: Stack, before: Stack, changes: ChangeSet): Map<string, string> {
  const changed = changedImages(before, changes)
  const known = new Map(before.images.map((image) => [identity(image), image]))
  const [shape, shapeBefore] = [shaper(stack), shaper(before)]
  const base = changes.base?.slice(0, 7) ?? 'the base'
  return new Map(
    stack.images.flatMap((image): [string, string][] => {
      const old = known.get(identity(image))
      if (!old) return [[image.name, `${base} has no image that is published under its name`]]
      const reason = changed.get(old.name)
      if (reason) return [[image.name, reason]]
      return shape(image) === shapeBefore(old)
        ? []
        : [[image.name, `it is built from other images or files than at ${base}`]]
    }),
  )
}

/** What an image is published as, and what makes it: its name in the stack may change with the stack's folder. */
function identity({ dockerfile, repository, tagPrefix }: Image): string {
  return JSON.stringify([dockerfile, repository, tagPrefix])
}

function shaper(stack: Stack): (image: Image) => string {
  const byName = new Map(stack.images.map((image) => [image.name, identity(image)]))
  return ({ parents, external, context, reads }) =>
    JSON.stringify([
      parents.map((edge) => [byName.get(edge.name), edge.references, edge.base]),
      ...[external, context, reads.all, reads.patterns],
    ])
}

/** With all that is built on them. */
function closed(stack: Stack, own: ReadonlyMap<string, string>): Map<string, string> {
  const byName = new Map(stack.images.map((image) => [image.name, image]))
  const reasons = new Map<string, string>()
  for (const name of stack.order) {
    const parent = byName.get(name)?.parents.find((edge) => reasons.has(edge.name))?.name
    const reason = own.get(name)
    if (reason !== undefined) reasons.set(name, reason)
    else if (parent !== undefined)
      reasons.set(name, `parent ${parent} is ${byName.get(parent)?.skip ? 'changed' : 'built'}`)
  }
  return reasons
}
