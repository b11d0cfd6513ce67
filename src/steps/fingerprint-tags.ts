import { publishedReason } from '../stack/plan.ts'
import { imageReferences } from '../stack/tags.ts'
import type { Image, PlannedImage } from '../stack/types.ts'
import { allTags } from './choose-tags.ts'
import type { Decision } from './decide.ts'
import type { FingerprintQuestion } from './fingerprint-stage.ts'
import { lookUp } from './published.ts'

/**
 * The tags of a run that was to rebuild a published commit and then found nothing to build: no dated ones. Where the commit's own tag
 * is there it stays, whatever it points at, and only the branch's moves.
 */
export async function withoutRebuild(decision: Decision, question: FingerprintQuestion): Promise<Decision> {
  const { plan, plain } = decision
  if (!plain || plan.images.some(({ action }) => action === 'build')) return decision
  const { source, inputs } = question
  const byName = new Map(source.stack.images.map((image) => [image.name, image]))
  const { immutable, fixed = [] } = plain.all
  const tagsOf = async (planned: PlannedImage): Promise<readonly string[]> => {
    const image = byName.get(planned.name) as Image
    const there = immutable === null ? null : await lookUp(question, image, immutable)
    const kept = there !== null && there !== planned.digest ? new Set([immutable, ...fixed]) : new Set<string | null>()
    return imageReferences(
      image,
      inputs.registry,
      allTags(plain.of(image)).filter((tag) => !kept.has(tag)),
    )
  }
  const images = await Promise.all(
    plan.images.map(async (image) =>
      image.tags.length > 0 && image.action === 'reuse' ? { ...image, tags: await tagsOf(image) } : image,
    ),
  )
  return { ...decision, rules: plain.all, plan: { ...plan, images } }
}

/** The tags of a second run of a commit that leaves a later build to the branch: the commit's own stay with the commit's image. */
export function withoutCommitTags(
  decision: Decision,
  { source, inputs, decision: before }: FingerprintQuestion,
): Decision {
  const { immutable, fixed = [] } = before.rules
  const earlier = new Map(before.plan.images.map((image) => [image.name, image]))
  const images = decision.plan.images.map((planned): PlannedImage => {
    const { reason, digest } = earlier.get(planned.name) ?? planned
    const image = source.stack.images.find(({ name }) => name === planned.name)
    if (!image || immutable === null || reason !== publishedReason || planned.digest === digest) return planned
    const own = new Set(imageReferences(image, inputs.registry, [immutable, ...fixed]))
    return { ...planned, tags: planned.tags.filter((tag) => !own.has(tag)) }
  })
  return { ...decision, plan: { ...decision.plan, images } }
}
