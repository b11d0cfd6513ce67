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
  const kept = sections.filter((section) => section.markdown !== '')
  const cut: string[] = []
  let used = size(render(kept, [], where))
  while (used + size(note(cut, where)) > limit) {
    const victim = leastImportant(kept)
    if (victim === null) return truncate(render(kept, [], where), limit)
    kept.splice(kept.indexOf(victim), 1)
    cut.unshift(victim.name)
    used -= size(victim.markdown) + GAP.length
  }
  return render(kept, cut, where)
}

const GAP = '\n\n'

/** Of several that are equally important, the last. */
function leastImportant(kept: readonly Section[]): Section | null {
  return kept.reduce<Section | null>((least, section) => {
    return section.rank > 0 && section.rank >= (least?.rank ?? 0) ? section : least
  }, null)
}

function render(kept: readonly Section[], cut: readonly string[], where: string): string {
  return `${kept.map((section) => section.markdown).join(GAP)}${note(cut, where)}\n`
}

function note(cut: readonly string[], where: string): string {
  const names = [...new Set(cut)].join(', ')
  return names === '' ? '' : `${GAP}_Left out, because GitHub shows no more: ${names}. ${where}_`
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
