import path from 'node:path'
import type { Filling } from '../cache/mount-builds.ts'
import { keepsMounts, mountPolicy } from '../cache/mount-policy.ts'
import { type MountDirectory, mountDirectories, usedDirectories } from '../cache/mounts.ts'
import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { MountReport } from '../report/mounts.ts'
import type { ImageResult } from '../report/types.ts'
import type { BuilderFacts } from '../stack/builder.ts'
import type { Image } from '../stack/types.ts'
import type { Buildx } from '../tools/buildx.ts'
import { hasCacheService } from '../tools/environment.ts'
import type { Decision } from './decide.ts'
import type { Source } from './detect.ts'
import { mountArgs } from './mount-namespace.ts'

/** What the cache mounts of a run depend on. */
export interface MountsQuestion {
  readonly source: Source
  readonly decision: Decision
  readonly inputs: Inputs
  readonly host: Host
  readonly buildx: Buildx
  readonly builder: BuilderFacts
}

/** The cache mounts of a run, as they were before its first build. */
export interface Mounts {
  /** Told once, after the last build: what is new in them is left to the post step. Throws only when the run is cancelled. */
  settle(results: readonly ImageResult[]): Promise<MountReport | null>
}

/** One that was restored: its entry's key ends in the digest of its list of files. */
export interface Restored extends Filling {
  /** Of the archive; 0 where the builder had files in the mount already. */
  readonly bytes: number
}

/** Fills the cache mounts of what is built with what earlier runs kept. Nothing that goes wrong stops a build: one warning. */
export async function prepareMounts(question: MountsQuestion): Promise<Mounts> {
  const { inputs, host, builder } = question
  const service = host.kind === 'action' && hasCacheService(host)
  const { on, notice } = mountPolicy({ asked: inputs.cacheMounts, service, builder })
  if (notice) host.out.notice(notice)
  const directories = on ? directoriesOf(question) : []
  if (directories.length === 0) return { settle: async () => null }
  const { restoreMounts } = await import('./restore-mounts.ts')
  const started = Date.now()
  const found = await withWarning(host, 'not restored', () => restoreMounts(question, directories), null)
  // What cannot be filled cannot be read either: one warning is enough.
  if (found === null) return { settle: async () => null }
  const filled = found.restored.filter(({ bytes }) => bytes > 0)
  const bytes = filled.reduce((sum, { bytes }) => sum + bytes, 0)
  const restored = { mounts: filled.length, bytes, time: Date.now() - started }
  return {
    settle: async (results) => {
      const read = await settleMounts(question, directories, { results, ...found })
      return { restored, read }
    },
  }
}

/** Those of the images that are built, in the namespaces that their builds use. */
function directoriesOf(question: MountsQuestion): MountDirectory[] {
  const { source, decision, inputs } = question
  const building = new Set(decision.plan.images.filter(({ action }) => action === 'build').map(({ name }) => name))
  const images = source.stack.images.filter(({ name }) => building.has(name))
  return mountDirectories(images, (image: Image) => ({ ...image.args, ...inputs.buildArgs }), mountArgs(question))
}

async function settleMounts(
  question: MountsQuestion,
  directories: readonly MountDirectory[],
  found: { results: readonly ImageResult[]; restored: readonly Restored[]; utility: string | null },
): Promise<MountReport['read']> {
  const { source, host } = question
  const used = keepsMounts(source.trigger) && !host.signal.aborted ? usedDirectories(directories, found.results) : []
  const none = { mounts: 0, kept: 0, bytes: 0, time: 0 }
  if (used.length === 0) return none
  const { readMounts } = await import('./read-mounts.ts')
  const started = Date.now()
  const read = await withWarning(host, 'not kept for later runs', () => readMounts(question, used, found), none)
  return { ...read, time: Date.now() - started }
}

async function withWarning<T>(host: Host, what: string, attempt: () => Promise<T>, otherwise: T): Promise<T> {
  try {
    return await attempt()
  } catch (error) {
    if (error instanceof ActionError && error.code === 'cancelled') throw error
    if (host.signal.aborted) throw error
    host.out.warning(`cache mounts: ${what}: ${messageOf(error)}`)
    return otherwise
  }
}

/** Where archives wait for the post step, below the run's own folder. */
export function archiveFolder(kept: string, key: string): string {
  return path.join(kept, 'mounts', key, 'mount')
}
