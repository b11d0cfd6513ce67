/** A file that is to change: its text before (null: it is new) and now. Paths are relative to the repository's root. */
export interface TextChange {
  readonly path: string
  readonly before: string | null
  readonly text: string
}

/** Lines of context around a change, as git shows them. */
const context = 3

/**
 * The changes as one patch that `git apply` takes from the repository's root; empty where nothing changes. The format is
 * git's: https://git-scm.com/docs/diff-format#generate_patch_text_with_p
 */
export function unifiedPatch(changes: readonly TextChange[]): string {
  return changes
    .filter(({ before, text }) => before !== text)
    .map(filePatch)
    .join('')
}

function filePatch({ path, before, text }: TextChange): string {
  const [old, now] = [quoted(`a/${path}`), quoted(`b/${path}`)]
  const head = [
    `diff --git ${old} ${now}`,
    ...(before === null ? ['new file mode 100644'] : []),
    // A file without a line has no hunks, and git takes no names without them.
    ...(before === null && text === '' ? [] : [`--- ${before === null ? '/dev/null' : old}`, `+++ ${now}`]),
  ]
  return `${head.join('\n')}\n${hunks(lines(before ?? ''), lines(text))}`
}

/** Lines with their ends: the last one may have none. */
function lines(text: string): string[] {
  return text.match(/[^\n]*\n|[^\n]+$/g) ?? []
}

/** A run of lines of both sides: the same (`same` true), or those of one taken out for those of the other. */
interface Run {
  readonly same: boolean
  readonly old: readonly [number, number]
  readonly now: readonly [number, number]
}

function hunks(old: readonly string[], now: readonly string[]): string {
  const changed = runs(old, now).filter((run) => !run.same)
  const groups: Run[][] = []
  for (const run of changed) {
    const last = groups.at(-1)
    const end = last?.at(-1)?.old[1]
    if (last && end !== undefined && run.old[0] - end <= 2 * context) last.push(run)
    else groups.push([run])
  }
  return groups.map((group) => hunk(group, old, now)).join('')
}

function hunk(group: readonly Run[], old: readonly string[], now: readonly string[]): string {
  const first = group[0] as Run
  const last = group.at(-1) as Run
  const before = Math.min(context, first.old[0])
  const after = Math.min(context, old.length - last.old[1])
  const body: string[] = old.slice(first.old[0] - before, first.old[0]).map((line) => ` ${line}`)
  group.forEach((run, at) => {
    body.push(...old.slice(...run.old).map((line) => `-${line}`), ...now.slice(...run.now).map((line) => `+${line}`))
    const next = group[at + 1]?.old[0] ?? run.old[1] + after
    body.push(...old.slice(run.old[1], next).map((line) => ` ${line}`))
  })
  const from = range(first.old[0] - before, last.old[1] + after)
  const to = range(first.now[0] - before, last.now[1] + after)
  return `@@ -${from} +${to} @@\n${body.map(ended).join('')}`
}

/** A hunk's side: its first line from 1 and how many; of none the line before. */
function range(start: number, end: number): string {
  return `${end === start ? start : start + 1},${end - start}`
}

function ended(line: string): string {
  return line.endsWith('\n') ? line : `${line}\n\\ No newline at end of file\n`
}

function runs(old: readonly string[], now: readonly string[]): Run[] {
  const found: Run[] = []
  let [x, y] = [0, 0]
  for (const [a, b] of [...matches(old, now), [old.length, now.length] as const]) {
    if (a > x || b > y) found.push({ same: false, old: [x, a], now: [y, b] })
    found.push({ same: true, old: [a, a + 1], now: [b, b + 1] })
    ;[x, y] = [a + 1, b + 1]
  }
  return found
}

/**
 * Pairs of equal lines, in order: what both begin and end with, and in between the lines that both hold once (patience
 * diff). It is quick on locks, whose lines are mostly unlike, and right on any text.
 */
function matches(old: readonly string[], now: readonly string[]): (readonly [number, number])[] {
  const found: (readonly [number, number])[] = []
  const open: [number, number, number, number][] = [[0, old.length, 0, now.length]]
  for (let next = open.pop(); next; next = open.pop()) {
    let [a, aEnd, b, bEnd] = next
    while (a < aEnd && b < bEnd && old[a] === now[b]) found.push([a++, b++])
    while (a < aEnd && b < bEnd && old[aEnd - 1] === now[bEnd - 1]) found.push([--aEnd, --bEnd])
    const between = anchors(old, now, [a, aEnd, b, bEnd])
    for (const [x, y] of between) {
      found.push([x, y])
      open.push([a, x, b, y])
      ;[a, b] = [x + 1, y + 1]
    }
    // Without an anchor it is the same stretch again: nothing in it is equal.
    if (between.length > 0) open.push([a, aEnd, b, bEnd])
  }
  return found.toSorted((one, other) => one[0] - other[0])
}

/** Lines that stand once on either side, in the longest order that both share. */
function anchors(
  old: readonly string[],
  now: readonly string[],
  [a, aEnd, b, bEnd]: readonly [number, number, number, number],
): (readonly [number, number])[] {
  const places = new Map<string, number | null>()
  for (let at = b; at < bEnd; at++) places.set(now[at] as string, places.has(now[at] as string) ? null : at)
  const pairs = new Map<string, [number, number] | null>()
  for (let at = a; at < aEnd; at++) {
    const line = old[at] as string
    const place = places.get(line)
    if (place !== undefined && place !== null) pairs.set(line, pairs.has(line) ? null : [at, place])
  }
  return increasing([...pairs.values()].filter((pair) => pair !== null))
}

/** The longest part of the pairs in which the second number grows, too (patience sorting). */
function increasing(pairs: readonly (readonly [number, number])[]): (readonly [number, number])[] {
  const tops: number[] = []
  const previous: (number | null)[] = []
  pairs.forEach(([, place], at) => {
    let [low, high] = [0, tops.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((pairs[tops[middle] as number] as readonly [number, number])[1] < place) low = middle + 1
      else high = middle
    }
    previous[at] = low > 0 ? (tops[low - 1] as number) : null
    tops[low] = at
  })
  const chain: (readonly [number, number])[] = []
  for (let at = tops.at(-1) ?? null; at !== null; at = previous[at] ?? null)
    chain.push(pairs[at] as readonly [number, number])
  return chain.reverse()
}

const escapes: Readonly<Record<string, string>> = { '\n': '\\n', '\t': '\\t', '"': '\\"', '\\': '\\\\' }

/** A name as git writes it: in quotes, with octal bytes, where it holds more than plain characters. */
function quoted(name: string): string {
  if (/^[\x20!\x23-\x5b\x5d-\x7e]*$/.test(name)) return name
  const bytes = [...Buffer.from(name)].map((byte) => {
    const character = String.fromCharCode(byte)
    if (escapes[character]) return escapes[character]
    return byte >= 0x20 && byte < 0x7f ? character : `\\${byte.toString(8).padStart(3, '0')}`
  })
  return `"${bytes.join('')}"`
}
