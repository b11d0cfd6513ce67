import { createHash } from 'node:crypto'
import { imageNames, type ModelFile, type ModelImage, parentsOf, rendered, type State } from './stack-model.ts'

/**
 * All that can get into each image of a state, as text: its Dockerfile, what COPY takes, its lock's sources, and the
 * same of what it is built on. Two states give an image the same text exactly where it need not be built again. Naive on purpose:
 * every file is tried with every pattern, and nothing is shared with the code that it judges. Which files are sources of
 * locks is read from `locks`, the state that is built.
 */
export function contents(state: State, locks: State = state): Map<string, string> {
  const all = new Map<string, string>()
  for (const [name, own] of ownContents(state, locks)) {
    const parents = parentsOf(state, name).map((parent) => all.get(parent) ?? '')
    all.set(name, builtOn(own, parents))
  }
  return all
}

/** The content of an image that is made from those of others, in the order of their names. */
export function builtOn(own: string, parents: readonly string[]): string {
  return createHash('sha256')
    .update(JSON.stringify([own, parents]))
    .digest('hex')
}

/** The same without what the images are built on. */
export function ownContents(state: State, locks: State = state): Map<string, string> {
  const files = rendered(state)
  return new Map(
    imageNames.flatMap((name): [string, string][] => {
      const image = state.images[name]
      const sources = locks.images[name]?.locks?.map((other) => text(files, `images/${other}/environment.yml`)) ?? []
      return image ? [[name, JSON.stringify([copiedBy(files, name, image, state), sources, image.arg])]] : []
    }),
  )
}

/** The Dockerfile, and the files that COPY takes. */
function copiedBy(files: Files, name: string, image: ModelImage, { images }: State): unknown {
  const folder = `images/${name}`
  const triggered = images[image.parent ?? '']?.onbuild
  const sources = [...image.sources, ...(triggered ? [triggered] : [])]
  const context = contextOf(files, folder, sources)
  const patterns = context === folder ? (image.ignore ?? []) : []
  const copied = Object.entries(files)
    .flatMap(([path, file]) => relative(path, context).map((rest) => [rest, file] as const))
    .filter(([path, file]) => sources.some((source) => reads(source, path) || leadsInto(source, path, file)))
    .filter(([path]) => !ignored(patterns, path))
  const ignoreFile = context === folder ? text(files, `${folder}/.dockerignore`) : null
  return [text(files, `${folder}/Dockerfile`), ignoreFile, context, copied.sort(([a], [b]) => (a < b ? -1 : 1))]
}

/** True where a lock has other sources than before: sources that it had once may count, too. */
export function hasOtherLocks(before: State, state: State): boolean {
  return imageNames.some((name) => `${before.images[name]?.locks}` !== `${state.images[name]?.locks}`)
}

/** True where spec.yml is another: it may concern every image. */
export function hasOtherSpec(before: State, state: State): boolean {
  const spec = 'images/spec.yml'
  return rendered(before)[spec]?.text !== rendered(state)[spec]?.text
}

/** True where links make it hard to say what COPY takes: there more may be built than needed. */
export function hasLinks(state: State): boolean {
  return Object.values(state.files).some((file) => file.mode === '120000')
}

type Files = Readonly<Record<string, ModelFile>>

function text(files: Files, path: string): string | null {
  const file = files[path]
  return file ? `${file.mode} ${file.text}` : null
}

/** The image's folder, but one above it that has all sources where the folder lacks one. */
function contextOf(files: Files, folder: string, sources: readonly string[]): string {
  const plain = sources
    .filter((source) => !/^[*.]|\?/.test(source) || source === './b.txt')
    .map((source) => source.replace('./', '').replace('/*', ''))
  const whole = (base: string) => plain.every((source) => exists(files, base === '.' ? source : `${base}/${source}`))
  return [folder, 'images', 'images/context', '.', 'context'].find(whole) ?? folder
}

function exists(files: Files, path: string): boolean {
  return Object.keys(files).some((file) => file === path || file.startsWith(`${path}/`))
}

function relative(path: string, context: string): string[] {
  if (context === '.') return [path]
  return path.startsWith(`${context}/`) ? [path.slice(context.length + 1)] : []
}

function reads(source: string, path: string): boolean {
  const clean = source.replace('./', '')
  return clean === '.' || prefixes(path).some((part) => matches(clean, part))
}

/** What a submodule holds is not known: a source below it may be in it. */
function leadsInto(source: string, path: string, { mode }: ModelFile): boolean {
  return mode === '160000' && matches(source.split('/').slice(0, path.split('/').length).join('/'), path)
}

/**
 * Folder by folder down to the file, as BuildKit walks: what a pattern matched holds below it, and a pattern that would not
 * change what is so far said of a path is not asked of it.
 */
function ignored(patterns: readonly string[], path: string): boolean {
  let above = patterns.map(() => false)
  let verdict = false
  for (const part of prefixes(path)) {
    verdict = false
    const here: boolean[] = []
    for (const [at, pattern] of patterns.entries()) {
      const keeps = pattern.startsWith('!')
      const bare = pattern.replace('!', '')
      const asked = keeps === verdict
      here[at] = above[at] || (asked && (bare === '**/*.md' ? part.endsWith('.md') : matches(bare, part)))
      if (here[at]) verdict = !keeps
    }
    above = here
  }
  return verdict
}

function prefixes(path: string): string[] {
  const parts = path.split('/')
  return parts.map((_, at) => parts.slice(0, at + 1).join('/'))
}

function matches(pattern: string, path: string): boolean {
  const [wanted, given] = [pattern.split('/'), path.split('/')]
  return wanted.length === given.length && wanted.every((part, at) => matchesPart(part, given[at] ?? ''))
}

function matchesPart(pattern: string, part: string): boolean {
  if (pattern === '') return part === ''
  if (pattern[0] === '*')
    return matchesPart(pattern.slice(1), part) || (part !== '' && matchesPart(pattern, part.slice(1)))
  return part !== '' && (pattern[0] === '?' || pattern[0] === part[0]) && matchesPart(pattern.slice(1), part.slice(1))
}
