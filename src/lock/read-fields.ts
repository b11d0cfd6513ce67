import { type List, type Mapping, type Node, YamlProblem } from './yaml-node.ts'
import { isTyped } from './yaml-scalar.ts'

/** The mapping that a node has to be; `what` names it in the error. */
export function mappingOf(node: Node, what: string): Mapping {
  if (!('entries' in node)) throw new YamlProblem(node.line, `${what} is not a mapping`)
  return node
}

/** The list that a node has to be. */
export function listOf(node: Node, what: string): List {
  if (!('items' in node)) throw new YamlProblem(node.line, `${what} is not a list`)
  return node
}

/** The value of a key that has to be there. */
export function required(mapping: Mapping, key: string, what: string): Node {
  const node = mapping.entries.get(key)
  if (!node) throw new YamlProblem(mapping.line, `${what} has no \`${key}\``)
  return node
}

/** The value of a key that may be missing or null. */
export function optional(mapping: Mapping, key: string): Node | null {
  const node = mapping.entries.get(key)
  return node && !isNull(node) ? node : null
}

/** Refuses keys that the format does not have: what is not understood is not passed over. */
export function onlyKeys(mapping: Mapping, known: ReadonlySet<string>, what: string): void {
  for (const [key, node] of mapping.entries)
    if (!known.has(key)) throw new YamlProblem(node.line, `${what} has an unknown key \`${key}\``)
}

function isNull(node: Node): boolean {
  return 'text' in node && node.plain && /^(?:|~|null|Null|NULL)$/.test(node.text)
}

/** A string; a scalar that YAML 1.1 reads as a number, a date or a boolean is none, as for conda-lock. */
export function textOf(node: Node, what: string): string {
  if (!('text' in node)) throw new YamlProblem(node.line, `${what} is not text`)
  if (node.plain && isTyped(node.text))
    throw new YamlProblem(node.line, `${what} is \`${node.text}\`, which YAML does not read as text: quote it`)
  return node.text
}

/** Text in printable ASCII: goes into urls, command lines and other files. */
export function asciiOf(node: Node, what: string): string {
  const text = textOf(node, what)
  if (!/^[ -~]*$/.test(text)) throw new YamlProblem(node.line, `${what} has a character that no package has`)
  return text
}

/** A name, a platform, a url: one word of printable ASCII. */
export function wordOf(node: Node, what: string): string {
  const text = asciiOf(node, what)
  if (text === '' || text.includes(' '))
    throw new YamlProblem(node.line, `${what} is \`${text}\`, which is not one word`)
  return text
}

/** `true` or `false`. */
export function booleanOf(node: Node, what: string): boolean {
  if ('text' in node && node.plain && /^(?:true|false)$/i.test(node.text)) return node.text.toLowerCase() === 'true'
  throw new YamlProblem(node.line, `${what} is neither true nor false`)
}

/** Mappings, lists and text as they are: metadata that we keep and do not use. */
export function plainValue(node: Node, what: string): unknown {
  if ('items' in node) return node.items.map((item) => plainValue(item, what))
  if ('entries' in node)
    return Object.fromEntries([...node.entries].map(([key, value]) => [key, plainValue(value, what)]))
  return isNull(node) ? null : textOf(node, what)
}
