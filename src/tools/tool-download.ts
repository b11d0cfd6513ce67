import { createHash } from 'node:crypto'
import { access, mkdir, mkdtemp, rename, rm } from 'node:fs/promises'
import path from 'node:path'
import pRetry, { AbortError } from 'p-retry'
import { ActionError, messageOf } from '../errors.ts'
import { userCache } from './environment.ts'
import { limitedBody } from './http.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** A tool of one version, made once and found by later runs. */
export interface Tool {
  readonly name: string
  readonly version: string
  /** The machine's architecture as Node names it, and whatever else sets builds of one version apart. */
  readonly arch: string
}

const requestMilliseconds = 300_000

/**
 * Where tools are kept that this program fetches: in GitHub's tool cache on a runner, else in the user's cache, never in the
 * repository.
 */
export function toolFolder(env: Environment): string {
  if (env.RUNNER_TOOL_CACHE) return path.join(env.RUNNER_TOOL_CACHE, 'buildx-action', 'tools')
  return path.join(userCache(env), 'tools')
}

/**
 * The folder of a tool, made by `make` in an empty one where it is not there yet. It gets its name when it is whole: any number
 * of processes may ask at once, and one that is killed leaves nothing that another would take for the tool.
 */
export async function installTool(
  { env, tool }: { env: Environment; tool: Tool },
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const target = path.join(toolFolder(env), tool.name, tool.version, tool.arch)
  if (await exists(target)) return target
  await mkdir(path.dirname(target), { recursive: true })
  const work = await mkdtemp(`${target}.`)
  try {
    await make(work)
    await rename(work, target).catch((error: NodeJS.ErrnoException) => {
      // Another process was faster: its folder holds the same.
      if (!['EEXIST', 'ENOTEMPTY'].includes(error.code ?? '')) throw error
    })
    return target
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** What is fetched: an address, and the hash that its bytes must have. */
export interface Download {
  readonly url: string
  readonly sha256: string
  /** Bytes that it may have at most. */
  readonly limit: number
  readonly signal?: AbortSignal | undefined
  readonly headers?: Readonly<Record<string, string>>
}

/** The bytes of a file whose hash is known. Tries again what may pass. Throws ActionError('solve'). */
export async function downloadVerified(download: Download): Promise<Buffer> {
  const bytes = await fetchBytes(download)
  const found = createHash('sha256').update(bytes).digest('hex')
  if (found === download.sha256) return bytes
  throw new ActionError('solve', `${shown(download.url)} has sha256 ${found}, ${download.sha256} was expected`, [
    'the file was changed on its way or on its server: it is not used',
  ])
}

/** The bytes of a file. Tries again what may pass: a cut connection, 408, 429, 5xx. Throws ActionError('solve'). */
export async function fetchBytes(download: Omit<Download, 'sha256'>): Promise<Buffer> {
  return (await fetchFile(download)).bytes
}

/** The same with what the server says of them, for requests for a part of a file. */
export async function fetchFile(download: Omit<Download, 'sha256'>): Promise<{ bytes: Buffer; headers: Headers }> {
  const { url, signal } = download
  try {
    return await pRetry(() => attempt(download), {
      retries: 3,
      minTimeout: 500,
      randomize: true,
      shouldRetry: () => !signal?.aborted,
      ...(signal ? { signal } : {}),
    })
  } catch (error) {
    if (signal?.aborted) throw new ActionError('cancelled', `the run was cancelled while ${shown(url)} was fetched`)
    throw new ActionError('solve', `${shown(url)} cannot be fetched: ${messageOf(error)}`, [], { cause: error })
  }
}

async function attempt({ url, limit, signal, headers }: Omit<Download, 'sha256'>): ReturnType<typeof fetchFile> {
  const signals = [AbortSignal.timeout(requestMilliseconds), ...(signal ? [signal] : [])]
  const request = fetch(url, { signal: AbortSignal.any(signals), ...(headers ? { headers } : {}) })
  // fetch tells of a cut connection by a TypeError, which p-retry would take for a bug of ours.
  const response = await request.catch((error) => {
    throw new Error(messageOf(error.cause ?? error), { cause: error })
  })
  if (!response.ok) {
    await response.body?.cancel()
    const passes = [408, 425, 429].includes(response.status) || response.status >= 500
    throw passes ? new Error(`status ${response.status}`) : new AbortError(`status ${response.status}`)
  }
  return { bytes: await limitedBody(response, limit, `it is larger than ${limit} bytes`), headers: response.headers }
}

/** An address without what logs in and without what may sign it. */
export function shown(text: string): string {
  if (!URL.canParse(text)) return 'an address'
  const { protocol, host, pathname } = new URL(text)
  return `${protocol}//${host}${pathname}`
}

async function exists(file: string): Promise<boolean> {
  return await access(file).then(
    () => true,
    () => false,
  )
}
