import { isSame } from '../lock/diff.ts'
import type { ChangeKind, LockDiff } from '../lock/diff-types.ts'
import {
  changeCounts,
  channelChanges,
  type DiffGroup,
  groupPlatforms,
  type RankedEntry,
  ranked,
  remarks,
} from './lock-words.ts'
import { details, inline, table } from './markdown.ts'

/** How a diff is shown. */
export interface DiffOptions {
  /** Packages that come first, in lower case. */
  readonly interest: readonly string[]
  /** Most packages of one image that are listed; the others are counted. */
  readonly rows: number
}

const icons: Readonly<Record<ChangeKind, string>> = {
  added: '➕',
  removed: '➖',
  upgraded: '⬆️',
  downgraded: '⬇️',
  rebuilt: '🔁',
}

/** Names of packages of interest that the folded line still shows. */
const named = 5

/**
 * The diffs as GitHub Markdown, a folded table an image: escaped, at most `rows` packages each. Platforms that changed alike share one.
 * Empty where nothing differs.
 */
export function lockDiffMarkdown(diffs: readonly LockDiff[], options: DiffOptions): string {
  const groups = groupPlatforms(diffs.filter((diff) => !isSame(diff)))
  return groups.map((group) => groupMarkdown(group, options)).join('\n\n')
}

function groupMarkdown({ image, platforms, diff }: DiffGroup, { interest, rows }: DiffOptions): string {
  const entries = ranked(diff, interest)
  const first = `<strong>${inline(image)}</strong> ${inline(platforms.join(', '))}: ${inline(changeCounts(diff))}`
  const channels = channelChanges(diff)
  const shown = entries.slice(0, rows).map(row)
  const rest = entries.length > rows ? `${entries.length - rows} more packages changed.` : ''
  const body = [inline(channels, 1000), table(['', 'package', 'from', 'to', ''], shown), rest]
  return details(first + highlights(entries), body.filter(Boolean).join('\n\n'))
}

function highlights(entries: readonly RankedEntry[]): string {
  const interesting = entries.filter((entry) => entry.interesting).slice(0, named)
  return interesting.map(({ entry }) => ` · ${inline(entry.name)} ${inline(versions(entry.from, entry.to))}`).join('')
}

function versions(from: string | null, to: string | null): string {
  return from === null || to === null ? (to ?? `${from} removed`) : `${from} → ${to}`
}

function row(ranked: RankedEntry): string[] {
  const { kind, entry, interesting } = ranked
  const strong = interesting || entry.major
  const name = strong ? `<strong>${inline(entry.name)}</strong>` : inline(entry.name)
  const text = (value: string | null) => (value === null ? '' : inline(value, 100))
  return [icons[kind], name, text(entry.from), text(entry.to), inline(remarks(ranked).join(', '))]
}
