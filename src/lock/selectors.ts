/** What `# [linux]` may name on each platform that conda-lock knows (src_parser/selectors.py of conda-lock 4.0.3). */
const names: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ['linux-64', new Set(['linux64', 'unix', 'linux'])],
  ['linux-aarch64', new Set(['aarch64', 'unix', 'linux'])],
  ['linux-ppc64le', new Set(['ppc64le', 'unix', 'linux'])],
  ['osx-64', new Set(['osx64', 'osx', 'unix'])],
  ['osx-arm64', new Set(['arm64', 'osx', 'unix'])],
  ['win-64', new Set(['win', 'win64'])],
])

/** The platforms that a lock can be made for. */
export const knownPlatforms: readonly string[] = [...names.keys()]

/** A file as one platform sees it. `lines[n]` is the line (from 1) where line n of `text` (from 0) stands in the file. */
export interface Selected {
  readonly text: string
  readonly lines: readonly number[]
  /** Whether a selector took a line away: without one the platform sees what all see. */
  readonly filtered: boolean
}

/** Where Python's and YAML 1.1's lines end. */
const lineBreak = /\r\n|[\n\r\x85\u2028\u2029]/

/**
 * Leaves out the comment lines and those whose `# [selector]` does not name the platform, as conda-lock does before YAML is
 * read. A selector is taken as one word: `[linux and x86_64]` names no platform.
 */
export function selectLines(text: string, platform: string): Selected {
  const matching = names.get(platform)
  const kept: string[] = []
  const lines: number[] = []
  let filtered = false
  for (const [index, line] of text.split(lineBreak).entries()) {
    if (/^\s*#/.test(line)) continue
    const selector = selectorOf(line)
    if (selector !== null && !matching?.has(selector)) {
      filtered = true
      continue
    }
    kept.push(line)
    lines.push(index + 1)
  }
  return { text: kept.join('\n'), lines, filtered }
}

/**
 * The selector at the end of a line: the last `[…]` behind a `#`, with no parenthesis after it; null without one. Read in
 * one walk: an expression would go back and forth on a stranger's line.
 */
export function selectorOf(line: string): string | null {
  const comment = line.indexOf('#', 1)
  if (comment === -1) return null
  const parenthesis = Math.max(line.lastIndexOf('('), line.lastIndexOf(')'))
  let close = -1
  for (let at = line.length - 1; at > comment; at--) {
    if (line[at] === ']') close = at
    if (line[at] !== '[') continue
    if (close > at + 1 && close > parenthesis) return line.slice(at + 1, close)
    close = -1
  }
  return null
}
