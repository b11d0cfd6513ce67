import { type Draft, resolveName } from './drafts.ts'
import { type Recognised, suggestion } from './parents.ts'
import type { Reading } from './reads.ts'
import type { ParentEdge } from './types.ts'

/** An image with all that its Dockerfile says, for the platforms that it is built for. */
export interface Read {
  readonly draft: Draft
  /** One for each platform that makes a difference; the first one's platform is the image's first. */
  readonly readings: readonly Reading[]
  readonly dependsOn: readonly string[]
}

/** The images of spec.yml's depends_on and of `contexts: {x: target:IMAGE}`; an unknown one is an error with its line. */
export function specParents(draft: Draft, names: readonly string[]): string[] {
  const { entry } = draft
  if (!entry) return []
  const targets = targetContexts(draft).map(([, name]) => ({ key: 'contexts', name }))
  return [...entry.dependsOn.map((name) => ({ key: 'depends_on', name })), ...targets].map(({ key, name }) => {
    const found = resolveName(name, names)
    if (found !== null && found !== draft.name) return found
    const what =
      found === null ? `there is no image ${JSON.stringify(name)} in this stack` : 'an image cannot depend on itself'
    const near = found === null ? suggestion(name, names) : []
    throw entry.error(key, what, [...near, 'Name an image by its folder, relative to the stack'])
  })
}

/** The edges to the parents of an image and its references to images from outside. */
export function edgesOf(
  { draft, readings, dependsOn }: Read,
  names: readonly string[],
  parentOf: (reference: string) => Recognised | null,
) {
  const edges = new Map<string, ParentEdge>()
  const external = new Set<string>()
  for (const [at, reading] of readings.entries()) {
    for (const { reference, via, line, base } of reading.references) {
      const found = parentOf(reference)
      // A platform's own stages may not be there for another one: only the first platform's outside images are asked for.
      if (found === null && at === 0) external.add(reference)
      if (found !== null) addEdge(edges, { ...found, references: [reference], via, line, base: base && at === 0 })
    }
  }
  const line = draft.entry?.line('depends_on') ?? 0
  const spec = { via: 'spec', line, base: false } as const
  for (const name of dependsOn)
    if (!edges.has(name)) addEdge(edges, { name, references: [], how: 'depends_on in spec.yml', ...spec })
  for (const [key, text] of targetContexts(draft)) {
    const name = resolveName(text, names)
    if (name !== null) addEdge(edges, { name, references: [key], how: 'contexts in spec.yml', ...spec })
  }
  return { parents: [...edges.values()], external: [...external] }
}

/** Named contexts whose value is an image of the stack: `target:IMAGE`. */
function targetContexts(draft: Draft): [key: string, image: string][] {
  return Object.entries(draft.entry?.contexts ?? {}).flatMap(([key, value]) =>
    value.startsWith('target:') ? [[key, value.slice('target:'.length)] as [string, string]] : [],
  )
}

/** The named contexts that buildx takes as they are: all but those of the stack's own images. */
export function plainContexts(draft: Draft): Record<string, string> {
  const contexts = Object.entries(draft.entry?.contexts ?? {})
  return Object.fromEntries(contexts.filter(([, value]) => !value.startsWith('target:')))
}

function addEdge(edges: Map<string, ParentEdge>, edge: ParentEdge): void {
  const known = edges.get(edge.name)
  if (!known) edges.set(edge.name, edge)
  else {
    const first = edge.base && !known.base ? edge : known
    const references = [...new Set([...known.references, ...edge.references])]
    edges.set(edge.name, { ...first, references, base: known.base || edge.base })
  }
}
