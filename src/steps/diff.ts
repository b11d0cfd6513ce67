import { posix } from 'node:path'
import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { comparedLock, diffJson, diffLocks, isSame } from '../lock/diff.ts'
import { explicitPlatform, readExplicitForDiff } from '../lock/diff-explicit.ts'
import type { ComparedLock, LockDiff } from '../lock/diff-types.ts'
import { readLock } from '../lock/read-lock.ts'
import { lockDiffMarkdown } from '../report/lock-markdown.ts'
import { lockDiffText } from '../report/lock-text.ts'
import { SUMMARY_LIMIT } from '../report/sections.ts'
import { findImage, readStack, wanted } from '../stack/index.ts'
import { isLockPath } from '../stack/lock-sources.ts'
import type { Stack, Tree } from '../stack/types.ts'
import { Git } from '../tools/git.ts'
import { commitFiles, type ReadTexts, type RepositoryFiles, readRemote } from '../tools/repository-files.ts'
import { readCommitTree } from '../tools/tree.ts'
import type { RepositoryId, Trigger } from '../trigger/types.ts'
import { namedCommit } from './changes.ts'
import type { Verdict } from './conclude.ts'

interface Question {
  readonly trigger: Trigger
  readonly inputs: Inputs
  readonly host: Host
}

/** A commit with its locks by folder. */
interface State {
  readonly stack: Stack | null
  /** Folder → paths of its conda-lock.yml, else of its explicit locks. */
  readonly locks: ReadonlyMap<string, readonly string[]>
  readonly read: (paths: readonly string[]) => Promise<ComparedLock | null>
}

/** Packages of a summary's table, an image. */
const summaryRows = 300

/**
 * Compares the locks of two commits, image by image: those that `diff REV1 REV2` names, else the event's. Everything comes from git's
 * objects; nothing of the work tree counts.
 */
export async function diff({ trigger, inputs, host }: Question): Promise<Verdict> {
  const git = new Git({ cwd: host.cwd, env: host.env })
  const commits = await twoCommits({ trigger, inputs, host }, git)
  const [before, after] = await Promise.all(commits.map((commit) => readState(git, commit, inputs)))
  const diffs = await compare(before as State, after as State, inputs)
  const interest = inputs.packagesOfInterest
  await host.out.result({
    json: diffJson(diffs),
    text: lockDiffText(diffs, interest, { color: host.out.colour }),
    markdown: (limit) => summary(diffs, interest, Math.min(limit, SUMMARY_LIMIT)),
  })
  host.out.output('locks', JSON.stringify(diffJson(diffs)))
  return { ok: true, message: '', details: [] }
}

/** Fewer rows an image until it fits: a summary that is too long is shown nowhere. */
function summary(diffs: readonly LockDiff[], interest: readonly string[], limit: number): string {
  const title = '## Packages that differ'
  for (let rows = summaryRows; rows > 1; rows = Math.floor(rows / 2)) {
    const text = `${title}\n\n${lockDiffMarkdown(diffs, { interest, rows }) || 'None.'}\n`
    if (Buffer.byteLength(text) <= limit) return text
  }
  return `${title}\n\n${diffs.filter((one) => !isSame(one)).length} locks differ: see the log.\n`
}

async function twoCommits({ trigger, host }: Question, git: Git): Promise<string[]> {
  const [base, head] = [host.event.base ?? trigger.base, host.event.head ?? trigger.head]
  if (!(await git.isRepository()))
    throw new ActionError('usage', 'diff compares commits, and this folder is no git repository', ['see --repo'])
  if (base === null || head === null)
    throw new ActionError('usage', 'diff needs two commits to compare', ['buildx-action diff REV1 REV2 [IMAGE…]'])
  return await Promise.all([namedCommit(git, base, 'REV1'), namedCommit(git, head, 'REV2')])
}

async function readState(git: Git, commit: string, inputs: Inputs): Promise<State> {
  return await stateOf(await readCommitTree({ git, revision: commit, wanted }), commitFiles(git, commit), inputs)
}

/**
 * What differs in the locks of two commits, which this clone may lack: then GitHub is asked for their files. Throws where that cannot
 * be had either.
 */
export async function compareLocks(question: {
  readonly git: Git
  readonly commits: readonly [before: string, after: string]
  readonly inputs: Inputs
  readonly host: Host
  readonly repository: RepositoryId | null
}): Promise<LockDiff[]> {
  const { git, commits, inputs, host, repository } = question
  const states = commits.map(async (commit) => {
    if ((await git.commit(commit)) || !repository) return await readState(git, commit, inputs)
    const { tree, files } = await readRemote({ host, inputs, repository, commit, git }, wanted)
    return await stateOf(tree, files, inputs)
  })
  const [before, after] = await Promise.all(states)
  return await compare(before as State, after as State, inputs)
}

async function stateOf(
  tree: Tree,
  files: RepositoryFiles,
  { path, spec, buildArgs, registry }: Inputs,
): Promise<State> {
  // An old tag may hold another kind of stack: its locks are found all the same.
  const stack = await readStack(tree, { path, spec, buildArgs, registries: registry }).catch((error) => {
    if (error instanceof ActionError) return null
    throw error
  })
  const below = path === '' || path === '.' ? '' : `${path}/`
  const paths = tree.entries.map((entry) => entry.path).filter((name) => name.startsWith(below))
  return { stack, locks: locksByFolder(paths), read: async (names) => readLocks(await files.read(names)) }
}

function locksByFolder(paths: readonly string[]): Map<string, string[]> {
  const locks = paths.filter((name) => isLockPath(name) || explicitPlatform(name) !== null)
  const folders = Map.groupBy(locks, (name) => posix.dirname(name))
  for (const [folder, names] of folders)
    if (names.some(isLockPath)) folders.set(folder, names.filter(isLockPath).slice(0, 1))
  return folders
}

function readLocks({ contents, refused }: ReadTexts): ComparedLock | null {
  const [bad] = refused
  if (bad) throw new ActionError('lock', `${bad[0]} is not compared: ${bad[1]}`, ['a lock is a regular file'])
  const locks = [...contents].map(([name, text]): ComparedLock => {
    if (!isLockPath(name)) return readExplicitForDiff(text, explicitPlatform(name) ?? '', name)
    return comparedLock(readLock(text, name))
  })
  if (locks.length < 2) return locks[0] ?? null
  return {
    platforms: locks.flatMap((lock) => lock.platforms),
    channels: null,
    packages: locks.flatMap((lock) => lock.packages),
  }
}

async function compare(before: State, after: State, inputs: Inputs): Promise<LockDiff[]> {
  const stack = after.stack ?? before.stack
  const folders = [...new Set([...after.locks.keys(), ...before.locks.keys()])]
  const named = folders.map((folder) => ({ folder, image: nameOf(folder, [after.stack, before.stack]) }))
  const chosen =
    inputs.images.length > 0 && stack ? new Set(inputs.images.map((text) => findImage(stack, text).path)) : null
  const order = new Map(stack?.order.map((name, at) => [name, at]))
  const sorted = named
    .filter(({ folder }) => chosen === null || chosen.has(folder))
    .toSorted((one, other) => (order.get(one.image) ?? order.size) - (order.get(other.image) ?? order.size))
  const diffs: LockDiff[] = []
  // One after the other: a lock takes far more memory as data than as text.
  for (const { folder, image } of sorted) {
    const [old, now] = [before.locks.get(folder) ?? [], after.locks.get(folder) ?? []]
    diffs.push(...diffLocks({ image, before: await before.read(old), after: await after.read(now) }))
  }
  return diffs
}

/** The image of a folder by the newer stack that has it, else the folder. */
function nameOf(folder: string, stacks: readonly (Stack | null)[]): string {
  return stacks.flatMap((stack) => stack?.images.find((image) => image.path === folder)?.name ?? [])[0] ?? folder
}
