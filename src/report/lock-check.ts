import type { LockProblem } from '../lock/rules-types.ts'
import type { Freshness } from '../lock/types.ts'
import { count } from './format.ts'
import { inline, table } from './markdown.ts'
import { joinSections, SUMMARY_LIMIT } from './sections.ts'

/** Rows of a table that are shown. */
const rows = 100

/** The summary of a check: whether all is fresh in the first line, then what is stale, then the rules that are broken. */
export function checkMarkdown(
  { locks, problems }: { locks: readonly Freshness[]; problems: readonly LockProblem[] },
  limit: number,
): string {
  const stale = locks.filter((lock) => !lock.fresh)
  const good = stale.length === 0 && problems.length === 0
  const counts = [
    stale.length === 0
      ? `${count(locks.length, 'lock')} fresh`
      : `${stale.length} of ${count(locks.length, 'lock')} stale`,
    ...(problems.length > 0 ? [count(problems.length, 'broken rule')] : []),
  ]
  const staleRows = stale.slice(0, rows).map((one) => [one.image, one.platform, one.reason].map((text) => inline(text)))
  const ruleRows = problems
    .slice(0, rows)
    .map(({ file, line, message, remedy }) => [`${file}:${line}`, message, remedy].map((text) => inline(text)))
  const sections = [
    { rank: 0, name: 'title', markdown: `## ${good ? '✅' : '❌'} ${counts.join(', ')}` },
    { rank: 1, name: 'stale locks', markdown: staleRows.length ? table(['image', 'platform', 'why'], staleRows) : '' },
    { rank: 2, name: 'broken rules', markdown: ruleRows.length ? table(['where', 'what', 'remedy'], ruleRows) : '' },
  ]
  return joinSections(sections, Math.min(limit, SUMMARY_LIMIT), 'The log has all of it.')
}
