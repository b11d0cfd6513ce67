import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { Host } from '../host.ts'
import type { CacheAnswer, CacheTask } from './cache-worker.ts'
import { execute } from './exec.ts'

/** What a cache needs of a run. */
export type CacheHost = Pick<Host, 'env' | 'temp' | 'out' | 'signal'>

/** Where and how the service is asked. */
export interface CacheExchange {
  readonly host: CacheHost
  /** An empty folder for archives, absolute. */
  readonly stage: string
  /** What names in archives are relative to, absolute. */
  readonly cwd: string
  /** Variables on top of those that the library knows. */
  readonly env: Readonly<Record<string, string>>
  /** Milliseconds. */
  readonly timeout: number
  /** Told of each warning and error. */
  readonly note: (problem: string) => void
}

/** Performs a task in a process of its own. Throws where that fails, is ended, or takes too long. */
export async function askCacheService(task: CacheTask, exchange: CacheExchange): Promise<CacheAnswer> {
  const { host, stage, cwd, env, timeout, note } = exchange
  const limit = AbortSignal.timeout(Math.ceil(timeout))
  const ended = execute({
    file: process.execPath,
    args: ['--no-warnings', program('cache-worker')],
    cwd,
    env: { ...serviceEnvironment(host.env), RUNNER_TEMP: stage, GITHUB_WORKSPACE: cwd, ...env },
    input: JSON.stringify(task),
    signal: AbortSignal.any([host.signal, limit]),
    onStderr: (line) => listen(line, host, note),
  }).catch((error) => {
    if (limit.aborted)
      throw new Error(`the cache service took longer than ${Math.ceil(timeout / 1000)} s`, { cause: error })
    throw error
  })
  const { status, stdout, stderr } = await ended
  if (status !== 0) throw new Error(stderr.match(/^\w*Error: .*$/m)?.[0] ?? `the exchange ended with ${status}`)
  return JSON.parse(stdout.toString()) as CacheAnswer
}

/**
 * Variables by which @actions/cache finds our own `tar` first: any other it would let write anywhere. It is made in `stage`, also by
 * the name that comes first on macOS.
 */
export async function ownTar(stage: string, { env }: CacheHost): Promise<Record<string, string>> {
  const folder = path.join(stage, 'bin')
  await mkdir(folder)
  for (const name of ['tar', 'gtar']) {
    const file = path.join(folder, name)
    await writeFile(file, '#!/bin/sh\nexec "$UNTAR_NODE" --no-warnings "$UNTAR_PROGRAM" "$@"\n')
    await chmod(file, 0o755)
  }
  const PATH = [folder, env.PATH ?? ''].join(path.delimiter)
  return { PATH, UNTAR_NODE: process.execPath, UNTAR_PROGRAM: program('untar') }
}

/** What the library says: signatures of addresses to hide, and at the end of a failure, what it was. */
function listen(line: string, { out }: CacheHost, note: CacheExchange['note']): void {
  const [, command, , text = line] = /^::([a-z-]+)( [^:]*)?::(.*)$/.exec(line) ?? []
  if (command === 'add-mask') return void out.mask(text)
  if (command === 'warning' || command === 'error' || /^(untar|Failed to save): /.test(text)) note(text)
  out.debug(text)
}

/** What the library reads of the environment, and nothing else of it. */
function serviceEnvironment(env: CacheHost['env']): Record<string, string | undefined> {
  const known = /^(PATH|HOME|LANG|ACTIONS_(RESULTS_URL|RUNTIME_TOKEN|CACHE_\w+)|GITHUB_SERVER_URL|NODE_EXTRA_CA_CERTS)$/
  const proxies = /^(https?|no|all)_proxy$/i
  return Object.fromEntries(Object.entries(env).filter(([name]) => known.test(name) || proxies.test(name)))
}

/** Beside this file in src/ as in dist/, where each entry keeps its name. */
function program(name: string): string {
  return path.join(import.meta.dirname, `${name}${path.extname(import.meta.filename)}`)
}
