import pRetry, { AbortError } from 'p-retry'
import { ActionError } from '../errors.ts'
import type { CanonicalReference } from '../stack/canonical.ts'
import { createAuthorizer } from './registry-auth.ts'

/** One platform of an image as the registry describes it. `size` = compressed layers and config, bytes. */
export interface RemoteImage {
  /** Digest of what the reference names: an index or a manifest. */
  readonly digest: string
  readonly size: number
  /** Uncompressed layer digests of the first platform's config, base first. */
  readonly diffIds: readonly string[]
}

/** Reads a registry over HTTP (OCI distribution spec 1.1). Writes go through `buildx imagetools`. */
export interface Registry {
  /** The digest of a tag or digest; null where it is not there. */
  digest(reference: CanonicalReference): Promise<string | null>
  /** Digest, size and layers; null where it is not there. Three requests. */
  image(reference: CanonicalReference): Promise<RemoteImage | null>
}

interface Options {
  readonly env: Readonly<Record<string, string | undefined>>
  /** False = never send credentials, also where there are some (untrusted runs). */
  readonly login: boolean
  readonly signal?: AbortSignal | undefined
}

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

const requestMilliseconds = 20_000
const longestWaitMilliseconds = 60_000
const documentBytes = 8 * 1024 * 1024

interface Descriptor {
  readonly digest?: string
  readonly size?: number
  readonly platform?: { readonly os?: string; readonly architecture?: string }
}

interface Manifest {
  readonly manifests?: readonly Descriptor[]
  readonly config?: Descriptor
  readonly layers?: readonly Descriptor[]
}

/** A client for all registries of a run; tokens are kept for its lifetime. */
export function createRegistry(options: Options): Registry {
  const authorizer = createAuthorizer(options)
  const ask = (reference: CanonicalReference, method: string, kind: string, what: string) =>
    retried(() => request({ options, authorizer, reference, method, kind, what }), reference, options.signal)
  const json = async <T>(reference: CanonicalReference, kind: string, what: string): Promise<T | null> => {
    const response = await ask(reference, 'GET', kind, what)
    return response ? ((await limitedJson(response)) as T) : null
  }
  return {
    async digest(reference) {
      const response = await ask(reference, 'HEAD', 'manifests', reference.digest ?? reference.tag)
      return response ? (response.headers.get('docker-content-digest') ?? reference.digest) : null
    },
    async image(reference) {
      const response = await ask(reference, 'GET', 'manifests', reference.digest ?? reference.tag)
      if (!response) return null
      const digest = response.headers.get('docker-content-digest') ?? reference.digest ?? ''
      const top = (await limitedJson(response)) as Manifest
      const child = top.manifests?.find((entry) => entry.platform?.os !== 'unknown')
      const manifest = child?.digest ? await json<Manifest>(reference, 'manifests', child.digest) : top
      const layers = manifest?.layers ?? []
      const config = manifest?.config?.digest
        ? await json<{ rootfs?: { diff_ids?: string[] } }>(reference, 'blobs', manifest.config.digest)
        : null
      const size = [...layers, manifest?.config].reduce((sum, part) => sum + (part?.size ?? 0), 0)
      return { digest, size, diffIds: config?.rootfs?.diff_ids ?? [] }
    },
  }
}

interface Question {
  readonly options: Options
  readonly authorizer: ReturnType<typeof createAuthorizer>
  readonly reference: CanonicalReference
  readonly method: string
  readonly kind: string
  readonly what: string
}

/** One request, with a second try after a challenge for a token. Gives null for 404; throws for everything else. */
async function request({ options, authorizer, reference, method, kind, what }: Question): Promise<Response | null> {
  const url = `${baseUrl(reference.registry)}/v2/${reference.repository}/${kind}/${what}`
  const send = (authorization: string | null) =>
    fetch(url, {
      method,
      headers: { accept: manifestTypes, ...(authorization ? { authorization } : {}) },
      signal: AbortSignal.any([AbortSignal.timeout(requestMilliseconds), ...(options.signal ? [options.signal] : [])]),
    })
  let response = await send(authorizer.known(reference))
  const challenge = response.status === 401 ? response.headers.get('www-authenticate') : null
  if (challenge) {
    await response.body?.cancel()
    const authorization = await authorizer.answer(reference, challenge)
    if (authorization) response = await send(authorization)
  }
  if (response.ok) return response
  await response.body?.cancel()
  if (response.status === 404) return null
  throw new StatusError(response.status, retryAfter(response), `${method} ${url}`)
}

/** What a registry answered instead of the document. */
class StatusError extends Error {
  readonly status: number
  readonly waitMilliseconds: number | null

  constructor(status: number, waitMilliseconds: number | null, request: string) {
    super(`${request}: ${status}`)
    this.status = status
    this.waitMilliseconds = waitMilliseconds
  }
}

/** Retries what may pass (408, 429, 5xx, a cut connection), obeying Retry-After; turns the rest into a clear error at once. */
async function retried<T>(
  attempt: () => Promise<T>,
  reference: CanonicalReference,
  signal: AbortSignal | undefined,
): Promise<T> {
  try {
    return await pRetry(
      () =>
        attempt().catch((error) => {
          if (error instanceof StatusError && error.status < 500 && ![408, 429].includes(error.status))
            throw new AbortError(error)
          // fetch reports a cut connection as TypeError, which p-retry would take for a bug of ours.
          throw error instanceof TypeError ? new Error(causeOf(error), { cause: error }) : error
        }),
      {
        retries: 3,
        minTimeout: 500,
        factor: 3,
        randomize: true,
        ...(signal ? { signal } : {}),
        onFailedAttempt: async ({ error }) => {
          if (error instanceof StatusError && error.waitMilliseconds)
            await delay(Math.min(error.waitMilliseconds, longestWaitMilliseconds), signal)
        },
      },
    )
  } catch (error) {
    throw explain(error, reference)
  }
}

function explain(error: unknown, { registry, repository }: CanonicalReference): ActionError {
  const where = `${registry}/${repository}`
  if (!(error instanceof StatusError)) {
    return new ActionError(
      'registry',
      `registry ${registry} cannot be reached for ${where}: ${causeOf(error)}`,
      ['check the name in registry, the network and the registry’s status page'],
      { cause: error },
    )
  }
  if (error.status === 401 || error.status === 403) {
    return new ActionError(
      'registry',
      `registry ${registry} refuses to read ${where}: ${error.status}`,
      ['log in before this step (docker/login-action) with an account that may pull and push there'],
      { cause: error },
    )
  }
  const remedy =
    error.status === 429
      ? 'it limits requests: log in, or run again later'
      : 'run again later; the registry’s status page may tell more'
  return new ActionError(
    'registry',
    `registry ${registry} answered ${error.status} for ${where}, also after retries`,
    [remedy],
    { cause: error },
  )
}

function causeOf(error: unknown): string {
  // fetch wraps what happened, and a retry wraps fetch's error.
  if (error instanceof Error && error.cause instanceof Error) return causeOf(error.cause)
  return error instanceof Error ? error.message : String(error)
}

/** Retry-After in milliseconds: seconds or an HTTP date (RFC 9110, 10.2.3). */
function retryAfter(response: Response): number | null {
  const value = response.headers.get('retry-after')
  if (!value) return null
  const seconds = Number(value)
  const wait = Number.isFinite(seconds) ? seconds * 1000 : Date.parse(value) - Date.now()
  return wait > 0 ? wait : null
}

async function delay(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  const { setTimeout: sleep } = await import('node:timers/promises')
  await sleep(milliseconds, undefined, signal ? { signal } : {})
}

async function limitedJson(response: Response): Promise<unknown> {
  const text = await response.text()
  if (text.length > documentBytes) throw new AbortError('a manifest of more than 8 MiB')
  return JSON.parse(text)
}

/** Docker's own rule: loopback registries speak http, all others https. */
export function baseUrl(registry: string): string {
  if (registry === 'docker.io') return 'https://registry-1.docker.io'
  const plain = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(registry)
  return `${plain ? 'http' : 'https'}://${registry}`
}
