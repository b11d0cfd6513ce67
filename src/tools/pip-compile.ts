import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { ActionError } from '../errors.ts'
import type { Provided } from '../lock/pip-constraints.ts'
import type { PipPlatform } from '../lock/pip-platform.ts'
import { requirementLine } from '../lock/pip-rules.ts'
import { type PylockPackage, preferenceFile, readPylock } from '../lock/pylock.ts'
import type { PipRequest } from '../lock/types.ts'
import { type Ended, execute } from './exec.ts'
import { stubWheel } from './stub-wheel.ts'

/** One question to uv: a request and what is known about it. */
export interface Compilation {
  readonly request: PipRequest
  readonly provided: readonly Provided[]
  readonly platform: PipPlatform
  /** `3.12.7`. */
  readonly python: string
  readonly uv: string
  /** An interpreter for uv to begin with; what is resolved is for `python`. */
  readonly interpreter: string
  /** A folder outside of the repository, for a folder of its own. */
  readonly temp: string
  readonly environment: (folder: string) => Readonly<Record<string, string>>
  readonly signal?: AbortSignal | undefined
  readonly milliseconds: number
}

/** What uv said: the packages, or why there are none. */
export type Compiled =
  | { readonly packages: readonly PylockPackage[] }
  | { readonly packages: null; readonly explanation: readonly string[] }

/**
 * `uv pip compile`, for wheels alone. A package that conda brings is a wheel without contents: it is taken in conda's version and
 * asks for nothing. Where an extra of such a package is asked for, the index is asked what that extra needs, as conda-lock does:
 * the package is then the index's own of that version. Throws ActionError where uv cannot be asked.
 */
export async function compile(compilation: Compilation): Promise<Compiled> {
  const real = new Set<string>()
  for (;;) {
    const { ended, pylock } = await runOnce(compilation, real)
    if (ended.status !== 0 || pylock === null) return { packages: null, explanation: explanationOf(ended) }
    const asked = extrasAskedFor(ended.stderr, compilation.provided).filter((name) => !real.has(name))
    if (asked.length === 0) return { packages: withoutProvided(pylock, compilation.provided) }
    for (const name of asked) real.add(name)
  }
}

/** The arguments of uv. Files are named in the folder that it runs in. */
export function compileArguments({ request, platform, python, interpreter }: Compilation): string[] {
  const { repositories, allowPypiRequests = true, excludeNewer } = request
  const [first, ...others] = repositories
  const indexes = allowPypiRequests ? repositories : others
  return [
    ...['pip', 'compile', '--no-config', '--no-python-downloads', '--python', interpreter, '--no-header'],
    ...['--format', 'pylock.toml', '--output-file', 'pylock.toml', '--only-binary', ':all:', '--no-sources'],
    ...['--python-platform', platform.uv, '--python-version', python, '--constraints', 'constraints.txt'],
    ...(allowPypiRequests || first === undefined ? [] : ['--default-index', first]),
    ...indexes.flatMap((url) => ['--index', url]),
    ...(excludeNewer === null ? [] : ['--exclude-newer', new Date(excludeNewer).toISOString()]),
    'requirements.in',
  ]
}

async function runOnce(
  compilation: Compilation,
  real: ReadonlySet<string>,
): Promise<{ ended: Ended; pylock: PylockPackage[] | null }> {
  const folder = await mkdtemp(path.join(compilation.temp, 'pip-'))
  try {
    await writeFiles(folder, compilation, real)
    const ended = await runUv(compilation, folder)
    const text = ended.status === 0 ? await readFile(path.join(folder, 'pylock.toml'), 'utf8') : null
    return { ended, pylock: text === null ? null : readPylock(text) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function writeFiles(
  folder: string,
  { request, provided }: Compilation,
  real: ReadonlySet<string>,
): Promise<void> {
  const wheels = path.join(folder, 'from-conda')
  await mkdir(wheels)
  await mkdir(path.join(folder, 'no-programs'))
  const constraints = provided.map(async ({ name, version }) => {
    if (real.has(name)) return `${name}==${version}\n`
    const { file, bytes } = stubWheel(name, version)
    await writeFile(path.join(wheels, file), bytes)
    return `${name} @ ${pathToFileURL(path.join(wheels, file))}\n`
  })
  const preferred = request.keep.packages.filter(
    ({ name, manager, platform }) =>
      manager === 'pip' && platform === request.platform && !request.keep.update.includes(name),
  )
  await writeFile(path.join(folder, 'constraints.txt'), (await Promise.all(constraints)).join(''))
  await writeFile(
    path.join(folder, 'requirements.in'),
    request.specs.map((spec) => `${requirementLine(spec)}\n`).join(''),
  )
  if (preferred.length > 0) await writeFile(path.join(folder, 'pylock.toml'), preferenceFile(preferred))
}

async function runUv(compilation: Compilation, folder: string): Promise<Ended> {
  const { uv, signal, milliseconds, environment } = compilation
  const patience = AbortSignal.timeout(milliseconds)
  const command = {
    file: uv,
    args: compileArguments(compilation),
    cwd: folder,
    env: environment(folder),
    signal: signal ? AbortSignal.any([signal, patience]) : patience,
    code: 'solve' as const,
  }
  return await execute(command).catch((error) => {
    if (!patience.aborted || signal?.aborted) throw error
    const { platform } = compilation.request
    throw new ActionError('solve', `uv has not resolved the pip packages of ${platform} in ${milliseconds / 1000} s`, [
      'run again; if it lasts, name narrower versions in the pip list',
    ])
  })
}

/** Packages of conda of which uv says that they have not an extra that is asked for. */
function extrasAskedFor(stderr: string, provided: readonly Provided[]): string[] {
  const names = new Set(provided.map(({ name }) => name))
  const found = stderr.matchAll(/The package `([\w.-]+) @ [^`]*` does not have an extra named/g)
  return [...new Set([...found].map(([, name = '']) => name))].filter((name) => names.has(name))
}

function withoutProvided(packages: readonly PylockPackage[], provided: readonly Provided[]): PylockPackage[] {
  const names = new Set(provided.map(({ name }) => name))
  return packages.filter(({ name }) => !names.has(name))
}

/** What uv says of a failure, without its marks of progress and the paths of the files that it was given. */
function explanationOf({ status, signal, stderr }: Ended): string[] {
  const lines = stderr
    .split('\n')
    .map((line) => line.replace(/^\s*(?:error|cause|hint):\s*|^\s*[×╰─▶│]+\s*/u, '').trimEnd())
    .map((line) => line.replace(/ @ file:\/\/\S*from-conda\/[^\s`]*/g, ' (from conda)').trim())
    .filter((line) => line !== '' && !line.startsWith('warning:'))
  return lines.length > 0 ? lines : [`uv was ended by ${signal ?? `exit code ${status}`}`]
}
