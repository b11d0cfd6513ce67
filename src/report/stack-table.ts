import { cachedShare, formatDuration, formatShare, formatSize, shortDigest } from './format.ts'
import { layersText } from './layers.ts'
import { code, inline, table } from './markdown.ts'
import { ICONS, outcomeText } from './outcome.ts'
import { testsText } from './tests.ts'
import type { ImageResult, RunResult } from './types.ts'

/** Above this many rows, images that stayed as they were are counted and not listed. */
const ROWS = 60

interface Column {
  readonly head: string
  readonly cell: (image: ImageResult) => string
  /** A column that says the same of every image becomes a sentence below the table. */
  readonly folds: boolean
}

/** The one table of the run: a row an image, no column that is empty everywhere. */
export function stackTable(result: RunResult): string {
  const rows =
    result.images.length <= ROWS ? result.images : result.images.filter((image) => image.outcome !== 'unchanged')
  const filled = columns(result).filter((column) => rows.some((image) => column.cell(image) !== ''))
  const folded = filled.filter((column) => column.folds && rows.length > 1 && new Set(rows.map(column.cell)).size === 1)
  const shown = filled.filter((column) => !folded.includes(column))
  const heads = shown.map((column) => column.head)
  const body = rows.map((image) => shown.map((column) => column.cell(image)))
  const same = folded.map((column) => `${column.head}: ${column.cell(rows[0]!)}`).join(' · ')
  const rest = result.images.length - rows.length
  return [
    rows.length === 0 ? '' : table(heads, body),
    same === '' ? '' : `All images: ${same}`,
    rest === 0 ? '' : `${rest} more images did not change.`,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

function columns(result: RunResult): Column[] {
  return [
    { head: '', cell: (image) => (result.dryRun ? '' : ICONS[image.outcome]), folds: false },
    { head: 'image', cell: (image) => inline(image.name), folds: false },
    { head: 'decision', cell: (image) => outcomeText(image, result.dryRun), folds: true },
    { head: 'why', cell: (image) => inline(image.reason), folds: true },
    { head: 'time', cell: time, folds: false },
    { head: 'cached', cell: cached, folds: false },
    { head: 'layers', cell: layersText, folds: false },
    { head: 'tests', cell: testsText, folds: false },
    {
      head: 'size',
      cell: (image) => (image.size === null ? '' : formatSize(image.size, image.previousSize)),
      folds: false,
    },
    { head: 'digest', cell: (image) => (image.digest === null ? '' : code(shortDigest(image.digest))), folds: false },
  ]
}

function time(image: ImageResult): string {
  if (image.started === null || image.completed === null || image.outcome === 'unchanged') return ''
  return formatDuration(image.completed - image.started)
}

function cached(image: ImageResult): string {
  const share = image.outcome === 'built' || image.outcome === 'failed' ? cachedShare(image.steps) : null
  return share === null ? '' : formatShare(share)
}
