import { parseVersion } from './version.ts'

/** Why a spec or a requirement is none, in words that follow a colon. */
export class BadSpec extends Error {}

/**
 * A version constraint as conda's VersionSpec says it again (models/version.py): spaces gone, `1.2*` as `1.2.*`, parentheses
 * dropped. conda-lock solves for this text and hashes it, so it is theirs to the letter. Throws BadSpec.
 */
export function canonicalVersion(text: string): string {
  if (!/[()|,^$]/.test(text)) return single(text)
  let written = ''
  let depth = 0
  let operand = false
  for (const [token] of text.matchAll(/\s*\^[^$]*\$|\s*[()|,]|[^()|,]+/g)) {
    const part = token.trim()
    if (part === '(' ? operand : ')|,'.includes(part) ? !operand : operand) throw bad(text)
    if (part === '(') depth++
    else if (part === ')') depth--
    else written += '|,'.includes(part) ? part : single(part)
    if (depth < 0) throw bad(text)
    operand = part === ')' || !'(|,'.includes(part)
  }
  if (depth !== 0 || !operand) throw bad(text)
  return written
}

const relation = /^(==|!=|<=|>=|~=|=|<|>)(?![=<>!~])(\S+)$/

function single(text: string): string {
  const version = text.trim()
  if (version === '') throw bad(text)
  if (version.startsWith('^') || version.endsWith('$')) return expression(version)
  if ('=<>!~'.includes(version[0] ?? '')) return related(version)
  if (version === '*' || version.replace(/\*+$/, '').includes('*')) return version
  if (version.includes('@') && !version.endsWith('*')) return version
  const stem = version.replace(/\*+$/, '').replace(/\.+$/, '')
  if (parseVersion(stem) === null) throw bad(text)
  return version.endsWith('*') && !version.endsWith('.*') ? `${version.slice(0, -1)}.*` : version
}

function related(version: string): string {
  const [, operator, operand = ''] = relation.exec(version) ?? []
  const plain = operand.replace(/\.\*$/, '')
  if (parseVersion(plain) === null || (operator === '~=' && plain !== operand)) throw bad(version)
  return version
}

/** Kept as text only: a stranger's expression is never run. */
function expression(version: string): string {
  if (!version.startsWith('^') || !version.endsWith('$')) throw bad(version)
  return version
}

function bad(version: string): BadSpec {
  return new BadSpec(`\`${version.trim()}\` is no version`)
}
