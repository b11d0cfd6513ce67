import { valid } from '@renovatebot/pep440'
import { BadSpec } from './conda-version-text.ts'
import type { PipSpec } from './types.ts'

/** What a requirement says. */
export type PipParts = Pick<PipSpec, 'name' | 'writtenName' | 'version' | 'extras' | 'url' | 'markers' | 'hash'>

const longest = 2000
const identifier = '[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?'
const named = new RegExp(`^(?<name>${identifier})\\s*(?:\\[(?<extras>[^\\]]*)\\])?\\s*(?<rest>.*)$`, 's')
const extra = new RegExp(`^${identifier}$`)

/**
 * Reads a line of an environment's `pip:` list as conda-lock does (src_parser/pyproject_toml.py): PEP 508, a bare URL, and
 * ` --hash=` behind a version. pip's options (`-r`, `--index-url`) are no requirements to it. Throws BadSpec.
 */
export function readPipRequirement(line: string): PipParts {
  if (line.length > longest) throw new BadSpec(`it is longer than ${longest} characters`)
  const semicolon = line.lastIndexOf(';')
  const markers = semicolon === -1 ? null : line.slice(semicolon + 1).trim()
  const requirement = semicolon === -1 ? line : line.slice(0, semicolon).trim()
  if (/^\s*-/.test(requirement)) throw new BadSpec("pip's options are not read; write requirements")
  const [text = '', hash = null, ...more] = nameUrl(requirement).split(' --hash=')
  if (more.length > 0) throw new BadSpec('it has more than one hash')
  const { name, extras: listed, rest = '' } = named.exec(text.trim())?.groups ?? {}
  if (name === undefined) throw new BadSpec('no name stands in it')
  const extras = extrasOf(listed)
  const url = rest.startsWith('@') ? urlOf(rest.slice(1).trim()) : null
  return { ...namesOf(name), version: url ? '' : specifierOf(rest), extras, url, markers, hash }
}

function namesOf(written: string): Pick<PipSpec, 'name' | 'writtenName'> {
  const name = normalName(written)
  return name === written.toLowerCase() ? { name } : { name, writtenName: written.toLowerCase() }
}

/** PEP 503's form of a name. */
export function normalName(name: string): string {
  return name.replace(/[-_.]+/g, '-').toLowerCase()
}

/** A URL without a name before it is named by its last part, a guess that conda-lock makes. */
function nameUrl(requirement: string): string {
  if (!/^(?:git\+|https:\/\/|ssh:\/\/)/.test(requirement)) return requirement
  const repository = (requirement.split('/').at(-1) ?? '').split('@', 1)[0]?.replace(/\.git$/, '')
  return `${repository} @ ${requirement}`
}

function extrasOf(listed: string | undefined): string[] {
  if (listed === undefined || listed.trim() === '') return []
  const extras = listed.split(',').map((one) => one.trim())
  if (!extras.every((one) => extra.test(one))) throw new BadSpec(`\`[${listed}]\` is no list of extras`)
  return [...new Set(extras)].sort()
}

function urlOf(url: string): string {
  if (url === '' || /\s/.test(url)) throw new BadSpec(`\`${url}\` is no address`)
  return url
}

/** `>=1,<2`, also in parentheses: sorted, without spaces and without what stands there twice. */
function specifierOf(text: string): string {
  const [, inside] = /^\((.*)\)$/s.exec(text) ?? []
  const clauses = (inside ?? text).split(',').map((clause) => clause.trim())
  if (clauses.at(-1) === '') clauses.pop()
  return [...new Set(clauses.map(clauseOf))].sort().join(',')
}

function clauseOf(clause: string): string {
  const [, operator, version = ''] = /^(===|~=|==|!=|<=|>=|<|>)\s*(\S+)$/.exec(clause) ?? []
  const release = operator === '==' || operator === '!=' ? version.replace(/\.\*$/, '') : version
  if (operator === undefined || (operator !== '===' && !mayFollow(operator, release)))
    throw new BadSpec(`\`${clause}\` is no version of PEP 440`)
  return `${operator}${version}`
}

/** `~=` needs two numbers, and only equality asks for a local version. */
function mayFollow(operator: string, release: string): boolean {
  if (!valid(release) || (operator === '~=' && !/^v?(?:\d+!)?\d+\./.test(release))) return false
  return !release.includes('+') || operator === '==' || operator === '!='
}
