import type { Played, TagTable } from './types.ts'

/** The report as the log ends with it: the last text between `::stop-commands::` and its token. */
export function reportText(log: string): string {
  const lines = log.split('\n')
  const start = lines.findLastIndex((line) => line.startsWith('::stop-commands::'))
  const token = lines[start]?.slice('::stop-commands::'.length) ?? ''
  const end = lines.indexOf(`::${token}::`, start)
  return start < 0 || end < 0 ? '' : lines.slice(start + 1, end).join('\n')
}

/** The part of a job summary that is seen without unfolding anything. */
export function summaryHead(summary: string, lines = 16): string {
  const head = summary.split('<details>')[0]!.trimEnd().split('\n')
  return [...head.slice(0, lines), ...(head.length > lines ? ['…'] : [])].join('\n')
}

/** Each image with its digests, a line each, and the tags that point at them, fingerprints as `fp-…`. */
export function tagLines(tags: TagTable): string[] {
  const entries = Object.entries(tags)
  const width = Math.max(0, ...entries.map(([name]) => name.length))
  return entries.flatMap(([name, digests]) => {
    const byDigest = Map.groupBy(Object.keys(digests), (tag) => digests[tag]!.slice('sha256:'.length, 19))
    return [...byDigest].map(([digest, own], at) => {
      const plain = own.filter((tag) => !tag.startsWith('fp-'))
      const words = [...plain, ...(plain.length < own.length ? ['fp-…'] : [])]
      return `${(at ? '' : name).padEnd(width)}  ${digest}  ${words.join('  ')}`
    })
  })
}

/** One line about a run: how it ended, what it says of itself, how long it took. */
export function oneLine(played: Played): string {
  const headline = reportText(played.log).split('\n')[0] ?? ''
  return `${played.outcome === 'success' ? 'green' : 'red  '}  ${headline.replace(/^\W+/, '')}`
}

/** Lines moved in. */
export function indent(text: string, by = '    '): string {
  return text.replace(/^(?=.)/gm, by)
}
