import { createHash } from 'node:crypto'
import { ActionError } from '../errors.ts'
import type { Descriptor, Part, PartImage } from '../publish/join.ts'
import { type OciPlatform, platformName } from '../publish/platform.ts'
import type { CanonicalReference } from '../stack/canonical.ts'
import { createAuthorizer } from './registry-auth.ts'
import { type Answer, askRegistry, parseAnswer, type RequestOptions } from './registry-request.ts'

/** Reads what jobs pushed by digest, and writes the index that joins it. */
export interface IndexClient {
  /** All of what a digest names; null where it is not there. Two requests, and two more for each platform of an index. */
  part(reference: CanonicalReference): Promise<Part | null>
  /** Puts an index under its own digest, without a tag, and gives the digest. Throws ActionError('registry'). */
  put(reference: Omit<CanonicalReference, 'digest'>, document: string): Promise<string>
}

interface Manifest {
  readonly mediaType?: string
  readonly manifests?: readonly Descriptor[]
  readonly config?: { readonly digest: string; readonly size: number }
  readonly layers?: readonly { readonly size: number }[]
  readonly annotations?: Readonly<Record<string, string>>
}

interface Config extends OciPlatform {
  readonly config?: { readonly Labels?: Readonly<Record<string, string>> | null }
  readonly rootfs?: { readonly diff_ids?: readonly string[] }
}

const indexType = 'application/vnd.oci.image.index.v1+json'

/** A client with the tokens of its own lifetime. */
export function createIndexClient(options: RequestOptions): IndexClient {
  const authorizer = createAuthorizer(options)
  const get = async (reference: CanonicalReference, kind: 'manifests' | 'blobs', digest: string) => {
    const answer = await askRegistry({ options, authorizer, reference, method: 'GET', kind, what: digest })
    if (answer && sha256(answer.body) !== digest) throw damaged(reference, digest)
    return answer
  }
  const imageOf = async (reference: CanonicalReference, answer: Answer, described: Descriptor | null) => {
    const manifest = parseAnswer<Manifest>(answer, reference)
    const blob = manifest.config ? await get(reference, 'blobs', manifest.config.digest) : null
    if (!blob || !manifest.config) throw damaged(reference, described?.digest ?? reference.digest ?? '')
    return describeImage({ answer, manifest, config: parseAnswer<Config>(blob, reference), described })
  }
  return {
    async part(reference) {
      const digest = reference.digest ?? ''
      const answer = await get(reference, 'manifests', digest)
      if (!answer) return null
      const top = parseAnswer<Manifest>(answer, reference)
      if (!top.manifests) {
        const image = await imageOf(reference, answer, null)
        return { digest, images: [image], attestations: [], annotations: {}, isIndex: false }
      }
      const attestations = top.manifests.filter(isAttestation)
      const images = await Promise.all(
        top.manifests
          .filter((entry) => !isAttestation(entry))
          .map(async (entry) => {
            const found = await get(reference, 'manifests', entry.digest)
            if (!found) throw damaged(reference, entry.digest)
            return await imageOf(reference, found, entry)
          }),
      )
      return { digest, images, attestations, annotations: top.annotations ?? {}, isIndex: true }
    },
    async put(reference, text) {
      const body = Buffer.from(text)
      const digest = sha256(body)
      const document = { type: indexType, body }
      const question = { options, authorizer, reference: { ...reference, digest }, document }
      if (!(await askRegistry({ ...question, method: 'PUT', kind: 'manifests', what: digest })))
        throw new ActionError('registry', `registry ${reference.registry} takes no index for ${reference.repository}`, [
          'what it joins may have been removed meanwhile: run again',
        ])
      return digest
    },
  }
}

function describeImage({
  answer,
  manifest,
  config,
  described,
}: {
  answer: Answer
  manifest: Manifest
  config: Config
  described: Descriptor | null
}): PartImage {
  const platform = described?.platform ?? {
    architecture: config.architecture ?? '',
    os: config.os ?? '',
    ...(config.variant ? { variant: config.variant } : {}),
  }
  const own: Descriptor = {
    mediaType: manifest.mediaType ?? answer.type ?? 'application/vnd.oci.image.manifest.v1+json',
    digest: sha256(answer.body),
    size: answer.body.length,
    platform,
  }
  return {
    platform: platformName(platform),
    descriptor: described ? { ...described, platform } : own,
    diffIds: config.rootfs?.diff_ids ?? [],
    labels: config.config?.Labels ?? {},
    size: [...(manifest.layers ?? []), manifest.config].reduce((sum, part) => sum + (part?.size ?? 0), 0),
  }
}

function isAttestation({ annotations, platform }: Descriptor): boolean {
  return annotations?.['vnd.docker.reference.type'] !== undefined || platform?.os === 'unknown'
}

function damaged({ registry, repository }: CanonicalReference, digest: string): ActionError {
  return new ActionError('registry', `${registry}/${repository}@${digest} is not whole`, [
    'the registry has lost a part of it, or answers with other content: build it again',
  ])
}

function sha256(bytes: Buffer): string {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
