import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { fitPackages, packageVersions } from '../publish/packages.ts'
import { type PublishedImage, readStackFile, type StackFile, stackFileType } from '../publish/stack-file.ts'
import type { ImageResult } from '../report/types.ts'
import { type CanonicalReference, canonicalReference } from '../stack/canonical.ts'
import { imageNames, imageTag, shortLength } from '../stack/tags.ts'
import type { Image } from '../stack/types.ts'
import type { Registry } from '../tools/registry.ts'
import type { Decision } from './decide.ts'
import type { Source } from './detect.ts'
import { type StackPlace, stackPlace } from './stack-place.ts'

interface Question {
  readonly source: Source
  readonly decision: Decision
  readonly results: readonly ImageResult[]
  readonly inputs: Inputs
  readonly host: Host
  readonly registry: Registry
}

/** Bytes of an output; what a workflow needs of a stack is less. */
const longestOutput = 512 * 1024

/**
 * Keeps what a commit published as stack.json, beside the images in each registry, under the commit's own tag; once written it stays.
 * Gives it to the workflow as the output `stack`.
 */
export async function recordStack(question: Question): Promise<void> {
  const { decision, host, registry, results } = question
  const { immutable } = decision.rules
  if (!decision.push.publishes || immutable === null || results.some(({ digest }) => digest === null)) return
  if (decision.record) return setStackOutput(decision.record, host)
  const place = await stackPlace(question)
  const references = place.places.map((prefix) => referenceTo(prefix, place.stack, immutable))
  const there = await Promise.all(references.map((reference) => registry.digest(reference)))
  const known = there.some((digest) => digest === null) ? null : await readStack(registry, place, immutable)
  const file = known ?? (await describe(question, place, immutable))
  const text = `${JSON.stringify(file)}\n`
  const artifact = { type: stackFileType, title: 'stack.json', text, annotations: annotationsOf(file), embed: true }
  for (const [at, reference] of references.entries())
    if (there[at] === null) await registry.artifacts.write(reference, artifact)
  setStackOutput(file, host)
}

/** The output `stack`: without the packages, which stand in the registry. */
export function setStackOutput(file: StackFile, { out }: Host): void {
  const text = JSON.stringify({ ...file, images: file.images.map((image) => ({ ...image, packages: {} })) })
  if (Buffer.byteLength(text) <= longestOutput) out.output('stack', text)
}

/** What a commit's tag published; null where there is no stack.json of it. */
export async function readStack(registry: Registry, place: StackPlace, tag: string): Promise<StackFile | null> {
  const [prefix] = place.places
  if (prefix === undefined) return null
  const found = await registry.artifacts.read(referenceTo(prefix, place.stack, tag), stackFileType).catch(() => null)
  return found && readStackFile(found.text)
}

/** What has not changed since the commit before is read there: one question, however many images. */
async function describe(question: Question, place: StackPlace, immutable: string): Promise<StackFile> {
  const { source, registry, results } = question
  const base = source.changes.base?.slice(0, shortLength)
  const before =
    base && results.some(({ outcome }) => outcome !== 'built') ? await readStack(registry, place, base) : null
  const same = new Map(before?.images.map((image) => [`${image.image} ${image.digest}`, image]))
  const seconds = source.commit ? ((await source.git?.commitTime(source.commit)) ?? 0) : 0
  const images = await Promise.all(
    source.stack.order.map(async (name): Promise<PublishedImage[]> => {
      const image = source.stack.images.find((one) => one.name === name)
      const result = results.find((one) => one.name === name)
      if (!image || !result?.digest || image.skip) return []
      const known = same.get(`${name} ${result.digest}`)
      return [await published(question, { image, result, digest: result.digest, known, immutable })]
    }),
  )
  return fitPackages({
    ...{ version: 1, stack: place.stack, commit: source.commit ?? '' },
    created: new Date(seconds * 1000).toISOString(),
    images: images.flat(),
  })
}

async function published(
  { inputs, registry, decision, results }: Question,
  one: { image: Image; result: ImageResult; digest: string; known: PublishedImage | undefined; immutable: string },
): Promise<PublishedImage> {
  const { image, result, digest, known, immutable } = one
  const repositories = imageNames(image, inputs.registry)
  const common = {
    ...{ image: image.name, repositories, digest },
    fingerprint: decision.plan.images.find(({ name }) => name === image.name)?.fingerprint ?? null,
    tags: [
      ...new Set([imageTag(image, immutable), ...result.tags.map((text) => text.slice(text.lastIndexOf(':') + 1))]),
    ],
  }
  const packages = result.manifest ? packageVersions(result.manifest) : (known?.packages ?? {})
  if (known) return { ...known, ...common, packages }
  const reference = canonicalReference(`${repositories[0]}@${digest}`)
  const remote = reference ? await registry.image(reference).catch(() => null) : null
  const label = remote?.labels['org.opencontainers.image.base.digest'] ?? null
  return {
    ...common,
    // A single image's are those it was built for.
    platforms: remote?.platforms?.length ? remote.platforms : image.platforms,
    base: image.base === null ? null : { name: image.base, digest: label || parentDigest(image, results) },
    size: result.size ?? remote?.size ?? null,
    packages,
  }
}

/** An image that was built together with its parent could not say its digest yet. */
function parentDigest(image: Image, results: readonly ImageResult[]): string | null {
  const parent = image.parents.find(({ base }) => base)?.name
  return results.find(({ name }) => name === parent)?.digest ?? null
}

function annotationsOf({ commit, created }: StackFile): Record<string, string> {
  return {
    'org.opencontainers.image.created': created,
    'org.opencontainers.image.revision': commit,
    'org.opencontainers.image.description': 'The images of a stack that one commit published',
  }
}

function referenceTo(prefix: string, stack: string, tag: string): CanonicalReference {
  const reference = canonicalReference(`${prefix}/${stack}:${tag}`)
  if (!reference) throw new Error(`${prefix}/${stack}:${tag} is no reference`)
  return reference
}
