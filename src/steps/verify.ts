import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { type CanonicalReference, canonicalReference } from '../stack/canonical.ts'
import { imageNames } from '../stack/tags.ts'
import type { PlannedImage } from '../stack/types.ts'
import type { Registry, RemoteImage } from '../tools/registry.ts'
import type { Tested } from './check-run.ts'
import type { Decision } from './decide.ts'
import type { BuildFacts } from './describe.ts'
import type { Source } from './detect.ts'

interface Question {
  readonly source: Source
  readonly decision: Decision
  readonly inputs: Inputs
  readonly host: Host
  readonly registry: Registry
  readonly planned: PlannedImage
  readonly digest: string
  readonly facts: BuildFacts
}

/**
 * Reads back what was pushed and compares its first layers with the parent's of this run: a child on another parent
 * than the one that is published is an error. Gives null where the registry cannot be read.
 */
export async function verifyImage(question: Question): Promise<RemoteImage | null> {
  const { source, decision, planned, digest, facts } = question
  const image = await readBack(question, planned.name, digest)
  const stacked = source.stack.images.find((candidate) => candidate.name === planned.name)
  const parent = stacked?.parents.find((edge) => edge.base)?.name
  const parentDigest = parent
    ? (facts.digests.get(parent) ?? decision.plan.images.find((candidate) => candidate.name === parent)?.digest)
    : null
  if (!image || !parent || !parentDigest) return image
  const base = await readBack(question, parent, parentDigest)
  if (base?.diffIds.some((layer, at) => image.diffIds[at] !== layer)) {
    throw new ActionError('build', `${planned.name} was not built on the ${parent} of this run`, [
      `its first ${base.diffIds.length} layers are not those of ${parentDigest}`,
      'another build may have pruned the builder’s cache meanwhile: run again',
    ])
  }
  return image
}

/**
 * Whether what was pushed is what was tested, to the byte: the builder tells the digest of what its tests ran on, in BuildKit and in an
 * engine. True where nothing was tested, or one of the two cannot be told.
 */
export function isAsTested(image: RemoteImage | null, tested: readonly Tested[] | null): boolean {
  return image === null || (tested ?? []).every((one) => isSame(image, one))
}

/** containerd's store tells an engine's image by a manifest of its own: its layers are compared, which hold all but the config. */
function isSame({ identities, diffIds }: RemoteImage, { manifest, config, layers }: Tested): boolean {
  const known = [manifest, config].filter((one) => one !== null)
  if (known.length === 0) return !layers || layers.join() === diffIds.join()
  return !identities || known.some((one) => identities.includes(one))
}

async function readBack(
  { source, inputs, host, registry }: Question,
  name: string,
  digest: string,
): Promise<RemoteImage | null> {
  const image = source.stack.images.find((candidate) => candidate.name === name)
  const [published] = image ? imageNames(image, inputs.registry) : []
  const reference: CanonicalReference | null = published ? canonicalReference(`${published}@${digest}`) : null
  try {
    return reference ? await registry.image(reference) : null
  } catch (error) {
    if (!host.signal.aborted)
      host.out.warning(`${name} could not be read back, so its layers are not compared: ${messageOf(error)}`)
    return null
  }
}
