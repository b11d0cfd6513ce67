import { readFile } from 'node:fs/promises'
import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { parseAhead, selectImages, wanted } from '../stack/index.ts'
import type { ChangeSet, Stack, Tree } from '../stack/types.ts'
import { Git, type Listing } from '../tools/git.ts'
import { readPullRequest } from '../tools/github.ts'
import { readCommitTree, readFolderTree, readWorkTree } from '../tools/tree.ts'
import { localTrigger, namedPullRequest, readTrigger } from '../trigger/read-trigger.ts'
import type { Trigger } from '../trigger/types.ts'
import { findChanges, namedCommit, unknownChanges } from './changes.ts'
import { compareStacks, withoutSkipped } from './compare-stacks.ts'
import { comparisonOf, type Past, pastOf, readOwnStack, type Scope } from './states.ts'

/** What the run is about, and how far git can tell. */
export interface Source extends Past {
  readonly trigger: Trigger
  /** The files that are checked out, or those of the commit that a person names. */
  readonly tree: Tree
  readonly stack: Stack
  readonly changes: ChangeSet
  /** Changed images with reasons, descendants included. */
  readonly changed: ReadonlyMap<string, string>
  readonly selected: ReadonlySet<string> | null
  /** The commit whose files are built, null without git. Its tree may be dirty in a local run. */
  readonly commit: string | null
  /** What images name as their revision where it is not `commit`: the commit of their locks; with `-dirty` where none holds those. */
  readonly revision?: string | null
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
  // Before it is known whether this is a repository: git looks through the files while this process does other things.
  const listing = host.event.head ? undefined : git.listing()
  const known = (await git.isRepository(host.event.base ?? trigger.base)) ? git : null
  const revision = known && host.event.head ? await namedCommit(known, host.event.head, '--head') : null
  const commit = revision ?? (await known?.commit('HEAD')) ?? null
  // git compares in processes of its own while the Dockerfiles are read here.
  const finding = known ? findChanges({ git: known, trigger, revision, listing, inputs, host }) : notInGit()
  finding.catch(() => undefined)
  const local = trigger.kind === 'local' ? localHead(known, revision) : null
  local?.catch(() => undefined)
  const tree = await readTree({ git: known, revision, listing, host })
  const { repository } = trigger
  const scope: Scope = { git: known, tree, inputs, host, repository, builds: !['tag', 'delete'].includes(trigger.kind) }
  const stack = await readOwnStack(scope)
  const changes = await finding
  const all = scope.builds ? await compareStacks(comparisonOf(scope, stack, changes)) : new Map<string, string>()
  const images = inputs.images.length > 0 ? inputs.images : (trigger.images ?? [])
  return {
    trigger: trigger.kind === 'local' ? { ...trigger, ...(await local), head: commit, base: changes.base } : trigger,
    tree,
    stack,
    changes,
    changed: withoutSkipped(stack, all),
    selected: scope.builds && images.length > 0 ? selectImages(stack, images) : null,
    commit,
    git: known,
    ...pastOf(scope, { stack, changes, all, commit }),
  }
}

async function notInGit() {
  return unknownChanges('this is not a git repository')
}

async function readTree({
  git,
  revision,
  listing,
  host,
}: {
  git: Git | null
  revision: string | null
  listing: Listing | undefined
  host: Host
}): Promise<Tree> {
  if (!git) return readFolderTree({ cwd: host.cwd, wanted })
  return revision
    ? readCommitTree({ git, revision, wanted })
    : readWorkTree({ git, cwd: host.cwd, wanted, onText: parseAhead, ...(listing ? { listing } : {}) })
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
