import { tmpdir } from 'node:os'
import type { CanonicalReference } from '../stack/canonical.ts'
import { readDockerConfig } from './docker-config.ts'
import { execute } from './exec.ts'
import { StatusError } from './registry-status.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Credentials of one registry, from Docker's configuration. `identityToken` is an OAuth2 refresh token. */
interface Credentials {
  readonly username: string
  readonly password: string
  readonly identityToken?: string
}

interface DockerConfig {
  readonly auths?: Record<string, { auth?: string; identitytoken?: string }>
  readonly credsStore?: string
  readonly credHelpers?: Record<string, string>
}

/** What a token is to be good for, in the token protocol's words. */
export type Access = 'pull' | 'pull,push' | 'pull,push,delete'

/** A helper may ask a person; nobody answers in a run. */
const helperMilliseconds = 20_000

/**
 * Answers a registry's challenges as docker does: credentials from DOCKER_CONFIG (or ~/.docker), credential helpers
 * included; tokens by the distribution project's token protocol. With `login: false` only anonymous tokens are asked for.
 */
export function createAuthorizer({ env, login }: { env: Environment; login: boolean }) {
  const known = new Map<string, string>()
  const key = ({ registry, repository }: CanonicalReference, access: Access) => `${registry}/${repository}:${access}`
  return {
    /** The header that the last challenge for this repository was answered with. */
    known: (reference: CanonicalReference, access: Access): string | null => known.get(key(reference, access)) ?? null,
    /** An Authorization header for a `WWW-Authenticate` challenge; null where there is no answer to it. */
    async answer(reference: CanonicalReference, challenge: string, access: Access): Promise<string | null> {
      const credentials = login ? await findCredentials(reference.registry, env) : null
      const header = /^basic/i.test(challenge)
        ? basic(credentials)
        : await bearer({ reference, challenge, credentials, access })
      if (header) known.set(key(reference, access), header)
      return header
    },
  }
}

function basic(credentials: Credentials | null): string | null {
  return credentials
    ? `Basic ${Buffer.from(`${credentials.username}:${credentials.password}`).toString('base64')}`
    : null
}

/** https://distribution.github.io/distribution/spec/auth/token/ and, for identity tokens, …/spec/auth/oauth/ */
async function bearer({
  reference,
  challenge,
  credentials,
  access,
}: {
  reference: CanonicalReference
  challenge: string
  credentials: Credentials | null
  access: Access
}): Promise<string | null> {
  const fields = Object.fromEntries(
    [...challenge.matchAll(/([a-z_]+)="([^"]*)"/gi)].map((match) => [match[1]?.toLowerCase(), match[2]]),
  )
  if (!fields.realm) return null
  const own = `repository:${reference.repository}:${access}`
  // Some registries name the right to read alone, also where a write was refused.
  const scope = access === 'pull' ? (fields.scope ?? own) : own
  const signal = AbortSignal.timeout(20_000)
  const response = credentials?.identityToken
    ? await fetch(fields.realm, {
        method: 'POST',
        signal,
        body: new URLSearchParams({
          grant_type: 'refresh_token',
          refresh_token: credentials.identityToken,
          service: fields.service ?? '',
          scope,
          client_id: 'buildx-action',
        }),
      })
    : await fetch(tokenUrl(fields.realm, fields.service, scope), {
        signal,
        headers: credentials ? { authorization: basic(credentials) ?? '' } : {},
      })
  if (!response.ok) {
    await response.body?.cancel()
    // A token service that is down is no refusal of the registry.
    if (response.status === 429 || response.status >= 500) throw new StatusError(response, `GET ${fields.realm}`)
    return null
  }
  const { token, access_token } = (await response.json()) as { token?: string; access_token?: string }
  return token || access_token ? `Bearer ${token ?? access_token}` : null
}

function tokenUrl(realm: string, service: string | undefined, scope: string): URL {
  const url = new URL(realm)
  if (service) url.searchParams.set('service', service)
  url.searchParams.set('scope', scope)
  return url
}

async function findCredentials(registry: string, env: Environment): Promise<Credentials | null> {
  const config: DockerConfig = await readDockerConfig(env)
  // Docker Hub's credentials are kept under the address of its first API.
  const names =
    registry === 'docker.io' ? ['https://index.docker.io/v1/', 'docker.io'] : [registry, `https://${registry}`]
  const helpers = Object.entries(config.credHelpers ?? {})
  const helper = helpers.find(([name]) => hostOf(name) === registry)?.[1] ?? config.credsStore
  if (helper) {
    for (const name of names) {
      const found = await askHelper(helper, name, env)
      if (found) return found
    }
  }
  const entry = Object.entries(config.auths ?? {}).find(([name]) => hostOf(name) === registry)?.[1]
  const [username = '', ...password] = Buffer.from(entry?.auth ?? '', 'base64')
    .toString()
    .split(':')
  if (!entry || !(username || entry.identitytoken)) return null
  return {
    username,
    password: password.join(':'),
    ...(entry.identitytoken ? { identityToken: entry.identitytoken } : {}),
  }
}

/** The registry that a key of Docker's configuration is about: it may be a URL with a path. */
function hostOf(key: string): string {
  const host = key.replace(/^https?:\/\//, '').split('/', 1)[0] ?? ''
  return ['index.docker.io', 'registry-1.docker.io'].includes(host) ? 'docker.io' : host
}

/** https://github.com/docker/docker-credential-helpers: the server's name on stdin, JSON on stdout. */
async function askHelper(helper: string, server: string, env: Environment): Promise<Credentials | null> {
  if (!/^[\w.-]+$/.test(helper)) return null
  const ended = await execute({
    file: `docker-credential-${helper}`,
    args: ['get'],
    cwd: tmpdir(),
    env,
    input: server,
    signal: AbortSignal.timeout(helperMilliseconds),
  }).catch(() => null)
  const { Username, Secret } = ended?.status === 0 ? credentialsIn(ended.stdout) : {}
  if (!Secret) return null
  return Username === '<token>'
    ? { username: '', password: '', identityToken: Secret }
    : { username: Username ?? '', password: Secret }
}

function credentialsIn(answer: Buffer): { Username?: string; Secret?: string } {
  try {
    return JSON.parse(answer.toString())
  } catch {
    return {}
  }
}
