import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { Target } from '../publish/types.ts'
import type { ImageResult } from '../report/types.ts'
import type { BuilderFacts } from '../stack/builder.ts'
import { canonicalReference } from '../stack/canonical.ts'
import { imageNames, imageReferences, shortLength } from '../stack/tags.ts'
import type { Buildx } from '../tools/buildx.ts'
import { branchHead } from '../tools/github.ts'
import type { Registry } from '../tools/registry.ts'
import { retryTransient } from '../tools/transient.ts'
import type { Decision } from './decide.ts'
import type { Source } from './detect.ts'
import { moveTags } from './move-tags.ts'
import { recordStack, setStackOutput } from './stack-file.ts'

interface Question {
  readonly source: Source
  readonly decision: Decision
  readonly results: readonly ImageResult[]
  readonly inputs: Inputs
  readonly host: Host
  /** Found when it is first needed: tags within one repository move without it. */
  readonly buildx: () => Promise<Buildx>
  readonly builder: BuilderFacts | null
  readonly registry: Registry
}

/**
 * Gives every image of the run its tags: the commit's own tag first, where a reused image lacks it, then the moving
 * ones. Nothing moves unless the whole stack is green. Returns the results with the tags that each image has now.
 */
export async function publish(question: Question): Promise<ImageResult[]> {
  const { decision, results, host, inputs } = question
  const red = results.some((result) => result.outcome === 'failed' || result.outcome === 'skipped')
  if (!decision.push.push || red) return [...results]
  if (host.signal.aborted) throw new ActionError('cancelled', 'the run was cancelled before its tags were set')
  if (decision.settled) return await leave(question)
  const { immutable, fixed = [], moving } = decision.rules
  // First of all: a run that is repeated finds by them what was pushed.
  if (inputs.monolithic) await setStamps(question)
  const tagged = await setTags(question, immutable ? [immutable, ...fixed] : [], results)
  // A pull request's tag is of no commit: the images have the names of their inputs by now.
  if (immutable === null) return await setTags(question, moving, tagged)
  // One after the other: all images carry the commit's tag before the first moving tag changes.
  const moved = immutable && moving.length > 0 ? await moveAll(question, moving, tagged) : tagged
  await recordStack({ ...question, results: moved })
  return moved
}

/** All is published and all tags are where they belong: that was asked when it was planned. */
async function leave({ decision, results, host }: Question): Promise<ImageResult[]> {
  if (decision.record) setStackOutput(decision.record, host)
  const tags = new Map(decision.plan.images.map((image) => [image.name, image.tags]))
  return results.map((result) => ({ ...result, tags: tags.get(result.name) ?? [] }))
}

/** What was pushed by digest gets the name of its inputs, which a build with tags gives itself. */
async function setStamps(question: Question): Promise<void> {
  const { decision, results, source, inputs } = question
  await Promise.all(
    results.map(async (result) => {
      const image = source.stack.images.find((candidate) => candidate.name === result.name)
      const stamps = decision.stamps?.get(result.name)?.references ?? []
      if (!image || result.outcome !== 'built' || !result.digest) return
      for (const repository of imageNames(image, inputs.registry)) {
        const own = stamps.filter((reference) => reference.startsWith(`${repository}:`))
        if (own.length > 0) await retag(question, result, own)
      }
    }),
  )
}

/** The moving tags of all images in all registries, or of none. */
async function moveAll(
  question: Question,
  moving: readonly string[],
  results: readonly ImageResult[],
): Promise<ImageResult[]> {
  const { source, decision, inputs } = question
  const wanted = new Map(results.map((result) => [result.name, wantedOf(question, moving, result)]))
  const targets = results.flatMap((result) =>
    (wanted.get(result.name) ?? []).map((reference) => targetOf(reference, result.digest ?? '')),
  )
  if (targets.length === 0 || (await isOvertaken(question))) return [...results]
  const request = `publish of ${moving.join(', ')} at ${decision.rules.immutable}`
  const name = inputs.images.length > 0 ? `${request} for ${inputs.images.join(', ')}` : request
  await moveTags({ ...question, source, command: 'publish', request: name, targets: () => targets, fixed: true })
  return results.map((result) => ({
    ...result,
    tags: [...new Set([...result.tags, ...(wanted.get(result.name) ?? [])])],
  }))
}

/** References that the plan gives an image by these tags. */
function wantedOf({ source, inputs, decision }: Question, tags: readonly string[], result: ImageResult): string[] {
  const image = source.stack.images.find((candidate) => candidate.name === result.name)
  const planned = decision.plan.images.find((candidate) => candidate.name === result.name)
  if (!image || !result.digest || !planned) return []
  return imageReferences(image, inputs.registry, tags).filter((reference) => planned.tags.includes(reference))
}

/** Whether the branch has moved on since: then its tag is for the newer commit's run to set. */
async function isOvertaken({ source, inputs, host }: Question): Promise<boolean> {
  const { branch, repository, head } = source.trigger
  const now = branch && head ? await branchHead({ host, inputs, repository, branch }) : null
  if (now === null || now === head || now === source.commit) return false
  host.out.notice(`${branch} is at ${now.slice(0, shortLength)} by now: the tag ${branch} is left to its run`)
  return true
}

async function setTags(
  question: Question,
  tags: readonly string[],
  results: readonly ImageResult[],
): Promise<ImageResult[]> {
  if (tags.length === 0) return [...results]
  const settled = await Promise.allSettled(results.map((result) => setImageTags(question, tags, result)))
  // Not before the last one has ended: nothing is tagged any more while a failure is reported.
  const failed = settled.find((one) => one.status === 'rejected')
  if (failed) throw failed.reason
  return settled.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
}

async function setImageTags(question: Question, tags: readonly string[], result: ImageResult): Promise<ImageResult> {
  const { source, inputs, registry, decision } = question
  const image = source.stack.images.find((candidate) => candidate.name === result.name)
  const wanted = wantedOf(question, tags, result)
  if (!image || wanted.length === 0) return result
  // Without a commit's tag these are a pull request's, which move.
  const remembered = decision.rules.immutable !== null
  const current = await Promise.all(wanted.map((reference) => digestOf(registry, reference, remembered)))
  const taken = remembered ? wanted.find((_, at) => current[at] && current[at] !== result.digest) : undefined
  if (taken)
    throw new ActionError('registry', `${taken} is there already with another digest: it is never overwritten`, [
      'another run published this commit meanwhile: run again, and use a concurrency group',
    ])
  const open = wanted.filter((_, at) => current[at] !== result.digest)
  for (const repository of imageNames(image, inputs.registry)) {
    const own = open.filter((reference) => reference.startsWith(`${repository}:`))
    if (own.length > 0) await retag(question, result, own)
  }
  return { ...result, tags: [...new Set([...result.tags, ...wanted])] }
}

/** Points references of one repository at the digest and reads back that they do: a registry must not give another for it. */
async function retag(question: Question, result: ImageResult, references: readonly string[]): Promise<void> {
  await move(question, result, references).catch((cause) => {
    if (question.host.signal.aborted) throw cause
    const details = cause instanceof ActionError ? cause.details : []
    throw new ActionError('registry', `${references.join(', ')} could not be set: ${messageOf(cause)}`, details, {
      cause,
    })
  })
  for (const reference of references) {
    const now = await digestOf(question.registry, reference)
    if (now !== result.digest) {
      throw new ActionError('registry', `${reference} is ${now ?? 'missing'} after it was set to ${result.digest}`, [
        'another run may set the same tag: use a concurrency group, and run again',
      ])
    }
  }
}

/** By the registry itself where it holds the image; from another one buildx copies it. */
async function move(question: Question, result: ImageResult, references: readonly string[]): Promise<void> {
  const { source, inputs, host, registry } = question
  const image = source.stack.images.find((candidate) => candidate.name === result.name)
  const repository = references[0]?.slice(0, references[0].lastIndexOf(':')) ?? ''
  const names = image ? imageNames(image, inputs.registry) : []
  const home = await homeOf(registry, [repository, ...names.filter((name) => name !== repository)], result.digest ?? '')
  const from = canonicalReference(`${home}@${result.digest}`)
  if (home === repository && from) {
    return await registry.tag(
      from,
      references.map((reference) => reference.slice(repository.length + 1)),
    )
  }
  const buildx = await question.buildx()
  await retryTransient(
    () =>
      buildx.copy({ builder: question.builder?.name ?? null, source: `${home}@${result.digest}`, tags: references }),
    {
      signal: host.signal,
      onRetry: (message, wait) => host.out.notice(`${result.name}: ${message}; again in ${Math.round(wait / 1000)} s`),
    },
  )
}

/** The first repository that holds the digest; a reused image may be in one of several registries only. */
async function homeOf(registry: Registry, names: readonly string[], digest: string): Promise<string> {
  if (names.length === 1) return names[0] ?? ''
  for (const name of names) if (await digestOf(registry, `${name}@${digest}`)) return name
  throw new ActionError('registry', `${digest} is in none of ${names.join(', ')}`, [
    'it was removed meanwhile: run again',
  ])
}

/** `registry/name:tag` with what it is to point at. */
function targetOf(reference: string, to: string): Target {
  const colon = reference.lastIndexOf(':')
  return { repository: reference.slice(0, colon), tag: reference.slice(colon + 1), to }
}

async function digestOf(registry: Registry, text: string, remembered = false): Promise<string | null> {
  const reference = canonicalReference(text)
  return reference ? await registry.digest(reference, { remembered }) : null
}
