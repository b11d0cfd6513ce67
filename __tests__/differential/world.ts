import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { mergeGroupEvent, type Payload, pullRequestEvent, pushEvent } from '../../sandbox/github/events.ts'
import { startGitHub } from '../../sandbox/github/server.ts'
import type { GitHub, RepositoryIdentity } from '../../sandbox/github/types.ts'
import { gitIn, makeHistory } from '../never-miss/history.ts'
import type { ModelFile } from '../never-miss/stack-model.ts'

/** A commit: what it stands on, by name, and the files that differ from its first parent's (null: removed). */
export interface Commit {
  readonly on: readonly string[]
  readonly files: Readonly<Record<string, string | ModelFile | null>>
}

/** Something that happened to a repository, and what a job has of it. */
export interface Scenario {
  readonly name: string
  readonly commits: Readonly<Record<string, Commit>>
  /** Branches and tags by their full name → commit. */
  readonly refs: Readonly<Record<string, string>>
  readonly event: EventFacts
  /** The commit that is checked out, whole or with nothing behind it, on a branch or detached. */
  readonly at: string
  readonly depth?: 1
  readonly branch?: string
  /** Files of the work tree that no commit holds; they are added to the index. */
  readonly staged?: Readonly<Record<string, string>>
  /** The revisions that a person names: commits of the scenario, or branches. */
  readonly base?: string
  readonly head?: string
}

/** An event by the names of its commits; null = no commit. */
export type EventFacts =
  | { readonly push: readonly [before: string | null, after: string]; readonly ref?: string; readonly forced?: boolean }
  | { readonly tag: string; readonly at: string }
  | { readonly mergeGroup: readonly [base: string, head: string] }
  | { readonly schedule: string }
  | {
      readonly pull: readonly [base: string, head: string]
      readonly merge: string
      readonly target?: boolean
      readonly fork?: boolean
      readonly baseRef?: string
    }

/** A scenario that was made: a repository behind a GitHub and a clone of it with the event. */
export interface World extends AsyncDisposable {
  readonly clone: string
  readonly github: GitHub
  readonly sha: (commit: string) => string
  readonly event: { readonly name: string; readonly payload: Payload; readonly ref: string; readonly sha: string }
}

const repository: RepositoryIdentity = { owner: 'pangeo', name: 'images', id: 1, defaultBranch: 'main' }
const fork: RepositoryIdentity = { owner: 'mallory', name: 'images', id: 2, defaultBranch: 'main', fork: true }

/** Makes the repository, its clone and its GitHub in a folder that is empty. */
export async function makeWorld(folder: string, scenario: Scenario): Promise<World> {
  const origin = path.join(folder, 'origin')
  const clone = path.join(folder, 'clone')
  for (const name of [origin, clone]) mkdirSync(name, { recursive: true })
  const names = Object.keys(scenario.commits)
  const made = makeHistory(origin, historyOf(scenario))
  const sha = (name: string) => made[names.indexOf(name)] ?? ''
  for (const [ref, commit] of Object.entries(scenario.refs)) gitIn(origin, 'update-ref', ref, sha(commit))
  // What no ref of the server holds, nobody can fetch by accident.
  for (const at of names.keys()) gitIn(origin, 'update-ref', '-d', `refs/keep/${at}`)
  const event = eventOf(scenario, sha)
  if ('mergeGroup' in scenario.event) gitIn(origin, 'update-ref', event.ref, event.sha)
  checkOut({ origin, clone, scenario, sha })
  const github = await startGitHub({ repository: path.join(origin, '.git'), ...repository })
  if ('pull' in scenario.event)
    github.setPull({
      number: 1,
      head: { branch: 'topic', sha: sha(scenario.event.pull[1]), repository: scenario.event.fork ? null : undefined },
      base: scenario.event.baseRef ?? 'main',
    } as Parameters<GitHub['setPull']>[0])
  return { clone, github, sha, event, [Symbol.asyncDispose]: async () => await github.stop() }
}

/** Every file of the commit that is checked out. */
export function allFiles({ clone }: World): string[] {
  return gitIn(clone, 'ls-files', '-z').split('\0').filter(Boolean)
}

function historyOf({ commits }: Scenario) {
  const names = Object.keys(commits)
  const trees: Record<string, ModelFile>[] = []
  for (const { on, files } of Object.values(commits)) {
    const tree = { ...trees[names.indexOf(on[0] ?? '')] }
    for (const [file, content] of Object.entries(files))
      if (content === null) delete tree[file]
      else tree[file] = typeof content === 'string' ? { mode: '100644', text: content } : content
    trees.push(tree)
  }
  return Object.values(commits).map(({ on }, at) => ({
    parents: on.map((name) => names.indexOf(name)),
    files: trees[at] ?? {},
  }))
}

/** As actions/checkout does it: everything or one commit, on the event's branch or detached. */
function checkOut(question: {
  origin: string
  clone: string
  scenario: Scenario
  sha: (name: string) => string
}): void {
  const { origin, clone, scenario, sha } = question
  const commit = sha(scenario.at)
  gitIn(clone, 'init', '--quiet', '.')
  gitIn(clone, 'remote', 'add', 'origin', `file://${origin}`)
  const everything = ['+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*']
  if (scenario.depth !== 1) gitIn(clone, 'fetch', '--quiet', '--no-tags', 'origin', ...everything)
  const place = scenario.branch ? `refs/remotes/origin/${scenario.branch}` : 'refs/remotes/pull/1/merge'
  const depth = scenario.depth === 1 ? ['--depth=1'] : []
  gitIn(clone, 'fetch', '--quiet', '--no-tags', ...depth, 'origin', `+${commit}:${place}`)
  const onto = scenario.branch ? ['-B', scenario.branch, place] : ['--detach', commit]
  gitIn(clone, 'checkout', '--quiet', '--force', ...onto)
  for (const [file, text] of Object.entries(scenario.staged ?? {})) {
    writeFileSync(path.join(clone, file), text)
    gitIn(clone, 'add', '--', file)
  }
}

function eventOf({ event, at }: Scenario, sha: (name: string) => string): World['event'] {
  const main = 'refs/heads/main'
  if ('push' in event) {
    const [before, after] = event.push
    const ref = event.ref ?? main
    const commits = { before: before === null ? null : sha(before), after: sha(after), forced: event.forced ?? false }
    return { name: 'push', payload: pushEvent({ repository, ref, ...commits }), ref, sha: sha(after) }
  }
  if ('tag' in event) {
    const ref = `refs/tags/${event.tag}`
    const payload = pushEvent({ repository, ref, before: null, after: sha(event.at), commits: [] })
    return { name: 'push', payload, ref, sha: sha(event.at) }
  }
  if ('mergeGroup' in event) {
    const [baseSha, headSha] = event.mergeGroup.map(sha) as [string, string]
    const payload = mergeGroupEvent({ repository, baseSha, headSha })
    return { name: 'merge_group', payload, ref: `refs/heads/gh-readonly-queue/main/pr-1-${baseSha}`, sha: headSha }
  }
  if ('schedule' in event)
    return {
      name: 'schedule',
      payload: { repository: { id: 1, full_name: 'pangeo/images', default_branch: 'main' }, schedule: event.schedule },
      ref: main,
      sha: sha(at),
    }
  const [base, head] = event.pull
  const payload = pullRequestEvent({
    repository,
    ...(event.fork ? { fork } : {}),
    head: { ref: 'topic', sha: sha(head) },
    base: { ref: event.baseRef ?? 'main', sha: sha(base) },
    mergeSha: sha(event.merge),
  })
  return event.target
    ? { name: 'pull_request_target', payload, ref: main, sha: sha(base) }
    : { name: 'pull_request', payload, ref: 'refs/pull/1/merge', sha: sha(event.merge) }
}
