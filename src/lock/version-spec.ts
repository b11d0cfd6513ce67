import { compareVersions, parseVersion, startsWith, type Version } from './version.ts'

/** Whether a version is one that a constraint asks for. */
export type VersionTest = (version: Version, text: string) => boolean

const relation = /^(==|!=|<=|>=|~=|=|<|>)(?![=<>!~])(\S+)$/

/**
 * Reads a version constraint of conda's (`>=1.2,<2|3.*`, `1.2`, `=1.2`, `~=1.4.2`, `^1\.[0-9]+$`). Null for one that is none. A
 * regular expression is taken as the text that it is: it matches nothing here, since a stranger's expression may never end.
 */
export function parseVersionSpec(text: string): VersionTest | null {
  const spec = text.replace(/\s+/g, '')
  if (spec === '') return () => true
  const { test, at } = alternatives(spec, 0, 0)
  return at === spec.length ? test : null
}

interface Parsed {
  readonly test: VersionTest | null
  readonly at: number
}

const deepest = 20

function alternatives(spec: string, start: number, depth: number): Parsed {
  return joined({
    spec,
    start,
    depth,
    by: '|',
    inner: conjunction,
    join: (tests) => (v, t) => tests.some((one) => one(v, t)),
  })
}

function conjunction(spec: string, start: number, depth: number): Parsed {
  return joined({
    spec,
    start,
    depth,
    by: ',',
    inner: atom,
    join: (tests) => (v, t) => tests.every((one) => one(v, t)),
  })
}

function joined(question: {
  spec: string
  start: number
  depth: number
  by: string
  inner: (spec: string, start: number, depth: number) => Parsed
  join: (tests: readonly VersionTest[]) => VersionTest
}): Parsed {
  const { spec, start, depth, by, inner, join } = question
  const tests: VersionTest[] = []
  for (let at = start; ; at++) {
    const one = inner(spec, at, depth)
    if (one.test === null) return one
    tests.push(one.test)
    at = one.at
    if (spec[at] !== by) return { test: tests.length === 1 ? (tests[0] ?? null) : join(tests), at }
  }
}

function atom(spec: string, start: number, depth: number): Parsed {
  if (spec[start] === '(') {
    const inside = depth < deepest ? alternatives(spec, start + 1, depth + 1) : { test: null, at: start }
    return spec[inside.at] === ')' ? { test: inside.test, at: inside.at + 1 } : { test: null, at: start }
  }
  let at = start
  while (at < spec.length && !',|()'.includes(spec[at] ?? '')) at++
  return { test: single(spec.slice(start, at)), at }
}

function single(text: string): VersionTest | null {
  if (text.startsWith('^') || text.endsWith('$')) return () => false
  const [, operator, operand] = relation.exec(text) ?? []
  if (operator && operand) return related(operator, operand)
  if (text === '' || '=<>!~'.includes(text[0] ?? '')) return null
  if (/^\*+$/.test(text)) return () => true
  const stem = text.replace(/\.?\*+$/, '')
  if (stem.includes('*')) return glob(text)
  const wanted = parseVersion(stem)
  if (!wanted) return null
  return stem === text ? (version) => compareVersions(version, wanted) === 0 : (version) => startsWith(version, wanted)
}

function related(operator: string, operand: string): VersionTest | null {
  const starred = operand.endsWith('.*')
  const wanted = parseVersion(starred ? operand.slice(0, -2) : operand)
  if (!wanted || (starred && operator === '~=')) return null
  const order = (test: (order: number) => boolean): VersionTest => {
    return (version) => test(compareVersions(version, wanted))
  }
  switch (operator) {
    case '=':
      return (version) => startsWith(version, wanted)
    case '!=':
      return starred ? (version) => !startsWith(version, wanted) : order((by) => by !== 0)
    case '<=':
      return order((by) => by <= 0)
    case '>=':
      return order((by) => by >= 0)
    case '<':
      return order((by) => by < 0)
    case '>':
      return order((by) => by > 0)
    case '~=':
      return compatible(operand, wanted)
    default:
      return order((by) => by === 0)
  }
}

/** `~=1.4.2`: at least that, and still 1.4. */
function compatible(operand: string, wanted: Version): VersionTest | null {
  const series = parseVersion(operand.split('.').slice(0, -1).join('.'))
  return series && ((version) => compareVersions(version, wanted) >= 0 && startsWith(version, series))
}

/** A star in the middle: `1.*.3`, on the version as it is written. */
function glob(pattern: string): VersionTest {
  return (_, text) => matchesGlob(pattern, text.toLowerCase())
}

/** Whether a text is one that a pattern with stars means. In steps of its own: no expression can be made to run for long. */
export function matchesGlob(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return pattern === text
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false
  let at = first.length
  for (const piece of rest) {
    const found = text.indexOf(piece, at)
    if (found === -1) return false
    at = found + piece.length
  }
  return at <= text.length - last.length
}
