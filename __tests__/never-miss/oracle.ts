import { imageNames, type ModelFile, rendered, type State } from './stack-model.ts'

/**
 * All that can get into each image of a state, as text: its Dockerfile, what COPY takes, its lock's sources, and the
 * same of what it is built on. Two states give an image the same text exactly where it need not be built again. Naive on purpose:
 * every file is tried with every pattern, and nothing is shared with the code that it judges. Which files are sources of
 * locks is read from `locks`, the state that is built.
 */
export function contents(state: State, locks: State = state): Map<string, string> {
  const files = rendered(state)
  const all = new Map<string, string>()
  for (const name of imageNames) {
    const image = state.images[name]
    if (!image) continue
    const folder = `images/${name}`
    const context = contextOf(files, folder, image.sources)
    const inContext = Object.entries(files).flatMap(([path, file]) =>
      relative(path, context).map((rest) => [rest, file] as const),
    )
    const copied = inContext.filter(
      ([path]) =>
        image.sources.some((source) => reads(source, path)) &&
        !(hasIgnore(image.ignore, context, folder) && ignored(image.ignore ?? [], path)),
    )
    const lockSources = locks.images[name]?.locks?.map((other) => `images/${other}/environment.yml`) ?? []
    all.set(
      name,
      JSON.stringify([
        text(files, `${folder}/Dockerfile`),
        text(files, `${context}/.dockerignore`.replace('./', '')),
        context,
        copied.sort(([a], [b]) => (a < b ? -1 : 1)),
        lockSources.map((path) => text(files, path)),
        image.parent === null ? null : (all.get(image.parent) ?? 'from outside'),
      ]),
    )
  }
  return all
}

/** True where a lock has other sources than before: sources that it had once may count, too. */
export function hasOtherLocks(before: State, state: State): boolean {
  return imageNames.some((name) => `${before.images[name]?.locks}` !== `${state.images[name]?.locks}`)
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

/** An ignore file counts where it lies in the context's root. */
function hasIgnore(ignore: readonly string[] | null, context: string, folder: string): boolean {
  return ignore !== null && context === folder
}

function ignored(patterns: readonly string[], path: string): boolean {
  let verdict = false
  for (const pattern of patterns) {
    const bare = pattern.replace('!', '')
    const hit = prefixes(path).some((part) => (bare === '**/*.md' ? part.endsWith('.md') : matches(bare, part)))
    if (hit) verdict = !pattern.startsWith('!')
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
