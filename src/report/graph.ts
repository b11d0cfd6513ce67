import type { Action, Plan, PlannedImage } from '../stack/types.ts'
import { mermaidLabel } from './markdown.ts'
import { visible } from './visible.ts'

/** Languages that a plan can be drawn in. */
export const graphKinds = ['mermaid', 'dot'] as const
export type GraphKind = (typeof graphKinds)[number]

const COLOURS: Readonly<Record<Action, { fill: string; line: string }>> = {
  build: { fill: '#dafbe1', line: '#1a7f37' },
  reuse: { fill: '#ddf4ff', line: '#0969da' },
  skip: { fill: '#f6f8fa', line: '#8c959f' },
}

/** The plan as a mermaid flowchart or a DOT graph, parents before their children, coloured by what is done. */
export function renderGraph(plan: Plan, kind: GraphKind): string {
  return kind === 'mermaid' ? mermaid(plan.images) : dot(plan.images)
}

function mermaid(images: readonly PlannedImage[]): string {
  const ids = new Map(images.map((image, at) => [image.name, `n${at}`]))
  const used = [...new Set(images.map((image) => image.action))]
  return [
    'flowchart LR',
    ...images.map((image) => `  ${ids.get(image.name)}["${mermaidLabel(image.name)}"]:::${image.action}`),
    ...edges(images, ids).map(([parent, child]) => `  ${parent} --> ${child}`),
    ...used.map(
      (action) => `  classDef ${action} fill:${COLOURS[action].fill},stroke:${COLOURS[action].line},color:#1f2328`,
    ),
    '',
  ].join('\n')
}

function dot(images: readonly PlannedImage[]): string {
  const ids = new Map(images.map((image) => [image.name, quoted(image.name)]))
  const nodes = images.map(({ name, action, reason }) => {
    const { fill, line } = COLOURS[action]
    return `  ${ids.get(name)} [fillcolor="${fill}", color="${line}", tooltip=${quoted(`${action}: ${reason}`)}]`
  })
  return [
    'digraph stack {',
    '  rankdir=LR',
    '  node [shape=box, style="rounded,filled", fontname="sans-serif"]',
    ...nodes,
    ...edges(images, ids).map(([parent, child]) => `  ${parent} -> ${child}`),
    '}',
    '',
  ].join('\n')
}

function edges(images: readonly PlannedImage[], ids: ReadonlyMap<string, string>): [string, string][] {
  return images.flatMap((image) =>
    image.parents.flatMap((parent): [string, string][] => {
      const [from, to] = [ids.get(parent), ids.get(image.name)]
      return from === undefined || to === undefined ? [] : [[from, to]]
    }),
  )
}

/** A DOT string; a backslash would begin an escape. */
function quoted(text: string): string {
  return `"${visible(text).replace(/["\\]/g, '\\$&')}"`
}
