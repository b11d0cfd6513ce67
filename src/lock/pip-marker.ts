import { satisfies, valid } from '@renovatebot/pep440'
import { BadSpec } from './conda-version-text.ts'

/** Variables of markers and their values. */
export type MarkerEnvironment = Readonly<Record<string, string>>

/** What a marker can ask before the Python is known: all that conda-lock evaluates for an environment.yml. */
const systems: ReadonlyMap<string, MarkerEnvironment> = new Map([
  ['linux', { sys_platform: 'linux', platform_system: 'Linux', os_name: 'posix' }],
  ['osx', { sys_platform: 'darwin', platform_system: 'Darwin', os_name: 'posix' }],
  ['win', { sys_platform: 'win32', platform_system: 'Windows', os_name: 'nt' }],
])

const token =
  /\s*(?:(?<sign>[()])|(?<word>and|or|not\s+in|in)(?![\w.])|(?<operator>===|==|!=|<=|>=|~=|<|>)|(?<quoted>'[^']*'|"[^"]*")|(?<name>[A-Za-z_][\w.]*))/y

interface Token {
  readonly kind: 'sign' | 'word' | 'operator' | 'quoted' | 'name'
  readonly text: string
}

/**
 * Whether a requirement with this PEP 508 marker is one of a platform (`linux-64`). What only a Python can tell
 * (`python_version`) counts as true, as conda-lock takes it (src_parser/markers.py). Throws BadSpec for what is no marker.
 */
export function markerHolds(marker: string, platform: string): boolean {
  return markerHoldsIn(marker, systems.get(platform.split('-', 1)[0] ?? '') ?? {})
}

/** The same for an environment of which more is known. What is not in it counts as true. */
export function markerHoldsIn(marker: string, known: MarkerEnvironment): boolean {
  const tokens = tokensOf(marker)
  if (tokens.length === 0) return true
  const { holds, at } = anyOf({ tokens, known, marker }, 0, 0)
  if (at !== tokens.length) throw bad(marker)
  return holds
}

interface Reading {
  readonly tokens: readonly Token[]
  readonly known: MarkerEnvironment
  readonly marker: string
}

interface Answer {
  readonly holds: boolean
  readonly at: number
}

const deepest = 20

function anyOf(reading: Reading, start: number, depth: number): Answer {
  let { holds, at } = allOf(reading, start, depth)
  while (reading.tokens[at]?.text === 'or') {
    const next = allOf(reading, at + 1, depth)
    holds ||= next.holds
    at = next.at
  }
  return { holds, at }
}

function allOf(reading: Reading, start: number, depth: number): Answer {
  let { holds, at } = one(reading, start, depth)
  while (reading.tokens[at]?.text === 'and') {
    const next = one(reading, at + 1, depth)
    holds &&= next.holds
    at = next.at
  }
  return { holds, at }
}

function one(reading: Reading, start: number, depth: number): Answer {
  const { tokens, marker } = reading
  if (depth > deepest) throw bad(marker)
  if (tokens[start]?.text === '(') {
    const inside = anyOf(reading, start + 1, depth + 1)
    if (tokens[inside.at]?.text !== ')') throw bad(marker)
    return { holds: inside.holds, at: inside.at + 1 }
  }
  const [left, operator, right] = tokens.slice(start, start + 3)
  if (!left || !operator || !right || !isValue(left) || !isValue(right)) throw bad(marker)
  if (operator.kind !== 'operator' && !/^(?:not\s+)?in$/.test(operator.text)) throw bad(marker)
  const [first, second] = [answerOf(left, reading), answerOf(right, reading)]
  const holds = left.text.endsWith('_version')
    ? versionHolds(first, operator.text, second)
    : right.text.endsWith('_version')
      ? versionHolds(second, turned.get(operator.text) ?? operator.text, first)
      : null
  return { holds: holds ?? compare(first, operator.text, second), at: start + 3 }
}

/** What an operator is when its sides change places: `'3.9' <= python_version`. */
const turned: ReadonlyMap<string, string> = new Map([
  ['<', '>'],
  ['<=', '>='],
  ['>', '<'],
  ['>=', '<='],
])

/** Versions are compared as PEP 440 says; null where one of them is none. */
function versionHolds(version: string | null, operator: string, other: string | null): boolean | null {
  const comparable = version !== null && other !== null && valid(version) && valid(other.replace(/\.\*$/, ''))
  if (!comparable || !/^[=!<>~]/.test(operator)) return null
  return satisfies(version, `${operator}${other}`, { prereleases: true })
}

/** Null is what nobody knows yet. */
function compare(left: string | null, operator: string, right: string | null): boolean {
  if (left === null || right === null) return true
  if (operator === '==' || operator === '===') return left === right
  if (operator === '!=') return left !== right
  if (operator === 'in') return right.includes(left)
  if (operator.startsWith('not')) return !right.includes(left)
  if (operator.endsWith('=') && left === right) return true
  return operator.startsWith('<') ? left < right : left > right
}

function isValue({ kind }: Token): boolean {
  return kind === 'quoted' || kind === 'name'
}

function answerOf({ kind, text }: Token, { known }: Reading): string | null {
  if (kind === 'quoted') return text.slice(1, -1)
  const name = text.replace('.', '_')
  return Object.hasOwn(known, name) ? (known[name] ?? null) : null
}

function tokensOf(marker: string): Token[] {
  const tokens: Token[] = []
  const text = marker.trim()
  for (let at = 0; at < text.length; at = token.lastIndex) {
    token.lastIndex = at
    const groups = token.exec(text)?.groups
    const [kind, value] = Object.entries(groups ?? {}).find(([, found]) => found !== undefined) ?? []
    if (kind === undefined || value === undefined) throw bad(marker)
    tokens.push({ kind: kind as Token['kind'], text: value })
  }
  return tokens
}

function bad(marker: string): BadSpec {
  return new BadSpec(`\`${marker}\` is no marker`)
}
