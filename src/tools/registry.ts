import { createHash } from 'node:crypto'
import { ActionError } from '../errors.ts'
import type { CanonicalReference } from '../stack/canonical.ts'
import { type Artifacts, createArtifacts } from './registry-artifact.ts'
import { createAuthorizer } from './registry-auth.ts'
import { remembering } from './registry-memory.ts'
import { type Answer, askRegistry, parseAnswer, type RequestOptions } from './registry-request.ts'

/** One platform of an image as the registry describes it. `size` = compressed layers and config, bytes. */
export interface RemoteImage {
  /** Digest of what the reference names: an index or a manifest. */
  readonly digest: string
  readonly size: number
  /** Uncompressed layer digests of the first platform's config, base first. */
  readonly diffIds: readonly string[]
  /** When the first platform's image was made, milliseconds since 1970; null where its config does not tell. */
  readonly created: number | null
  readonly labels: Readonly<Record<string, string>>
  /** Digests that name it or a part of it: the index, its manifests, the first platform's config. */
  readonly identities?: readonly string[]
  /** `linux/arm64/v8`, as an index names them; none of a single manifest. */
  readonly platforms?: readonly string[]
}

/** Reads a registry over HTTP and moves its tags (OCI distribution spec 1.1). Layers of images are never written here. */
export interface Registry {
  /**
   * The digest of a tag or digest; null where it is not there. `remembered`: what was there when this run asked before will do; never
   * where something is about to be moved.
   */
  digest(reference: CanonicalReference, options?: { readonly remembered?: boolean }): Promise<string | null>
  /** Digest, size and layers; null where it is not there. Three requests; of a digest they are made once a run. */
  image(reference: CanonicalReference): Promise<RemoteImage | null>
  /**
   * Points tags at a manifest that their own repository holds: the very bytes are put under each tag, so its digest cannot
   * become another one (as `imagetools create` makes it of a single manifest). Throws ActionError('registry').
   */
  tag(source: CanonicalReference, tags: readonly string[]): Promise<void>
  /** Manifests and small documents of ours, written under tags. */
  readonly artifacts: Artifacts
}

interface Descriptor {
  readonly digest?: string
  readonly size?: number
  readonly platform?: { readonly os?: string; readonly architecture?: string; readonly variant?: string }
}

interface Manifest {
  readonly manifests?: readonly Descriptor[]
  readonly config?: Descriptor
  readonly layers?: readonly Descriptor[]
}

/** What is read of an image's config: https://github.com/opencontainers/image-spec/blob/main/config.md */
interface ImageConfig {
  readonly created?: string
  readonly config?: { readonly Labels?: Readonly<Record<string, string>> | null }
  readonly rootfs?: { readonly diff_ids?: readonly string[] }
}

/** A client for all registries of a run; tokens are kept for its lifetime. */
export function createRegistry(options: RequestOptions): Registry {
  const authorizer = createAuthorizer(options)
  const ask = (reference: CanonicalReference, method: 'GET' | 'HEAD', kind: string, what: string) =>
    askRegistry({ options, authorizer, reference, method, kind, what })
  const json = async <T>(reference: CanonicalReference, kind: string, what: string): Promise<T | null> => {
    const answer = await ask(reference, 'GET', kind, what)
    return answer && parseAnswer<T>(answer, reference)
  }
  const digest = async (reference: CanonicalReference) => {
    const what = reference.digest ?? reference.tag
    const answer = await ask(reference, 'HEAD', 'manifests', what)
    if (!answer) return null
    return answer.digest ?? reference.digest ?? digestOf(await ask(reference, 'GET', 'manifests', what))
  }
  const image = async (reference: CanonicalReference): Promise<RemoteImage | null> => {
    const answer = await ask(reference, 'GET', 'manifests', reference.digest ?? reference.tag)
    if (!answer) return null
    const top = parseAnswer<Manifest>(answer, reference)
    const child = top.manifests?.find((entry) => entry.platform?.os !== 'unknown')
    const manifest = child?.digest ? await json<Manifest>(reference, 'manifests', child.digest) : top
    const layers = manifest?.layers ?? []
    const config = manifest?.config?.digest ? await json<ImageConfig>(reference, 'blobs', manifest.config.digest) : null
    const size = [...layers, manifest?.config].reduce((sum, part) => sum + (part?.size ?? 0), 0)
    return {
      digest: answer.digest ?? reference.digest ?? digestOf(answer) ?? '',
      size,
      diffIds: config?.rootfs?.diff_ids ?? [],
      created: Date.parse(config?.created ?? '') || null,
      labels: config?.config?.Labels ?? {},
      identities: [answer.digest, reference.digest, manifest?.config?.digest, ...digestsOf(top)].filter(
        (digest) => digest !== undefined && digest !== null,
      ),
      platforms: platformsOf(top),
    }
  }
  return {
    artifacts: createArtifacts({ options, authorizer }),
    ...remembering({ digest, image }),
    async tag(source, tags) {
      const answer = await ask(source, 'GET', 'manifests', source.digest ?? source.tag)
      const document = manifestOf(answer, source)
      for (const what of tags) {
        const question = { options, authorizer, reference: source, kind: 'manifests', what, document }
        if (!(await askRegistry({ ...question, method: 'PUT' })))
          throw notFound(source, 'the registry takes no tag for it')
      }
    },
  }
}

/** A manifest as it is put again. What is put under a tag is what was asked for, whatever the registry answered. */
function manifestOf(answer: Answer | null, reference: CanonicalReference): { type: string; body: Buffer } {
  const name = `${reference.registry}/${reference.repository}@${reference.digest ?? reference.tag}`
  if (!answer) throw notFound(reference, 'it was removed meanwhile')
  if (reference.digest && digestOf(answer) !== reference.digest)
    throw new ActionError('registry', `the registry answers for ${name} with other content`, [
      'a proxy may answer in its place, or the registry is damaged: nothing was tagged',
    ])
  const { mediaType } = parseAnswer<{ mediaType?: string }>(answer, reference)
  return { type: mediaType ?? answer.type ?? 'application/vnd.oci.image.index.v1+json', body: answer.body }
}

function notFound({ registry, repository, digest, tag }: CanonicalReference, why: string): ActionError {
  return new ActionError('registry', `${registry}/${repository}@${digest ?? tag} is not there`, [`${why}: run again`])
}

function digestsOf({ manifests }: Manifest): (string | undefined)[] {
  return (manifests ?? []).map(({ digest }) => digest)
}

/** Of an index those of its images; attestations have none. */
function platformsOf({ manifests = [] }: Manifest): string[] {
  return manifests.flatMap(({ platform }) =>
    platform?.os && platform.os !== 'unknown'
      ? [[platform.os, platform.architecture, platform.variant].filter(Boolean).join('/')]
      : [],
  )
}

function digestOf(answer: Answer | null): string | null {
  return answer && `sha256:${createHash('sha256').update(answer.body).digest('hex')}`
}
