import { isSame } from '../lock/diff.ts'
import type { ChangeKind, LockDiff } from '../lock/diff-types.ts'
import type { Freshness } from '../lock/types.ts'
import { count } from './format.ts'
import {
  changeCounts,
  channelChanges,
  type DiffGroup,
  groupPlatforms,
  type RankedEntry,
  ranked,
  remarks,
} from './lock-words.ts'
import { columns, paint, type Style, type TextOptions } from './paint.ts'
import { shorten, visible } from './visible.ts'

const signs: Readonly<Record<ChangeKind, readonly [string, Style]>> = {
  added: ['+', 'green'],
  removed: ['−', 'red'],
  upgraded: ['↑', 'cyan'],
  downgraded: ['↓', 'yellow'],
  rebuilt: ['~', 'dim'],
}

/** The diffs for a terminal: a line an image, below it a line a package; those of interest and major jumps first. */
export function lockDiffText(diffs: readonly LockDiff[], interest: readonly string[], options: TextOptions): string {
  const groups = groupPlatforms(diffs.filter((diff) => !isSame(diff)))
  if (groups.length === 0) return 'no package changed\n'
  return groups.map((group) => groupText(group, interest, options)).join('\n')
}

/** How each lock stands, a line an image and platform, with the reason; the first line says it for all. */
export function freshnessText(locks: readonly Freshness[], options: TextOptions): string {
  const stale = locks.filter((lock) => !lock.fresh).length
  const head =
    locks.length === 0
      ? 'no locks'
      : stale === 0
        ? `${count(locks.length, 'lock')} fresh`
        : `${stale} of ${count(locks.length, 'lock')} stale`
  const cells = columns(
    locks.map(({ image, platform, fresh }) => [visible(image), visible(platform), fresh ? 'fresh' : 'stale', '']),
  )
  const lines = locks.map(({ fresh, reason }, at) => {
    const [image, platform, word = ''] = cells[at] ?? []
    return `  ${image}  ${platform}  ${paint(fresh ? 'green' : 'red', word, options)}  ${shorten(visible(reason), 500)}`
  })
  return `${[paint('bold', head, options), ...lines].join('\n')}\n`
}

function groupText({ image, platforms, diff }: DiffGroup, interest: readonly string[], options: TextOptions): string {
  const head = `${paint('bold', visible(`${image} ${platforms.join(', ')}`), options)}: ${changeCounts(diff)}`
  const channels = channelChanges(diff)
  const entries = ranked(diff, interest)
  const cells = columns(entries.map(cellsOf))
  const lines = entries.map(({ kind, interesting, entry }, at) => {
    const [sign, style] = signs[kind]
    const text = `${sign} ${cells[at]?.join('  ')}`.trimEnd()
    return `  ${paint(interesting || entry.major ? (['bold', style].flat() as Style) : style, text, options)}`
  })
  return `${[head, ...(channels ? [`  ${visible(channels)}`] : []), ...lines].join('\n')}\n`
}

function cellsOf(ranked: RankedEntry): string[] {
  const { name, from, to } = ranked.entry
  const versions = [from, to].filter((version) => version !== null).map((version) => shorten(visible(version), 100))
  return [visible(name), versions.join(' → '), visible(remarks(ranked).join(', '))]
}
