import type { BuilderFacts } from '../stack/builder.ts'
import type { Trigger } from '../trigger/types.ts'

/** What decides whether cache mounts are brought back. */
export interface MountCircumstances {
  readonly asked: 'auto' | boolean
  /** The action, with a cache service. */
  readonly service: boolean
  readonly builder: BuilderFacts
}

/** Drivers whose builders outlive a job: they keep cache mounts themselves. */
const keeping = ['remote', 'kubernetes', 'docker', 'cloud']

/** Whether they are brought back; a `notice` is for who asked for what cannot be. */
export function mountPolicy({ asked, service, builder }: MountCircumstances): { on: boolean; notice: string | null } {
  if (asked === false) return { on: false, notice: null }
  const refuse = (why: string) => ({
    on: false,
    notice: asked === true ? `cache-mounts: true has no effect: ${why}` : null,
  })
  if (!service) return refuse('there is no cache service here')
  if (builder.nodes > 1) return refuse(`builder ${builder.name} has several nodes, each with cache mounts of its own`)
  return { on: asked === true || !keeping.includes(builder.driver), notice: null }
}

/** Whether what an untrusted run leaves in a builder could be met by a later run. GitHub's own runners are used once. */
export function isPersistent(
  { name, driver }: Pick<BuilderFacts, 'name' | 'driver'>,
  { own, runner }: { own: RegExp; runner: string },
): boolean {
  if (own.test(name)) return false
  return ['remote', 'kubernetes', 'cloud'].includes(driver) || runner !== 'github-hosted'
}

/**
 * The namespace of an untrusted run's cache mounts on a builder that lives on, null where it needs none: what it writes is met by
 * runs of the same pull request (or commit) alone, as BuildKit puts this before every id.
 */
export function untrustedNamespace(
  { trust, repository, pullRequest, head }: Trigger,
  persistent: boolean,
): string | null {
  if (trust === 'trusted' || !persistent) return null
  return `untrusted-${repository?.id ?? 0}-${pullRequest?.number ?? head ?? 'unknown'}`
}

/**
 * Whether this run may keep mounts for others. A pull request's entries are read by it alone and take the room of those of all
 * branches; a merge queue's branch is gone when its run ends.
 */
export function keepsMounts({ trust, kind }: Pick<Trigger, 'trust' | 'kind'>): boolean {
  return trust === 'trusted' && !['pull_request', 'merge_group'].includes(kind)
}
