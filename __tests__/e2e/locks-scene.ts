import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { type ChannelServer, startChannel } from '../../sandbox/conda/index.ts'
import { type ArtifactService, startArtifactService } from '../../sandbox/github/artifacts.ts'
import { issueCommentEvent, type Payload, pullRequestEvent, scheduleEvent } from '../../sandbox/github/events.ts'
import { tryGit } from '../../sandbox/github/git.ts'
import { startGitHub } from '../../sandbox/github/server.ts'
import type { GitHub, GitHubOptions, Scope } from '../../sandbox/github/types.ts'
import { checkout, commitChange, makeRepositories, type Repositories } from '../../sandbox/play/repository.ts'
import type { Change } from '../../sandbox/play/types.ts'
import { runAction } from '../../sandbox/runner/run-action.ts'
import type { ActionResult, RunOptions } from '../../sandbox/runner/types.ts'

const all: readonly Scope[] = ['actions', 'contents', 'issues', 'statuses', 'pull-requests']

/** Tokens of the scene: of the workflow with and without write permissions, of an App, of a maintainer. */
export const tokens = {
  workflow: 'ghs_workflow',
  reading: 'ghs_reading',
  app: 'ghs_app',
  maintainer: 'ghp_maintainer',
}

/** An environment that the recorded channel can solve; its images need no base. */
export function environment(...packages: readonly string[]): string {
  return `channels:\n  - conda-forge\ndependencies:\n${packages.map((name) => `  - ${name}\n`).join('')}`
}

/** The repository's first commit: an image whose environment was never locked. */
export const first = {
  'a/Dockerfile': 'FROM scratch\nCOPY environment.yml /\n',
  'a/environment.yml': environment('zlib'),
}

/** How the action is run. */
export interface Play {
  readonly inputs?: RunOptions['inputs']
  readonly token?: string
  /** Variables of the step: what builds images. */
  readonly env?: RunOptions['env']
  readonly onLog?: RunOptions['onLog']
}

/** A repository and a fork behind a GitHub with a conda channel and a service for artifacts: all but what builds images. */
export interface LockScene extends AsyncDisposable {
  readonly github: GitHub
  readonly channel: ChannelServer
  readonly artifacts: ArtifactService
  readonly repositories: Repositories
  /** Commits and pushes as a person; gives the commit. */
  push(change: Change & { readonly fork?: boolean }): Promise<string>
  /** Opens pull request 1 from a branch, of the fork if asked. */
  open(branch: string, options?: { readonly fork?: boolean; readonly edits?: boolean }): Promise<void>
  /** The run that a push to pull request 1 starts. */
  pullRequest(play?: Play): Promise<ActionResult>
  /** The run that a comment on pull request 1 starts; nothing is checked out. */
  comment(by: string, body: string, play?: Play): Promise<ActionResult & { readonly id: number }>
  /** The run of a schedule on the default branch. */
  schedule(play?: Play): Promise<ActionResult>
  file(directory: string, revision: string, name: string): Promise<string | null>
  tip(directory: string, branch: string): Promise<string | null>
}

/** Starts all parts. */
export async function openLockScene(options: Partial<GitHubOptions> = {}): Promise<LockScene> {
  const dir = await mkdtemp(path.join(tmpdir(), 'locks-'))
  const repositories = await makeRepositories(dir, { repository: first }, null)
  const [channel, artifacts] = [await startChannel(), await startArtifactService()]
  const github = await startGitHub({
    ...{ repository: repositories.base, owner: 'pangeo', name: 'images', id: 1 },
    forks: [{ directory: repositories.fork, owner: 'mallory', name: 'images', id: 2, defaultBranch: 'main' }],
    permissions: { maintainer: 'write' },
    tokens: {
      [tokens.workflow]: { login: 'github-actions[bot]', write: all },
      [tokens.reading]: { login: 'github-actions[bot]', write: [] },
      [tokens.app]: { login: 'relocker[bot]', write: all },
      [tokens.maintainer]: { login: 'maintainer', write: all },
    },
    ...options,
  })
  const actionDir = path.join(dir, 'action')
  for (const name of ['action.yml', 'package.json', 'dist'])
    await cp(path.join(import.meta.dirname, '../..', name), path.join(actionDir, name), { recursive: true })
  const { repository } = github
  const fork = { ...repository, owner: 'mallory', id: 2, fork: true }
  let runs = 0
  let ofFork = false

  const run = async (
    eventName: string,
    event: Payload,
    commit: { ref: string; sha: string } | null,
    play: Play = {},
  ) => {
    runs += 1
    const workspace = path.join(dir, 'runs', String(runs), 'images')
    const { ref, sha } = commit ?? { ref: 'refs/heads/main', sha: (await tip(repositories.base, 'main')) as string }
    if (commit)
      await checkout({ url: `${github.serverUrl}/pangeo/images`, folder: workspace, ref, commit: sha, depth: 1 })
    else await cp(path.join(actionDir, 'package.json'), path.join(workspace, 'unrelated.json'))
    return await runAction({
      ...{ actionDir, workspace, event, eventName, ref, sha, token: play.token ?? tokens.workflow },
      apiUrl: github.apiUrl,
      graphqlUrl: github.graphqlUrl,
      runnerDir: path.join(dir, 'runs', String(runs), 'runner'),
      inputs: { 'channel-mirrors': `conda-forge=${channel.url}`, ...play.inputs },
      env: { ...artifacts.env, ...play.env },
      ...(play.onLog ? { onLog: play.onLog } : {}),
    })
  }

  return {
    ...{ github, channel, artifacts, repositories, file, tip },
    push: async (change) => (await commitChange(repositories, { branch: 'main', ...change })).after,
    open: async (branch, { fork: isFork = false, edits = false } = {}) => {
      ofFork = isFork
      const head = isFork ? { branch, repository: 'mallory/images' } : { branch }
      github.setPull({
        number: 1,
        title: 'Change',
        head,
        maintainerCanModify: edits,
        ...(isFork ? { user: 'mallory' } : {}),
      })
    },
    pullRequest: async (play) => {
      const { headSha, baseSha, mergeSha } = await github.pull(1)
      const from = ofFork ? { fork, user: 'mallory', sender: 'mallory' } : {}
      const head = { ref: github.pulls()[0]!.head.branch, sha: headSha }
      const event = pullRequestEvent({ repository, number: 1, head, base: { sha: baseSha }, mergeSha, ...from })
      return await run('pull_request', event, { ref: 'refs/pull/1/merge', sha: mergeSha as string }, play)
    },
    comment: async (by, body, play) => {
      const id = github.comment(1, by, body)
      await github.pull(1)
      const createdAt = new Date().toISOString()
      const event = issueCommentEvent({ repository, number: 1, body, sender: by, commentId: id, createdAt })
      return { ...(await run('issue_comment', event, null, play)), id }
    },
    schedule: async (play) => {
      const sha = (await tip(repositories.base, 'main')) as string
      return await run('schedule', scheduleEvent({ repository }), { ref: 'refs/heads/main', sha }, play)
    },
    [Symbol.asyncDispose]: async () => {
      await channel.stop()
      await artifacts[Symbol.asyncDispose]()
      await rm(dir, { recursive: true, force: true })
      await github.stop()
    },
  }
}

async function file(directory: string, revision: string, name: string): Promise<string | null> {
  return await tryGit({ directory }, 'cat-file', 'blob', `${revision}:${name}`)
}

async function tip(directory: string, branch: string): Promise<string | null> {
  return (await tryGit({ directory }, 'rev-parse', '--verify', '--quiet', `refs/heads/${branch}`))?.trim() ?? null
}
