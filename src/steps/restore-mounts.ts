import { mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { type Filling, injection } from '../cache/mount-builds.ts'
import type { MountDirectory } from '../cache/mounts.ts'
import { restoreFolder } from '../tools/actions-cache.ts'
import { contentOfKey } from '../tools/cache-key.ts'
import type { MountsQuestion, Restored } from './cache-mounts.ts'
import { bakeMounts, nonce, prepareContext } from './mount-bake.ts'
import { oneWarning } from './one-warning.ts'

/** What the cache entries of mounts begin with, before the key of the directory; the number is that of the archive's form. */
export const mountPrefix = 'buildx-action-mount-1-'
/** The archive's name in its entry. */
export const archiveName = 'files.cpio'
/** Milliseconds for an archive of gigabytes. */
export const mountTimeout = 600_000

/** Headers of an archive: what it has on top of its files. */
const overhead = 1.1

/** Those that were restored and filled, and the utility image, pinned where it was needed. */
export interface RestoredMounts {
  readonly restored: readonly Restored[]
  readonly utility: string | null
}

/** Fetches what earlier runs kept of these directories, and fills them by one build a namespace. */
export async function restoreMounts(
  question: MountsQuestion,
  directories: readonly MountDirectory[],
): Promise<RestoredMounts> {
  const { host } = question
  const root = path.join(host.temp, 'mounts')
  const context = await prepareContext(path.join(root, 'in'))
  const fetched = await oneWarning(host, async (quiet) => {
    const own = { ...question, host: quiet }
    return await Promise.all(directories.map((directory) => fetchMount(own, directory, { root, context })))
  })
  const found = fetched.flatMap((restored) => restored ?? [])
  if (found.length === 0) return { restored: [], utility: null }
  let utility: string | null = null
  const filled: Restored[] = []
  for (const group of Map.groupBy(found, ({ directory }) => directory.namespace).values()) {
    const done = await fill({ ...question, utility }, group, context)
    utility = done.utility
    filled.push(...done.filled)
  }
  // The builder has its own copy by now.
  await rm(context, { recursive: true, force: true })
  return { restored: filled, utility }
}

async function fetchMount(
  { inputs, host }: MountsQuestion,
  directory: MountDirectory,
  { root, context }: { root: string; context: string },
): Promise<Restored | null> {
  const folder = path.join(root, directory.key, 'mount')
  const key = await restoreFolder({
    host,
    folder,
    title: `cache mount ${directory.mount.id}`,
    prefix: `${mountPrefix}${directory.key}-`,
    most: Math.ceil(inputs.cacheMountsSize * overhead) + 2 ** 20,
    timeout: mountTimeout,
  })
  const digest = key === null ? null : contentOfKey(key)
  if (digest === null) return null
  const file = `${directory.key}.cpio`
  await rename(path.join(folder, archiveName), path.join(context, file))
  const { size } = await stat(path.join(context, file))
  return { directory, file, digest, bytes: size }
}

/** Each filling stands or falls alone: what could not be unpacked is empty again. */
async function fill(
  question: MountsQuestion & { utility: string | null },
  fillings: readonly Restored[],
  context: string,
): Promise<{ utility: string; filled: Restored[] }> {
  const { host, inputs } = question
  const output = path.join(host.temp, 'mounts', 'filled')
  await rm(output, { recursive: true, force: true })
  await mkdir(output, { recursive: true })
  const build = injection(fillings, { utility: question.utility ?? inputs.utilityImage, nonce: nonce() })
  const bake = { ...question, utility: question.utility ?? inputs.utilityImage }
  const utility = await bakeMounts(bake, { build, context, output })
  const words = await Promise.all(fillings.map((_, at) => wordOf(path.join(output, String(at)))))
  const failed = fillings.filter((_, at) => words[at] !== 'restored' && words[at] !== 'kept')
  if (failed.length > 0)
    host.out.warning(`cache mounts: not restored: ${failed.map(idOf).join(', ')}: what was kept is damaged`)
  for (const [at, filling] of fillings.entries()) host.out.debug(`cache mount ${idOf(filling)}: ${words[at]}`)
  return { utility, filled: fillings.flatMap((filling, at) => outcomeOf(filling, words[at])) }
}

/** What a builder that lives on has is newer than what was kept, and may be the same. */
function outcomeOf(filling: Restored, word: string | undefined): Restored[] {
  if (word === 'restored') return [filling]
  return word === 'kept' ? [{ ...filling, bytes: 0 }] : []
}

async function wordOf(file: string): Promise<string> {
  return (await readFile(file, 'utf8').catch(() => '')).trim()
}

function idOf({ directory }: Filling): string {
  return directory.mount.id
}
