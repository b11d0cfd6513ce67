import path from 'node:path'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { isAddress } from '../stack/address.ts'
import type { BakeImage, ParentSource } from '../stack/bake.ts'
import type { BuilderFacts } from '../stack/builder.ts'
import { contextImage } from '../stack/fingerprint.ts'
import { fingerprintLabel } from '../stack/fingerprint-label.ts'
import { imageAnnotations, imageLabels } from '../stack/labels.ts'
import { plannedPlatforms } from '../stack/platforms.ts'
import { imageNames } from '../stack/tags.ts'
import type { Image, PlannedImage } from '../stack/types.ts'
import { isBelow } from '../tools/inside.ts'
import type { Decision } from './decide.ts'
import type { Source } from './detect.ts'
import { mountArgs } from './mount-namespace.ts'
import type { Outputs } from './outputs.ts'
import type { PreparedSecrets } from './secrets.ts'

/** What is found out once for all builds of a run; `digests` grows as images are pushed. */
export interface BuildFacts {
  readonly targets: ReadonlyMap<string, string>
  /** External references → `name@sha256:…`. */
  readonly pins: ReadonlyMap<string, string>
  readonly secrets: PreparedSecrets
  readonly outputs: Outputs
  /** Commit time, seconds. */
  readonly created: number | null
  readonly remote: string | null
  readonly digests: Map<string, string>
}

const baseDigestLabel = 'org.opencontainers.image.base.digest'

interface Question {
  readonly source: Source
  readonly decision: Decision
  readonly inputs: Inputs
  readonly host: Host
  readonly builder: BuilderFacts
  readonly facts: BuildFacts
}

/** The images that are built, as bake takes them, with what is known at this moment. */
export function describeImages(question: Question): { images: BakeImage[]; allowRead: string[] } {
  const planned = new Map(question.decision.plan.images.map((image) => [image.name, image]))
  const images = question.source.stack.images
    .filter((image) => planned.get(image.name)?.action === 'build')
    .map((image) => describe(question, image, planned))
  const outside = images
    .flatMap((image) => Object.values(image.contexts))
    .filter((value) => path.isAbsolute(value) && !isBelow(question.host.cwd, value))
  return { images, allowRead: [...new Set([...question.facts.secrets.allowRead, ...outside])] }
}

function describe(question: Question, image: Image, planned: ReadonlyMap<string, PlannedImage>): BakeImage {
  const { inputs, host, facts, builder } = question
  const labels = labelsOf(question, image, planned)
  const classic = builder.driver === 'docker' && !builder.containerdStore
  return {
    image,
    context: isAddress(image.context) ? image.context : path.resolve(host.cwd, image.context),
    dockerfile: image.remoteDockerfile ?? path.resolve(host.cwd, image.dockerfile),
    target: inputs.target || image.target,
    platforms: plannedPlatforms(image, inputs.platforms),
    args: { ...image.args, ...inputs.buildArgs, ...mountArgs(question) },
    labels,
    // Docker's own image store has no place for annotations.
    annotations: classic ? [] : annotationsOf(question, image, labels),
    tags: tagsOfBuild(question.decision, planned.get(image.name) as PlannedImage, image, facts.outputs),
    secrets: facts.secrets.specifications,
    ssh: facts.secrets.ssh,
    contexts: absoluteContexts({ ...image.contexts, ...inputs.buildContexts }, host.cwd, facts.pins),
    parents: new Map(
      image.parents.map((edge) => [edge.name, parentSource(question, edge.name, { child: image.name, planned })]),
    ),
    pinned: new Map([...facts.pins].filter(([reference]) => image.external.includes(reference))),
    stages: image.stages,
  }
}

/** What the build itself names its image: the commit's tag, and where it is pushed the name of its inputs. */
export function tagsOfBuild(decision: Decision, planned: PlannedImage, image: Image, outputs: Outputs): string[] {
  const own = planned.tags.filter((tag) => outputs.builds(image, tag))
  const stamp = outputs.push && !outputs.byDigest ? decision.stamps?.get(image.name) : undefined
  return [...own, ...(stamp?.references ?? [])]
}

/** The references by which an image is pushed. */
export function pushedTags({
  source,
  decision,
  planned,
  facts,
}: Pick<Question, 'source' | 'decision' | 'facts'> & { readonly planned: PlannedImage }): string[] {
  const image = source.stack.images.find(({ name }) => name === planned.name)
  return image ? tagsOfBuild(decision, planned, image, facts.outputs) : []
}

/** Where an image is pushed. */
export function namesOf({ source, inputs }: Pick<Question, 'source' | 'inputs'>, { name }: PlannedImage): string[] {
  const image = source.stack.images.find((candidate) => candidate.name === name)
  return image ? imageNames(image, inputs.registry) : []
}

function parentSource(
  { facts, inputs, builder, source, decision }: Question,
  name: string,
  { child, planned }: { child: string; planned: ReadonlyMap<string, PlannedImage> },
): ParentSource {
  const parent = planned.get(name)
  const image = source.stack.images.find((candidate) => candidate.name === name)
  const [published] = image ? imageNames(image, inputs.registry) : []
  // The digest alone counts. While two builds hold one source, BuildKit does not find the steps on top of it in its own cache, and a
  // later round would run them anew: a tag of each child's own keeps their sources apart.
  const tag = (facts.targets.get(child) ?? '').slice(0, 128)
  if (parent?.action !== 'build') return { image: `${decision.homes?.get(name) ?? published}:${tag}@${parent?.digest}` }
  // A pushed parent is taken by its digest, as a later run takes it that does not build it: BuildKit's cache then knows
  // the child's steps again. Nodes share no build results, so it has to be so on several. The docker driver would download
  // what it has just made.
  const digest = facts.digests.get(name)
  return builder.driver !== 'docker' && digest && published
    ? { image: `${published}:${tag}@${digest}` }
    : { target: name }
}

function labelsOf(
  question: Question,
  image: Image,
  planned: ReadonlyMap<string, PlannedImage>,
): Record<string, string> {
  const { source, facts, decision } = question
  const wording = decision.wordings.get(image.name)
  const stamp = decision.stamps?.get(image.name)
  const base = baseOf(question, image, planned)
  const labels = imageLabels({
    image,
    source: sourceUrl(question),
    revision: source.revision === undefined ? source.commit : source.revision,
    version: wording?.version ?? null,
    created: facts.created,
    base,
    own: wording?.labels ?? {},
  })
  // A parent that is built with its child has no digest yet; its own base's, which its label holds, is not the child's.
  const unknown = base !== null && base.digest === null ? { [baseDigestLabel]: '' } : {}
  return { ...unknown, ...labels, ...(stamp ? { [fingerprintLabel]: stamp.label } : {}) }
}

/** The base image's name and digest: a parent of this stack by its published name, an external one as it is pinned. */
function baseOf({ source, facts, inputs }: Question, image: Image, planned: ReadonlyMap<string, PlannedImage>) {
  if (image.base === null) return null
  const edge = image.parents.find((parent) => parent.base)
  if (!edge) {
    const [name = image.base, written] = image.base.split('@')
    return { name, digest: written ?? facts.pins.get(image.base)?.split('@')[1] ?? null }
  }
  const parent = source.stack.images.find((candidate) => candidate.name === edge.name)
  const [name] = parent ? imageNames(parent, inputs.registry) : []
  const tag = planned.get(edge.name)?.tags[0]?.split(':').at(-1)
  const digest = facts.digests.get(edge.name) ?? planned.get(edge.name)?.digest ?? null
  return { name: name ? `${name}${tag ? `:${tag}` : ''}` : image.base, digest }
}

function annotationsOf({ decision, facts }: Question, image: Image, labels: Record<string, string>): string[] {
  const own = decision.wordings.get(image.name)?.annotations ?? []
  return facts.outputs.push ? imageAnnotations(labels, own) : [...own]
}

/** The repository's page: GitHub's own word for it, else the remote without credentials. */
function sourceUrl({ host, source, facts }: Question): string | null {
  const { repository } = source.trigger
  if (repository) return `${host.env.GITHUB_SERVER_URL || 'https://github.com'}/${repository.owner}/${repository.name}`
  const remote = facts.remote?.replace(/^git@([^:]+):/, 'https://$1/').replace(/\.git$/, '')
  return remote && URL.canParse(remote) && /^https?:/.test(remote) ? withoutCredentials(remote) : null
}

function withoutCredentials(text: string): string {
  const url = new URL(text)
  url.username = ''
  url.password = ''
  return url.href
}

/** A context that is a path counts from the repository's root; images, targets and URLs stay as they are. */
function absoluteContexts(
  contexts: Readonly<Record<string, string>>,
  cwd: string,
  pins: ReadonlyMap<string, string>,
): Record<string, string> {
  const entries = Object.entries(contexts).map(([name, value]) => {
    const pinned = pins.get(contextImage(value) ?? '')
    if (pinned !== undefined) return [name, `docker-image://${pinned}`]
    return [name, isAddress(value) ? value : path.resolve(cwd, value)]
  })
  return Object.fromEntries(entries)
}
