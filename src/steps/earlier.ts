import path from 'node:path'
import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { type GivenDigests, readDigests } from '../publish/digests.ts'
import { normalPlatform } from '../publish/platform.ts'
import { canonicalReference } from '../stack/canonical.ts'
import { plannedPlatforms } from '../stack/platforms.ts'
import { imageNames } from '../stack/tags.ts'
import type { Image, Plan, PlannedImage, Stack } from '../stack/types.ts'
import { readDigestFiles } from '../tools/digest-files.ts'
import type { Registry } from '../tools/registry.ts'
import { createIndexClient } from '../tools/registry-index.ts'
import type { Source } from './detect.ts'

interface Question {
  readonly source: Source
  readonly inputs: Inputs
  readonly host: Host
  readonly registry: Registry
}

/** What the input `digests` holds: text, or the files of a folder. Throws ActionError('input'). */
export async function givenDigests({ inputs, host, source }: Omit<Question, 'registry'>): Promise<GivenDigests> {
  const { digests } = inputs
  if (digests === '') return new Map()
  const texts = digests.startsWith('{')
    ? [{ where: 'its text', text: digests }]
    : await readDigestFiles(path.resolve(host.cwd, digests))
  const given = readDigests(texts)
  const strange = [...given.keys()].find((name) => !source.stack.images.some((image) => image.name === name))
  if (strange === undefined) return given
  throw new ActionError('input', `input digests: ${JSON.stringify(strange)} is no image of this stack`, [
    `its images are ${source.stack.order.join(', ')}`,
  ])
}

/**
 * The plan of a job that others came before: what they built of this commit is taken by its digest, and not built again.
 * Each digest is asked for in the registry. Throws ActionError('registry') for one that is not there.
 */
export async function withEarlier(plan: Plan, question: Question): Promise<Plan> {
  if (question.inputs.digests === '' || question.inputs.command === 'merge') return plan
  const given = await givenDigests(question)
  const images = await Promise.all(plan.images.map((image) => taken(image, given.get(image.name) ?? [], question)))
  return { ...plan, images }
}

async function taken(planned: PlannedImage, digests: readonly string[], question: Question): Promise<PlannedImage> {
  if (digests.length === 0 || planned.action === 'skip') return planned
  const digest = await fitting(imageOf(question.source.stack, planned.name), digests, question)
  return { ...planned, action: 'reuse', reason: 'built by an earlier job of this run', digest }
}

/** The one digest for the platforms of this run; with several, each is read to see what it is for. */
async function fitting(image: Image, digests: readonly string[], question: Question): Promise<string> {
  const { inputs, host, registry, source } = question
  const [name = ''] = imageNames(image, inputs.registry)
  const references = digests.flatMap((digest) => canonicalReference(`${name}@${digest}`) ?? [])
  for (const reference of references)
    if (!(await registry.digest(reference)))
      throw new ActionError('registry', `${name}@${reference.digest} is not there, as input digests says`, [
        'the job that built it may push elsewhere (input registry), or a clean-up removed it: run all jobs again',
      ])
  if (digests.length === 1) return digests[0] ?? ''
  const wanted = plannedPlatforms(image, inputs.platforms).map(normalPlatform)
  const client = createIndexClient({
    env: host.env,
    login: source.trigger.trust === 'trusted',
    signal: host.signal,
  })
  const parts = await Promise.all(references.map((reference) => client.part(reference)))
  const found = parts.find((part) => wanted.every((platform) => part?.images.some((one) => one.platform === platform)))
  if (found && wanted.length > 0) return found.digest
  const known = parts.flatMap((part) => part?.images.map((one) => one.platform) ?? [])
  throw new ActionError(
    'registry',
    `none of the digests of ${image.name} is for ${wanted.join(' and ') || 'the builder’s own platform'}`,
    [`they are for ${known.join(', ')}: name the platform of this job in the input platforms`],
  )
}

function imageOf({ images }: Stack, name: string): Image {
  return images.find((image) => image.name === name) as Image
}
