import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument } from 'yaml'
import { ActionError } from '../errors.ts'
import { isTyped } from './yaml-scalar.ts'

/** A piece of YAML as it was parsed; `null` where a key has no value. */
export type YamlNode = Node | null

/** Longest environment that is read, in characters. Real ones have a few thousand. */
const longest = 256 * 1024

/**
 * A file of YAML 1.1, read as PyYAML's safe_load would, as far as its nodes are asked for. Each question throws
 * ActionError('lock') with file and line. Aliases stand for single nodes and are never multiplied out: they cannot explode.
 */
export class YamlFile {
  readonly top: ReadonlyMap<string, YamlNode>
  readonly #file: string
  readonly #lines: readonly number[] | null
  readonly #counter = new LineCounter()
  readonly #document: Document.Parsed

  /** `lines`: where each line of the text (from 0) stands in the file (from 1); null where it is the whole file. */
  constructor(file: string, text: string, lines: readonly number[] | null = null) {
    this.#file = file
    this.#lines = lines
    if (text.length > longest) throw this.#error(1, `longer than ${longest / 1024} KiB`, 'No environment is that long')
    this.#document = this.#parse(text)
    const [problem] = this.#document.errors
    if (problem) throw this.#error(this.#lineAt(problem.pos[0]), problem.message, 'It must be YAML that can be read')
    this.top = this.mapping(this.#document.contents, 'what the file holds')
  }

  /**
   * A text; what YAML takes for a number, a date or a boolean is none. `what` begins the error. Control characters are refused:
   * a line break would become a line of its own in a file that another program reads.
   */
  text(node: YamlNode, what: string): string {
    const text = this.textOrNull(node)
    if (text !== null && /\p{Cc}/u.test(text))
      throw this.fail(node, `${what} holds a tab, a line break or another control character`, 'Write it on one line')
    if (text !== null) return text
    throw this.fail(
      node,
      `${what} is not text`,
      'Put it in quotes if it looks like a number, a date or a word such as yes',
    )
  }

  texts(node: YamlNode, what: string): string[] {
    return this.list(node, what).map((item) => this.text(item, `an entry of ${what}`))
  }

  list(node: YamlNode, what: string): YamlNode[] {
    const list = this.#resolved(node)
    if (!isSeq(list)) throw this.fail(node, `${what} is not a list`, 'Write one entry a line, each behind a dash')
    return list.items as YamlNode[]
  }

  /** The keys of a mapping; of two of one name the last counts. */
  mapping(node: YamlNode, what: string): ReadonlyMap<string, YamlNode> {
    const map = this.#resolved(node)
    if (!isMap(map)) throw this.fail(node, `${what} is not a mapping`, 'Write keys and values')
    const entries = new Map<string, YamlNode>()
    for (const { key, value } of map.items as { key: YamlNode; value: YamlNode }[]) {
      const name = this.textOrNull(key)
      if (this.isPlain(key, /^<<$/)) throw this.fail(key, 'merge keys are not read', 'Write the values out')
      if (name !== null) entries.set(name, value)
    }
    return entries
  }

  isMapping(node: YamlNode): boolean {
    return isMap(this.#resolved(node))
  }

  /** No value, `null` or `~`. */
  isNull(node: YamlNode): boolean {
    return this.isPlain(node, /^(?:~|null|Null|NULL|)$/)
  }

  /** Whether a node stands without quotes and is one of the words of an expression. */
  isPlain(node: YamlNode, words: RegExp): boolean {
    const scalar = this.#resolved(node)
    return isScalar(scalar)
      ? scalar.type === 'PLAIN' && words.test(`${scalar.value}`)
      : scalar === null && words.test('')
  }

  textOrNull(node: YamlNode): string | null {
    const scalar = this.#resolved(node)
    if (!isScalar(scalar) || typeof scalar.value !== 'string') return null
    if (scalar.tag !== undefined) return scalar.tag === 'tag:yaml.org,2002:str' ? scalar.value : null
    return scalar.type === 'PLAIN' && isTyped(scalar.value) ? null : scalar.value
  }

  /** From 1. */
  line(node: YamlNode): number {
    return this.#lineAt(node?.range?.[0] ?? 0)
  }

  fail(node: YamlNode, message: string, ...details: string[]): ActionError {
    return this.#error(this.line(node), message, ...details)
  }

  #resolved(node: YamlNode): YamlNode {
    return isAlias(node) ? (node.resolve(this.#document) ?? null) : node
  }

  #lineAt(offset: number): number {
    const line = Math.max(1, this.#counter.linePos(offset).line)
    return this.#lines?.[line - 1] ?? line
  }

  #error(line: number, message: string, ...details: string[]): ActionError {
    return new ActionError('lock', `${this.#file}:${line}: ${message}`, details)
  }

  #parse(text: string): Document.Parsed {
    const options = { schema: 'failsafe', version: '1.1', uniqueKeys: false, prettyErrors: false } as const
    try {
      return parseDocument(text, { ...options, lineCounter: this.#counter })
    } catch (cause) {
      // The parser calls itself for every level.
      throw this.#error(1, cause instanceof Error ? cause.message : String(cause), 'Nest it less deep')
    }
  }
}
