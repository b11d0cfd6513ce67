import path from 'node:path'
import { macosVersion } from '../lock/pip-platform.ts'
import { pypi } from './python-index.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** How this machine reaches the network: proxies and certificates, no more. */
const network =
  /^(?:(?:https?|all|no)_proxy|SSL_CERT_FILE|SSL_CERT_DIR|UV_SYSTEM_CERTS|UV_NATIVE_TLS|UV_HTTP_TIMEOUT)$/i

/** The variables of proxies and certificates, for a child that goes to the network. */
export function networkEnvironment(env: Environment): Record<string, string> {
  const kept = Object.entries(env).flatMap(([name, value]) => (value && network.test(name) ? [[name, value]] : []))
  return { ...(env.PIP_CERT ? { SSL_CERT_FILE: env.PIP_CERT } : {}), ...Object.fromEntries(kept) }
}

/**
 * The whole environment of `uv pip compile`: no token, no setting of the repository's or the job's, and a PATH without any
 * program, so that nothing that a package's metadata may ask for (git, say) can be started.
 */
export function compileEnvironment(options: {
  readonly env: Environment
  readonly folder: string
  readonly cache: string
  readonly index: string
}): Record<string, string> {
  const { env, folder, cache, index } = options
  return {
    ...networkEnvironment(env),
    PATH: path.join(folder, 'no-programs'),
    HOME: folder,
    TMPDIR: folder,
    UV_CACHE_DIR: cache,
    UV_NO_CONFIG: '1',
    UV_PYTHON_DOWNLOADS: 'never',
    UV_KEYRING_PROVIDER: 'disabled',
    // In the environment and not among the arguments: it can hold a password, and everybody sees arguments.
    ...(index === pypi ? {} : { UV_DEFAULT_INDEX: index }),
    MACOSX_DEPLOYMENT_TARGET: macosVersion,
  }
}
