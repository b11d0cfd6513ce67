import { randomUUID } from 'node:crypto'
import { chmod, cp, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { CacheAnswer, CacheTask } from './cache-worker.ts'
import { execute } from './exec.ts'

/** What a cache needs of a run. */
export type CacheHost = Pick<Host, 'env' | 'temp' | 'out' | 'signal'>

interface Question {
  readonly host: CacheHost
  /** Absolute. Its last name is part of what the service compares: an entry fits a folder of the same name alone. */
  readonly folder: string
  /** What it holds, for messages: `channels’ data`. */
  readonly title: string
  /** Milliseconds until it is given up. */
  readonly timeout?: number
}

const restoreTimeout = 30_000
const saveTimeout = 120_000

/** Whether this run can ask a cache service at all; version 2 shares its address with other services. */
export function hasCacheService({ env }: Pick<Host, 'env'>): boolean {
  const second = env.ACTIONS_CACHE_SERVICE_V2 && env.ACTIONS_RESULTS_URL
  return Boolean(env.ACTIONS_RUNTIME_TOKEN && (second || env.ACTIONS_CACHE_URL))
}

/**
 * Fills a folder, which is not there yet, from the newest entry whose key begins with `prefix`: of the run's own branch, else of
 * its base, else of the default branch, as the service looks. Gives the entry's key; null, with one warning at most, where it
 * was not restored: then there is no folder, nor a part of it. `most`: bytes that it may have. Throws only when the run is cancelled.
 */
export async function restoreFolder(
  question: Question & { readonly prefix: string; readonly most: number },
): Promise<string | null> {
  const { host, folder, prefix, most, title, timeout = restoreTimeout } = question
  if (!hasCacheService(host)) return null
  return await forgiving(host, `${title} of earlier runs: not restored`, async (note) => {
    await using stage = await createStage(host)
    const name = path.basename(folder)
    const env = { UNTAR_LIMIT: String(most), ...(await ownTar(stage.folder, host)) }
    const files = path.join(stage.folder, 'files')
    await mkdir(files)
    const task: CacheTask = { kind: 'restore', name, prefix, most }
    const { key, refused } = await ask(task, { host, stage: stage.folder, cwd: files, env, timeout, note })
    if (refused !== undefined) throw new Error(refused)
    if (key === null) return null
    await mkdir(path.dirname(folder), { recursive: true })
    await move(path.join(files, name), folder)
    return key
  })
}

/** Saves a folder. False, with one warning at most, where it was not saved: entries are never overwritten. Never throws. */
export async function saveFolder(question: Question & { readonly key: string }): Promise<boolean> {
  const { host, folder, key, title, timeout = saveTimeout } = question
  if (!hasCacheService(host)) return false
  const saved = forgiving(host, `${title}: not kept for later runs`, async (note) => {
    await using stage = await createStage(host)
    const task: CacheTask = { kind: 'save', name: path.basename(folder), key }
    const place = { host, stage: stage.folder, cwd: path.dirname(folder), env: {}, timeout, note }
    return (await ask(task, place)).key
  })
  return (await saved.catch(() => null)) !== null
}

type Note = (problem: string) => void

/** One warning for whatever went wrong. What a token may not do, or another run has done already, is no fault. */
async function forgiving(
  { out, signal }: CacheHost,
  what: string,
  attempt: (note: Note) => Promise<string | null>,
): Promise<string | null> {
  const problems: string[] = []
  try {
    const key = await attempt((problem) => problems.push(problem))
    if (key !== null || problems.length === 0) return key
  } catch (error) {
    if (signal.aborted) throw new ActionError('cancelled', 'the run was cancelled while it spoke to the cache service')
    problems.push(messageOf(error))
  }
  // The library says what failed in the end, the program that unpacks says why.
  const problem = problems.find((line) => line.startsWith('untar: ')) ?? problems.at(-1)
  const harmless = problems.some((line) => /cache (read|write) denied:|another job may be creating/.test(line))
  const line = `${what}: ${problem?.replace(/^(untar|Failed to (restore|save)): /, '')}`
  if (harmless) out.info(line)
  else out.warning(line)
  return null
}

interface Place {
  readonly host: CacheHost
  readonly stage: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly timeout: number
  readonly note: Note
}

/** Beside this file in src/ as in dist/, where each entry keeps its name. */
function program(name: string): string {
  return path.join(import.meta.dirname, `${name}${path.extname(import.meta.filename)}`)
}

async function ask(task: CacheTask, { host, stage, cwd, env, timeout, note }: Place): Promise<CacheAnswer> {
  const limit = AbortSignal.timeout(timeout)
  const ended = execute({
    file: process.execPath,
    args: ['--no-warnings', program('cache-worker')],
    cwd,
    env: { ...serviceEnvironment(host.env), RUNNER_TEMP: stage, GITHUB_WORKSPACE: cwd, ...env },
    input: JSON.stringify(task),
    signal: AbortSignal.any([host.signal, limit]),
    onStderr: (line) => listen(line, host, note),
  }).catch((error) => {
    if (limit.aborted) throw new Error(`the cache service took longer than ${timeout / 1000} s`, { cause: error })
    throw error
  })
  const { status, stdout, stderr } = await ended
  if (status !== 0) throw new Error(stderr.match(/^\w*Error: .*$/m)?.[0] ?? `the exchange ended with ${status}`)
  return JSON.parse(stdout.toString()) as CacheAnswer
}

/** What the library says: signatures of addresses to hide, and at the end of a failure, what it was. */
function listen(line: string, { out }: CacheHost, note: Note): void {
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

/** A `tar` that finds our own first: @actions/cache would let an archive write anywhere. */
async function ownTar(stage: string, { env }: CacheHost): Promise<Record<string, string>> {
  const folder = path.join(stage, 'bin')
  const file = path.join(folder, 'tar')
  await mkdir(folder)
  await writeFile(file, '#!/bin/sh\nexec "$UNTAR_NODE" --no-warnings "$UNTAR_PROGRAM" "$@"\n')
  await chmod(file, 0o755)
  const PATH = [folder, env.PATH ?? ''].join(path.delimiter)
  return { PATH, UNTAR_NODE: process.execPath, UNTAR_PROGRAM: program('untar') }
}

async function createStage({ temp }: CacheHost): Promise<AsyncDisposable & { folder: string }> {
  await mkdir(temp, { recursive: true })
  const folder = await mkdtemp(path.join(temp, 'cache-'))
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }) }
}

/** Also to another disk: then it is there when all of it is. */
async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    const aside = `${to}.${randomUUID()}.part`
    try {
      await cp(from, aside, { recursive: true, preserveTimestamps: true })
      await rename(aside, to)
    } finally {
      await rm(aside, { recursive: true, force: true })
    }
  }
}
