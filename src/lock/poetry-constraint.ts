import { compare, valid } from '@renovatebot/pep440'

/** Versions between two bounds; null = no bound. */
interface Range {
  readonly min: string | null
  readonly max: string | null
  readonly includeMin: boolean
  readonly includeMax: boolean
  /** The pattern that it was written as (`1.2.*`): shown as that while nothing cuts it. */
  readonly wildcard?: string
}

const everything: Range = { min: null, max: null, includeMin: false, includeMax: false }

/**
 * A PEP 440 specifier as conda-lock writes it in `dependencies` of pip packages, which is how poetry shows a constraint: `*`
 * for none, `1.2` for `==1.2`, `>=1.4,<2.0` for `~=1.4`, `>=1,<1.5 || >1.5` for `>=1,!=1.5`.
 */
export function poetryConstraint(specifier: string): string {
  const clauses = specifier
    .split(',')
    .map((clause) => clause.trim())
    .filter((clause) => clause !== '' && clause !== '*')
  const [only] = clauses
  if (only === undefined) return '*'
  // Old wheels hold what PEP 440 no longer knows (`>=1.*`): shown as it is.
  if (!clauses.every((clause) => valid(clause.replace(/^[=!<>~\s]+/, '').replace(/^(.*)\.\*$/, '$1'))))
    return clauses.join(',')
  if (clauses.length === 1 && only.startsWith('!=')) return `!=${only.slice(2).trim()}`
  const ranges = clauses.map(rangesOf).reduce(intersection)
  return ranges.length === 0 ? '<empty>' : ranges.map(textOf).join(' || ')
}

function rangesOf(clause: string): Range[] {
  const [, operator = '==', version = ''] = /^(===|~=|==|!=|<=|>=|<|>)?\s*(\S+)$/.exec(clause) ?? []
  switch (operator) {
    case '>=':
    case '>':
      return [{ ...everything, min: version, includeMin: operator === '>=' }]
    case '<=':
    case '<':
      return [{ ...everything, max: version, includeMax: operator === '<=' }]
    case '~=':
      return [{ ...everything, min: version, max: `${next(version.split('.').slice(0, -1))}.0`, includeMin: true }]
    case '!=':
      return complement(equal(version))
    default:
      return [equal(version)]
  }
}

function equal(version: string): Range {
  if (!version.endsWith('.*')) return { min: version, max: version, includeMin: true, includeMax: true }
  const stem = version.slice(0, -2)
  return {
    min: `${stem}.dev0`,
    max: `${next(stem.split('.'))}.dev0`,
    includeMin: true,
    includeMax: false,
    wildcard: version,
  }
}

/** The next series: `1.4` → `1.5`. */
function next(parts: readonly string[]): string {
  const last = Number.parseInt(parts.at(-1) ?? '0', 10) + 1
  return [...parts.slice(0, -1), String(last)].join('.')
}

function complement({ min, max, includeMin, includeMax }: Range): Range[] {
  return [
    { ...everything, max: min, includeMax: !includeMin },
    { ...everything, min: max, includeMin: !includeMax },
  ]
}

function intersection(some: readonly Range[], others: readonly Range[]): Range[] {
  return some.flatMap((a) => others.flatMap((b) => common(a, b)))
}

function common(a: Range, b: Range): Range[] {
  const low = lowerBound(a, b) > 0 ? a : b
  const high = upperBound(a, b) < 0 ? a : b
  const { min, includeMin } = low
  const { max, includeMax } = high
  if (min !== null && max !== null) {
    const order = compare(min, max)
    if (order > 0 || (order === 0 && !(includeMin && includeMax))) return []
  }
  const wildcard = low === high ? low.wildcard : undefined
  return [{ min, max, includeMin, includeMax, ...(wildcard ? { wildcard } : {}) }]
}

/** Which of two begins later: positive for the first. */
function lowerBound(a: Range, b: Range): number {
  if (a.min === null || b.min === null) return a.min === b.min ? 0 : a.min === null ? -1 : 1
  return compare(a.min, b.min) || Number(b.includeMin) - Number(a.includeMin)
}

/** Which of two ends earlier: negative for the first. */
function upperBound(a: Range, b: Range): number {
  if (a.max === null || b.max === null) return a.max === b.max ? 0 : a.max === null ? 1 : -1
  return compare(a.max, b.max) || Number(a.includeMax) - Number(b.includeMax)
}

function textOf({ min, max, includeMin, includeMax, wildcard }: Range): string {
  if (wildcard) return `==${wildcard}`
  if (min !== null && min === max) return min
  const lower = min === null ? [] : [`${includeMin ? '>=' : '>'}${min}`]
  const upper = max === null ? [] : [`${includeMax ? '<=' : '<'}${max}`]
  return [...lower, ...upper].join(',') || '*'
}
