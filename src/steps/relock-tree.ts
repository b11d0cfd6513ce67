import { posix } from 'node:path'
import { ActionError } from '../errors.ts'
import { refuseForeignChannels } from '../lock/allowed-channels.ts'
import { comparedLock, diffLocks } from '../lock/diff.ts'
import type { LockDiff } from '../lock/diff-types.ts'
import { lockOutput, type OutputFile } from '../lock/lock-output.ts'
import type { LockState } from '../lock/lock-states.ts'
import { madeFrom } from '../lock/lock-target.ts'
import { readLock } from '../lock/read-lock.ts'
import type { Keep, Lock } from '../lock/types.ts'
import type { RepositoryFiles } from '../tools/repository-files.ts'
import type { LockJob, SolvedLock } from './lock-solve.ts'
import type { LockFile, Relock, RelockedImage } from './lock-types.ts'

/** How stale locks are made. */
export interface RelockOptions {
  /** `refresh`: all, at their newest. `minimal`: what is stale, with the old packages wherever they still solve. */
  readonly mode: 'auto' | 'minimal' | 'refresh'
  /** Packages that are set free while the rest is kept; locks that hold one of them are made though they are fresh. */
  readonly update: readonly string[]
  readonly allowedChannels: readonly string[]
  /** Solves all at once; an answer for each job, in order. */
  readonly solve: (jobs: readonly LockJob[]) => Promise<readonly SolvedLock[]>
}

/** Locks of one tree, as they were scanned. */
export interface RelockQuestion {
  readonly states: readonly LockState[]
  readonly files: RepositoryFiles
  /** All paths of the tree: which explicit locks stand beside a lock. */
  readonly paths: readonly string[]
  readonly options: RelockOptions
}

/** A lock that is to be made, with what its folder holds. */
interface Task {
  readonly state: LockState
  readonly job: LockJob
  readonly texts: ReadonlyMap<string, string>
}

/**
 * Makes the locks that are stale, or that the mode asks for, all in one go, and gives the files that then differ. Writes
 * nothing. A lock that cannot be made takes no other one with it; throws only for what concerns all.
 */
export async function relockTree(question: RelockQuestion): Promise<Relock> {
  const { states, files, options } = question
  const prepared = await Promise.all(states.map((state) => prepare(state, question)))
  const tasks = prepared.flatMap((one) => (one && 'job' in one ? [one] : []))
  const failed = prepared.flatMap((one) => (one && 'error' in one ? [one] : []))
  const started = Date.now()
  const answers = tasks.length > 0 ? await options.solve(tasks.map(({ job }) => job)) : []
  const took = Date.now() - started
  const images = [...tasks.map((task, at) => finished(task, answers[at])), ...failed]
  return {
    commit: files.commit,
    images,
    freshness: states.flatMap((state) => state.freshness),
    files: images.flatMap((image) => image.files),
    sources: sourcesOf(states, images),
    took,
  }
}

async function prepare(state: LockState, question: RelockQuestion): Promise<Task | RelockedImage | null> {
  const { target, freshness } = state
  const { options, files, paths } = question
  const stale = freshness.some(({ fresh }) => !fresh)
  if (options.mode !== 'refresh' && !stale && options.update.length === 0) return null
  try {
    const wanted = [target.lock, ...besides(target.folder, paths)]
    const { contents, refused } = await files.read(wanted)
    const [bad] = refused
    if (bad) throw new ActionError('lock', `${bad[0]}: ${bad[1]}`, ['locks are regular files of the repository'])
    const text = contents.get(target.lock)
    const old = text === undefined ? null : readLock(text, target.lock)
    const platforms = platformsOf(state, old, options)
    if (platforms.length === 0) return null
    if (state.spec) refuseForeignChannels(state.spec, options.allowedChannels)
    const named = [...target.sources, ...(target.virtualPackages ? [target.virtualPackages] : [])]
    const texts = new Map([
      ...(await files.read(named)).contents,
      ...(text === undefined ? [] : [[target.lock, text] as const]),
    ])
    const job = { image: nameOf(state), target, old, spec: state.spec, texts, platforms, keep: keepOf(old, options) }
    return { state, job, texts: contents }
  } catch (error) {
    if (error instanceof ActionError && error.code === 'lock') return failure(state, error)
    throw error
  }
}

/** Platforms to solve: the stale ones; with `refresh` all; with `update` also those that hold one of its packages. */
function platformsOf(
  { target, spec, freshness }: LockState,
  old: Lock | null,
  { mode, update }: RelockOptions,
): string[] {
  const all = spec?.platforms ?? target.platforms
  const stale = new Set(freshness.filter(({ fresh }) => !fresh).map(({ platform }) => platform))
  const names = new Set(update)
  const holds = (platform: string) => old?.packages.some((one) => one.platform === platform && names.has(one.name))
  return all.filter((platform) => mode === 'refresh' || stale.has(platform) || holds(platform))
}

function keepOf(old: Lock | null, { mode, update }: RelockOptions): Keep {
  const keeps = mode === 'minimal' || (mode === 'auto' && update.length > 0)
  return { packages: keeps ? (old?.packages ?? []) : [], update }
}

function finished(task: Task, answer: SolvedLock | undefined): RelockedImage {
  const { state, job, texts } = task
  try {
    if (!answer || 'error' in answer) throw answer?.error ?? new ActionError('solve', `${job.image} was not solved`)
    const names = [...texts.keys()].map((path) => posix.basename(path))
    const files = changedFiles(lockOutput(answer.lock, { path: state.target.lock, names }), texts)
    return { ...described(state), diffs: diffsOf(job, answer), files, error: null }
  } catch (error) {
    if (error instanceof ActionError && error.code !== 'cancelled') return failure(state, error)
    throw error
  }
}

/** The files that differ from what is there. A packages.txt that is not made from a lock is another program's: it is left alone. */
export function changedFiles(files: readonly OutputFile[], texts: ReadonlyMap<string, string>): LockFile[] {
  return files
    .map((file): LockFile => ({ ...file, before: texts.get(file.path) ?? null }))
    .filter(({ before, text }) => before !== text)
    .filter(({ path, before }) => posix.basename(path) !== 'packages.txt' || before === null || isPackagesList(before))
}

/** Whether a packages.txt is one that was made from a lock. */
export function isPackagesList(text: string): boolean {
  return text.startsWith('# List of packages and versions installed in the environment')
}

function diffsOf({ image, old, platforms }: LockJob, { lock, sizes }: Extract<SolvedLock, { lock: Lock }>): LockDiff[] {
  const diffs = diffLocks({ image, before: old && comparedLock(old), after: comparedLock(lock), sizes })
  return diffs.filter((diff) => platforms.includes(diff.platform))
}

function failure(state: LockState, { message, details }: ActionError): RelockedImage {
  return { ...described(state), diffs: [], files: [], error: { message, details } }
}

function described(state: LockState): Pick<RelockedImage, 'image' | 'lock' | 'freshness'> {
  return { image: nameOf(state), lock: state.target.lock, freshness: state.freshness }
}

function nameOf({ target }: LockState): string {
  return target.images[0] ?? target.folder
}

/** Explicit locks and package lists of a folder. */
export function besides(folder: string, paths: readonly string[]): string[] {
  return paths.filter((path) => posix.dirname(path) === folder && /(^|\/)(conda-[^/]+\.lock|packages\.txt)$/.test(path))
}

function sourcesOf(states: readonly LockState[], images: readonly RelockedImage[]): string[] {
  const locks = new Set(images.map(({ lock }) => lock))
  const used = states.filter(({ target }) => locks.has(target.lock))
  return [...new Set(used.flatMap(({ target }) => madeFrom(target)))].sort()
}
