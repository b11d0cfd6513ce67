import type { Action, Image, Plan, PlannedImage, Stack } from './types.ts'

/** What decides about the images besides the stack itself. */
export interface PlanQuestion {
  readonly stack: Stack
  /** Changed images with the reason of each, descendants included (`changedImages`). */
  readonly changed: ReadonlyMap<string, string>
  /** The images asked for and their ancestors; null = the whole stack. */
  readonly selected: ReadonlySet<string> | null
  /** The run gives every image of the stack its tags, built or not (a push to the default branch). */
  readonly publishes: boolean
  /** Tags of each image in this run. */
  readonly tags: (image: Image) => readonly string[]
  /** Names of files that changed, to tell whether a lock is to be solved anew. */
  readonly changedFiles: ReadonlySet<string>
  /** Where an unchanged image is known to be: "unchanged since 2639bd3". */
  readonly unchanged: string
  /** Why some images are left that may be said better than by `unchanged`. */
  readonly left?: ReadonlyMap<string, string>
  /** Images that are built for their age alone. */
  readonly aged?: ReadonlySet<string>
}

/** Why an image is taken in a second run of its commit. */
export const publishedReason = 'this commit’s image is published already'

/**
 * A decision for every image of the stack, with its reason. Pure: what the registry holds is not asked here
 * (`resolveReuse`), so a `reuse` may yet become a build.
 */
export function makePlan(question: PlanQuestion): Plan {
  const { stack } = question
  const selected = (name: string) => question.selected?.has(name) ?? true
  const built = new Set(
    stack.images
      .filter((image) => selected(image.name) && question.changed.has(image.name) && !image.skip)
      .map((image) => image.name),
  )
  const needed = new Set(
    stack.images
      .filter((image) => built.has(image.name))
      .flatMap((image) => image.parents.map((parent) => parent.name)),
  )
  const decide = (image: Image): [Action, string] => {
    const unchanged = question.left?.get(image.name) ?? question.unchanged
    if (built.has(image.name)) return ['build', question.changed.get(image.name) ?? 'changed']
    if (image.skip) return ['skip', 'spec.yml says skip']
    if (needed.has(image.name)) return ['reuse', `${unchanged}, needed by ${namesOf(childrenOf(stack, image, built))}`]
    if (question.publishes && selected(image.name)) return ['reuse', unchanged]
    return ['skip', selected(image.name) ? unchanged : 'not asked for']
  }
  const planned = stack.images.map((image): PlannedImage => {
    const [action, reason] = decide(image)
    return {
      name: image.name,
      dockerfile: image.dockerfile,
      path: image.path,
      parents: [...new Set(image.parents.map((parent) => parent.name))],
      external: image.external,
      action,
      reason,
      relock: image.lockSources.some((source) => question.changedFiles.has(source)),
      lockSources: image.lockSources,
      fingerprint: null,
      tags: action === 'skip' ? [] : question.tags(image),
      digest: null,
      ...(action === 'build' && question.aged?.has(image.name) ? { afresh: true } : {}),
    }
  })
  const position = new Map(stack.order.map((name, at) => [name, at]))
  return {
    images: planned.sort((a, b) => (position.get(a.name) ?? 0) - (position.get(b.name) ?? 0)),
    order: stack.order,
  }
}

/**
 * The plan once the registry was asked: a `reuse` with its digest, or a build where nothing published can be taken.
 * An image that becomes a build needs its own parents: those that were skipped are asked for too, by `digestOf`.
 * `already` gives the digest of what this very commit published before (a re-run): it is taken, never built again.
 */
export async function resolvePlan(
  plan: Plan,
  {
    digestOf,
    already,
    missing,
    tagsOf,
  }: {
    digestOf: (name: string) => Promise<string | null>
    already: (name: string) => Promise<string | null>
    /** Why an image is built that did not change: "no build of its files is published". */
    missing: string
    /** Tags of an image that was skipped and turns out to be needed: a push needs a name. */
    tagsOf?: (name: string) => readonly string[]
  },
): Promise<Plan> {
  const byName = new Map(plan.images.map((image) => [image.name, image]))
  const resolveOne = async (image: PlannedImage): Promise<PlannedImage> => {
    // A digest that an earlier job gave needs no asking.
    if (image.action === 'skip' || image.digest) return image
    const done = await already(image.name)
    if (done) return { ...image, action: 'reuse', reason: publishedReason, digest: done }
    if (image.action === 'build') return image
    const digest = await digestOf(image.name)
    return digest ? { ...image, digest } : { ...image, action: 'build', reason: `${missing} (${image.reason})` }
  }
  // Children first: a parent is asked for only where a child turned out to be built.
  for (let open = plan.images.filter((image) => image.action !== 'skip'); open.length > 0; ) {
    const resolved = await Promise.all(open.map(resolveOne))
    for (const image of resolved) byName.set(image.name, image)
    open = resolved
      .filter((image) => image.action === 'build')
      .flatMap((image) => image.parents.map((parent) => ({ parent: byName.get(parent), child: image.name })))
      .filter(({ parent }) => parent?.action === 'skip')
      .map(({ parent, child }) => ({
        ...(parent as PlannedImage),
        action: 'reuse' as const,
        reason: `needed by ${child}`,
        tags: tagsOf?.(parent?.name ?? '') ?? [],
      }))
      .filter((image, at, all) => all.findIndex((other) => other.name === image.name) === at)
  }
  return { ...plan, images: plan.images.map((image) => byName.get(image.name) ?? image) }
}

function childrenOf(stack: Stack, parent: Image, among: ReadonlySet<string>): string[] {
  return stack.images
    .filter((image) => among.has(image.name) && image.parents.some((edge) => edge.name === parent.name))
    .map((image) => image.name)
}

function namesOf(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 2).join(', ')} and ${names.length - 2} more`
}
