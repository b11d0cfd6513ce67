/** A workflow command as the runner reads it from a line of output. Property names are lower-cased: they have no case. */
export interface WorkflowCommand {
  readonly name: string
  readonly properties: Readonly<Record<string, string>>
  readonly data: string
  /** 2: `::name key=value::data` at the start of the line. 1: `##[name key=value;]data` anywhere in it. */
  readonly version: 1 | 2
}

type Escapes = readonly (readonly [escaped: string, character: string])[]

// `%25` comes last, so that `%250A` becomes `%0A` and not a line break.
const v1Escapes: Escapes = [
  ['%3B', ';'],
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%5D', ']'],
  ['%25', '%'],
]
const dataEscapes: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%25', '%'],
]
const propertyEscapes: Escapes = [
  ['%0D', '\r'],
  ['%0A', '\n'],
  ['%3A', ':'],
  ['%2C', ','],
  ['%25', '%'],
]

/**
 * The command in a line, null where there is none: the newer form is tried first, then the older one. `registered` are
 * the lower-case names of the commands that are known; any other name makes the line plain text.
 * The two forms: docs.github.com, "Workflow commands for GitHub Actions"; the older one was never documented, but is
 * still read, and behind any prefix.
 */
export function parseCommand(line: string, registered: ReadonlySet<string>): WorkflowCommand | null {
  return parseV2(line, registered) ?? parseV1(line, registered)
}

/** The newer form alone; it must be the first thing in the line but white space. */
export function parseV2(line: string, registered: ReadonlySet<string>): WorkflowCommand | null {
  const text = line.replace(leadingSpace, '')
  if (!text.startsWith('::')) return null
  const end = text.indexOf('::', 2)
  if (end < 0) return null
  const head = splitHead(text.slice(2, end))
  if (!registered.has(head.name.toLowerCase())) return null
  return {
    name: head.name,
    properties: readProperties(head.properties.trim(), ',', propertyEscapes),
    data: decode(text.slice(end + 2), dataEscapes),
    version: 2,
  }
}

/** The older form alone: the first `##[` of the line counts, wherever it stands. */
export function parseV1(line: string, registered: ReadonlySet<string>): WorkflowCommand | null {
  const start = line.indexOf('##[')
  const end = start < 0 ? -1 : line.indexOf(']', start)
  if (end < 0) return null
  const head = splitHead(line.slice(start + 3, end))
  if (!registered.has(head.name.toLowerCase())) return null
  return {
    name: head.name,
    properties: readProperties(head.properties, ';', v1Escapes),
    data: decode(line.slice(end + 1), v1Escapes),
    version: 1,
  }
}

// What .NET calls white space: with U+0085, without the byte order mark.
const leadingSpace = /^(?:[^\S\uFEFF]|\u0085)+/

function splitHead(text: string): { readonly name: string; readonly properties: string } {
  const space = text.indexOf(' ')
  return space < 0 ? { name: text, properties: '' } : { name: text.slice(0, space), properties: text.slice(space + 1) }
}

/** `k=v` pairs; a pair without a name or a value is dropped, as are the `=` before either. */
function readProperties(text: string, separator: string, escapes: Escapes): Record<string, string> {
  const pairs: [string, string][] = []
  for (const part of text.split(separator)) {
    const pair = /^=*([^=]+)=+([^=].*)$/s.exec(part)
    if (pair) pairs.push([pair[1]!.toLowerCase(), decode(pair[2]!, escapes)])
  }
  return Object.fromEntries(pairs)
}

function decode(text: string, escapes: Escapes): string {
  let plain = text
  for (const [escaped, character] of escapes) plain = plain.replaceAll(escaped, () => character)
  return plain
}
