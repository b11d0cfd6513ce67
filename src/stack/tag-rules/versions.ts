import { clean, explain, valid } from '@renovatebot/pep440'
import parseSemver from 'semver/functions/parse.js'
import { matchPattern } from './pattern.ts'
import type { Pattern, VersionRule } from './types.ts'

/** A version in the words of `pattern`; `final` is false for anything that is not a plain release. */
export interface Version {
  readonly raw: string
  readonly version: string
  readonly major: number
  readonly minor: number
  readonly patch: number
  readonly final: boolean
}

/** The version that a text holds, null where it is none of the rule's kind. `match` picks a part of the text first. */
export function readVersion(rule: VersionRule, text: string): Version | null {
  const raw = pick(rule.match, text).replaceAll('/', '-')
  return rule.type === 'semver' ? readSemver(raw) : readPep440(raw)
}

function pick(pattern: Pattern | null, text: string): string {
  const found = pattern && matchPattern(pattern, text)
  return found?.[1] ?? found?.[0] ?? text
}

function readSemver(raw: string): Version | null {
  const version = parseSemver(raw)
  if (!version) return null
  const { major, minor, patch } = version
  return { raw, version: version.version, major, minor, patch, final: version.prerelease.length === 0 }
}

function readPep440(raw: string): Version | null {
  const found = valid(raw) === null ? null : explain(raw)
  if (!found) return null
  const [major = 0, minor = 0, patch = 0] = found.release
  const final = !(found.is_prerelease || found.is_postrelease || found.is_devrelease)
  return { raw, version: clean(raw) ?? raw, major, minor, patch, final }
}
