import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml'
import { ActionError } from '../errors.ts'
import { validate } from './spec-schema.ts'

/** A key's way into a spec file: `['images', 'base-notebook', 'args']`. */
export type KeyPath = readonly (string | number)[]

/** A spec file that the schema accepts, as plain data, with the places of its keys. */
export interface SpecFile {
  readonly file: string
  readonly data: Readonly<Record<string, unknown>>
  /** 1-based line of a key. */
  readonly line: (path: KeyPath) => number
  /** Where a key stands and its name, for messages: `images/spec.yml:3:5: images.base.depends_on`. */
  readonly place: (path: KeyPath) => string
  /** An error about a key: its place and what is wrong with it. */
  readonly error: (path: KeyPath, message: string, details: readonly string[]) => ActionError
}

const longestSpec = 256 * 1024
const forbiddenKeys = new Set(['__proto__', 'constructor', 'prototype'])

/** Reads spec.yml: YAML 1.2 with few aliases, checked against schema/spec.schema.json. Throws `ActionError('spec')`. */
export async function readSpecFile(file: string, text: string): Promise<SpecFile> {
  const fail = (message: string, ...details: string[]) => new ActionError('spec', `${file}${message}`, details)
  if (text.length > longestSpec)
    throw fail(': longer than 256 KiB', 'Keep only what cannot be found in the Dockerfiles')
  const lines = new LineCounter()
  const document = parse(text, lines, fail)
  const [problem] = document.errors
  if (problem) {
    const { line, col } = lines.linePos(problem.pos[0])
    throw fail(`:${line}:${col}: ${readable(problem.message)}`, 'It must be YAML that can be read')
  }
  const at = (path: KeyPath) => lines.linePos(offsetOf(document, path))
  const place = (path: KeyPath) => {
    const { line, col } = at(path)
    return [`${file}:${line}:${col}`, ...(path.length > 0 ? [path.join('.')] : [])].join(': ')
  }
  const error = (path: KeyPath, message: string, details: readonly string[]) =>
    new ActionError('spec', `${place(path)}: ${message}`, details)
  prepare(document, (offset, message, remedy) => {
    const { line, col } = lines.linePos(offset)
    return fail(`:${line}:${col}: ${message}`, remedy)
  })
  const spec: SpecFile = { file, data: plainData(document, fail), line: (path) => at(path).line, place, error }
  await validate(spec)
  return spec
}

function parse(
  text: string,
  lineCounter: LineCounter,
  fail: (message: string, ...details: string[]) => ActionError,
): Document {
  try {
    return parseDocument(text, { lineCounter, stringKeys: true, prettyErrors: false })
  } catch (cause) {
    // The parser calls itself for every level.
    throw fail(`: ${cause instanceof Error ? cause.message : cause}`, 'Nest it less deep')
  }
}

/** The parser's own words where they tell something to a person who does not know the parser. */
function readable(message: string): string {
  if (/call stack/.test(message)) return 'nested too deep'
  return /multiple documents/.test(message) ? 'a second document begins here' : message
}

/**
 * Keeps numbers as they are written (`3.10` is a version), refuses keys that JavaScript gives a meaning of its own, and
 * aliases of what they stand in.
 */
function prepare(document: Document, fail: (offset: number, message: string, remedy: string) => ActionError): void {
  visit(document, {
    Scalar(key, node) {
      if (key === 'key' && forbiddenKeys.has(String(node.value)))
        throw fail(node.range?.[0] ?? 0, `the key ${node.value} is not allowed`, 'Give it another name')
      if (typeof node.value === 'number' && node.source !== undefined) node.value = node.source
    },
    Alias(_key, node, path) {
      if (path.some((above) => isNode(above) && 'anchor' in above && above.anchor === node.source))
        throw fail(
          node.range?.[0] ?? 0,
          `the alias *${node.source} stands in what it is an alias of`,
          'Write the value out',
        )
    },
  })
}

function plainData(
  document: Document,
  fail: (message: string, ...details: string[]) => ActionError,
): Record<string, unknown> {
  try {
    const data: unknown = document.toJS({ maxAliasCount: 50 }) ?? {}
    if (typeof data === 'object' && !Array.isArray(data)) return data as Record<string, unknown>
  } catch (cause) {
    throw fail(
      `: ${cause instanceof Error ? cause.message : cause}`,
      'Write the values out instead of using so many aliases',
    )
  }
  throw fail(':1:1: it must hold keys and values', 'Known keys: images, registry, ignore, build_all, stack')
}

/** Where the last key of a path stands; where its nearest parent stands when it is not there. */
function offsetOf(document: Document, path: KeyPath): number {
  let node: unknown = document.contents
  let offset = startOf(node)
  for (const part of path) {
    const pair = isMap(node)
      ? node.items.find((item) => isScalar(item.key) && String(item.key.value) === String(part))
      : undefined
    const next = pair
      ? pair.value
      : isNode(node) && 'get' in node
        ? (node as { get(key: unknown, keep: true): unknown }).get(Number(part), true)
        : undefined
    if (pair === undefined && next === undefined) return offset
    offset = pair ? startOf(pair.key) : startOf(next)
    node = next
  }
  return offset
}

function startOf(node: unknown): number {
  return isNode(node) ? ((node as Node).range?.[0] ?? 0) : 0
}
