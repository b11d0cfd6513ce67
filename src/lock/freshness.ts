import { posix } from 'node:path'
import { contentHash } from './content-hash.ts'
import { type Recipe, recipes } from './recipes.ts'
import type { Freshness, LockMetadata, LockSpec } from './types.ts'

/** What is asked of the lock of one image. */
export interface FreshnessQuestion {
  readonly image: string
  /** The lock's path, for its reasons and to read its sources. */
  readonly lock: string
  /** What the sources ask for; null where they cannot be read here (pyproject.toml). */
  readonly spec: LockSpec | null
  /** The lock's own word; null without a lock. */
  readonly metadata: LockMetadata | null
  readonly platforms: readonly string[]
}

/**
 * Whether a lock still says what its sources ask for, per platform. Needs no solver and no network: the content hash that the
 * lock holds is compared with those that the versions of conda-lock would give the sources of today.
 */
export function freshness(question: FreshnessQuestion): Freshness[] {
  const { image, platforms, spec, metadata, lock } = question
  const made = platforms.map((platform) => ({ platform, recipe: recipeOf(question, platform) }))
  const others = made.flatMap(({ platform, recipe }) => (recipe ? [platform] : []))
  return made.map(({ platform, recipe }) => {
    if (recipe)
      return { image, platform, fresh: true, reason: `the content hash is that of the sources (${recipe.name})` }
    const reason = metadata ? staleness({ ...question, metadata, platform, others }) : `there is no ${lock} yet`
    return { image, platform, fresh: false, reason: spec ? reason : `${reason}; only conda-lock can read its sources` }
  })
}

/** The version of conda-lock whose content hash of the sources the lock holds, null for none. */
function recipeOf({ spec, metadata }: FreshnessQuestion, platform: string): Recipe | null {
  if (!spec || !metadata?.platforms.includes(platform) || !Object.hasOwn(spec.specs, platform)) return null
  const recorded = hashOf(metadata, platform)
  return recipes.find((recipe) => contentHash(spec, platform, recipe) === recorded) ?? null
}

interface Stale extends FreshnessQuestion {
  readonly metadata: LockMetadata
  readonly platform: string
  /** Platforms of the same lock that are fresh. */
  readonly others: readonly string[]
}

function staleness({ lock, spec, metadata, platform, others }: Stale): string {
  if (!metadata.platforms.includes(platform)) return `${lock} does not hold ${platform}`
  const recorded = hashOf(metadata, platform)
  if (recorded === null) return `${lock} has no content hash for ${platform}`
  if (!spec) return `${lock} cannot be compared`
  const before = metadata.sources.map((source) => posix.join(posix.dirname(lock), source))
  const foreign = metadata.sources.some((source) => posix.isAbsolute(source))
  if (!foreign && before.join('\n') !== spec.sources.join('\n'))
    return `${lock} was made from ${before.join(', ')}, not from ${spec.sources.join(', ')}`
  if (others.length > 0) return `${spec.sources.join(', ')}: changed since; only ${others.join(', ')} was locked again`
  return `${spec.sources.join(', ')}: not what the lock was made for (its content hash ${recorded.slice(0, 8)} is that of other sources)`
}

function hashOf({ contentHash: hashes }: LockMetadata, platform: string): string | null {
  return Object.hasOwn(hashes, platform) ? (hashes[platform] ?? null) : null
}
