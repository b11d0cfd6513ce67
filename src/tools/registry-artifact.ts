import { createHash } from 'node:crypto'
import { ActionError } from '../errors.ts'
import { type CanonicalReference, formatCanonical } from '../stack/canonical.ts'
import type { createAuthorizer } from './registry-auth.ts'
import { type Answer, askRegistry, baseUrl, type Question, type RequestOptions } from './registry-request.ts'

/** A manifest as its registry holds it: the very bytes, and their digest. */
export interface StoredManifest {
  readonly type: string
  readonly body: Buffer
  readonly digest: string
}

/** A small document kept beside images, as an OCI artifact of one blob. */
export interface Artifact {
  /** Media type of the document and of the artifact. */
  readonly type: string
  /** The file's name for tools that fetch it. */
  readonly title: string
  readonly text: string
  /** Annotations of the manifest. */
  readonly annotations: Readonly<Record<string, string>>
  /** Repeats a document that is not long in its manifest, so that whoever reads that needs no second request. */
  readonly embed?: boolean
}

/** Writes and reads what is no image (OCI image spec 1.1, artifacts). Each throws ActionError('registry') or ('cancelled'). */
export interface Artifacts {
  /** A manifest by tag or digest, held against its digest; null where it is not there. */
  manifest(reference: CanonicalReference): Promise<StoredManifest | null>
  /** Puts the very bytes under a tag. */
  put(reference: CanonicalReference, manifest: Pick<StoredManifest, 'type' | 'body'>): Promise<void>
  /** Stores a document under a tag. `known`: its blob is there already. */
  write(reference: CanonicalReference, artifact: Artifact, known?: boolean): Promise<void>
  /** The document under a tag with its annotations; null where there is none, or one of another type. */
  read(reference: CanonicalReference, type: string): Promise<Pick<Artifact, 'text' | 'annotations'> | null>
  /** Removes a tag; what it points at stays where another tag or a digest names it. Throws where the registry removes no tags. */
  untag(reference: CanonicalReference): Promise<void>
}

interface ArtifactManifest {
  readonly artifactType?: string
  readonly layers?: readonly { readonly digest?: string; readonly mediaType?: string; readonly data?: unknown }[]
  readonly annotations?: Readonly<Record<string, string>>
}

const manifestType = 'application/vnd.oci.image.manifest.v1+json'
const digests = /^sha256:[0-9a-f]{64}$/

/** Bytes of a document that its manifest repeats: registries need to take manifests of 4 MiB alone. */
const longestEmbedded = 128 * 1024

/** What writes artifacts with a client's own options and tokens. */
export function createArtifacts(client: {
  readonly options: RequestOptions
  readonly authorizer: ReturnType<typeof createAuthorizer>
}): Artifacts {
  const ask = async (question: Omit<Question, 'options' | 'authorizer'>) =>
    await askRegistry({ ...client, ...question })
  const get = async (reference: CanonicalReference, kind: string, what: string) =>
    await ask({ reference, method: 'GET', kind, what })
  const manifest = async (reference: CanonicalReference) => {
    const answer = await get(reference, 'manifests', reference.digest ?? reference.tag)
    return answer && storedManifest(answer, reference)
  }
  const put = async (reference: CanonicalReference, { type, body }: Pick<StoredManifest, 'type' | 'body'>) => {
    const document = { type, body }
    const done = await ask({ reference, method: 'PUT', kind: 'manifests', what: reference.tag, document })
    if (!done) throw refused(reference, 'the registry takes no tag for it')
  }
  return {
    manifest,
    put,
    async write(reference, artifact, known = false) {
      const body = Buffer.from(artifact.text)
      if (!known) await upload(ask, reference, body)
      await put(reference, { type: manifestType, body: Buffer.from(manifestFor(artifact, body)) })
    },
    async read(reference, type) {
      const found = await manifest(reference)
      const { artifactType, layers, annotations = {} } = found ? parse(found.body, reference) : {}
      const { digest, data } = layers?.[0] ?? {}
      if (artifactType !== type || !digest || !digests.test(digest)) return null
      const embedded = typeof data === 'string' ? Buffer.from(data, 'base64') : null
      if (embedded && digestOf(embedded) === digest) return { text: embedded.toString(), annotations }
      const blob = await get(reference, 'blobs', digest)
      if (!blob || digestOf(blob.body) !== digest) throw refused(reference, 'its content is gone or is another one')
      return { text: blob.body.toString(), annotations }
    },
    async untag(reference) {
      await ask({ reference, method: 'DELETE', kind: 'manifests', what: reference.tag })
    },
  }
}

/** In one piece, where the answer to the first request says (OCI distribution spec, "POST then PUT"). */
async function upload(
  ask: (question: Omit<Question, 'options' | 'authorizer'>) => Promise<Answer | null>,
  reference: CanonicalReference,
  body: Buffer,
): Promise<void> {
  const begun = await ask({ reference, method: 'POST', kind: 'blobs/uploads', what: '' })
  if (!begun?.location) throw refused(reference, 'the registry begins no upload')
  const base = baseUrl(reference.registry)
  const url = new URL(begun.location, `${base}/`)
  // The credentials of this registry go nowhere else.
  if (url.origin !== new URL(base).origin) throw refused(reference, `it is to be sent to another server, ${url.host}`)
  url.searchParams.set('digest', digestOf(body))
  const document = { type: 'application/octet-stream', body }
  if (!(await ask({ reference, method: 'PUT', kind: 'blobs', what: '', url: url.href, document })))
    throw refused(reference, 'the registry has forgotten the upload')
}

/**
 * Registries of before artifacts want a config; the document itself is it, so that there is but one blob. `data` is the content of a
 * descriptor, which may stand beside its digest: https://github.com/opencontainers/image-spec/blob/v1.1.0/descriptor.md#properties
 */
function manifestFor({ type, title, annotations, embed = false }: Artifact, body: Buffer): string {
  const document = { mediaType: type, digest: digestOf(body), size: body.length }
  const data = embed && body.length <= longestEmbedded ? { data: body.toString('base64') } : {}
  return JSON.stringify({
    ...{ schemaVersion: 2, mediaType: manifestType, artifactType: type, config: document },
    layers: [{ ...document, ...data, annotations: { 'org.opencontainers.image.title': title } }],
    annotations,
  })
}

function storedManifest(answer: Answer, reference: CanonicalReference): StoredManifest {
  const digest = digestOf(answer.body)
  if (reference.digest && digest !== reference.digest)
    throw new ActionError('registry', `the registry answers for ${formatCanonical(reference)} with other content`, [
      'a proxy may answer in its place, or the registry is damaged: nothing was tagged',
    ])
  const { mediaType } = parse(answer.body, reference) as { mediaType?: string }
  return { type: mediaType ?? answer.type ?? manifestType, body: answer.body, digest }
}

function parse(body: Buffer, reference: CanonicalReference): ArtifactManifest {
  try {
    return JSON.parse(body.toString()) as ArtifactManifest
  } catch (cause) {
    throw new ActionError(
      'registry',
      `the registry answered for ${formatCanonical(reference)} with what is no JSON`,
      ['check the name in registry: a proxy or a login page may answer in its place'],
      { cause },
    )
  }
}

function refused(reference: CanonicalReference, why: string): ActionError {
  return new ActionError('registry', `${formatCanonical(reference)} cannot be had or written: ${why}`, ['run again'])
}

function digestOf(body: Buffer): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`
}
