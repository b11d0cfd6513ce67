import pLimit from 'p-limit'
import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { recordedFrom } from '../publish/from-stack-file.ts'
import type { Part } from '../publish/join.ts'
import type { Recorded, RecordedImage } from '../publish/recorded.ts'
import { readStackFile, type StackFile, stackFileType } from '../publish/stack-file.ts'
import { type CanonicalReference, canonicalReference } from '../stack/canonical.ts'
import { imageNames, imageTag, shortLength } from '../stack/tags.ts'
import type { Image } from '../stack/types.ts'
import type { Registry } from '../tools/registry.ts'
import { createIndexClient } from '../tools/registry-index.ts'
import type { RequestOptions } from '../tools/registry-request.ts'
import { listTags } from '../tools/registry-tags.ts'
import type { Source } from './detect.ts'
import type { StackPlace } from './stack-place.ts'

/** What was published is asked of the first registry of each image. */
export interface HistoryScene {
  readonly source: Source
  readonly inputs: Inputs
  readonly host: Host
  readonly registry: Registry
  /** Those that were asked for, parents first. */
  readonly images: readonly Image[]
}

/** Commits whose images are told, and how far back they are looked for. */
const toldCommits = 20
const searchedCommits = 500
const atOnce = 8

/** What the newest commits of this branch published, newest first: by their stack.json, else by their tags and the labels behind them. */
export async function readRecorded(scene: HistoryScene, place: StackPlace): Promise<Recorded[]> {
  const { source, images } = scene
  if (!source.git || !source.commit) return []
  const [tags, files] = await Promise.all([tagsOf(scene), stackFilesOf(scene, place)])
  const ancestors = await source.git.ancestors(source.commit, searchedCommits)
  const isPublished = (commit: string) =>
    files.has(commit.slice(0, shortLength)) || images.some((image) => tags.get(image.name)?.has(tagOf(image, commit)))
  const read = createReader(scene)
  const told = ancestors
    .filter(isPublished)
    .slice(0, toldCommits)
    .map(async (commit): Promise<Recorded> => {
      const file = await readStack(scene, files.get(commit.slice(0, shortLength)))
      if (file && file.commit === commit)
        return recordedFrom(
          file,
          images.map((image) => expected(scene, image, commit)),
        )
      const having = images.filter((image) => tags.get(image.name)?.has(tagOf(image, commit)))
      const found = await Promise.all(having.map((image) => read(image, tagOf(image, commit))))
      const seconds = (await source.git?.commitTime(commit)) ?? 0
      return { commit, created: seconds > 0 ? seconds * 1000 : null, images: found.flatMap((image) => image ?? []) }
    })
  return await Promise.all(told)
}

/** Short names of commits → where their stack.json lies; none where the stack has no repository of its own. */
async function stackFilesOf(
  scene: HistoryScene,
  { places, stack }: StackPlace,
): Promise<Map<string, CanonicalReference>> {
  const place = canonicalReference(`${places[0] ?? ''}/${stack}`)
  const tags = place ? await listTags(place, optionsOf(scene)).catch(() => []) : []
  const short = tags.filter((tag) => /^[0-9a-f]{7}$/.test(tag))
  return new Map(short.flatMap((tag) => (place ? [[tag, { ...place, tag }] as const] : [])))
}

async function readStack(
  { registry, host }: HistoryScene,
  reference: CanonicalReference | undefined,
): Promise<StackFile | null> {
  if (!reference) return null
  const found = await registry.artifacts.read(reference, stackFileType).catch((error) => {
    if (host.signal.aborted) throw error
    host.out.debug(`stack.json of ${reference.tag}: ${messageOf(error)}`)
    return null
  })
  return found && readStackFile(found.text)
}

function expected({ inputs }: HistoryScene, image: Image, commit: string) {
  return { name: image.name, repository: imageNames(image, inputs.registry)[0] ?? '', tag: tagOf(image, commit) }
}

function optionsOf({ host, source }: HistoryScene): RequestOptions {
  return { env: host.env, login: source.trigger.trust === 'trusted', signal: host.signal }
}

/** The images as a tag names them now: `stable`, `2026.11.21`, a commit's. With `all` one that lacks it is an error. */
export async function recordedAt(scene: HistoryScene, tag: string, all: boolean): Promise<Recorded> {
  const read = createReader(scene)
  const found = await Promise.all(scene.images.map((image) => read(image, imageTag(image, tag))))
  const lacking = scene.images.filter((_, at) => found[at] === null).map(({ name }) => name)
  if (all && lacking.length > 0)
    throw new ActionError('registry', `${lacking.join(', ')} has no tag ${tag}`, [
      'name a tag that the whole stack has, or the images that have it',
    ])
  return { commit: tag, created: null, images: found.flatMap((image) => image ?? []) }
}

async function tagsOf(scene: HistoryScene): Promise<Map<string, ReadonlySet<string>>> {
  const { images, inputs } = scene
  const lists = new Map<string, Promise<string[]>>()
  const limit = pLimit(atOnce)
  const found = images.map(async (image) => {
    const { registry, repository } = referenceOf(image, inputs, 'latest')
    const key = `${registry}/${repository}`
    const list = lists.get(key) ?? limit(() => listTags(referenceOf(image, inputs, 'latest'), optionsOf(scene)))
    lists.set(key, list)
    return [image.name, new Set(await list)] as const
  })
  return new Map(await Promise.all(found))
}

/** Reads an image by its tag; what is behind several tags is read once. */
function createReader(scene: HistoryScene) {
  const { inputs, registry } = scene
  const client = createIndexClient(optionsOf(scene))
  const parts = new Map<string, Promise<Part | null>>()
  const limit = pLimit(atOnce)
  return async (image: Image, tag: string): Promise<RecordedImage | null> => {
    const reference = referenceOf(image, inputs, tag)
    const digest = await limit(() => registry.digest(reference))
    if (!digest) return null
    const key = `${reference.registry}/${reference.repository}@${digest}`
    const part = parts.get(key) ?? limit(() => client.part({ ...reference, digest }))
    parts.set(key, part)
    return recorded(image, { tag, digest, repository: imageNames(image, inputs.registry)[0] ?? '', part: await part })
  }
}

function recorded(
  { name }: Image,
  { tag, digest, repository, part }: { tag: string; digest: string; repository: string; part: Part | null },
): RecordedImage {
  const [first] = part?.images ?? []
  const label = (key: string) =>
    part?.annotations[`org.opencontainers.image.${key}`] ?? first?.labels[`org.opencontainers.image.${key}`]
  const base = label('base.name')
  return {
    ...{ name, repository, digest, tag, size: first?.size ?? null },
    platforms: part?.images.map(({ platform }) => platform) ?? [],
    revision: label('revision') ?? null,
    base: base ? { name: base, digest: label('base.digest') ?? null } : null,
  }
}

function tagOf(image: Image, commit: string): string {
  return imageTag(image, commit.slice(0, shortLength))
}

function referenceOf(image: Image, { registry }: Inputs, tag: string): CanonicalReference {
  const [name = ''] = imageNames(image, registry)
  const reference = canonicalReference(`${name}:${tag}`)
  if (reference) return reference
  throw new ActionError('input', `${name}:${tag} is no name of an image`, ['see the inputs registry and from'])
}
