import { compare as comparePep440 } from '@renovatebot/pep440'
import compareSemver from 'semver/functions/compare.js'
import type { VersionRule } from '../stack/tag-rules/types.ts'
import { readVersion } from '../stack/tag-rules/versions.ts'

/** What the name of a git tag says of its release. */
export interface ReleaseFacts {
  /** Neither an alpha, beta, candidate nor development version. A name that is no version is final. */
  readonly final: boolean
  /** Whether it gets `latest`: a final version, and no greater final one is there. A name that is no version never does. */
  readonly latest: boolean
  /** The greatest version before it, of final ones where it is final itself; null without one. */
  readonly previous: string | null
}

type Kind = 'semver' | 'pep440'

interface Read {
  readonly name: string
  readonly kind: Kind
  readonly version: string
  readonly final: boolean
}

/** Compares a git tag with all git tags of the repository, by the versions that tag rules read. */
export function releaseFacts(tag: string, all: readonly string[]): ReleaseFacts {
  const own = read(tag)
  if (!own) return { final: true, latest: false, previous: null }
  const others = [...new Set(all)].filter((name) => name !== tag).flatMap((name) => read(name) ?? [])
  const comparable = others.filter((other) => compare(other, own) !== null && (other.final || !own.final))
  const before = comparable.filter((other) => (compare(other, own) ?? 0) < 0)
  const previous = before.toSorted((one, other) => compare(one, other) ?? 0).at(-1)
  const newest = others.every((other) => !other.final || (compare(other, own) ?? -1) < 0)
  return { final: own.final, latest: own.final && newest, previous: previous?.name ?? null }
}

function read(name: string): Read | null {
  for (const kind of ['semver', 'pep440'] as const) {
    const found = readVersion({ type: kind, match: null } as VersionRule, name)
    if (found) return { name, kind, version: found.version, final: found.final }
  }
  return null
}

/** Less than zero where the first is the lower one; null where they are of kinds that cannot be compared. */
function compare(one: Read, other: Read): number | null {
  if (one.kind === 'semver' && other.kind === 'semver') return compareSemver(one.version, other.version)
  try {
    return comparePep440(one.version, other.version)
  } catch {
    return null
  }
}
