import { parseVersion, type Version } from './version.ts'
import { matchesGlob, parseVersionSpec, type VersionTest } from './version-spec.ts'

/** conda's match spec: what a `depends` or `constrains` entry of a record asks for (CEP 29). */
export interface MatchSpec {
  /** In small letters; `*` for any. */
  readonly name: string
  /** As written, `` without one. */
  readonly version: string
  /** A build string or a pattern with stars, null without one. */
  readonly build: string | null
  /** A constraint on the build number: `>=1`. */
  readonly buildNumber: string | null
  readonly channel: string | null
  readonly subdir: string | null
}

/** What a match spec is compared with. */
export interface Candidate {
  readonly name: string
  readonly version: string
  readonly build: string
  readonly buildNumber: number
}

const head = /^(?:(?<channel>[^\s:[\]]+(?:\/[^\s:[\]]+)*)::)?(?<name>[^\s=<>!~|,;[\]]+)(?<rest>.*)$/s
const bracket = /\[(?<fields>[^\]]*)\]\s*$/

/** Reads a match spec as it stands in repodata or in an environment; null for what is none. */
export function parseMatchSpec(text: string): MatchSpec | null {
  const plain = text.replace(/\s*#.*$/, '').trim()
  const { fields } = bracket.exec(plain)?.groups ?? {}
  const outside = fields === undefined ? plain : plain.slice(0, plain.lastIndexOf('[')).trim()
  const { channel = null, name, rest = '' } = head.exec(outside)?.groups ?? {}
  if (name === undefined) return null
  const inside = fieldsOf(fields ?? '')
  const { version, build } = versionAndBuild(rest)
  return {
    name: name.toLowerCase(),
    version: inside.get('version') ?? version,
    build: inside.get('build') ?? build,
    buildNumber: inside.get('build_number') ?? null,
    channel: inside.get('channel') ?? channel,
    subdir: inside.get('subdir') ?? null,
  }
}

/** `version='>=1,<2', build=py*`: the fields in brackets, with or without quotes. */
function fieldsOf(text: string): Map<string, string> {
  const fields = text.matchAll(/\s*([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^,\s]*))\s*(?:,|$)/g)
  return new Map([...fields].map(([, key = '', double, single, bare]) => [key, double ?? single ?? bare ?? '']))
}

/**
 * ` >=1,<2 py_0`, `=1.2`, `=1.2=py_0`, `==1.2`, `>=1=py*`: what stands behind the name. conda reads one `=` before a version
 * without a build as 1.2.*, and with a build as exactly 1.2.
 */
function versionAndBuild(rest: string): { version: string; build: string | null } {
  const text = rest
    .trim()
    .replace(/\s*([,|])\s*/g, '$1')
    .replace(/([<>=!~])\s+/g, '$1')
  const [version, build] = divided(text)
  if (build !== null) return { version: version.replace(/^=(?!=)/, ''), build: build === '*' ? null : build }
  const [, prefix] = /^=(?!=)([^=<>!~|,*]+)$/.exec(text) ?? []
  return { version: prefix === undefined ? text : `${prefix}.*`, build: null }
}

/** Version and build, which a space or an `=` divides that is no part of an operator. */
function divided(text: string): [version: string, build: string | null] {
  const [, version, build] = /^(\S+)\s+(\S+)$/.exec(text) ?? []
  if (version !== undefined && build !== undefined) return [version, build]
  const at = text.lastIndexOf('=')
  const divides = at > 0 && !'<>=!~'.includes(text[at - 1] ?? '') && !/[|,\s]/.test(text.slice(at))
  return divides ? [text.slice(0, at), text.slice(at + 1)] : [text, null]
}

/** Makes the test of a match spec, to be used for many records. Null where its version is no constraint. */
export function matcherOf(spec: MatchSpec): ((candidate: Candidate, version?: Version | null) => boolean) | null {
  const version = parseVersionSpec(spec.version)
  const number = spec.buildNumber === null ? null : parseVersionSpec(spec.buildNumber)
  if (version === null || (spec.buildNumber !== null && number === null)) return null
  return (candidate, parsed = parseVersion(candidate.version)) =>
    (spec.name === '*' || spec.name === candidate.name) &&
    parsed !== null &&
    version(parsed, candidate.version) &&
    (spec.build === null || matchesGlob(spec.build, candidate.build)) &&
    (number === null || numberMatches(number, candidate.buildNumber))
}

function numberMatches(test: VersionTest, buildNumber: number): boolean {
  const text = String(buildNumber)
  const version = parseVersion(text)
  return version !== null && test(version, text)
}

/** The name that a match spec begins with, in small letters: cheap, for walks over many. */
export function nameOf(spec: string): string {
  const start = spec.indexOf('::') + 1
  const [name = ''] = spec.slice(start === 0 ? 0 : start + 1).split(/[\s=<>!~|,;[]/, 1)
  return name.toLowerCase()
}
