import type { Plan, PlannedImage } from './types.ts'

/** A published image that holds the inputs of one that would be built. */
export interface Hit {
  readonly digest: string
  /** In the reader's words: `fp-1a2b… holds the same inputs (built from 2639bd3)`. */
  readonly reason: string
}

/** What is known of the images of a plan by their fingerprints. */
export interface KnownImages {
  /** Images that the run is about: changed ones, and all where the whole stack gets tags. The others are there as parents. */
  readonly own: ReadonlySet<string>
  readonly hits: ReadonlyMap<string, Hit>
  /** Images that are built although there is one to take: `no-cache`, their age. */
  readonly forced: ReadonlySet<string>
  /** With `monolithic`: where one image is built, all are. */
  readonly whole?: boolean
  /** Why an image is left that is needed by nobody any more. */
  readonly left: string
}

/**
 * The plan with what need not be built taken instead. An image is built where nothing holds its inputs, where it is forced, or where
 * a parent of its is built in this run: a child always stands on its parent of this run. A parent that was only needed by what is
 * now taken is let go.
 */
export function takeKnown(plan: Plan, known: KnownImages): Plan {
  const byName = new Map(plan.images.map((image) => [image.name, image]))
  const least = buildsOf(plan, byName, known)
  const all = plan.images.filter(({ action }) => action === 'build').map(({ name }) => name)
  const building = known.whole && least.size > 0 ? new Set(all) : least
  const needed = new Set(
    [...building].flatMap((name) => byName.get(name)?.parents ?? []).filter((name) => !building.has(name)),
  )
  const images = plan.images.map((image): PlannedImage => {
    if (building.has(image.name) || image.action === 'skip') return image
    const hit = known.hits.get(image.name)
    const kept = known.own.has(image.name) || needed.has(image.name)
    if (!kept) return { ...image, action: 'skip', reason: known.left, tags: [], digest: null }
    if (!hit) return image
    const { afresh: _, ...rest } = image
    return { ...rest, action: 'reuse', reason: hit.reason, digest: hit.digest }
  })
  return { ...plan, images }
}

/** The images that are built after all: parents only where a child needs them, to where nothing changes any more. */
function buildsOf(plan: Plan, byName: ReadonlyMap<string, PlannedImage>, known: KnownImages): Set<string> {
  const building = new Set<string>()
  const mustBuild = (image: PlannedImage) =>
    image.action === 'build' &&
    (!known.hits.has(image.name) || known.forced.has(image.name) || image.parents.some((name) => building.has(name)))
  for (let before = -1; before < building.size; ) {
    before = building.size
    const wanted = new Set([...building].flatMap((name) => byName.get(name)?.parents ?? []))
    for (const name of plan.order) {
      const image = byName.get(name)
      if (image && (known.own.has(name) || wanted.has(name)) && mustBuild(image)) building.add(name)
    }
  }
  return building
}
