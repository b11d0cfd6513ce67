import type { Plan, PlannedImage } from '../stack/types.ts'
import { count } from './format.ts'
import { columns, paint, STYLES, type TextOptions } from './paint.ts'
import { visible } from './visible.ts'

interface Row {
  readonly branch: string
  readonly image: PlannedImage
  readonly others: readonly string[]
}

/** The plan as a tree, parents above their children, a decision and its reason beside every image. */
export function renderPlanText(plan: Plan, options: TextOptions): string {
  const building = plan.images.filter((image) => image.action === 'build').length
  const shared = sharedReason(plan)
  const head = `buildx-action plan: ${count(plan.images.length, 'image')}, ${building === 0 ? 'nothing' : building} to build${shared === null ? '' : `: ${visible(shared)}`}`
  const rows = forest(plan)
  const cells = columns(rows.map(({ branch, image }) => [branch + visible(image.name), image.action, '']))
  const lines = rows.map(({ image, others }, index) => {
    const [name, action] = cells[index] ?? []
    return `  ${name}  ${paint(STYLES[image.action], action ?? '', options)}  ${reasonText(image, others, shared)}`.trimEnd()
  })
  return `${paint('bold', head, options)}\n${lines.length === 0 ? '' : `\n${lines.join('\n')}\n`}`
}

/** One reason that all have is said once, above them. */
function sharedReason(plan: Plan): string | null {
  const [first, ...others] = plan.images
  const same = others.every(({ reason, action }) => reason === first?.reason && action === first.action)
  return first && others.length > 0 && same ? first.reason : null
}

function reasonText(image: PlannedImage, others: readonly string[], shared: string | null): string {
  const relock = image.relock ? ', lock is solved again' : ''
  const also = others.length === 0 ? '' : ` (also from ${others.map(visible).join(', ')})`
  return ((shared === null ? visible(image.reason) : '') + relock + also).replace(/^(?:, | (?=\())/, '')
}

/** An image of several parents stands below the one that is built last and names the others. */
function forest(plan: Plan): Row[] {
  const place = new Map(plan.order.map((name, index) => [name, index]))
  const sorted = plan.images.toSorted((a, b) => (place.get(a.name) ?? 0) - (place.get(b.name) ?? 0))
  const names = new Set(sorted.map((image) => image.name))
  const below = Map.groupBy(
    sorted,
    (image) =>
      image.parents
        .filter((parent) => names.has(parent))
        .toSorted((a, b) => (place.get(b) ?? 0) - (place.get(a) ?? 0))[0],
  )
  const rows: Row[] = []
  const visit = (image: PlannedImage, parent: string | undefined, lead: string, mark: string): void => {
    rows.push({
      branch: lead + mark,
      image,
      others: image.parents.filter((name) => name !== parent && names.has(name)),
    })
    const children = below.get(image.name) ?? []
    const deeper = lead + (mark === '' ? '' : mark === '├─ ' ? '│  ' : '   ')
    for (const [index, child] of children.entries())
      visit(child, image.name, deeper, index === children.length - 1 ? '└─ ' : '├─ ')
  }
  for (const root of below.get(undefined) ?? []) visit(root, undefined, '', '')
  return rows
}
