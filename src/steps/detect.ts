import { readFile } from 'node:fs/promises'
import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { readStack, selectImages, wanted } from '../stack/index.ts'
import type { ChangeSet, Stack, Tree } from '../stack/types.ts'
import { Git } from '../tools/git.ts'
import { readPullRequest } from '../tools/github.ts'
import { readCommitTree, readFolderTree, readWorkTree } from '../tools/tree.ts'
import { localTrigger, namedPullRequest, readTrigger } from '../trigger/read-trigger.ts'
import type { Trigger } from '../trigger/types.ts'
import { type FoundChanges, findChanges, namedCommit, unknownChanges } from './changes.ts'
import { compareStacks, earlierTree, withoutSkipped } from './compare-stacks.ts'
import { changesSince, type HistoryQuestion, walkBack } from './history.ts'

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
  /** Commits that may have published what did not change, newest first: the base and its first parents as far as known. */
  ancestors(): AsyncIterable<string>
  /** Images that differ between such a commit and what is built, with reasons; those that spec.yml skips too. */
  changedSince(commit: string): Promise<ReadonlyMap<string, string>>
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
  const revision = known && host.event.head ? await namedCommit(known, host.event.head, '--head') : null
  const commit = revision ?? (await known?.commit('HEAD')) ?? null
  const [tree, changes] = await Promise.all([
    readTree({ git: known, revision, host }),
    known
      ? findChanges({ git: known, trigger, revision, inputs, host })
      : unknownChanges('this is not a git repository'),
  ])
  const { repository } = trigger
  const scope: Scope = { git: known, tree, inputs, host, repository, builds: !['tag', 'delete'].includes(trigger.kind) }
  const stack = await readOwnStack(scope)
  const comparison = { stack, tree, changes, earlier: () => readEarlierStack(scope, changes) }
  const all = scope.builds ? await compareStacks(comparison) : new Map<string, string>()
  const images = inputs.images.length > 0 ? inputs.images : (trigger.images ?? [])
  return {
    trigger:
      trigger.kind === 'local'
        ? { ...trigger, ...(await localHead(known, revision)), head: commit, base: changes.base }
        : trigger,
    stack,
    changes,
    changed: withoutSkipped(stack, all),
    selected: scope.builds && images.length > 0 ? selectImages(stack, images) : null,
    commit,
    git: known,
    ...historyOf(scope, { stack, changes, all, commit }),
  }
}

interface Scope extends HistoryQuestion {
  readonly tree: Tree
  /** False for events that build nothing: those do not fail for what their commit holds. */
  readonly builds: boolean
}

async function readOwnStack({ tree, inputs, builds }: Scope): Promise<Stack> {
  try {
    return await readStack(tree, optionsOf(inputs))
  } catch (error) {
    if (builds || !(error instanceof ActionError) || !['stack', 'spec', 'input'].includes(error.code)) throw error
    const note = { path: '.', line: null, text: error.message }
    return { path: '.', images: [], order: [], notes: [note], ignore: [], buildAll: [], spec: null }
  }
}

/** The stack at the base: by git, else as far as today's tree and GitHub's list of files tell. */
async function readEarlierStack({ git, tree, inputs }: Scope, changes: FoundChanges): Promise<Stack> {
  const { base, added } = changes
  const earlier =
    git && base && !added
      ? await readCommitTree({ git, revision: base, wanted })
      : earlierTree(tree, changes, added ?? [])
  return await readStack(earlier, optionsOf(inputs))
}

function optionsOf({ path, spec, buildArgs, registry }: Inputs) {
  return { path, spec, buildArgs, registries: registry }
}

function historyOf(
  scope: Scope,
  { stack, changes, all, commit }: Pick<Source, 'stack' | 'changes' | 'commit'> & { all: ReadonlyMap<string, string> },
): Pick<Source, 'ancestors' | 'changedSince'> {
  const { base, complete } = changes
  const known = new Map<string, Promise<ReadonlyMap<string, string>>>([[base ?? '', Promise.resolve(all)]])
  const compare = async (since: string) => {
    const then = commit ? await changesSince(scope, since, commit) : unknownChanges('the repository has no commit')
    return await compareStacks({ stack, tree: scope.tree, changes: then, earlier: () => readEarlierStack(scope, then) })
  }
  return {
    ancestors: () => walkBack(scope, base && complete ? base : null),
    changedSince: (since) => {
      const found = known.get(since) ?? compare(since)
      known.set(since, found)
      return found
    },
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

async function localHead(git: Git | null, revision: string | null) {
  const branch = revision ? null : ((await git?.branch()) ?? null)
  return { branch, ref: branch ? `refs/heads/${branch}` : '' }
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
