import { writeScalar } from './yaml-scalar.ts'

/** What is written: scalars, lists and mappings; undefined is left out. */
export type Value =
  | string
  | boolean
  | number
  | readonly Value[]
  | ReadonlyMap<string, Value>
  | { readonly [key: string]: Value | undefined }

/** A mapping as PyYAML's `dump(sort_keys=False)` writes it: two columns a level, lists not indented under their key. */
export function writeValue(value: Value): string {
  const lines: string[] = []
  writeMapping(lines, entriesOf(value), '', '')
  return `${lines.join('\n')}\n`
}

function entriesOf(value: Value): [string, Value][] {
  const entries = value instanceof Map ? [...value] : Object.entries(value as Record<string, Value | undefined>)
  return entries.filter((entry): entry is [string, Value] => entry[1] !== undefined && entry[1] !== null)
}

/** `first` begins the first line: a dash where the mapping is an item. */
function writeMapping(lines: string[], entries: [string, Value][], indent: string, first: string): void {
  let lead = first
  for (const [key, value] of entries) {
    writeEntry(lines, { start: `${lead}${writeScalar(key, lead.length, 0)}:`, value, indent })
    lead = indent
  }
}

function writeEntry(lines: string[], entry: { start: string; value: Value; indent: string }): void {
  const { start, value, indent } = entry
  const inline = inlineOf(value, start.length + 1, indent.length + 2)
  if (inline !== null) lines.push(inline === '' ? start : `${start} ${inline}`)
  else {
    lines.push(start)
    if (Array.isArray(value)) writeList(lines, value, indent)
    else writeMapping(lines, entriesOf(value), `${indent}  `, `${indent}  `)
  }
}

function writeList(lines: string[], items: readonly Value[], indent: string): void {
  for (const item of items) {
    const inline = inlineOf(item, indent.length + 2, indent.length + 2)
    if (inline !== null) lines.push(`${indent}- ${inline}`)
    else if (Array.isArray(item)) {
      const nested: string[] = []
      writeList(nested, item, `${indent}  `)
      lines.push(`${indent}- ${(nested[0] ?? '').trimStart()}`, ...nested.slice(1))
    } else writeMapping(lines, entriesOf(item), `${indent}  `, `${indent}- `)
  }
}

/** What stands on the line of its key or dash; null for lists and mappings that have something in them. */
function inlineOf(value: Value, column: number, indent: number): string | null {
  if (typeof value === 'string') return writeScalar(value, column, indent)
  if (typeof value !== 'object') return String(value)
  if (Array.isArray(value)) return value.length === 0 ? '[]' : null
  return entriesOf(value).length === 0 ? '{}' : null
}
