import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import path, { posix } from 'node:path'
import { ActionError } from '../errors.ts'
import { pypiNames } from '../lock/pypi-names.ts'
import { findConda } from './conda-lock/conda.ts'
import { condaLockPython } from './conda-lock/environment.ts'
import { type Ended, execute, failure } from './exec.ts'
import { networkEnvironment } from './pip-environment.ts'
import type { UvQuestion } from './uv.ts'

/** One lock for conda-lock to solve. All paths are from the repository's root, POSIX. */
export interface CondaLockQuestion extends UvQuestion {
  /** An untrusted run is refused: to solve, conda-lock may run code of packages. */
  readonly trusted: boolean
  readonly uv: () => Promise<string>
  /** The lock's own path. */
  readonly lock: string
  readonly sources: readonly string[]
  readonly platforms: readonly string[]
  /** virtual-packages.yml, null for conda-lock's own set. */
  readonly virtualPackages: string | null
  /** Texts by path: the sources, the virtual packages, and the lock where there is one. */
  readonly files: ReadonlyMap<string, string>
  /** Packages that are set free while the rest is kept. Empty: all are. */
  readonly update: readonly string[]
  /** Nothing is solved where the lock is of these sources. */
  readonly checkInputHash: boolean
  /** How long it may take; three hours, which is what pangeo gave it. */
  readonly milliseconds?: number
}

const threeHours = 3 * 60 * 60 * 1000

/**
 * conda-lock.yml as conda-lock itself solves and writes it, in a copy of the files that it needs; `changed` is false where the
 * lock was fresh. Throws ActionError('lock') for an untrusted run, ActionError('solve') where it fails.
 */
export async function condaLock(question: CondaLockQuestion): Promise<{ text: string; changed: boolean }> {
  const { trusted, temp, lock, milliseconds = threeHours } = question
  if (!trusted)
    throw new ActionError('lock', `${lock}: lock-engine: conda-lock is for trusted runs, and this is none`, [
      'conda-lock can run code of packages while it solves; use lock-engine: embedded for pull requests of forks',
    ])
  const conda = await findConda(question)
  const python = await condaLockPython(question)
  const folder = await mkdtemp(path.join(temp, 'conda-lock-'))
  try {
    await writeFiles(folder, question)
    const patience = AbortSignal.timeout(milliseconds)
    const signal = question.signal ? AbortSignal.any([question.signal, patience]) : patience
    const args = ['-I', '-m', 'conda_lock', ...condaLockArguments(question, { folder, conda })]
    const cwd = path.join(folder, 'files', posix.dirname(lock))
    const env = condaLockEnvironment(question.env, { folder, conda })
    const command = { file: python, args, cwd, env, signal, code: 'solve' as const, title: `conda-lock, for ${lock},` }
    const ended = await execute(command).catch((error) => {
      if (!patience.aborted || question.signal?.aborted) throw error
      throw new ActionError('solve', `conda-lock has not solved ${lock} in ${milliseconds / 60_000} minutes`, [
        'use lock-engine: embedded, or name narrower versions',
      ])
    })
    return await resultOf(ended, { command, folder, question })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The arguments behind `conda_lock`; files are named from the lock's folder. */
export function condaLockArguments(
  { lock, sources, platforms, virtualPackages, update, checkInputHash }: CondaLockQuestion,
  { folder, conda }: { readonly folder: string; readonly conda: string },
): string[] {
  const from = (file: string) => posix.relative(posix.dirname(lock), file)
  return [
    ...['lock', '--conda', conda, '--kind', 'lock', '--lockfile', posix.basename(lock)],
    ...sources.flatMap((file) => ['--file', from(file)]),
    ...platforms.flatMap((platform) => ['--platform', platform]),
    ...(virtualPackages === null ? [] : ['--virtual-package-spec', from(virtualPackages)]),
    ...update.flatMap((name) => ['--update', name]),
    ...(checkInputHash ? ['--check-input-hash'] : []),
    // Its own would come from a branch of another project, as it is at that moment; pyproject.toml needs it.
    ...(sources.every(isEnvironment) ? ['--pypi_to_conda_lookup_file', path.join(folder, 'names.json')] : []),
  ]
}

function isEnvironment(file: string): boolean {
  return /\.ya?ml$/.test(file)
}

/** What conda and conda-lock are told: where they are and how to reach the network. No token, no input. */
export function condaLockEnvironment(
  env: Readonly<Record<string, string | undefined>>,
  { folder, conda }: { readonly folder: string; readonly conda: string },
): Record<string, string | undefined> {
  const names = ['PATH', 'HOME', 'LANG', 'XDG_CACHE_HOME', 'CONDA_PKGS_DIRS', 'MAMBA_ROOT_PREFIX']
  return {
    ...networkEnvironment(env),
    ...Object.fromEntries(names.flatMap((name) => (env[name] ? [[name, env[name]]] : []))),
    ...{ TMPDIR: folder, CONDA_EXE: conda, PYTHONUTF8: '1', GIT_TERMINAL_PROMPT: '0' },
  }
}

async function writeFiles(folder: string, { files }: CondaLockQuestion): Promise<void> {
  for (const [name, text] of files) {
    const normal = posix.normalize(name)
    if (posix.isAbsolute(normal) || normal.startsWith('..'))
      throw new ActionError('lock', `${name} is not in the repository`, ['sources of locks have to be'])
    const file = path.join(folder, 'files', normal)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, text)
  }
  await writeFile(path.join(folder, 'names.json'), JSON.stringify(namesFile()))
}

/**
 * conda's and PyPI's names in conda-lock's own form. It reads them from conda's to PyPI's; the keys are for the other way, which
 * environment.yml asks of `pip` alone.
 */
function namesFile(): Record<string, { conda_name: string; pypi_name: string }> {
  return Object.fromEntries([...pypiNames].map(([conda, name]) => [conda, { conda_name: conda, pypi_name: name }]))
}

async function resultOf(
  ended: Ended,
  found: { command: Parameters<typeof failure>[0]; folder: string; question: CondaLockQuestion },
): Promise<{ text: string; changed: boolean }> {
  const { command, folder, question } = found
  const old = question.files.get(question.lock)
  if (ended.status !== 0) throw failure(command, ended)
  const text = await readFile(path.join(folder, 'files', question.lock), 'utf8')
  return { text, changed: text !== old }
}
