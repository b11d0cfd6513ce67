import { ActionError } from '../errors.ts'
import type { CanonicalReference } from '../stack/canonical.ts'
import { causeOf, limitedBody, tryAgain } from './http.ts'
import type { Access, createAuthorizer } from './registry-auth.ts'
import { StatusError } from './registry-status.ts'

/** How a client asks. */
export interface RequestOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** False = never send credentials, also where there are some (untrusted runs). */
  readonly login: boolean
  readonly signal?: AbortSignal | undefined
  /** The first wait before a request is tried again, milliseconds; the next ones are three times as long each. */
  readonly firstWait?: number
  /** How often a question is asked again at most; 3 where it is left out. Tags that are set are tried longer in any case. */
  readonly retries?: number
  /** How long an answer is waited for, milliseconds; 20 seconds where it is left out. */
  readonly timeout?: number
}

/** What a registry answered: the digest that it names, the document's media type, and the document (empty for HEAD). */
export interface Answer {
  readonly digest: string | null
  readonly type: string | null
  readonly body: Buffer
  /** Where what was begun goes on (an upload); null where there is no such place. */
  readonly location?: string | null
  /** Where a list goes on. */
  readonly link?: string | null
}

const manifestTypes = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
].join(', ')

const requestMilliseconds = 20_000
const documentBytes = 8 * 1024 * 1024

/** One request: which document of which repository; a `PUT` brings its own. `url` is where an upload goes on, in place of both. */
export interface Question {
  readonly options: RequestOptions
  readonly authorizer: ReturnType<typeof createAuthorizer>
  readonly reference: CanonicalReference
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE'
  readonly kind: string
  readonly what: string
  readonly document?: { readonly type: string; readonly body: Buffer }
  readonly url?: string
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
  const access = accessOf(method)
  const url = question.url ?? `${baseUrl(reference.registry)}/v2/${reference.repository}/${kind}/${what}`
  const send = (authorization: string | null) =>
    fetch(url, {
      method,
      headers: {
        accept: manifestTypes,
        ...(authorization ? { authorization } : {}),
        ...(document ? { 'content-type': document.type } : {}),
      },
      ...(document ? { body: new Uint8Array(document.body) } : {}),
      signal: AbortSignal.any([
        AbortSignal.timeout(options.timeout ?? requestMilliseconds),
        ...(options.signal ? [options.signal] : []),
      ]),
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
      location: headers.get('location'),
      link: headers.get('link'),
      body: await limitedBody(response, documentBytes, 'it sends a manifest of more than 8 MiB'),
    }
  }
  await response.body?.cancel()
  if (response.status === 404) return null
  throw new StatusError(response, `${method} ${url}`)
}

function accessOf(method: Question['method']): Access {
  if (method === 'DELETE') return 'pull,push,delete'
  return method === 'GET' || method === 'HEAD' ? 'pull' : 'pull,push'
}

/** The answer, asked for again where what went wrong may pass; the rest as a clear error at once. */
async function retried<T>(
  attempt: () => Promise<T>,
  { reference, method, document, options: { signal, firstWait = 500, retries = 3 } }: Question,
): Promise<T> {
  // A tag that cannot be set costs the whole stack its move: more patience, a minute in all.
  const patience = document ? { retries: 7, factor: 2 } : { retries, factor: 3 }
  try {
    return await tryAgain(attempt, { signal, firstWait, ...patience })
  } catch (error) {
    if (signal?.aborted)
      throw new ActionError('cancelled', `the run was cancelled while ${reference.registry} was asked`, [], {
        cause: error,
      })
    throw explain(error, reference, accessOf(method) === 'pull' ? 'read' : 'write')
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

/** Docker's own rule: loopback registries speak http, all others https. */
export function baseUrl(registry: string): string {
  if (registry === 'docker.io') return 'https://registry-1.docker.io'
  const plain = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/.test(registry)
  return `${plain ? 'http' : 'https'}://${registry}`
}

/** An answer's JSON. Throws ActionError('registry') where it is none. */
export function parseAnswer<T>({ body }: Answer, { registry, repository }: CanonicalReference): T {
  try {
    return JSON.parse(body.toString()) as T
  } catch (cause) {
    throw new ActionError(
      'registry',
      `registry ${registry} answered for ${registry}/${repository} with what is no JSON`,
      ['check the name in registry: a proxy or a login page may answer in its place'],
      { cause },
    )
  }
}
