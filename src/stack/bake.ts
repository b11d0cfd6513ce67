import type { CachePlaces } from '../cache/types.ts'
import { ActionError } from '../errors.ts'
import { contextKey } from './canonical.ts'
import type { Image, ParentEdge } from './types.ts'

/** One target of a bake file, as buildx reads it: https://docs.docker.com/build/bake/reference/ */
export interface BakeTarget {
  readonly context: string
  readonly dockerfile: string
  readonly contexts?: Readonly<Record<string, string>>
  readonly args?: Readonly<Record<string, string>>
  readonly target?: string
  readonly platforms?: readonly string[]
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: readonly string[]
  readonly tags?: readonly string[]
  readonly secret?: readonly string[]
  readonly ssh?: readonly string[]
}

/** A bake file in JSON. */
export interface BakeDefinition {
  readonly target: Readonly<Record<string, BakeTarget>>
}

/** Where a child takes a parent from: a target of the same definition, or a pinned digest. */
export type ParentSource = { readonly target: string } | { readonly image: string }

/** One image to build, with all that the run decided for it. */
export interface BakeImage {
  readonly image: Image
  /** Absolute paths: buildx reads relative ones from its working directory. */
  readonly context: string
  readonly dockerfile: string
  readonly target: string | null
  readonly platforms: readonly string[]
  readonly args: Readonly<Record<string, string>>
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: readonly string[]
  readonly tags: readonly string[]
  /** `id=…,src=…` or `id=…,env=…`; never a value. */
  readonly secrets: readonly string[]
  readonly ssh: readonly string[]
  /** Named contexts of the user's own. */
  readonly contexts: Readonly<Record<string, string>>
  /** Source of each parent, by its name in the stack. */
  readonly parents: ReadonlyMap<string, ParentSource>
  /** External references pinned to a digest: reference as written → `name@sha256:…`. */
  readonly pinned: ReadonlyMap<string, string>
  /** Names of the Dockerfile's stages: a named context of such a name would replace the stage. */
  readonly stages: readonly string[]
}

/**
 * bake allows `[a-zA-Z0-9_-]+` only; other characters of an image's name become `_`, made unique where names meet. None
 * begins with `-`, or it would be an option on the command line.
 */
export function targetNames(names: readonly string[]): Map<string, string> {
  const taken = new Set<string>()
  return new Map(
    names.map((name) => {
      const plain = name.replace(/[^\w-]/g, '_').replace(/^-/, '_')
      let target = plain
      for (let count = 2; taken.has(target); count++) target = `${plain}_${count}`
      taken.add(target)
      return [name, target]
    }),
  )
}

/**
 * The definition for all images that are built here. Outputs, no-cache and pull are not in it: they are set on the
 * requested targets alone (`bakeArguments`), or every child's process would do its parents' work again.
 */
export function bakeDefinition(images: readonly BakeImage[], targets: ReadonlyMap<string, string>): BakeDefinition {
  return {
    target: Object.fromEntries(
      images.map((image) => [targets.get(image.image.name) ?? image.image.name, bakeTarget(image, targets)]),
    ),
  }
}

function bakeTarget(image: BakeImage, targets: ReadonlyMap<string, string>): BakeTarget {
  const optional = {
    contexts: contextsOf(image, targets),
    args: image.args,
    labels: image.labels,
    annotations: image.annotations,
    tags: image.tags,
    platforms: image.platforms,
    secret: image.secrets,
    ssh: image.ssh,
  }
  const used = Object.entries(optional).filter(([, value]) => Object.keys(value).length > 0)
  return escaped({
    context: composed(image.context, image),
    dockerfile: composed(image.dockerfile, image),
    ...(image.target ? { target: image.target } : {}),
    ...Object.fromEntries(used),
  })
}

/** bake's reader brings all text into Unicode's composed form: a path in another form would name another file. */
function composed(path: string, { image }: BakeImage): string {
  if (path === path.normalize('NFC')) return path
  throw new ActionError('stack', `${image.dockerfile}: its path is not in Unicode's composed form (NFC)`, [
    'bake cannot be told of such a path: rename the folder, for example with `git mv`',
  ])
}

function contextsOf(image: BakeImage, targets: ReadonlyMap<string, string>): Record<string, string> {
  const stages = new Set(image.stages.map((stage) => stage.toLowerCase()))
  const parents = image.image.parents.flatMap((edge) =>
    edge.references.map((reference) => [keyOf(edge, reference, image, stages), parentContext(image, edge, targets)]),
  )
  // Pinning an external image is a service, not a must: where a stage has its name, the reference stays as it is.
  const pinned = [...image.pinned]
    .filter(([reference]) => !stages.has(contextKey(reference).toLowerCase()))
    .map(([reference, to]) => [contextKey(reference), `docker-image://${to}`])
  return { ...Object.fromEntries(pinned), ...Object.fromEntries(parents), ...image.contexts }
}

function keyOf(edge: ParentEdge, reference: string, image: BakeImage, stages: ReadonlySet<string>): string {
  const key = contextKey(reference)
  if (!stages.has(key.toLowerCase())) return key
  throw new ActionError(
    'stack',
    `${image.image.dockerfile}:${edge.line}: a stage has the name of the parent image, "${key}"`,
    ['BuildKit would replace the stage by the image: give the stage another name'],
  )
}

function parentContext(image: BakeImage, edge: ParentEdge, targets: ReadonlyMap<string, string>): string {
  const source = image.parents.get(edge.name)
  if (!source) throw new Error(`no source for parent ${edge.name} of ${image.image.name}`)
  return 'image' in source ? `docker-image://${source.image}` : `target:${targets.get(source.target) ?? source.target}`
}

/** bake evaluates `${…}` and `%{…}` in keys and strings of JSON as HCL templates; a doubled sign stands for itself. */
export function escaped<T>(value: T): T {
  if (typeof value === 'string') return value.replace(/([$%])\{/g, '$1$1{') as T
  if (Array.isArray(value)) return value.map(escaped) as T
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [escaped(key), escaped(item)])) as T
  return value
}

/** What one bake process is asked to do: for one image, or for several at once. */
export interface BakeRequest {
  readonly builder: string | null
  readonly file: string
  readonly metadataFile: string
  readonly targets: readonly TargetRequest[]
  readonly pull: boolean
  /** Paths outside of the working directory that the build reads. */
  readonly allowRead: readonly string[]
  readonly allowSsh: boolean
}

/** One target that is asked for. */
export interface TargetRequest {
  readonly target: string
  readonly outputs: readonly string[]
  readonly noCache: boolean
  readonly cache: CachePlaces
  /** `type=provenance,mode=max`: https://docs.docker.com/build/metadata/attestations/; left out: what buildx does by itself. */
  readonly attest?: readonly string[]
}

/** `attest` of what is not pushed: buildx would add a provenance by itself, and an index around it. */
export const withoutAttestation: readonly string[] = ['type=provenance,disabled=true']

/** Arguments of `buildx bake`. */
export function bakeArguments(request: BakeRequest): string[] {
  const { targets } = request
  const reads = [...request.allowRead, ...targets.flatMap(({ cache }) => cache.reads)]
  return [
    ...(request.builder ? ['--builder', request.builder] : []),
    '--file',
    request.file,
    '--progress',
    'rawjson',
    '--metadata-file',
    request.metadataFile,
    ...[...new Set(reads)].flatMap((path) => ['--allow', `fs.read=${path}`]),
    ...targets.flatMap(({ cache }) => cache.writes).flatMap((path) => ['--allow', `fs.write=${path}`]),
    ...(request.allowSsh ? ['--allow', 'ssh'] : []),
    ...targets.flatMap((target) => settings(target, request.pull)),
    ...targets.map(({ target }) => target),
  ]
}

function settings({ target, outputs, noCache, cache, attest = [] }: TargetRequest, pull: boolean): string[] {
  const values = [
    ...outputs.map((output) => `output=${output}`),
    ...cache.from.map((from) => `cache-from=${from}`),
    ...cache.to.map((to) => `cache-to=${to}`),
    ...attest.map((one) => `attest=${one}`),
    ...(noCache ? ['no-cache=true'] : []),
    ...(pull ? ['pull=true'] : []),
  ]
  return values.flatMap((value) => ['--set', `${target}.${value}`])
}
