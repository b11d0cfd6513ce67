import type { ErrorObject } from 'ajv'
import { type Document, isMap, isNode, isScalar, LineCounter, type Node, parseDocument, visit } from 'yaml'
import schema from '../../schema/spec.schema.json' with { type: 'json' }
import { ActionError } from '../errors.ts'
import { nearest } from '../nearest.ts'

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
    throw fail(`:${line}:${col}: ${problem.message}`, 'It must be YAML that can be read')
  }
  const at = (path: KeyPath) => lines.linePos(offsetOf(document, path))
  const place = (path: KeyPath) => {
    const { line, col } = at(path)
    return [`${file}:${line}:${col}`, ...(path.length > 0 ? [path.join('.')] : [])].join(': ')
  }
  const error = (path: KeyPath, message: string, details: readonly string[]) =>
    new ActionError('spec', `${place(path)}: ${message}`, details)
  prepare(document, (offset, message) => {
    const { line, col } = lines.linePos(offset)
    return fail(`:${line}:${col}: ${message}`, 'Give it another name')
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

/** Keeps numbers as they are written (`3.10` is a version) and refuses keys that JavaScript gives a meaning of its own. */
function prepare(document: Document, fail: (offset: number, message: string) => ActionError): void {
  visit(document, {
    Scalar(key, node) {
      if (key === 'key' && forbiddenKeys.has(String(node.value)))
        throw fail(node.range?.[0] ?? 0, `the key ${node.value} is not allowed`)
      if (typeof node.value === 'number' && node.source !== undefined) node.value = node.source
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

/** ajv takes tens of milliseconds to load and compile, so only a stack with a spec pays for it. */
async function validate(spec: SpecFile): Promise<void> {
  const { Ajv } = await import('ajv')
  const check = new Ajv({ allErrors: true, strict: false, verbose: true }).compile(schema)
  if (check(spec.data)) return
  const errors = check.errors ?? []
  throw explain(spec, errors.find((error) => error.keyword === 'additionalProperties') ?? deepest(errors))
}

/** Of a value that may have several shapes the complaint about the shape that it has comes first. */
function deepest(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const rank = ({ keyword }: ErrorObject) => ['oneOf', 'type'].indexOf(keyword)
  return errors.toSorted(
    (a, b) =>
      b.instancePath.length - a.instancePath.length || rank(a) - rank(b) || a.schemaPath.length - b.schemaPath.length,
  )[0]
}

function explain(spec: SpecFile, error: ErrorObject | undefined): ActionError {
  const path = (error?.instancePath ?? '')
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (error?.keyword !== 'additionalProperties') {
    const allowed = Array.isArray(error?.params.allowedValues) ? `: ${error.params.allowedValues.join(', ')}` : ''
    const about = typeof error?.parentSchema?.description === 'string' ? [error.parentSchema.description] : []
    return spec.error(
      path,
      `${error?.message ?? 'is not valid'}${allowed}, not ${JSON.stringify(error?.data)?.slice(0, 80)}`,
      [...about, 'Correct the value; schema/spec.schema.json says what it may be'],
    )
  }
  const key = String(error.params.additionalProperty)
  const properties: Record<string, { description?: string }> = error.parentSchema?.properties ?? {}
  const known = Object.keys(properties).filter(
    (name) => !/^(?:The same|Accepted)/.test(properties[name]?.description ?? ''),
  )
  const near = nearest(key, known)
  return spec.error([...path, key], 'unknown key', [
    ...(near.length > 0 ? [`Did you mean ${near.join(' or ')}?`] : []),
    `Known keys here: ${known.join(', ')}`,
  ])
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
