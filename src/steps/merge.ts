import { ActionError } from '../errors.ts'
import type { GivenDigests } from '../publish/digests.ts'
import { indexDocument, type Joined, joinParts, type Part, refuseOtherParent } from '../publish/join.ts'
import { normalPlatform } from '../publish/platform.ts'
import type { ImageResult } from '../report/types.ts'
import { type CanonicalReference, canonicalReference } from '../stack/canonical.ts'
import { plannedPlatforms } from '../stack/platforms.ts'
import { imageNames } from '../stack/tags.ts'
import type { Image, PlannedImage } from '../stack/types.ts'
import { createIndexClient, type IndexClient } from '../tools/registry-index.ts'
import { givenDigests } from './earlier.ts'
import type { MakeQuestion } from './make.ts'
import { unbuilt, unbuiltResults } from './observe.ts'

const revision = 'org.opencontainers.image.revision'
const baseDigest = 'org.opencontainers.image.base.digest'

/** An image whose parts were read and fit together; nothing of it is written yet. */
interface Ready {
  readonly planned: PlannedImage
  readonly image: Image
  readonly joined: Joined
}

/**
 * Joins what jobs pushed by digest into one index an image, for all images that the plan builds. All is read and checked before
 * the first write; no tag is set here. Throws ActionError('registry') or ActionError('build').
 */
export async function mergeStack(question: MakeQuestion): Promise<ImageResult[]> {
  const { decision, source, host } = question
  const building = decision.plan.images.filter((image) => image.action === 'build')
  if (!decision.push.push) return unbuiltResults(decision.plan).map((result) => notPushed(result, decision.push.reason))
  const client = createIndexClient({
    env: host.env,
    login: source.trigger.trust === 'trusted',
    signal: host.signal,
  })
  const given = await givenDigests(question)
  const ready = await readAll(question, { building, given, client })
  refuseStrangers(ready)
  const results = new Map<string, ImageResult>()
  // Parents first: the index of a child names its parent's.
  for (const one of ready) results.set(one.planned.name, await write(one, question, { client, results }))
  return unbuiltResults(decision.plan).map((result) => results.get(result.name) ?? result)
}

function notPushed(result: ImageResult, why: string): ImageResult {
  return result.action === 'build' ? { ...result, reason: `nothing to merge: ${why}` } : result
}

async function readAll(
  question: MakeQuestion,
  { building, given, client }: { building: readonly PlannedImage[]; given: GivenDigests; client: IndexClient },
): Promise<Ready[]> {
  const images = new Map(question.source.stack.images.map((image) => [image.name, image]))
  const read = await Promise.all(
    building.map(async (planned) => {
      const image = images.get(planned.name) as Image
      return { planned, image, parts: await readParts(question, image, given.get(planned.name) ?? [], client) }
    }),
  )
  const everywhere = [...new Set(read.flatMap(({ parts }) => parts.flatMap(platformsOf)))]
  return read.map(({ planned, image, parts }) => {
    const asked = plannedPlatforms(image, question.inputs.platforms)
    const platforms = asked.length > 0 ? [...new Set(asked.map(normalPlatform))] : everywhere
    if (parts.length === 0)
      throw new ActionError('registry', `${planned.name} is not merged: no digest of it: nothing was written`, [
        `the plan builds it (${planned.reason}): see whether its job failed, and whether its digests reached this one`,
      ])
    return { planned, image, joined: joinParts({ name: planned.name, parts, platforms }) }
  })
}

function platformsOf(part: Part): string[] {
  return part.images.map((image) => image.platform)
}

/** Each digest in each registry of the image: an index cannot name what its own repository lacks. */
async function readParts(
  { source, inputs, registry }: MakeQuestion,
  image: Image,
  digests: readonly string[],
  client: IndexClient,
): Promise<Part[]> {
  const [first = '', ...others] = imageNames(image, inputs.registry)
  return await Promise.all(
    digests.map(async (digest) => {
      const part = await client.part(referenceOf(first, digest))
      const lacking = part === null ? [first] : []
      for (const name of others) if (!(await registry.digest(referenceOf(name, digest)))) lacking.push(name)
      if (part === null || lacking.length > 0)
        throw new ActionError('registry', `${lacking.join(', ')} does not hold ${digest}: nothing was written`, [
          'the job that built it may push elsewhere (input registry), or a clean-up removed it: run all jobs again',
        ])
      refuseOtherCommit(image, part, source.commit)
      return part
    }),
  )
}

/** A digest of another run may be there and whole, and still not be this commit's. */
function refuseOtherCommit(image: Image, part: Part, commit: string | null): void {
  for (const { labels, platform } of part.images) {
    const built = labels[revision]
    if (commit && built && /^[0-9a-f]{40,64}(-dirty)?$/.test(built) && !built.startsWith(commit))
      throw new ActionError('registry', `${image.name} is not merged: ${part.digest} (${platform}) is of ${built}`, [
        `this run is about ${commit}: give the digests of its own jobs alone`,
      ])
  }
}

function refuseStrangers(ready: readonly Ready[]): void {
  const byName = new Map(ready.map((one) => [one.planned.name, one]))
  for (const { planned, image, joined } of ready) {
    const parent = image.parents.find((edge) => edge.base)?.name
    const below = parent ? byName.get(parent) : undefined
    if (parent && below) refuseOtherParent(planned.name, joined, parent, below.joined)
  }
}

async function write(
  { planned, image, joined }: Ready,
  { inputs }: MakeQuestion,
  { client, results }: { client: IndexClient; results: ReadonlyMap<string, ImageResult> },
): Promise<ImageResult> {
  const started = Date.now()
  const parent = image.parents.find((edge) => edge.base)?.name
  const below = parent ? results.get(parent)?.digest : null
  const annotations = below ? { ...joined.annotations, [baseDigest]: below } : joined.annotations
  const document = indexDocument({ ...joined, annotations })
  let digest = joined.whole
  if (digest === null)
    for (const name of imageNames(image, inputs.registry)) digest = await client.put(referenceOf(name, null), document)
  const size = joined.images[0]?.size ?? null
  const platforms = joined.images.map(({ platform }) => platform).join(', ')
  const reason = `merged for ${platforms}; ${planned.reason}`
  return { ...unbuilt(planned, 'built', reason), digest, size, started, completed: Date.now() }
}

function referenceOf(name: string, digest: string): CanonicalReference
function referenceOf(name: string, digest: null): Omit<CanonicalReference, 'digest'>
function referenceOf(name: string, digest: string | null): CanonicalReference {
  const reference = canonicalReference(digest ? `${name}@${digest}` : name)
  if (reference) return reference
  throw new ActionError('input', `${name} is no name of an image`)
}
