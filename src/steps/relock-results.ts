import { changeCounts } from '../report/lock-words.ts'
import type { ImageResult } from '../report/types.ts'
import type { Plan, PlannedImage } from '../stack/types.ts'
import type { Decision } from './decide.ts'
import type { Source } from './detect.ts'
import type { LockFailure, Relock } from './lock-types.ts'
import { unbuilt } from './observe.ts'
import type { RunRelock } from './relock-make.ts'

/** A plan in which images are built with new locks, and those without a lock are not. */
export interface Relocked {
  readonly source: Source
  readonly decision: Decision
  /** Images that are not built for want of a lock: their own, or that of what they are built on. */
  readonly missing: ReadonlyMap<string, LockFailure | null>
}

/** Puts the new locks into the plan: who is relocked and what changed for it, who cannot be built. */
export function withLocks({ source, decision }: { source: Source; decision: Decision }, made: RunRelock): Relocked {
  const { built, proposed } = made.locks
  const missing = missingImages(source, decision.plan, built)
  const images = decision.plan.images.map((image) => relocked(image, source, built, missing))
  const committed = built === proposed ? (made.delivery?.sha ?? null) : null
  // Locks that no commit holds: an image must not say that it is made from one, nor keep its parent's word for it.
  const revision = committed ?? (source.commit && `${source.commit}-dirty`)
  return {
    source: built.files.length > 0 ? { ...source, revision } : source,
    decision: { ...decision, plan: { ...decision.plan, images } },
    missing,
  }
}

/** The results with those images as failed, or skipped because of their parent. */
export function withMissing(results: readonly ImageResult[], plan: Plan, { missing }: Relocked): ImageResult[] {
  const planned = new Map(plan.images.map((image) => [image.name, image]))
  return results.map((result) => {
    const failure = missing.get(result.name)
    const image = planned.get(result.name)
    if (failure === undefined || !image) return result
    if (failure === null) return unbuilt(image, 'skipped', image.reason)
    const [, file = image.dockerfile, line = null, message = failure.message] =
      /^([^\s:]+):(\d+): (.*)$/s.exec(failure.message) ?? []
    return {
      ...unbuilt(image, 'failed', image.reason),
      failure: {
        message,
        step: null,
        dockerfile: file,
        line: line === null ? null : Number(line),
        tail: failure.details.slice(0, 20),
      },
    }
  })
}

function missingImages({ stack }: Source, plan: Plan, { images }: Relock): Map<string, LockFailure | null> {
  const building = new Set(plan.images.filter(({ action }) => action === 'build').map(({ name }) => name))
  const missing = new Map<string, LockFailure | null>()
  for (const { image, error } of images) {
    const folder = stack.images.find(({ name }) => name === image)?.path
    for (const { name } of stack.images.filter(({ path }) => path === folder))
      if (error && building.has(name)) missing.set(name, error)
  }
  for (const name of stack.order) {
    const parents = stack.images.find((image) => image.name === name)?.parents ?? []
    if (building.has(name) && !missing.has(name) && parents.some((parent) => missing.has(parent.name)))
      missing.set(name, null)
  }
  return missing
}

function relocked(
  image: PlannedImage,
  { stack }: Source,
  { images }: Relock,
  missing: ReadonlyMap<string, LockFailure | null>,
): PlannedImage {
  const parent = image.parents.find((name) => missing.has(name))
  if (missing.get(image.name) === null)
    return { ...image, action: 'skip', reason: `its parent ${parent} was not built` }
  if (missing.has(image.name))
    return { ...image, action: 'skip', relock: true, reason: `${image.reason}; its lock could not be made` }
  const folder = stack.images.find(({ name }) => name === image.name)?.path
  const own = images.find((one) => stack.images.some(({ name, path }) => name === one.image && path === folder))
  const diff = own?.diffs.find(({ platform }) => platform === 'linux-64') ?? own?.diffs[0]
  if (!own || own.files.length === 0) return { ...image, relock: false }
  return { ...image, relock: true, reason: `${image.reason}; lock: ${diff ? changeCounts(diff) : 'made anew'}` }
}
