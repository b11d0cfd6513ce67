import { readStack, wanted } from '../../src/stack/index.ts'
import type { StackOptions } from '../../src/stack/read-stack.ts'
import type { ChangeSet, Image, Stack, Tree } from '../../src/stack/types.ts'

/** A tree of regular files; `links` and `submodules` are paths of such entries, refused as the tree's reader does. */
export function treeOf(
  files: Readonly<Record<string, string>>,
  links: readonly string[] = [],
  submodules: readonly string[] = [],
): Tree {
  return {
    entries: [
      ...Object.keys(files).map((path) => ({ path, mode: '100644' })),
      ...links.map((path) => ({ path, mode: '120000' })),
      ...submodules.map((path) => ({ path, mode: '160000' })),
    ],
    contents: new Map(Object.entries(files).filter(([path]) => wanted(path))),
    refused: new Map(links.filter(wanted).map((path) => [path, 'it is a symlink or a submodule'])),
  }
}

/** Reads a stack of these files. */
export function stackOf(files: Readonly<Record<string, string>>, options: Partial<StackOptions> = {}): Promise<Stack> {
  return readTree(treeOf(files), options)
}

/** Reads a stack from a tree. */
export function readTree(tree: Tree, options: Partial<StackOptions> = {}): Promise<Stack> {
  return readStack(tree, { path: '', spec: '', buildArgs: {}, registries: [], ...options })
}

/** `child < parent via` for every edge, sorted. */
export function edgesOf(stack: Stack): string[] {
  return stack.images
    .flatMap((image) => image.parents.map((edge) => `${image.name} < ${edge.name} ${edge.via}${edge.base ? '*' : ''}`))
    .sort()
}

/** The image of this name; fails when there is none. */
export function imageOf(stack: Stack, name: string): Image {
  const image = stack.images.find((candidate) => candidate.name === name)
  if (!image) throw new Error(`no image ${name} in ${stack.order.join(', ')}`)
  return image
}

/** A complete list of changed files. */
export function changed(...files: string[]): ChangeSet {
  return { base: 'a', head: 'b', complete: true, reason: null, files }
}
