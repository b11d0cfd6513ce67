import { posix } from 'node:path'
import { ActionError } from '../errors.ts'
import { type FileIndex, foundAt, isUnder } from './discover.ts'
import { type Dockerfile, parseDockerfile } from './dockerfile.ts'
import { suggestion } from './parents.ts'
import type { Spec } from './spec.ts'
import type { Note, Tree, TreeEntry } from './types.ts'

/** A key of ours at the start of a line, or a flow mapping, which the schema is left to judge. */
const ourKeys = /^\s*(?:["']?(?:images|registry|ignore|build_all|stack)["']?\s*:|\{)/m
/** The other keys of the schema: another tool's file may have one of them, but hardly these alone. */
const plainKeys = ['$schema', 'tags', 'flavor', 'labels', 'annotations', 'rebuild', 'root', 'tag', 'all_info_cmds']

/** The input `path` as a folder of the repository, empty when it is to be found out. Throws `ActionError('input')`. */
export function checkedPath(text: string, tree: Tree, index: FileIndex): string {
  if (text === '') return ''
  const path = posix.normalize(text).replace(/(?<=.)\/$/, '')
  if (posix.isAbsolute(path) || path === '..' || path.startsWith('../')) {
    throw new ActionError('input', `path: ${JSON.stringify(text)} is outside of the repository`, [
      'Give a folder relative to its root',
    ])
  }
  const link = tree.entries.find((entry) => isLinked(entry) && isUnder(path, entry.path))
  if (link) {
    throw new ActionError(
      'input',
      `path: ${link.path} is ${link.mode === '120000' ? 'a symbolic link' : 'a submodule'}, which is not followed`,
      ['Give the folder itself'],
    )
  }
  if (index.folders.has(path)) return path
  const near = suggestion(
    path,
    [...index.folders].filter((folder) => folder.split('/').length === path.split('/').length),
  )
  throw new ActionError('input', `path: there is no folder ${JSON.stringify(text)} in the repository`, [
    ...near,
    'Give a folder relative to its root, or leave path empty',
  ])
}

/**
 * The spec of the stack: the one asked for, else spec.yml in the first of `folders` that has one. A file of that name in the
 * repository's root that is another tool's is left alone. Libraries for it are loaded only here.
 */
export async function findSpec(
  tree: Tree,
  asked: string,
  folders: readonly string[],
  notes: Note[],
): Promise<Spec | null> {
  const file = asked
    ? posix.normalize(asked)
    : folders.flatMap(specFiles).find((candidate) => tree.contents.has(candidate) || tree.refused.has(candidate))
  if (file === undefined) return null
  const text = tree.contents.get(file)
  if (text === undefined) {
    const named = /^spec\.ya?ml$/.test(posix.basename(file)) ? 'is not there' : 'is not named spec.yml or spec.yaml'
    const refused = tree.refused.get(file)
    throw new ActionError('spec', `spec: ${file} ${refused ? `is not read: ${refused}` : named}`, [
      'Give a regular file of the repository named spec.yml, relative to its root',
    ])
  }
  if (!asked && posix.dirname(file) === '.' && text.trim() && !isOurs(text)) {
    notes.push({
      path: file,
      line: null,
      text: 'not read as a spec: it has none of the keys images, registry, ignore, build_all, stack',
    })
    return null
  }
  const { readSpec } = await import('./spec.ts')
  return readSpec(tree, file, notes)
}

function isOurs(text: string): boolean {
  const keys = [...text.matchAll(/^["']?([\w$-]+)["']?\s*:(?=\s|$)/gm)].map(([, key = '']) => key)
  return ourKeys.test(text) || (keys.length > 0 && keys.every((key) => plainKeys.includes(key)))
}

/** Where the spec of a stack in this folder may be. */
export function specFiles(path: string): string[] {
  return ['spec.yml', 'spec.yaml'].map((file) => posix.join(path, file))
}

/** Reads a Dockerfile of the tree; one that is not there is empty. */
export function parser(tree: Tree): (path: string) => Dockerfile {
  return (path) => parseDockerfile(tree.contents.get(path) ?? '')
}

/** For the time in which other files are still looked for: takes a Dockerfile apart that `readStack` will ask for. */
export function parseAhead(path: string, text: string): void {
  if (foundAt(path)) parseDockerfile(text)
}

/** Whether an entry is a symbolic link or a submodule. */
export function isLinked({ mode }: TreeEntry): boolean {
  return mode === '120000' || mode === '160000'
}

/** Links and submodules beside the images are no images, whatever they point at. */
export function noteLinks(linked: readonly TreeEntry[], path: string, notes: Note[]): void {
  for (const { path: link, mode } of linked) {
    if (posix.dirname(link) !== path) continue
    notes.push({
      path: link,
      line: null,
      text: `${mode === '120000' ? 'a symbolic link' : 'a submodule'}: not looked into`,
    })
  }
}

/** The error for a repository without images. */
export function nothingFound(path: string): ActionError {
  return new ActionError('stack', `there is no image in ${path === '.' ? 'this repository' : path}`, [
    'An image is a folder with a Dockerfile (or Containerfile, NAME.Dockerfile, Dockerfile.NAME) that has a FROM',
    'Give the folder of the images as path',
  ])
}
