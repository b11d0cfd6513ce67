import type { Trigger } from '../trigger/types.ts'
import type { Image } from './types.ts'

/** Length of a commit's short name in tags: pangeo's and datahub's habit, and metadata-action's default. */
export const shortLength = 7

/** Tags of a run, without registry and image name. `immutable` is pushed by the build and never overwritten. */
export interface TagRules {
  readonly immutable: string | null
  /** More tags that hold the commit's name: set before the moving ones and never overwritten either. */
  readonly fixed?: readonly string[]
  /** Moved for the whole stack at the end of a green run, or not at all. */
  readonly moving: readonly string[]
  /** The tag of the highest priority, where rules tell. */
  readonly version?: string | null
}

/** The version of an image in its labels, without its tag prefix: its first tag, as docker/metadata-action has it. */
export function versionOf({ immutable, moving, version }: TagRules): string | null {
  return version ?? moving[0] ?? immutable
}

/** Whether and what a run pushes (docs/tags.md). `reason` says so in the reader's words. */
export interface PushDecision {
  readonly push: boolean
  /** Every image of the stack gets the tags, also what was not built. */
  readonly publishes: boolean
  readonly reason: string
}

/** `push` is the input; an untrusted run never pushes, whatever it says. */
export function decidePush(trigger: Trigger, push: 'auto' | boolean, registries: readonly string[]): PushDecision {
  const no = (reason: string): PushDecision => ({ push: false, publishes: false, reason })
  if (trigger.kind === 'delete') return no('a branch or tag was deleted')
  if (trigger.trust === 'untrusted') return no(`an untrusted run never pushes: ${trigger.trustReason}`)
  if (push === false) return no('push is false')
  if (registries.length === 0) return no('no registry is set')
  const onDefault = trigger.branch !== null && trigger.branch === trigger.defaultBranch
  // A comment or a dispatch runs on the default branch also where it is about a pull request.
  const publishes =
    onDefault &&
    !trigger.pullRequest &&
    ['push', 'schedule', 'workflow_dispatch', 'repository_dispatch'].includes(trigger.kind)
  if (publishes) return { push: true, publishes, reason: `${trigger.event} on the default branch ${trigger.branch}` }
  if (push === 'auto')
    return no(
      trigger.pullRequest ? 'a pull request pushes only with push: true' : 'only the default branch pushes by itself',
    )
  if (trigger.kind === 'merge_group')
    return { push: true, publishes: false, reason: 'push is true: by fingerprints alone' }
  if (trigger.kind === 'tag') return no('a tag releases what its commit published and builds nothing')
  return { push: true, publishes: false, reason: 'push is true' }
}

/**
 * Tags for what the trigger is, the same whether they are pushed or only name what is built. `commit` is the full name of the
 * commit that is built, `rebuild` the date of a forced one.
 */
export function tagRules(trigger: Trigger, commit: string, rebuild: string | null = null): TagRules {
  const short = commit.slice(0, shortLength)
  if (trigger.pullRequest) return { immutable: null, moving: [`pr-${trigger.pullRequest.number}`] }
  if (trigger.kind === 'merge_group') return { immutable: null, moving: [] }
  // A workflow_run stands on the default branch and may have checked out what it was caused by.
  const elsewhere = trigger.kind === 'workflow_run' && trigger.head !== commit
  // What an untrusted run builds is never the branch's, in a plan or in an engine neither.
  const branch = elsewhere || trigger.trust === 'untrusted' ? null : trigger.branch
  return { immutable: rebuild ? `${short}-${rebuild}` : short, moving: branch ? [tagOf(branch)] : [] }
}

/** Tags that mean something else than a branch: a commit (also rebuilt), a pull request, a fingerprint, a cache. */
const reserved = /^([0-9a-f]{7}(-\d{8}(\.\d+)?)?|pr-\d+|fp-.*|cache-.*)$/

/** Whether a tag, without a variant's name before it, means something that no person gives or moves. */
export function isReservedTag(tag: string): boolean {
  return reserved.test(tag)
}

/**
 * A branch's name as a tag: what a tag cannot hold becomes `-`, as docker/metadata-action has it. A branch that is called
 * like a commit's tag must not overwrite it.
 */
export function tagOf(branch: string): string {
  const tag = branch
    .replace(/[^\w.-]+/g, '-')
    .replace(/^[.-]+/, '')
    .slice(0, 128 - 32)
  return tag === '' || reserved.test(tag) ? `branch${tag && `-${tag}`}` : tag
}

/** The tag of an image: a variant's folder name stands before it, `cuda12-2639bd3`. */
export function imageTag(image: Pick<Image, 'tagPrefix'>, tag: string): string {
  return `${image.tagPrefix}${tag}`
}

/** What decides where an image is pushed: spec.yml's `registry` for the image goes before those of the run. */
type Home = Pick<Image, 'repository'> & Partial<Pick<Image, 'registries'>>

/** Full names of an image in all its registries, `quay.io/pangeo/base-image`; none where the run has no registry. */
export function imageNames(image: Home, registries: readonly string[]): string[] {
  const own = registries.length > 0 ? (image.registries ?? []) : []
  return (own.length > 0 ? own : registries).map((registry) => `${registry}/${image.repository}`)
}

/** Full references for some tags in all registries; without a registry Docker's short names. */
export function imageReferences(
  image: Home & Pick<Image, 'tagPrefix'>,
  registries: readonly string[],
  tags: readonly string[],
): string[] {
  const names = registries.length === 0 ? [image.repository] : imageNames(image, registries)
  return names.flatMap((name) => tags.map((tag) => `${name}:${imageTag(image, tag)}`))
}

/** The date tag of a forced rebuild, `20261121`, in UTC. */
export function dateTag(milliseconds: number): string {
  return new Date(milliseconds).toISOString().slice(0, 10).replaceAll('-', '')
}
