import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { type ExpectedImage, settledDigests } from '../publish/settled.ts'
import type { StackFile } from '../publish/stack-file.ts'
import { canonicalReference } from '../stack/canonical.ts'
import { fingerprintOf, type ParentPart } from '../stack/fingerprint.ts'
import { ancestors } from '../stack/graph.ts'
import { publishedReason } from '../stack/plan.ts'
import { imageNames, imageReferences, imageTag } from '../stack/tags.ts'
import type { Image, Plan } from '../stack/types.ts'
import type { Registry } from '../tools/registry.ts'
import type { Bases } from './bases.ts'
import type { Source } from './detect.ts'
import { gatherImageFacts } from './fingerprint-facts.ts'
import { readStack } from './stack-file.ts'
import { stackPlace } from './stack-place.ts'
import type { RunTags } from './tagger.ts'

/** A run that may find its commit published. */
export interface SettledQuestion {
  readonly source: Source
  readonly inputs: Inputs
  readonly host: Host
  readonly registry: Registry
  readonly bases: Bases
  readonly plan: Plan
  readonly tags: RunTags
}

/** What the registries say of the commit itself. */
export interface CommitRecord {
  /** Its stack.json; null where one of the registries has none. */
  readonly file: StackFile | null
  /** The plan, where nothing is left to be done; null where the images have to be asked for. */
  readonly plan: Plan | null
}

/**
 * What was published of this commit, told by one request for each registry. Where its stack.json names what this run would publish,
 * by the same fingerprints, and the moving tags of all images point there, there is nothing to do and nothing more to ask.
 */
export async function findSettled(question: SettledQuestion): Promise<CommitRecord> {
  const { source, registry, tags, plan, host } = question
  const { immutable } = tags.all
  const nothing: CommitRecord = { file: null, plan: null }
  if (immutable === null || source.commit === null) return nothing
  try {
    const place = await stackPlace(question)
    const files = await Promise.all(
      place.places.map((prefix) => readStack(registry, { ...place, places: [prefix] }, immutable)),
    )
    if (files.includes(null)) return nothing
    const expected = await expectedImages(question)
    const digests = settledDigests(files, { stack: place.stack, commit: source.commit, images: expected })
    const file = files[0] ?? null
    if (!digests || !(await areMoved(question, digests))) return { file, plan: null }
    const made = new Map(expected.map(({ name, fingerprint }) => [name, fingerprint]))
    const images = plan.images.map((image) => {
      const digest = digests.get(image.name)
      if (digest === undefined) return image
      return {
        ...image,
        action: 'reuse' as const,
        reason: publishedReason,
        digest,
        fingerprint: made.get(image.name) ?? null,
      }
    })
    return { file, plan: { ...plan, images } }
  } catch (error) {
    if (host.signal.aborted || (error instanceof ActionError && error.code === 'cancelled')) throw error
    host.out.debug(`whether all is published is asked image by image: ${messageOf(error)}`)
    return nothing
  }
}

/** The images of the plan as they would be were all built now, parents first: each stands on its parents' fingerprints. */
async function expectedImages(question: SettledQuestion): Promise<ExpectedImage[]> {
  const { source, plan, inputs, tags } = question
  const { images, order } = source.stack
  const acting = new Set(plan.images.filter(({ action }) => action !== 'skip').map(({ name }) => name))
  const names = new Set([...acting, ...ancestors(images, [...acting])])
  const byName = new Map(images.map((image) => [image.name, image]))
  const facts = await gatherImageFacts(
    { ...question, builds: true },
    images.filter(({ name }) => names.has(name)),
  )
  const made = new Map<string, ParentPart>()
  for (const name of order) {
    const known = facts.get(name)
    if (!known) continue
    const parents = known.image.parents.map(({ name: parent, references }) => ({
      ...{ value: null, inputs: '' },
      ...made.get(parent),
      references,
    }))
    const { fingerprint, inputs: own } = fingerprintOf(known.image, known.files, known.inputs, parents)
    made.set(name, { references: [], value: fingerprint, inputs: own })
  }
  return [...acting].map((name) => {
    const image = byName.get(name) as Image
    const { immutable, fixed = [] } = tags.of(image)
    return {
      name,
      repositories: imageNames(image, inputs.registry),
      tags: [...(immutable ? [immutable] : []), ...fixed].map((tag) => imageTag(image, tag)),
      fingerprint: made.get(name)?.value ?? null,
    }
  })
}

/** Whether the moving tags of all images point at these digests, in all registries: somebody may have moved one. */
async function areMoved(
  { source, inputs, registry, tags }: SettledQuestion,
  digests: ReadonlyMap<string, string>,
): Promise<boolean> {
  const moving = source.stack.images.flatMap((image) => {
    const digest = digests.get(image.name)
    if (digest === undefined) return []
    return imageReferences(image, inputs.registry, tags.of(image).moving).map((text) => ({ text, digest }))
  })
  const now = await Promise.all(
    moving.map(async ({ text, digest }) => {
      const reference = canonicalReference(text)
      return reference !== null && (await registry.digest(reference)) === digest
    }),
  )
  return now.every(Boolean)
}
