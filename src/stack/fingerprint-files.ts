import { posix } from 'node:path'
import { byCode } from '../lock/order.ts'
import { isAddress } from './address.ts'
import { globMatcher } from './changes.ts'

import type { Image, Stack } from './types.ts'
import { readersOf, watchesOf } from './watch.ts'

/** A file as git names its content. `mode` is git's, `id` its blob id (of a submodule the commit, and what is in it). */
export interface FileId {
  readonly path: string
  readonly mode: string
  readonly id: string
}

/** What goes into an image by files: `[path relative to its context, mode, id]`, sorted by path. */
export interface ImageFiles {
  /** The Dockerfile's mode and id; null where it is not among the files. */
  readonly dockerfile: string | null
  readonly files: readonly (readonly [path: string, mode: string, id: string])[]
  readonly lockSources: readonly (readonly [path: string, mode: string, id: string])[]
}

/**
 * The files that count for each of some images: those by which change detection calls it changed (watch.ts), so that the two
 * cannot disagree. Contexts that are folders of the repository have to stand in the images' `contexts`.
 */
export function imageFiles(
  stack: Stack,
  images: readonly Image[],
  files: readonly FileId[],
): ReadonlyMap<string, ImageFiles> {
  const [everywhere, ignored] = [globMatcher(stack, stack.buildAll), globMatcher(stack, stack.ignore)]
  // What a submodule holds is not listed: a glob may match something in it.
  const paths = files.map(({ path }) => path)
  const plain = watchesOf({ images }, paths, false)
  const modules = files.some(({ mode }) => mode === '160000') ? watchesOf({ images }, paths, true) : plain
  const named = ignoreFilesOf(images)
  const found = new Map(images.map((image) => [image.name, [] as FileId[]]))
  for (const file of files) {
    if (everywhere(file.path)) for (const list of found.values()) list.push(file)
    else if (!ignored(file.path)) {
      const readers = readersOf(file.mode === '160000' ? modules : plain, file.path)
      for (const image of named.get(file.path) ?? []) readers.add(image)
      for (const { name } of readers) found.get(name)?.push(file)
    }
  }
  const byPath = new Map(files.map((file) => [file.path, file]))
  return new Map(images.map((image) => [image.name, ofImage(image, found.get(image.name) ?? [], byPath)]))
}

function ofImage(image: Image, read: readonly FileId[], byPath: ReadonlyMap<string, FileId>): ImageFiles {
  const from = isAddress(image.context) ? image.path : image.context
  const row = ({ path, mode, id }: FileId) => [posix.relative(from, path) || '.', mode, id] as const
  const sorted = (list: readonly FileId[]) => list.map(row).sort(([a], [b]) => byCode(a, b))
  const dockerfile = byPath.get(image.dockerfile)
  return {
    dockerfile: dockerfile ? `${dockerfile.mode} ${dockerfile.id}` : null,
    files: sorted(read),
    lockSources: sorted(image.lockSources.flatMap((path) => byPath.get(path) ?? [])),
  }
}

/** Ignore files count wherever they lie and whatever they say of themselves. */
function ignoreFilesOf(images: readonly Image[]): Map<string, Image[]> {
  const named = new Map<string, Image[]>()
  for (const image of images) {
    for (const file of new Set([`${image.dockerfile}.dockerignore`, posix.join(image.context, '.dockerignore')])) {
      const list = named.get(file)
      if (list) list.push(image)
      else named.set(file, [image])
    }
  }
  return named
}
