import { readFile } from 'node:fs/promises'
import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { changedImages, readStack, selectImages, wanted } from '../stack/index.ts'
import type { ChangeSet, Stack, Tree } from '../stack/types.ts'
import { Git } from '../tools/git.ts'
import { compareCommits, readPullRequest } from '../tools/github.ts'
import { readCommitTree, readFolderTree, readWorkTree } from '../tools/tree.ts'
import { localTrigger, namedPullRequest, readTrigger } from '../trigger/read-trigger.ts'
import type { Trigger } from '../trigger/types.ts'

/** What the run is about, and how far git can tell. */
export interface Source {
  readonly trigger: Trigger
  readonly stack: Stack
  readonly changes: ChangeSet
  /** Changed images with reasons, descendants included. */
  readonly changed: ReadonlyMap<string, string>
  readonly selected: ReadonlySet<string> | null
  /** The commit whose files are built, null without git. Its tree may be dirty in a local run. */
  readonly commit: string | null
  /** Null where the folder is no git repository. */
  readonly git: Git | null
}

/** Event → Trigger. The first thing that a run does: trust is known before anything else is touched. */
export async function readEvent({ inputs, host }: { inputs: Inputs; host: Host }): Promise<Trigger> {
  const { event } = host
  if (event.path === null) return localTrigger({ base: event.base, head: event.head, branch: null })
  const payload = await readPayload(event.path)
  const number = namedPullRequest(event.name, payload)
  const blind = readTrigger(event, payload)
  const named = number === null ? null : await readPullRequest({ host, inputs, repository: blind.repository, number })
  const trigger = named ? readTrigger(event, payload, named) : blind
  return { ...trigger, base: event.base ?? trigger.base, head: event.head ?? trigger.head }
}

/** Reads the stack from the repository and finds what changed in it. */
export async function detect({
  trigger,
  inputs,
  host,
}: {
  trigger: Trigger
  inputs: Inputs
  host: Host
}): Promise<Source> {
  const git = new Git({ cwd: host.cwd, env: host.env })
  const known = (await git.isRepository()) ? git : null
  const revision = known && host.event.head ? await resolve(known, host.event.head, '--head') : null
  const checkedOut = (await known?.commit('HEAD')) ?? null
  const [tree, changes] = await Promise.all([
    readTree({ git: known, revision, host }),
    known ? findChanges({ git: known, trigger, revision, inputs, host }) : noChanges('this is not a git repository'),
  ])
  const stack = await readStack(tree, {
    path: inputs.path,
    spec: inputs.spec,
    buildArgs: inputs.buildArgs,
    registries: inputs.registry,
  })
  return {
    trigger:
      trigger.kind === 'local'
        ? { ...trigger, ...(await localHead(known, revision)), head: revision ?? checkedOut, base: changes.base }
        : trigger,
    stack,
    changes,
    changed: changedImages(stack, changes),
    selected: inputs.images.length > 0 ? selectImages(stack, inputs.images) : null,
    commit: revision ?? checkedOut,
    git: known,
  }
}

async function readTree({
  git,
  revision,
  host,
}: {
  git: Git | null
  revision: string | null
  host: Host
}): Promise<Tree> {
  if (!git) return readFolderTree({ cwd: host.cwd, wanted })
  return revision ? readCommitTree({ git, revision, wanted }) : readWorkTree({ git, cwd: host.cwd, wanted })
}

/** The files that changed: by local git, by GitHub where commits are missing here, else all (in doubt, build). */
async function findChanges(question: Question): Promise<ChangeSet> {
  const { git, trigger, revision, inputs, host } = question
  const head = revision ?? (await git.commit('HEAD'))
  if (!head) return noChanges('the repository has no commit')
  const { base, sinceMergeBase } = await findBase(question, head)
  if (!base)
    return noChanges(
      trigger.kind === 'local' ? 'no base to compare with' : `a ${trigger.event} event names no commit to compare with`,
    )
  if (await git.commit(base)) {
    const from = sinceMergeBase ? ((await git.mergeBase(base, head)) ?? base) : base
    return { base: from, head, complete: true, reason: null, files: await git.changedFiles(from, revision) }
  }
  const theirs = trigger.pullRequest?.headSha || head
  const changes = await compareCommits({
    host,
    inputs,
    repository: trigger.repository,
    base,
    head: theirs,
    sinceMergeBase: trigger.pullRequest !== null,
  })
  // What GitHub compared with is the pull request's own base; a merge that is checked out has a newer one.
  return sinceMergeBase ? changes : { ...changes, base }
}

interface Question {
  readonly git: Git
  readonly trigger: Trigger
  readonly revision: string | null
  readonly inputs: Inputs
  readonly host: Host
}

/** The commit to compare with, and whether only what was added since its merge base counts. */
async function findBase(
  { git, trigger, host }: Question,
  head: string,
): Promise<{ base: string | null; sinceMergeBase: boolean }> {
  if (host.event.base) return { base: await resolve(git, host.event.base, '--base'), sinceMergeBase: false }
  const { pullRequest } = trigger
  if (!pullRequest) return { base: trigger.base ?? (await branchPoint(git, trigger)), sinceMergeBase: false }
  // GitHub's merge commit: its first parent is the base as it is now, newer than the one in the event.
  const [first, second] = await git.parents(head)
  if (first && second === pullRequest.headSha) return { base: first, sinceMergeBase: false }
  return { base: trigger.base, sinceMergeBase: true }
}

/** A new branch is compared with where it left the default branch. */
async function branchPoint(git: Git, trigger: Trigger): Promise<string | null> {
  if (trigger.kind !== 'push' || !trigger.defaultBranch || trigger.branch === trigger.defaultBranch) return null
  const main = await git.commit(`refs/remotes/origin/${trigger.defaultBranch}`)
  return main ? await git.mergeBase(main, 'HEAD') : null
}

async function localHead(git: Git | null, revision: string | null) {
  const branch = revision ? null : ((await git?.branch()) ?? null)
  return { branch, ref: branch ? `refs/heads/${branch}` : '' }
}

async function resolve(git: Git, revision: string, flag: string): Promise<string> {
  const commit = await git.commit(revision)
  if (commit) return commit
  throw new ActionError('usage', `${flag}: "${revision}" is not a commit in this repository`, [
    'fetch it first (`git fetch origin`), or name another revision',
  ])
}

function noChanges(reason: string): ChangeSet {
  return { base: null, head: null, complete: false, reason, files: [] }
}

async function readPayload(path: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (cause) {
    throw new ActionError(
      'usage',
      `the event payload ${path} cannot be read as JSON`,
      ['--event-path (GITHUB_EVENT_PATH) names the file that GitHub writes'],
      { cause },
    )
  }
}
