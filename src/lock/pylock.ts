import { valid } from '@renovatebot/pep440'
import { parse } from 'smol-toml'
import { ActionError, messageOf } from '../errors.ts'
import type { LockedPackage } from './types.ts'

/** A wheel that pylock.toml (PEP 751) offers. */
export interface Wheel {
  readonly url: string
  readonly sha256: string | null
}

/** A package of pylock.toml; no wheels where it is one that the resolver was handed as a file. */
export interface PylockPackage {
  readonly name: string
  readonly version: string
  readonly wheels: readonly Wheel[]
}

/** Reads what `uv pip compile --format pylock.toml` wrote. Throws ActionError('solve') where it is something else. */
export function readPylock(text: string): PylockPackage[] {
  const document = parsed(text)
  const packages = document.packages ?? []
  if (!Array.isArray(packages)) throw unreadable('`packages` is no list')
  return packages.map((entry: unknown) => {
    const { name, version, wheels = [] } = tableOf(entry, 'a package')
    if (typeof name !== 'string' || typeof version !== 'string' || !Array.isArray(wheels))
      throw unreadable('a package has no name, version or list of wheels')
    return { name, version, wheels: wheels.map((wheel) => wheelOf(wheel, name)) }
  })
}

/**
 * A pylock.toml that holds names and versions alone: uv takes what stands in an existing output as what to prefer. What is neither, in
 * a lock that somebody edited, is left out.
 */
export function preferenceFile(packages: readonly Pick<LockedPackage, 'name' | 'version'>[]): string {
  const entries = packages
    .filter(({ name, version }) => /^[\w.-]+$/.test(name) && valid(version) !== null)
    .map(({ name, version }) => `\n[[packages]]\nname = "${name}"\nversion = "${version}"\n`)
  return `lock-version = "1.0"\ncreated-by = "buildx-action"\n${entries.join('')}`
}

function wheelOf(value: unknown, name: string): Wheel {
  const { url, hashes = {} } = tableOf(value, `a wheel of ${name}`)
  const { sha256 = null } = tableOf(hashes, `the hashes of ${name}`)
  if (typeof url !== 'string' || !URL.canParse(url)) throw unreadable(`a wheel of ${name} has no address`)
  if (sha256 !== null && (typeof sha256 !== 'string' || !/^[0-9a-f]{64}$/.test(sha256)))
    throw unreadable(`a wheel of ${name} has an odd sha256`)
  return { url: withoutLogin(url), sha256 }
}

/** A lock is published: what an index's address says about who asks does not belong in it. */
function withoutLogin(text: string): string {
  const url = new URL(text)
  url.username = ''
  url.password = ''
  url.hash = ''
  return url.href
}

function parsed(text: string): Record<string, unknown> {
  try {
    return parse(text)
  } catch (error) {
    throw unreadable(messageOf(error).split('\n', 1)[0] ?? '', error)
  }
}

function tableOf(value: unknown, what: string): Record<string, unknown> {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Record<string, unknown>
  throw unreadable(`${what} is no table`)
}

function unreadable(reason: string, cause?: unknown): ActionError {
  return new ActionError('solve', `uv’s answer cannot be read: ${reason}`, ['take another version of uv'], { cause })
}
