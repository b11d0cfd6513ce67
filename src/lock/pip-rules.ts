import { validRange } from '@renovatebot/pep440'
import { ActionError } from '../errors.ts'
import { originOf } from './origin.ts'
import { markerHoldsIn } from './pip-marker.ts'
import type { PipSpec } from './types.ts'

/** What a run lets Python requirements be. */
export interface PipRules {
  /** Decides what the error advises: a trusted run has conda-lock as another way. */
  readonly trusted: boolean
  /** Hosts, with a port where it is not the usual one, that indexes and wheels may come from. */
  readonly allowedHosts: readonly string[]
}

const name = /^[A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9])?$/

/**
 * Refuses what would make a resolver run code or ask strangers: VCS, path and URL requirements, indexes of other hosts, and
 * whatever could be read as an option. To be asked before a resolver starts. Throws ActionError('lock') that names them all.
 */
export function checkPip(specs: readonly PipSpec[], repositories: readonly string[], rules: PipRules): void {
  const problems = [...specs.flatMap(specProblem), ...repositories.flatMap((url) => repositoryProblem(url, rules))]
  const [first, ...others] = problems
  if (first === undefined) return
  throw new ActionError('lock', first, [...others, ...remedies(rules, specs)])
}

/** A requirement as a line of a requirements file; safe after `checkPip`. */
export function requirementLine(spec: PipSpec): string {
  const extras = spec.extras.length > 0 ? `[${spec.extras.join(',')}]` : ''
  const marker = spec.markers ? ` ; ${spec.markers}` : ''
  return `${spec.name}${extras}${spec.version === '*' ? '' : spec.version}${marker}`
}

function specProblem(spec: PipSpec): string[] {
  const what = spec.url !== null ? kindOf(spec.url) : wordsOf(spec) ? null : 'no plain requirement'
  return what === null
    ? []
    : [`${originOf(spec)}: pip requirement ${JSON.stringify(spec.name.slice(0, 100))} is ${what}`]
}

/** The address itself stays out of messages: it can hold a password. */
function kindOf(url: string): string {
  if (/^(git|hg|svn|bzr)\+/i.test(url)) return 'taken from a version control system'
  if (/^https?:/i.test(url)) return 'the address of a file'
  return 'a path or an address'
}

/** Whether nothing of it could be an option, a comment, a second line or a variable in a requirements file. */
function wordsOf(spec: PipSpec): boolean {
  const version = spec.version === '' || spec.version === '*' || validRange(spec.version)
  const hash = spec.hash === null || /^sha256:[0-9a-f]{64}$/.test(spec.hash)
  const plain = !/[^ -~]|[\\#$;]/.test(`${spec.version}${spec.markers ?? ''}`)
  return (
    name.test(spec.name) && spec.extras.every((extra) => name.test(extra)) && version && hash && plain && isMarker(spec)
  )
}

function isMarker({ markers }: PipSpec): boolean {
  if (markers === null) return true
  try {
    markerHoldsIn(markers, {})
    return markers.trim() !== ''
  } catch {
    return false
  }
}

function repositoryProblem(repository: string, { allowedHosts }: PipRules): string[] {
  const url = URL.canParse(repository) ? new URL(repository) : null
  if (url && /^https?:$/.test(url.protocol) && isAllowedHost(url, allowedHosts)) return []
  return [`pip-repositories names ${url ? url.host || url.protocol : 'no URL'}, which is not in allowed-hosts`]
}

/** Whether a URL's host, with its port or for any port, is one of a list. */
export function isAllowedHost(url: URL, hosts: readonly string[]): boolean {
  return hosts.includes(url.host) || hosts.includes(url.hostname)
}

function remedies({ trusted }: PipRules, specs: readonly PipSpec[]): string[] {
  const reason = 'only wheels from an index are taken: to read anything else, code of it would have to run'
  const way = trusted
    ? 'release it to an index, take it from conda, or use lock-engine: conda-lock, which this run is trusted to'
    : 'release it to an index or take it from conda'
  const host = 'a repository of your own: add its host to allowed-hosts'
  return specs.some((spec) => specProblem(spec).length > 0) ? [reason, way] : [host]
}
