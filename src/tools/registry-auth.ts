import { homedir } from 'node:os'
import type { CanonicalReference } from '../stack/canonical.ts'
import { readDockerConfig } from './docker-config.ts'
import { execute } from './exec.ts'

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

/**
 * Answers a registry's challenges as docker does: credentials from DOCKER_CONFIG (or ~/.docker), credential helpers
 * included; tokens by the distribution project's token protocol. With `login: false` only anonymous tokens are asked for.
 */
export function createAuthorizer({ env, login }: { env: Environment; login: boolean }) {
  const known = new Map<string, string>()
  const key = ({ registry, repository }: CanonicalReference) => `${registry}/${repository}`
  return {
    /** The header that the last challenge for this repository was answered with. */
    known: (reference: CanonicalReference): string | null => known.get(key(reference)) ?? null,
    /** An Authorization header for a `WWW-Authenticate` challenge; null where there is no answer to it. */
    async answer(reference: CanonicalReference, challenge: string): Promise<string | null> {
      const credentials = login ? await findCredentials(reference.registry, env) : null
      const header = /^basic/i.test(challenge) ? basic(credentials) : await bearer(reference, challenge, credentials)
      if (header) known.set(key(reference), header)
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
async function bearer(
  reference: CanonicalReference,
  challenge: string,
  credentials: Credentials | null,
): Promise<string | null> {
  const fields = Object.fromEntries(
    [...challenge.matchAll(/([a-z_]+)="([^"]*)"/gi)].map((match) => [match[1]?.toLowerCase(), match[2]]),
  )
  if (!fields.realm) return null
  const scope = fields.scope ?? `repository:${reference.repository}:pull`
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
    registry === 'docker.io'
      ? ['https://index.docker.io/v1/', 'docker.io', 'index.docker.io']
      : [registry, `https://${registry}`, `https://${registry}/v2/`]
  const helper = names.map((name) => config.credHelpers?.[name]).find(Boolean) ?? config.credsStore
  if (helper) {
    for (const name of names) {
      const found = await askHelper(helper, name, env)
      if (found) return found
    }
  }
  for (const name of names) {
    const entry = config.auths?.[name]
    if (!entry) continue
    const [username = '', ...password] = Buffer.from(entry.auth ?? '', 'base64')
      .toString()
      .split(':')
    if (username || entry.identitytoken)
      return {
        username,
        password: password.join(':'),
        ...(entry.identitytoken ? { identityToken: entry.identitytoken } : {}),
      }
  }
  return null
}

/** https://github.com/docker/docker-credential-helpers: the server's name on stdin, JSON on stdout. */
async function askHelper(helper: string, server: string, env: Environment): Promise<Credentials | null> {
  if (!/^[\w.-]+$/.test(helper)) return null
  const ended = await execute({
    file: `docker-credential-${helper}`,
    args: ['get'],
    cwd: homedir(),
    env,
    input: server,
  }).catch(() => null)
  if (ended?.status !== 0) return null
  const { Username, Secret } = JSON.parse(ended.stdout.toString()) as { Username?: string; Secret?: string }
  if (!Secret) return null
  return Username === '<token>'
    ? { username: '', password: '', identityToken: Secret }
    : { username: Username ?? '', password: Secret }
}
