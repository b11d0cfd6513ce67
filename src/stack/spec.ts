import { posix } from 'node:path'
import { namedCommands } from './spec-commands.ts'
import { readEntry, rebuildOf, type SpecEntry } from './spec-entry.ts'
import { type KeyPath, readSpecFile, type SpecFile } from './spec-file.ts'
import { objectOf, textOf, wordsOf } from './spec-values.ts'
import { readWording } from './spec-wording.ts'
import type { Note, Tree, Wording } from './types.ts'

/** spec.yml, with datahub's change_ignore.json. */
export interface Spec {
  readonly file: string
  readonly entries: readonly SpecEntry[]
  readonly prefixes: readonly string[]
  readonly ignore: readonly string[]
  readonly buildAll: readonly string[]
  /** Put before every tag of every image, with its hyphen: datahub's `tag.prefix`. Empty for none. */
  readonly tagPrefix: string
  readonly wording: Wording | null
  /** `rebuild` of images that the file does not name. */
  readonly rebuild: 'daily' | 'weekly' | null
}

/** Keys of images that the schema takes and that nothing acts on: they are another tool's. */
const unusedOfImages = ['integration_tests', 'prune', 'prepull']

/** Reads a spec file of the tree. Throws `ActionError('spec')` with file, line, column, key and remedy. */
export async function readSpec(tree: Tree, file: string, notes: Note[]): Promise<Spec> {
  const source = await readSpecFile(file, tree.contents.get(file) ?? '')
  const { data } = source
  const folder = posix.dirname(file)
  const rebuild = rebuildOf(data.rebuild)
  const shared = { rebuild, commands: namedCommands(data.all_info_cmds) }
  const entries: SpecEntry[] = []
  for (const [key, value] of Object.entries(objectOf(data.images)))
    entries.push(await readEntry(source, key, objectOf(value), shared))
  noteUnused(source, notes)
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
    tagPrefix: tagPrefixOf(source),
    wording: await readWording(source, [], data),
    rebuild,
  }
}

/** datahub-docker-stack's runner tags every image `<tag.prefix>-<branch>`. */
function tagPrefixOf(source: SpecFile): string {
  const prefix = textOf(objectOf(source.data.tag).prefix) ?? ''
  if (prefix === '' || /^\w[\w.-]{0,30}$/.test(prefix)) return prefix && `${prefix}-`
  throw source.error(['tag', 'prefix'], `${JSON.stringify(prefix.slice(0, 80))} cannot begin a tag`, [
    'It is at most 31 letters, digits, dots, hyphens and underscores, for example "2026.3"',
  ])
}

/** Says of every such key once, where it stands first, that nothing comes of it. */
function noteUnused(source: SpecFile, notes: Note[]): void {
  const say = (path: KeyPath, name: string) =>
    notes.push({ path: source.file, line: source.line(path), text: `${name} is not acted on by this version` })
  const images = Object.entries(objectOf(source.data.images)).map(([key, value]) => ({ key, value: objectOf(value) }))
  for (const name of unusedOfImages) {
    const first = images.find(({ value }) => Object.hasOwn(value, name))
    if (first) say(['images', first.key, name], name)
  }
  const locked = images.find(({ value }) => Object.hasOwn(objectOf(value.lock), 'platforms'))
  if (locked) say(['images', locked.key, 'lock', 'platforms'], 'lock.platforms')
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
