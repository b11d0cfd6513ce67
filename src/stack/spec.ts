import { posix } from 'node:path'
import { objectOf, readEntry, type SpecEntry, wordsOf } from './spec-entry.ts'
import { readSpecFile } from './spec-file.ts'
import type { Note, Tree } from './types.ts'

/** spec.yml, with datahub's change_ignore.json. */
export interface Spec {
  readonly file: string
  readonly entries: readonly SpecEntry[]
  readonly prefixes: readonly string[]
  readonly ignore: readonly string[]
  readonly buildAll: readonly string[]
}

/** Keys that the schema takes and that nothing acts on yet. */
const later = ['test', 'manifests', 'rebuild']

/** Reads a spec file of the tree. Throws `ActionError('spec')` with file, line, column, key and remedy. */
export async function readSpec(tree: Tree, file: string, notes: Note[]): Promise<Spec> {
  const source = await readSpecFile(file, tree.contents.get(file) ?? '')
  const { data } = source
  const folder = posix.dirname(file)
  const entries = Object.entries(objectOf(data.images)).map(([key, value]) => readEntry(source, key, objectOf(value)))
  for (const [key, value] of Object.entries(objectOf(data.images))) {
    for (const name of later.filter((name) => Object.hasOwn(objectOf(value), name))) {
      notes.push({
        path: file,
        line: source.line(['images', key, name]),
        text: `${name} is not acted on by this version`,
      })
    }
  }
  const changes = readChangeIgnore(tree, posix.join(folder, 'change_ignore.json'), notes)
  const images = Object.values(objectOf(data.images)).map(objectOf)
  return {
    file,
    entries,
    prefixes: [
      ...wordsOf(data.registry),
      ...images.flatMap((image) => wordsOf(image.registry)),
      ...entries.flatMap((entry) => (entry.publishedName?.includes('/') ? [posix.dirname(entry.publishedName)] : [])),
    ],
    ignore: [...wordsOf(data.ignore), ...changes.ignore],
    buildAll: [...wordsOf(data.build_all), ...changes.buildAll],
  }
}

/** datahub-docker-stack's file of globs, `{ChangeIgnore: […], BuildAll: […]}`; anything else in that place is left alone. */
function readChangeIgnore(tree: Tree, path: string, notes: Note[]): { ignore: string[]; buildAll: string[] } {
  try {
    const data = objectOf(JSON.parse(tree.contents.get(path) ?? '{}'))
    return { ignore: wordsOf(data.ChangeIgnore), buildAll: wordsOf(data.BuildAll) }
  } catch {
    notes.push({ path, line: null, text: 'not read: it is no JSON' })
    return { ignore: [], buildAll: [] }
  }
}
