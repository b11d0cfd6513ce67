import path from 'node:path'
import { git, tryGit } from '../../sandbox/github/git.ts'
import { commitFiles, createBareRepository } from '../../sandbox/github/seed.ts'
import { startGitHub } from '../../sandbox/github/server.ts'
import type { GitHub, GitHubOptions, Scope } from '../../sandbox/github/types.ts'
import type { Asker } from '../../src/tools/github-client.ts'
import type { Trigger } from '../../src/trigger/types.ts'
import { createHost, type RecordingHost } from '../helpers/host.ts'
import { createInputs } from '../helpers/inputs.ts'
import { createTemporary } from '../helpers/temporary.ts'
import { createTrigger } from '../helpers/trigger.ts'

const all: readonly Scope[] = ['contents', 'issues', 'statuses', 'pull-requests']

/** Tokens of the scene: of the workflow with and without write permissions, of an App, and of people. */
export const tokens = {
  workflow: 'ghs_workflow',
  reading: 'ghs_reading',
  app: 'ghs_app',
  maintainer: 'ghp_maintainer',
  stranger: 'ghp_stranger',
}

/** What the locks are made from: the old lock, too. */
export const sources = ['a/environment.yml', 'spec.yml', 'a/conda-lock.yml']

/** A GitHub with pull request 1 (branch `topic`) and 2 (mallory's `patch`, open to maintainers), and 3 (closed to them). */
export interface PullScene extends AsyncDisposable {
  readonly github: GitHub
  readonly base: string
  readonly fork: string
  readonly topic: string
  readonly patch: string
  readonly host: RecordingHost
  asker(token?: string): Asker & { readonly inputs: ReturnType<typeof createInputs> }
  trigger(number: 1 | 2 | 3): Trigger
  /** A file of a branch or commit; null where it is not there. */
  file(directory: string, revision: string, name: string): Promise<string | null>
  tip(directory: string, branch: string): Promise<string | null>
  push(directory: string, branch: string, files: Readonly<Record<string, string | null>>): Promise<string>
}

/** Makes the repositories and starts the double. */
export async function openPullScene(options: Partial<GitHubOptions> = {}): Promise<PullScene> {
  const temporary = await createTemporary()
  const [base, fork] = [path.join(temporary.folder, 'base.git'), path.join(temporary.folder, 'fork.git')]
  const first = { 'a/environment.yml': 'dependencies: [python]\n', 'spec.yml': '{}\n', 'a/conda-lock.yml': 'old\n' }
  for (const directory of [base, fork]) {
    await createBareRepository(directory)
    await commitFiles(directory, { branch: 'main', files: first, message: 'First' })
  }
  const edit = { 'a/environment.yml': 'dependencies: [python, dask]\n' }
  const topic = await commitFiles(base, { branch: 'topic', from: 'main', files: edit })
  const patch = await commitFiles(fork, { branch: 'patch', from: 'main', files: edit })
  const from = { branch: 'patch', repository: 'mallory/images' }
  const github = await startGitHub({
    ...{ repository: base, owner: 'pangeo', name: 'images', id: 1 },
    permissions: { maintainer: 'write', stranger: 'read' },
    forks: [{ directory: fork, owner: 'mallory', name: 'images', id: 2, defaultBranch: 'main' }],
    pulls: [
      { number: 1, head: { branch: 'topic' } },
      { number: 2, head: from, user: 'mallory', maintainerCanModify: true },
      { number: 3, head: from, user: 'mallory' },
    ],
    tokens: {
      [tokens.workflow]: { login: 'github-actions[bot]', write: all },
      [tokens.reading]: { login: 'github-actions[bot]', write: [] },
      [tokens.app]: { login: 'relocker[bot]', write: all },
      [tokens.maintainer]: { login: 'maintainer', write: all },
      [tokens.stranger]: { login: 'stranger', write: all },
    },
    ...options,
  })
  // Commits of a fork are known to its network once the pull request is looked at.
  for (const number of [1, 2, 3]) await github.pull(number)
  const host = createHost({ kind: 'action', env: { PATH: process.env.PATH, GITHUB_API_URL: github.apiUrl } })
  return {
    ...{ github, base, fork, topic, patch, host },
    asker: (token = tokens.workflow) => ({ host, inputs: createInputs({ githubToken: token }) }),
    trigger: (number) => triggerOf(number, number === 1 ? topic : patch),
    file: async (directory, revision, name) => await tryGit({ directory }, 'cat-file', 'blob', `${revision}:${name}`),
    tip: async (directory, branch) =>
      (await tryGit({ directory }, 'rev-parse', '--verify', '--quiet', `refs/heads/${branch}`))?.trim() ?? null,
    push: async (directory, branch, files) =>
      await commitFiles(directory, { branch, files, message: 'Somebody pushes' }),
    [Symbol.asyncDispose]: async () => {
      await github.stop()
      await temporary[Symbol.asyncDispose]()
    },
  }
}

/** All commits that a revision stands on, itself included. */
export async function history(directory: string, revision: string): Promise<ReadonlySet<string>> {
  return new Set((await git({ directory }, 'rev-list', revision)).split('\n').filter(Boolean))
}

function triggerOf(number: number, headSha: string): Trigger {
  const fork = number > 1
  return createTrigger({
    ...{ kind: 'pull_request', event: 'pull_request', trust: fork ? 'untrusted' : 'trusted' },
    pullRequest: {
      ...{ number, title: 'Add dask', headRef: fork ? 'patch' : 'topic', headSha, baseRef: 'main', baseSha: headSha },
      fork,
    },
  })
}
