import { isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Node as YamlNode } from 'yaml'
import { addEntry, deepest, type Mapping, type Node, YamlProblem } from './yaml-node.ts'

/**
 * Any YAML, for locks that another program or a person laid out. Anchors, aliases, tags and several documents are refused:
 * conda-lock writes none, and they are the means of bombs.
 */
export function readAnyYaml(text: string): Mapping {
  const counter = new LineCounter()
  const lineOf = (offset: number | undefined) => Math.max(1, counter.linePos(offset ?? 0).line)
  const document = parse(text, counter)
  const [error] = document.errors
  if (error) throw new YamlProblem(lineOf(error.pos[0]), error.message)
  const node = document.contents && convert(document.contents, { lineOf, depth: 0 })
  if (!node || !('entries' in node)) throw new YamlProblem(1, 'it is not a mapping')
  return node
}

function parse(text: string, lineCounter: LineCounter) {
  try {
    return parseDocument(text, {
      schema: 'failsafe',
      version: '1.1',
      lineCounter,
      uniqueKeys: false,
      prettyErrors: false,
    })
  } catch (cause) {
    // The parser's own stack ends at some thousand levels.
    if (cause instanceof RangeError) throw new YamlProblem(1, `it is nested more than ${deepest} levels deep`)
    throw cause
  }
}

interface Place {
  readonly lineOf: (offset: number | undefined) => number
  readonly depth: number
}

function convert(node: YamlNode, place: Place): Node {
  const line = place.lineOf(node.range?.[0])
  if (place.depth > deepest) throw new YamlProblem(line, `it is nested more than ${deepest} levels deep`)
  if (isAlias(node) || node.anchor !== undefined) throw new YamlProblem(line, 'anchors and aliases are not taken')
  if (node.tag !== undefined) throw new YamlProblem(line, `the tag ${node.tag} is not taken`)
  const below = { ...place, depth: place.depth + 1 }
  if (isSeq(node)) return { line, items: node.items.map((item) => convert(item as YamlNode, below)) }
  if (isMap(node)) {
    const entries = new Map<string, Node>()
    for (const pair of node.items) addPair(entries, pair as Pair, below)
    return { line, entries }
  }
  if (!isScalar(node)) throw new YamlProblem(line, 'it is of no kind that a lock has')
  return { line, text: String(node.value ?? ''), plain: node.type === 'PLAIN' || node.type === undefined }
}

interface Pair {
  readonly key: YamlNode
  readonly value: YamlNode | null
}

function addPair(entries: Map<string, Node>, { key, value }: Pair, place: Place): void {
  const name = convert(key, place)
  if (!('text' in name)) throw new YamlProblem(name.line, 'a key is not text')
  addEntry(entries, name.text, value ? convert(value, place) : { line: name.line, text: '', plain: true })
}
