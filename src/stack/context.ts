import { posix } from 'node:path'
import { type FileIndex, isUnder } from './discover.ts'
import { readIgnoreFile } from './dockerignore.ts'
import { listed } from './drafts.ts'
import { globExpression, isGlob, onTheWay } from './glob.ts'
import type { Reading } from './reads.ts'
import type { SpecEntry } from './spec-entry.ts'
import type { Note, Reads, Tree } from './types.ts'

/** Where an image stands, for the question what its context is. */
export interface ContextQuestion {
  readonly dockerfile: string
  readonly folder: string
  /** The context that spec.yml gives: a folder or an address; null for none. */
  readonly given: string | null
  readonly stackPath: string
}

/**
 * The build context: spec.yml's, else the image's folder; but the stack's folder, the repository's root or a folder `context`
 * there where the sources of COPY are all there and not all in the image's folder.
 */
export function contextOf(question: ContextQuestion, reading: Reading, index: FileIndex, notes: Note[]): string {
  if (question.given !== null) return question.given
  const sources = reading.sources.map(plainPart).filter((source) => source !== '.')
  const missing = sources.filter((source) => !exists(index, question.folder, source))
  if (missing.length === 0) return question.folder
  const wider = [question.stackPath, '.']
    .filter((folder) => isUnder(question.folder, folder))
    .flatMap((folder) => [folder, posix.join(folder, 'context')])
    .find((folder) => folder !== question.folder && sources.every((source) => exists(index, folder, source)))
  const text =
    wider === undefined
      ? `${listed(missing)}: copied, but not in the repository`
      : `built with ${wider} as its context: ${missing[0]} is there and not in ${question.folder}`
  notes.push({ path: question.dockerfile, line: null, text })
  return wider ?? question.folder
}

/**
 * Throws ActionError('spec') where a folder that spec.yml gives is a symbolic link or lies behind one: BuildKit would follow it, to
 * files of the machine or to files whose changes nobody sees.
 */
export function refuseLinked(entry: SpecEntry, symlinks: readonly string[]): void {
  const given = [['context', entry.context ?? ''], ...Object.values(entry.contexts).map((path) => ['contexts', path])]
  for (const [key = '', path = ''] of given) {
    const link = symlinks.find((candidate) => isUnder(path, candidate))
    if (link) throw entry.error(key, `${link} is a symbolic link, which is not followed`, ['Give the folder itself'])
  }
}

/** What counts of the context: the sources, all in doubt, and the ignore file that BuildKit takes. */
export function readsOf(
  dockerfile: string,
  context: string,
  reading: Reading,
  tree: Tree,
  links: readonly string[],
  patternsOf: (text: string) => readonly string[],
  notes: Note[],
): Reads {
  const link = linkRead(context, reading.sources, links)
  if (link !== undefined) {
    const text = `${link} is a link or a submodule: the whole context counts`
    notes.push({ path: dockerfile, line: null, text })
  }
  const own = tree.contents.get(`${dockerfile}.dockerignore`)
  const ignore = own ?? tree.contents.get(posix.join(context, '.dockerignore'))
  return {
    all: reading.doubt || reading.sources.includes('.') || link !== undefined,
    patterns: reading.sources,
    ignore: ignore === undefined ? null : patternsOf(ignore),
  }
}

/** Reads ignore files; many images of a stack have the same one, which then is one list. */
export function ignoreFiles(): (text: string) => readonly string[] {
  const known = new Map<string, readonly string[]>()
  return (text) => {
    const patterns = known.get(text) ?? readIgnoreFile(text)
    known.set(text, patterns)
    return patterns
  }
}

/** The first link or submodule that a source names: COPY follows it to a place that is not known here, and what is in it is not either. */
function linkRead(context: string, sources: readonly string[], links: readonly string[]): string | undefined {
  const inside = links
    .filter((link) => isUnder(link, context))
    .map((link) => (context === '.' ? link : link.slice(context.length + 1)))
  if (inside.length === 0) return undefined
  for (const source of sources) {
    const expression = isGlob(source) ? globExpression(source) : null
    const found = inside.find((link) =>
      isGlob(source) ? (expression?.test(link) ?? true) || onTheWay(source, link) : isUnder(source, link),
    )
    if (found !== undefined) return found
  }
  return undefined
}

/** The part of a source before its first glob, `.` where there is none: what must be there for a folder to be the context. */
export function plainPart(source: string): string {
  if (!isGlob(source)) return source
  const parts = source.split('/')
  return parts.slice(0, parts.findIndex(isGlob)).join('/') || '.'
}

function exists(index: FileIndex, folder: string, source: string): boolean {
  const path = folder === '.' ? source : source === '.' ? folder : `${folder}/${source}`
  return index.files.has(path) || index.folders.has(path)
}
