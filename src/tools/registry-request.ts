import { isNativeError } from 'node:util/types'
import pRetry, { AbortError } from 'p-retry'
import { ActionError, messageOf } from '../errors.ts'
import type { CanonicalReference } from '../stack/canonical.ts'
import type { createAuthorizer } from './registry-auth.ts'
import { StatusError } from './registry-status.ts'

/** How a client asks. */
export interface RequestOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** False = never send credentials, also where there are some (untrusted runs). */
  readonly login: boolean
  readonly signal?: AbortSignal | undefined
  /** The first wait before a request is tried again, milliseconds; the next ones are three times as long each. */
  readonly firstWait?: number
}

/** What a registry answered: the digest that it names, the document's media type, and the document (empty for HEAD). */
export interface Answer {
  readonly digest: string | null
  readonly type: string | null
  readonly body: Buffer
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

/** One request: which document of which repository; a `PUT` brings its own. */
export interface Question {
  readonly options: RequestOptions
  readonly authorizer: ReturnType<typeof createAuthorizer>
  readonly reference: CanonicalReference
  readonly method: 'GET' | 'HEAD' | 'PUT'
  readonly kind: string
  readonly what: string
  readonly document?: { readonly type: string; readonly body: Buffer }
}

/**
 * Asks a registry, again where what went wrong may pass. Gives null for 404. Throws ActionError('registry'), or
 * ActionError('cancelled') where the run is.
 */
export async function askRegistry(question: Question): Promise<Answer | null> {
  return await retried(() => request(question), question)
}

/** One request, with a second try after a challenge for a token. Throws for everything but success and 404. */
async function request(question: Question): Promise<Answer | null> {
  const { options, authorizer, reference, method, kind, what, document } = question
  const access = document ? 'pull,push' : 'pull'
  const url = `${baseUrl(reference.registry)}/v2/${reference.repository}/${kind}/${what}`
  const send = (authorization: string | null) =>
    fetch(url, {
      method,
      headers: {
        accept: manifestTypes,
        ...(authorization ? { authorization } : {}),
        ...(document ? { 'content-type': document.type } : {}),
      },
      ...(document ? { body: new Uint8Array(document.body) } : {}),
      signal: AbortSignal.any([AbortSignal.timeout(requestMilliseconds), ...(options.signal ? [options.signal] : [])]),
    })
  let response = await send(authorizer.known(reference, access))
  const challenge = response.status === 401 ? response.headers.get('www-authenticate') : null
  if (challenge) {
    await response.body?.cancel()
    const authorization = await authorizer.answer(reference, challenge, access)
    if (authorization) response = await send(authorization)
  }
  if (response.ok) {
    const { headers } = response
    return {
      digest: headers.get('docker-content-digest'),
      type: headers.get('content-type'),
      body: await limitedBody(response),
    }
  }
  await response.body?.cancel()
  if (response.status === 404) return null
  throw new StatusError(response, `${method} ${url}`)
}

/** Retries what may pass (408, 429, 5xx, a cut connection), obeying Retry-After; turns the rest into a clear error at once. */
async function retried<T>(
  attempt: () => Promise<T>,
  { reference, document, options: { signal, firstWait = 500 } }: Question,
): Promise<T> {
  try {
    return await pRetry(
      () =>
        attempt().catch((error) => {
          if (error instanceof StatusError && error.status < 500 && ![408, 429].includes(error.status))
            throw new AbortError(error)
          if (error instanceof StatusError || error instanceof AbortError) throw error
          // fetch reports a cut connection as TypeError, which p-retry would take for a bug of ours.
          throw new Error(causeOf(error), { cause: error })
        }),
      {
        // A tag that cannot be set costs the whole stack its move: more patience, a minute in all.
        retries: document ? 7 : 3,
        minTimeout: firstWait,
        factor: document ? 2 : 3,
        randomize: true,
        ...(signal ? { signal } : {}),
        onFailedAttempt: async ({ error, retriesLeft }) => {
          if (retriesLeft > 0 && error instanceof StatusError && error.waitMilliseconds)
            await delay(Math.min(error.waitMilliseconds, longestWaitMilliseconds), signal)
        },
      },
    )
  } catch (error) {
    if (signal?.aborted)
      throw new ActionError('cancelled', `the run was cancelled while ${reference.registry} was asked`, [], {
        cause: error,
      })
    throw explain(error, reference, document ? 'write' : 'read')
  }
}

function explain(error: unknown, { registry, repository }: CanonicalReference, verb: 'read' | 'write'): ActionError {
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
      `registry ${registry} refuses to ${verb} ${where}: ${error.status}`,
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

/** What is at the bottom of it: fetch wraps what happened, and a retry wraps fetch's error. */
function causeOf(error: unknown): string {
  if (!isNativeError(error)) return messageOf(error)
  return isNativeError(error.cause) ? causeOf(error.cause) : error.message
}

async function delay(milliseconds: number, signal: AbortSignal | undefined): Promise<void> {
  const { setTimeout: sleep } = await import('node:timers/promises')
  await sleep(milliseconds, undefined, signal ? { signal } : {})
}

/** The whole document: within the attempt, so that a connection that is cut meanwhile is tried again. */
async function limitedBody(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    if (bytes > documentBytes) throw new AbortError('it sends a manifest of more than 8 MiB')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Docker's own rule: loopback registries speak http, all others https. */
export function baseUrl(registry: string): string {
  if (registry === 'docker.io') return 'https://registry-1.docker.io'
  const plain = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(registry)
  return `${plain ? 'http' : 'https'}://${registry}`
}
