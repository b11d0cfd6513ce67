import { criticalPath } from './critical-path.ts'
import { mermaidLabel } from './markdown.ts'
import { ICONS } from './outcome.ts'
import type { ImageResult, Outcome } from './types.ts'

/** GitHub draws a diagram of at most 500 edges and 50,000 characters. */
const EDGES = 400
const NODES = 200
const CHARACTERS = 45_000
const DAY = 24 * 60 * 60 * 1000

const STYLES: Readonly<Record<Outcome, string>> = {
  built: 'fill:#dafbe1,stroke:#1a7f37,color:#1f2328',
  reused: 'fill:#ddf4ff,stroke:#0969da,color:#1f2328',
  unchanged: 'fill:#f6f8fa,stroke:#8c959f,color:#1f2328',
  failed: 'fill:#ffebe9,stroke:#cf222e,color:#1f2328',
  skipped: 'fill:#fff8c5,stroke:#9a6700,color:#1f2328,stroke-dasharray:4',
}

/**
 * The stack as a mermaid flowchart, coloured by outcome, the critical path with thick edges. In a big stack only what
 * did not stay as it was and its parents are drawn; null when that is still too much for GitHub, or nothing to see.
 */
export function graphDiagram(images: readonly ImageResult[]): string | null {
  const shown = images.length <= NODES ? images : moved(images)
  if (shown.length < 2 || images.every((image) => image.outcome === 'unchanged') || shown.length > NODES) return null
  const ids = new Map(shown.map((image, index) => [image.name, `n${index}`]))
  const critical = criticalPath(images)
  const edges = shown.flatMap((image) => image.parents.flatMap((parent) => edge(ids, critical, parent, image.name)))
  if (edges.length > EDGES) return null
  const nodes = shown.map(
    (image) => `  ${ids.get(image.name)}["${ICONS[image.outcome]} ${mermaidLabel(image.name)}"]:::${image.outcome}`,
  )
  const used = new Set(shown.map((image) => image.outcome))
  const classes = [...used].map((outcome) => `  classDef ${outcome} ${STYLES[outcome]}`)
  return fitting(['flowchart LR', ...nodes, ...edges, ...classes])
}

/** When each image ran, as a mermaid Gantt chart from the run's start; null when fewer than two ran, or for over a day. */
export function timelineDiagram(images: readonly ImageResult[], started: number): string | null {
  const ran = images.flatMap((image) => {
    return image.started === null || image.completed === null
      ? []
      : [{ image, from: image.started, to: image.completed }]
  })
  if (ran.length < 2 || ran.length > NODES || ran.some(({ to }) => to - started >= DAY)) return null
  const critical = new Set(criticalPath(images))
  const tasks = ran
    .toSorted((a, b) => a.from - b.from)
    .map(({ image, from, to }) => {
      const tag = critical.has(image.name) ? 'crit' : image.outcome === 'failed' ? 'active' : 'done'
      const seconds = Math.max(1, Math.round((to - from) / 1000))
      return `  ${ICONS[image.outcome]} ${mermaidLabel(image.name)} :${tag}, ${clock(from - started)}, ${seconds}s`
    })
  return fitting(['gantt', '  dateFormat HH:mm:ss', '  axisFormat %H:%M:%S', ...tasks])
}

function moved(images: readonly ImageResult[]): ImageResult[] {
  const changed = images.filter((image) => image.outcome !== 'unchanged')
  const wanted = new Set(changed.flatMap((image) => [image.name, ...image.parents]))
  return images.filter((image) => wanted.has(image.name))
}

function edge(ids: ReadonlyMap<string, string>, critical: readonly string[], parent: string, child: string): string[] {
  const [from, to] = [ids.get(parent), ids.get(child)]
  if (from === undefined || to === undefined) return []
  const place = critical.indexOf(parent)
  return [`  ${from} ${place !== -1 && critical[place + 1] === child ? '==>' : '-->'} ${to}`]
}

function clock(milliseconds: number): string {
  return new Date(Math.max(0, milliseconds)).toISOString().slice(11, 19)
}

function fitting(lines: readonly string[]): string | null {
  const text = lines.join('\n')
  return text.length <= CHARACTERS ? text : null
}
