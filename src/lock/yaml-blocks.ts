import { addEntry, deepest, type Mapping, type Node, YamlProblem } from './yaml-node.ts'
import { isPlain } from './yaml-scalar.ts'

interface Line {
  indent: number
  text: string
  readonly number: number
}

/**
 * The layout that PyYAML's dump gives: blocks, lists not indented under their key, a scalar a line, plain or in single quotes.
 * Null where anything else stands; a reader of all YAML has to take it then. Thirty times as fast as one.
 */
export function readBlocks(text: string): Mapping | null {
  const reader = new BlockReader(text)
  try {
    return reader.document()
  } catch (error) {
    if (error === other) return null
    throw error
  }
}

/** Thrown where the text is not of the layout; never leaves this file. */
const other = new Error('another layout')

class BlockReader {
  readonly #lines: Line[] = []
  #at = 0

  constructor(text: string) {
    let number = 0
    for (const line of text.split('\n')) {
      number++
      const content = line.endsWith('\r') ? line.slice(0, -1) : line
      if (content === '' || content.startsWith('#')) continue
      const indent = content.search(/[^ ]/)
      this.#lines.push({ indent, text: indent < 0 ? '' : content.slice(indent), number })
    }
  }

  document(): Mapping {
    if (this.#lines[0]?.indent !== 0) throw other
    const node = this.#block(0, 0)
    if (this.#at < this.#lines.length || !('entries' in node)) throw other
    return node
  }

  #block(indent: number, depth: number): Node {
    const line = this.#lines[this.#at] as Line
    if (depth > deepest) throw new YamlProblem(line.number, `it is nested more than ${deepest} levels deep`)
    return isItem(line) ? this.#list(indent, depth) : this.#mapping(indent, depth)
  }

  #list(indent: number, depth: number): Node {
    const first = this.#lines[this.#at] as Line
    const items: Node[] = []
    for (let line = first; line?.indent === indent && isItem(line); line = this.#lines[this.#at] as Line) {
      const text = line.text.slice(2)
      if (keyOf(text) === null) {
        items.push(scalar(text, line.number))
        this.#at++
      } else {
        // The item's first key stands behind its dash; the others below it, two columns in.
        line.indent = indent + 2
        line.text = text
        items.push(this.#block(indent + 2, depth + 1))
      }
    }
    return { line: first.number, items }
  }

  #mapping(indent: number, depth: number): Mapping {
    const first = this.#lines[this.#at] as Line
    const entries = new Map<string, Node>()
    for (let line = first; line?.indent === indent && !isItem(line); line = this.#lines[this.#at] as Line) {
      const key = keyOf(line.text)
      if (key === null) throw other
      this.#at++
      addEntry(entries, key.name, key.rest === '' ? this.#below(indent, depth) : scalar(key.rest, line.number))
    }
    return { line: first.number, entries }
  }

  /** The value of a key that has none on its line. */
  #below(indent: number, depth: number): Node {
    const next = this.#lines[this.#at]
    if (!next || next.indent < indent || (next.indent === indent && !isItem(next))) throw other
    return this.#block(next.indent, depth + 1)
  }
}

function isItem(line: Line): boolean {
  return line.text.startsWith('- ')
}

/** `name: rest`, `name:` or `'name': rest`; null where no key stands. */
function keyOf(text: string): { name: string; rest: string } | null {
  const quoted = text.startsWith("'") ? /^'((?:[^']|'')*)':(?: |$)/.exec(text) : null
  if (quoted) return { name: unquoted(quoted[1] ?? ''), rest: text.slice(quoted[0].length) }
  const colon = text.indexOf(': ')
  const name = colon >= 0 ? text.slice(0, colon) : text.endsWith(':') ? text.slice(0, -1) : null
  if (name === null || !isPlain(name) || name === '') return null
  return { name, rest: colon >= 0 ? text.slice(colon + 2) : '' }
}

function scalar(text: string, line: number): Node {
  if (text === '{}') return { line, entries: new Map() }
  if (text === '[]') return { line, items: [] }
  const quoted = text.startsWith("'") ? /^'((?:[ -&(-~]|'')*)'$/.exec(text) : null
  if (quoted) return { line, text: unquoted(quoted[1] ?? ''), plain: false }
  if (text === '' || !isPlain(text)) throw other
  return { line, text, plain: true }
}

function unquoted(text: string): string {
  return text.replaceAll("''", "'")
}
