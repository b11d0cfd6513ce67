import path from 'node:path'
import pLimit from 'p-limit'
import { ActionError } from '../errors.ts'
import { originOf } from '../lock/origin.ts'
import { providedByConda, pythonVersion } from '../lock/pip-constraints.ts'
import { resolveError } from '../lock/pip-errors.ts'
import { type PipPlatform, pipPlatform } from '../lock/pip-platform.ts'
import { checkPip, isAllowedHost } from '../lock/pip-rules.ts'
import type { PylockPackage, Wheel } from '../lock/pylock.ts'
import type { PipRecord, PipRequest, PipSolver } from '../lock/types.ts'
import { dependenciesOf } from '../lock/wheel-metadata.ts'
import { bestWheel } from '../lock/wheel-rank.ts'
import { userCache } from './environment.ts'
import { withLogin } from './http.ts'
import { compile } from './pip-compile.ts'
import { compileEnvironment } from './pip-environment.ts'
import { findInterpreter } from './python.ts'
import { indexOf } from './python-index.ts'
import { wheelRequirements } from './wheel-requirements.ts'

/** What a solver of pip packages works with. */
export interface PipSolverOptions {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The repository's root: nothing of it is run. */
  readonly repository: string
  /** A folder of this run, outside of the repository. */
  readonly temp: string
  readonly trusted: boolean
  /** Hosts that indexes and wheels may come from. */
  readonly allowedHosts: readonly string[]
  /** Asked once, when the first request has a package to resolve. */
  readonly uv: () => Promise<string>
  readonly signal?: AbortSignal
  /** For one call of uv. */
  readonly milliseconds?: number
}

interface Asked extends PipSolverOptions {
  readonly index: string
  readonly tools: () => Promise<{ uv: string; interpreter: string }>
}

const tenMinutes = 600_000

/** A resolver that asks uv for wheels; no code of any package runs. */
export function createPipSolver(options: PipSolverOptions): PipSolver {
  let tools: Promise<{ uv: string; interpreter: string }> | undefined
  const find = async () => ({
    uv: await options.uv(),
    interpreter: await findInterpreter(options, { purpose: 'uv, for pip packages, needs' }),
  })
  // An untrusted run logs in nowhere.
  const told = indexOf(options.env)
  const index = options.trusted ? told : withLogin(told).url
  const asked: Asked = { ...options, index, tools: () => (tools ??= find()) }
  // uv itself uses all processors and many connections.
  const limit = pLimit(2)
  return {
    solve: (requests) =>
      Promise.all(
        requests.map((request) =>
          limit(() => solveOne(request, asked)).catch((error: Error) => {
            if (error instanceof ActionError && error.code !== 'cancelled') return error
            throw error
          }),
        ),
      ),
  }
}

async function solveOne(request: PipRequest, asked: Asked): Promise<PipRecord[]> {
  if (request.specs.length === 0) return []
  const { trusted, allowedHosts, signal, milliseconds = tenMinutes } = asked
  checkPip(request.specs, request.repositories, { trusted, allowedHosts })
  const python = pythonOf(request)
  const platform = pipPlatform(request.platform, request.virtualPackages, python)
  const provided = providedByConda(request.conda)
  const environment = (folder: string) => environmentIn(folder, asked)
  const question = { request, provided, platform, python, environment, temp: asked.temp, signal, milliseconds }
  const compiled = await compile({ ...question, ...(await asked.tools()) })
  if (compiled.packages === null) throw resolveError(request, provided, compiled.explanation)
  return await recordsOf(compiled.packages, { request, platform, python, asked })
}

function pythonOf({ conda, specs, platform }: PipRequest): string {
  const python = pythonVersion(conda)
  if (python !== null) return python
  const places = specs.map((spec) => `${originOf(spec)} asks for ${spec.name}`)
  throw new ActionError('solve', `there are pip packages but no python among the conda packages of ${platform}`, [
    'add python to the dependencies of the environment',
    ...places,
  ])
}

/** What an untrusted run fetches does not become what trusted runs on the same machine find. */
function environmentIn(folder: string, { env, temp, trusted, index }: Asked): Record<string, string> {
  const kept = path.join(userCache(env), 'uv')
  return compileEnvironment({ env, folder, cache: trusted ? kept : path.join(temp, 'uv-cache'), index })
}

interface Answering {
  readonly request: PipRequest
  readonly platform: PipPlatform
  readonly python: string
  readonly asked: Asked
}

async function recordsOf(packages: readonly PylockPackage[], answering: Answering): Promise<PipRecord[]> {
  const { request, platform, asked } = answering
  const hashes = new Map(request.specs.map(({ name, hash }) => [name, hash?.replace('sha256:', '') ?? null]))
  const chosen = packages.map((one) => ({ ...one, wheel: wheelOf(one, hashes.get(one.name) ?? null, answering) }))
  const limit = pLimit(8)
  const read = chosen.map(async ({ name, wheel }) => {
    const question = { url: wheel.url, headers: loginFor(wheel, asked), signal: asked.signal }
    return { name, requirements: await limit(() => wheelRequirements(question)) }
  })
  const extras = new Map(request.specs.map((spec) => [spec.name, spec.extras]))
  const dependencies = dependenciesOf(await Promise.all(read), extras, platform.environment)
  return chosen.map(({ name, version, wheel }) => ({
    name,
    version,
    url: wheel.url,
    sha256: wheel.sha256,
    dependencies: dependencies.get(name) ?? {},
  }))
}

/** The wheel to install; the one with the hash where a requirement names one. */
function wheelOf(
  { name, version, wheels }: PylockPackage,
  hash: string | null,
  { python, platform, asked }: Answering,
): Wheel {
  const wheel = bestWheel(
    wheels.filter(({ sha256 }) => hash === null || sha256 === hash),
    { python, tags: platform.tags },
  )
  if (wheel === null)
    throw new ActionError('solve', `pip package ${name} ${version} has no wheel${hash ? ` with sha256 ${hash}` : ''}`, [
      'only wheels are taken, nothing is built: take the package from conda, or another version',
    ])
  const url = new URL(wheel.url)
  if (!/^https?:$/.test(url.protocol) || !isAllowedHost(url, asked.allowedHosts))
    throw new ActionError('lock', `pip package ${name} ${version} would come from ${url.host}`, [
      `allowed-hosts has ${asked.allowedHosts.join(', ')}: add it there if it is yours`,
    ])
  return wheel
}

/** A private index's login goes to its own host alone. */
function loginFor({ url }: Wheel, { index }: Asked): Record<string, string> {
  const { url: place, headers } = withLogin(index)
  return new URL(place).origin === new URL(url).origin ? headers : {}
}
