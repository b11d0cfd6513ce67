import { mkdir, mkdtemp, rm } from 'node:fs/promises'
import path from 'node:path'
import { ActionError, messageOf } from '../errors.ts'
import { askCacheService, type CacheHost, ownTar } from './cache-exchange.ts'
import type { CacheTask } from './cache-worker.ts'
import { hasCacheService } from './environment.ts'
import { moveFolder } from './move-folder.ts'

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

/** Which entry is taken. */
interface Sought {
  /** What its key begins with; of several the preferred one first. */
  readonly prefix: string | readonly string[]
  /** Bytes that it may have. */
  readonly most: number
  /** Milliseconds on top of `timeout` for each MiB of an entry, where it can be large: then `timeout` is for the search. */
  readonly perMiB?: number
}

/**
 * Fills a folder, which is not there yet, from the newest entry whose key begins with `prefix`: of the run's own branch, else of
 * its base, else of the default branch, as the service looks. Gives the entry's key; null, with one warning at most, where it
 * was not restored: then there is no folder, nor a part of it. Throws only when the run is cancelled.
 */
export async function restoreFolder(question: Question & Sought): Promise<string | null> {
  const { host, folder, prefix, most, title, timeout = restoreTimeout, perMiB } = question
  if (!hasCacheService(host)) return null
  return await forgiving(host, `${title} of earlier runs: not restored`, async (note) => {
    await using stage = await createStage(host)
    const name = path.basename(folder)
    const env = { UNTAR_LIMIT: String(most), ...(await ownTar(stage.folder, host)) }
    const files = path.join(stage.folder, 'files')
    await mkdir(files)
    const prefixes = [prefix].flat()
    const patience = perMiB === undefined ? {} : { patience: { search: timeout, perMiB } }
    const task: CacheTask = { kind: 'restore', name, prefixes, most, ...patience }
    // The search twice, as the download begins with one, and the start of a process.
    const limit = perMiB === undefined ? timeout : 3 * timeout + (most / 2 ** 20) * perMiB
    const place = { host, stage: stage.folder, cwd: files, env, timeout: limit, note }
    const { key, refused } = await askCacheService(task, place)
    if (refused !== undefined) throw new Error(refused)
    if (key === null) return null
    await mkdir(path.dirname(folder), { recursive: true })
    await moveFolder(path.join(files, name), folder)
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
    return (await askCacheService(task, place)).key
  })
  return (await saved.catch(() => null)) !== null
}

/** One warning for whatever went wrong. What a token may not do, or another run has done already, is no fault. */
async function forgiving(
  { out, signal }: CacheHost,
  what: string,
  attempt: (note: (problem: string) => void) => Promise<string | null>,
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

async function createStage({ temp }: CacheHost): Promise<AsyncDisposable & { folder: string }> {
  await mkdir(temp, { recursive: true })
  const folder = await mkdtemp(path.join(temp, 'cache-'))
  return { folder, [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true, maxRetries: 3 }) }
}
