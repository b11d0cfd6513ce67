import { ignoreFiles } from './context.ts'
import { discover, indexTree } from './discover.ts'
import { draftImages } from './drafts.ts'
import { buildOrder } from './graph.ts'
import { readImages } from './images.ts'
import { checkedPath, findSpec, isLinked, noteLinks, nothingFound, parser } from './locate.ts'
import type { Note, Stack, Tree } from './types.ts'

/** Where the stack is and what is given from outside. Empty `path` and `spec`: find out. */
export interface StackOptions {
  readonly path: string
  readonly spec: string
  /** Over the defaults of every Dockerfile and over spec.yml's args. */
  readonly buildArgs: Readonly<Record<string, string>>
  /** Prefixes that the stack is published under: references with one of them are the stack's own. */
  readonly registries: readonly string[]
}

/**
 * Reads the images of a repository and how they are built on each other. Throws `ActionError` ('spec', 'stack', or
 * 'input' for a path or spec that is not there) and gives nothing partial. Asynchronous only because libraries for spec.yml are
 * loaded where there is one.
 */
export async function readStack(tree: Tree, options: StackOptions): Promise<Stack> {
  const index = indexTree(tree)
  const left: Note[] = []
  const parse = parser(tree)
  const { path, found } = discover({ tree, parse, notes: left }, checkedPath(options.path, tree, index))
  const notes: Note[] = []
  const linked = tree.entries.filter((entry) => isLinked(entry))
  const links = linked.map((entry) => entry.path)
  const symlinks = linked.filter((entry) => entry.mode === '120000').map((entry) => entry.path)
  const spec = await findSpec(tree, options.spec, options.path === '' ? [path, '.'] : [path], notes)
  const drafts = draftImages(found, path, spec, tree, notes).sort((a, b) => (a.name < b.name ? -1 : 1))
  if (drafts.length === 0) throw nothingFound(path)
  // spec.yml may take what was left out.
  const taken = new Set(drafts.map((draft) => draft.dockerfile))
  notes.unshift(...left.filter((note) => !taken.has(note.path)))
  noteLinks(linked, path, notes)
  const prefixes = [...options.registries, ...(spec?.prefixes ?? [])]
  const shared = { tagPrefix: spec?.tagPrefix ?? '', rebuild: spec?.rebuild ?? null }
  const given = { buildArgs: options.buildArgs, prefixes, ...shared, path, links, symlinks, patternsOf: ignoreFiles() }
  const images = readImages(drafts, { tree, index, parse, notes, ...given })
  return {
    path,
    images,
    order: buildOrder(images),
    notes,
    ignore: spec?.ignore ?? [],
    buildAll: spec?.buildAll ?? [],
    spec: spec?.file ?? null,
    ...(spec?.wording ? { wording: spec.wording } : {}),
  }
}
