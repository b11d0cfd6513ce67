import { count, formatDuration, shortDigest } from './format.ts'
import { code, details, fence, inline, table } from './markdown.ts'
import { columns, paint, type TextOptions } from './paint.ts'
import { joinSections, SUMMARY_LIMIT } from './sections.ts'
import { visible } from './visible.ts'

/** A tag that was moved, or was right already. */
export interface ReportedMove {
  /** Image of the stack. */
  readonly image: string
  /** `registry/name:tag`. */
  readonly reference: string
  /** Null: it was not there. */
  readonly from: string | null
  readonly to: string
}

/** What a command that moves tags did. Times are milliseconds since 1970. */
export interface MovesReport {
  readonly command: 'publish' | 'promote' | 'revert' | 'release'
  /** What was asked for: `promote of stable from 2639bd3 for the stack`. */
  readonly request: string
  readonly moves: readonly ReportedMove[]
  readonly dryRun: boolean
  readonly started: number
  readonly completed: number
  /** A release's notes, shown below the table: Markdown of ours, with the commands to pull. */
  readonly notes?: string
}

/** The whole story in one line; the caller escapes it. */
export function movesHeadline(report: MovesReport): string {
  const moved = report.moves.filter(({ from, to }) => from !== to)
  const what =
    moved.length === 0
      ? 'all tags are there already'
      : `${count(moved.length, 'tag')} of ${count(new Set(moved.map(({ image }) => image)).size, 'image')} ${report.dryRun ? 'would move' : 'moved'}`
  const time = report.dryRun ? 'dry run: nothing was written' : formatDuration(report.completed - report.started)
  return `${report.request}: ${what} · ${time}`
}

/** For a terminal: the first line, then a line a tag. */
export function renderMovesText(report: MovesReport, options: TextOptions): string {
  const first = paint(['bold', 'green'], `✓ ${visible(movesHeadline(report))}`, options)
  const rows = columns(
    report.moves.map(({ reference, from, to }) => [
      visible(reference),
      from === to ? 'unchanged' : from === null ? 'new' : shortDigest(from),
      from === to ? '' : `→ ${shortDigest(to)}`,
    ]),
  )
  return `${[first, rows.map((row) => `  ${row.join('  ')}`.trimEnd()).join('\n')].filter(Boolean).join('\n\n')}\n`
}

/** The job summary: the first line, a table of tags, how to pull what they point at now. */
export function renderMovesSummary(report: MovesReport, limit: number = SUMMARY_LIMIT): string {
  const rows = report.moves.map(({ image, reference, from, to }) => [
    inline(image),
    code(reference),
    from === null ? 'new' : code(shortDigest(from)),
    from === to ? 'unchanged' : code(shortDigest(to)),
  ])
  const pulls = report.moves.map(({ reference, to }) => `docker pull ${reference.replace(/:[^:/]*$/, '')}@${to}`)
  const sections = [
    { rank: 0, name: 'title', markdown: `## ${report.dryRun ? '📝' : '✅'} ${inline(movesHeadline(report), 1000)}` },
    { rank: 1, name: 'the table of tags', markdown: rows.length ? table(['image', 'tag', 'before', 'now'], rows) : '' },
    { rank: 2, name: 'the notes', markdown: report.notes ?? '' },
    {
      rank: 3,
      name: 'pull commands',
      markdown:
        rows.length && !report.notes ? details('Pull by digest', fence([...new Set(pulls)].join('\n'), 'sh')) : '',
    },
  ]
  return joinSections(sections, Math.min(limit, SUMMARY_LIMIT), 'The log has all of it.')
}
