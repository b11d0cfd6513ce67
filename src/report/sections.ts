/** A part of a report. What is cut first has the highest `rank`; rank 0 is never cut. */
export interface Section {
  readonly rank: number
  /** What is said to be missing when it was cut: `the timeline`. */
  readonly name: string
  readonly markdown: string
}

/** GitHub takes at most 1 MiB of summary a step; a little stays free for what others append. */
export const SUMMARY_LIMIT = 1024 * 1024 - 1024

/**
 * Joins sections in their order within `limit` bytes: whole ones are left out from the least important up, the last
 * line names them. `where`: where the cut parts can be seen.
 */
export function joinSections(sections: readonly Section[], limit: number, where: string): string {
  let kept = sections.filter((section) => section.markdown !== '')
  const cut: string[] = []
  while (size(render(kept, cut, where)) > limit) {
    const victim = kept.reduce<Section | null>(
      (worst, section) => (section.rank > 0 && section.rank >= (worst?.rank ?? 0) ? section : worst),
      null,
    )
    if (victim === null) return truncate(render(kept, [], where), limit)
    kept = kept.filter((section) => section !== victim)
    cut.unshift(victim.name)
  }
  return render(kept, cut, where)
}

function render(kept: readonly Section[], cut: readonly string[], where: string): string {
  const names = [...new Set(cut)]
  const note = names.length === 0 ? [] : [`_Left out, because GitHub shows no more: ${names.join(', ')}. ${where}_`]
  return `${[...kept.map((section) => section.markdown), ...note].join('\n\n')}\n`
}

/** Only the parts of rank 0 are left and too long: their first whole lines. */
function truncate(markdown: string, limit: number): string {
  const lines: string[] = []
  let used = 0
  for (const line of markdown.split('\n')) {
    used += size(line) + 1
    if (used > limit) break
    lines.push(line)
  }
  return lines.length === 0 ? '' : `${lines.join('\n').trimEnd()}\n`
}

function size(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}
