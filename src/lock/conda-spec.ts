import { readSpecChannel } from './conda-channel.ts'
import { BadSpec, canonicalVersion } from './conda-version-text.ts'
import type { CondaSpec } from './types.ts'

/** What a spec says, in the fields that conda's MatchSpec gives conda-lock. */
export type CondaParts = Pick<CondaSpec, 'name' | 'version' | 'build' | 'condaChannel' | 'subdirectory'>

const longest = 1000

/**
 * Reads a spec of an environment.yml: `numpy`, `numpy>=1.2,<2`, `numpy=1.2`, `numpy=1.2=py_0`, `conda-forge::numpy`,
 * `numpy[version='>=1.2']`. The texts are conda's (models/match_spec.py), for they go into the content hash. Throws BadSpec.
 */
export function readCondaSpec(spec: string): CondaParts {
  if (spec.length > longest) throw new BadSpec(`it is longer than ${longest} characters`)
  const text = spec.replace(/#.*$/s, '').split(' if ', 1)[0] ?? ''
  if (/\.(?:conda|tar\.bz2)\s*$/.test(text)) throw new BadSpec('it names a file; write name=version=build')
  const { outside, fields } = takeFields(text)
  const { channel, rest } = takeChannel(outside)
  const [, name, constraint] = /^([^ =<>!~]+)?([><!=~ ].+)?/s.exec(rest) ?? []
  if (name === undefined) throw new BadSpec('no name stands in it')
  if (/[*@]/.test(name)) throw new BadSpec(`\`${name}\` is no name of one package`)
  const written = versionAndBuild(constraint?.trim() ?? '')
  const version = fields.get('version') ?? written.version
  return {
    name: name.toLowerCase(),
    version: version === null ? '' : canonicalVersion(version),
    build: fields.get('build') ?? written.build,
    ...channelOf(fields, channel),
  }
}

/** Fields in brackets that MatchSpec knows; the others are errors to it. */
const known = new Set([
  ...['channel', 'subdir', 'name', 'version', 'build', 'build_number', 'track_features', 'features', 'url', 'md5'],
  ...['sha256', 'license', 'license_family', 'fn'],
])

/** Takes `[version='>=1']` off a spec, and what stands in parentheses. What is inside wins over what is outside. */
function takeFields(text: string): { outside: string; fields: Map<string, string> } {
  const open = text.lastIndexOf(']') === -1 ? -1 : text.lastIndexOf('[', text.lastIndexOf(']'))
  if (open === -1) return { outside: withoutParentheses(text), fields: new Map() }
  const brackets = text.slice(open, text.lastIndexOf(']') + 1)
  const fields = new Map<string, string>()
  for (const [, key = '', , value = ''] of brackets
    .slice(1, -1)
    .matchAll(/([a-zA-Z0-9_-]+?)=(["']?)([^'"]*?)(\2)(?:[, ]|$)/g)) {
    if (value === '') throw new BadSpec(`${key} has no value in the brackets`)
    if (!known.has(key)) throw new BadSpec(`${key} is no field of a spec`)
    if (key === 'name' || key === 'fn' || key === 'url') throw new BadSpec(`${key} cannot stand in brackets`)
    fields.set(key, value)
  }
  return { outside: withoutParentheses(text.replaceAll(brackets, '')), fields }
}

function withoutParentheses(text: string): string {
  const close = text.lastIndexOf(')')
  const open = close === -1 ? -1 : text.lastIndexOf('(', close)
  return open === -1 ? text : text.replaceAll(text.slice(open, close + 1), '')
}

/** `channel:namespace:name`: the namespace is nothing yet, so `::`. */
function takeChannel(text: string): { channel: string | null; rest: string } {
  const parts = text.split(':')
  const rest = parts.pop() ?? ''
  const namespace = parts.pop()
  return { channel: namespace === undefined || parts.length === 0 ? null : parts.join(':'), rest }
}

function channelOf(fields: Map<string, string>, written: string | null) {
  const text = fields.get('channel') ?? written
  if (text?.includes('*')) throw new BadSpec('a channel cannot hold a star')
  const outer = written ? readSpecChannel(written) : null
  const named = text ? readSpecChannel(text) : null
  return {
    condaChannel: named?.name || null,
    subdirectory: fields.get('subdir') ?? named?.subdir ?? outer?.subdir ?? null,
  }
}

const versionThenBuild = /((?:.+?)[^><!,|]?)(?:(?<![=!|,<>~])(?:[ =])([^-=,|<>~]+?))?$/s

/** What stands behind the name. One `=` without a build and without a star is a prefix: `=1.2` gives `1.2*`. */
function versionAndBuild(text: string): { version: string | null; build: string | null } {
  if (text === '') return { version: null, build: null }
  if (text.includes('[')) throw new BadSpec('it has brackets twice')
  const [, first = text, second] = versionThenBuild.exec(text) ?? []
  const version = first.replaceAll(' ', '')
  const build = second?.trim() ?? null
  const bare = version.slice(1)
  if (version === '=' || version === '==' || !version.startsWith('=')) return { version, build }
  if (version.startsWith('==') && build === null) return { version: version.slice(2), build }
  if (/[=,|]/.test(bare)) return { version, build }
  return { version: build === null && !bare.endsWith('*') ? `${bare}*` : bare, build }
}
