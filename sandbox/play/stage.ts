import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { micromambaImage } from '../conda/micromamba.ts'
import { pullRequestEvent, pushEvent } from '../github/events.ts'
import { git } from '../github/git.ts'
import { workflowDispatchEvent } from '../github/indirect-events.ts'
import { startGitHub } from '../github/server.ts'
import type { GitHub, ServedRepository } from '../github/types.ts'
import { runAction } from '../runner/run-action.ts'
import { startWorld, type World } from '../world/index.ts'
import { listTags, readImage } from './registry.ts'
import { checkout, commitChange, makeRepositories, type Repositories } from './repository.ts'
import type { Change, Occasion, Played, PlayOptions, Stage, StageOptions, TagOptions } from './types.ts'

export type {
  Change,
  Files,
  Occasion,
  Played,
  PlayOptions,
  RegistryImage,
  Stage,
  StageOptions,
  TagTable,
} from './types.ts'

const root = path.join(import.meta.dirname, '../..')
const token = 'ghs_0123456789abcdefghijklmnopqrstuvwxyz'

/** All that the parts of a stage need of each other. */
interface Set {
  readonly world: World
  readonly github: GitHub
  readonly repositories: Repositories
  readonly fork: ServedRepository
  readonly dir: string
  readonly actionDir: string
  readonly prefix: string
  /** Pull requests by branch and side. */
  readonly numbers: Map<string, number>
  runs: number
}

/** A world with all that the reference stack needs. */
export async function startPlayWorld(options: Parameters<typeof startWorld>[0] = {}): Promise<World> {
  return await startWorld({ channel: true, images: [await micromambaImage()], ...options })
}

/**
 * Opens a stage: a bare repository behind a GitHub, a registry and a builder. Each play commits, makes a fresh checkout as
 * actions/checkout does, and runs the action on the real payload. `await using` closes it; problems that the GitHub
 * double saw are thrown then.
 */
export async function openStage(options: StageOptions = {}): Promise<Stage> {
  const dir = options.dir ?? (await mkdtemp(path.join(tmpdir(), 'stage-')))
  const world = options.world ?? (await startPlayWorld({ dir: path.join(dir, 'world') }))
  const [owner = 'o', name = 'images'] = (options.name ?? 'pangeo-data/images').split('/')
  const repositories = await makeRepositories(dir, options, world.channel)
  const fork = { directory: repositories.fork, owner: 'mallory', name, id: 77, defaultBranch: 'main', fork: true }
  const { caches, write } = options
  const github = await startGitHub({
    ...{ repository: repositories.base, owner, name, forks: [fork] },
    ...(caches ? { caches } : {}),
    ...(write ? { tokens: { [token]: { login: 'github-actions[bot]', write } } } : {}),
  })
  const actionDir = await copyAction(dir)
  const prefix = `${world.registry}/${name}`
  const set: Set = { world, github, repositories, fork, dir, actionDir, prefix, numbers: new Map(), runs: 0 }
  return {
    ...{ world, github, actionDir, dir, fork, prefix, token, repository: github.repository },
    tag: async (tag, options, play) => await runOn(set, await tagged(set, tag, options), play),
    dispatch: async (play) => await runOn(set, await dispatched(set), play),
    push: async (change, play) => await runOn(set, await pushed(set, change ?? {}), play),
    pullRequest: async (change, play) => await runOn(set, await proposed(set, change), play),
    prepare: async (change) => await pushed(set, change ?? {}),
    again: async (occasion, play) => await runOn(set, occasion, play),
    commit: async (change) => (await commitChange(repositories, { branch: 'main', ...change })).after,
    checkout: async (ref, commit, depth = 1) => await freshCheckout(set, ref, commit, depth),
    tags: async (below = prefix) => {
      const { [name]: _, ...images } = await listTags(below)
      return images
    },
    stackTags: async (below = prefix) => (await listTags(below))[name] ?? {},
    image: async (reference, below = prefix) => await readImage(below, reference),
    [Symbol.asyncDispose]: async () => {
      if (!options.world) await world.stop()
      if (!options.dir) await rm(dir, { recursive: true, force: true })
      await github.stop()
    },
  }
}

/**
 * What GitHub's runner downloads, in a folder of its own: a bundle that leans on node_modules fails here, and one that is
 * rebuilt meanwhile does not change in the middle of a run.
 */
async function copyAction(dir: string): Promise<string> {
  const target = path.join(dir, 'action')
  for (const name of ['action.yml', 'package.json', 'dist'])
    await cp(path.join(root, name), path.join(target, name), { recursive: true })
  return target
}

async function pushed(set: Set, change: Change): Promise<Occasion> {
  const branch = change.branch ?? 'main'
  const { before, after } = await commitChange(set.repositories, { ...change, branch })
  const ref = `refs/heads/${branch}`
  const { repository } = set.github
  const event = pushEvent({ repository, before, after, ref, commits: [{ id: after, message: change.message ?? '' }] })
  return { eventName: 'push', event, ref, commit: after }
}

async function proposed(set: Set, change: Change & { fork?: boolean; title?: string }): Promise<Occasion> {
  const { github, numbers } = set
  const branch = change.branch ?? 'change'
  const { before } = await commitChange(set.repositories, { ...change, branch })
  const key = `${change.fork ? 'fork' : 'base'} ${branch}`
  const known = numbers.get(key)
  const number = known ?? numbers.size + 1
  numbers.set(key, number)
  const { owner, name } = set.fork
  const title = change.title ?? change.message ?? 'Change files'
  github.setPull({ number, title, head: { branch, ...(change.fork ? { repository: `${owner}/${name}` } : {}) } })
  const { headSha, baseSha, mergeSha } = await github.pull(number)
  if (!mergeSha) throw new Error(`pull request ${number} has conflicts: GitHub starts no run`)
  const event = pullRequestEvent({
    repository: github.repository,
    number,
    title,
    action: known ? 'synchronize' : 'opened',
    ...(known && before ? { before } : {}),
    head: { ref: branch, sha: headSha },
    base: { sha: baseSha },
    mergeSha,
    ...(change.fork ? { fork: set.fork, user: owner, sender: owner } : {}),
  })
  return { eventName: 'pull_request', event, ref: `refs/pull/${number}/merge`, commit: mergeSha }
}

const tagger = { GIT_COMMITTER_NAME: 'Ann', GIT_COMMITTER_EMAIL: 'ann@example.org' }

/** A pushed git tag on a commit (default: the head of main), lightweight or annotated, as GitHub tells of it. */
async function tagged(set: Set, tag: string, { commit, annotated = false }: TagOptions = {}): Promise<Occasion> {
  const { base } = set.repositories
  const on = commit ?? (await git({ directory: base }, 'rev-parse', 'main')).trim()
  await git({ directory: base, env: tagger }, 'tag', '--force', ...(annotated ? ['-a', '-m', tag] : []), tag, on)
  const after = (await git({ directory: base }, 'rev-parse', `refs/tags/${tag}`)).trim()
  const ref = `refs/tags/${tag}`
  const event = pushEvent({
    ...{ repository: set.github.repository, before: null, after, ref },
    commits: [{ id: on, message: '' }],
  })
  return { eventName: 'push', event, ref, commit: on }
}

/** A person presses the button on the default branch. */
async function dispatched(set: Set): Promise<Occasion> {
  const commit = (await git({ directory: set.repositories.base }, 'rev-parse', 'main')).trim()
  const ref = 'refs/heads/main'
  return {
    eventName: 'workflow_dispatch',
    event: workflowDispatchEvent({ repository: set.github.repository, ref }),
    ref,
    commit,
  }
}

async function freshCheckout(set: Set, ref: string, commit: string, depth: 0 | 1): Promise<string> {
  set.runs += 1
  const { owner, name } = set.github.repository
  const folder = path.join(set.dir, 'runs', String(set.runs), name)
  await checkout({ url: `${set.github.serverUrl}/${owner}/${name}`, folder, ref, commit, depth })
  return folder
}

async function runOn(set: Set, occasion: Occasion, options: PlayOptions = {}): Promise<Played> {
  const { world, github, prefix, actionDir } = set
  const { commit, ref, event, eventName } = occasion
  const workspace = await freshCheckout(set, ref, commit, options.depth ?? 1)
  const { PATH = '', DOCKER_CONFIG = '', BUILDX_CONFIG = '' } = world.env
  const result = await runAction({
    ...{ actionDir, workspace, event, eventName, ref, sha: commit, token },
    apiUrl: github.apiUrl,
    graphqlUrl: github.graphqlUrl,
    // The folder outlives the run: the report that the output names can be read.
    runnerDir: path.join(path.dirname(workspace), 'runner'),
    inputs: { registry: prefix, ...options.inputs },
    env: { PATH, DOCKER_CONFIG, BUILDX_CONFIG, ...options.env },
    debug: options.debug ?? false,
    ...(options.run ? { runId: options.run.id, runAttempt: options.run.attempt ?? '1' } : {}),
    ...(options.signals ? { signals: options.signals } : {}),
    ...(options.onLog ? { onLog: options.onLog } : {}),
  })
  const number = /^refs\/pull\/(\d+)\//.exec(ref)?.[1]
  return { ...result, occasion, commit, sha7: commit.slice(0, 7), workspace, number: number ? Number(number) : null }
}
