import { ActionError } from '../errors.ts'

/** A piece of YAML with the line where it begins (from 1), as both readers give it. */
export type Node = Scalar | List | Mapping

/** Text; `plain` where it stands without quotes, so that YAML may give it a type. */
export interface Scalar {
  readonly line: number
  readonly text: string
  readonly plain: boolean
}

/** Items in order. */
export interface List {
  readonly line: number
  readonly items: readonly Node[]
}

/** Keys in order; each stands once. */
export interface Mapping {
  readonly line: number
  readonly entries: ReadonlyMap<string, Node>
}

/** Levels of nesting that a lock may have; conda-lock's have five. */
export const deepest = 12

/** Adds a key; a second one of the same name, or the one that JavaScript gives a meaning, is an error. */
export function addEntry(entries: Map<string, Node>, key: string, value: Node): void {
  if (entries.has(key)) throw new YamlProblem(value.line, `the key \`${key}\` stands here a second time`)
  if (key === '__proto__') throw new YamlProblem(value.line, 'the key `__proto__` is not taken')
  entries.set(key, value)
}

/** What is wrong at a line; the reader of the file adds its name. */
export class YamlProblem extends Error {
  readonly line: number

  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

/** Runs a reader of a lock; what is wrong becomes an ActionError('lock') with file and line. */
export function withPlace<T>(file: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (!(error instanceof YamlProblem)) throw error
    throw new ActionError('lock', `${file}:${error.line}: ${error.message}`, [
      'a lock is never edited by hand: restore the file from git, or make it anew',
    ])
  }
}
