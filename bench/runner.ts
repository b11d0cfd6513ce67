import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startCacheService } from '../sandbox/cache/server.ts'
import type { CacheScope, CacheService } from '../sandbox/cache/types.ts'
import {
  type Change,
  type Occasion,
  openStage,
  type Played,
  type PlayOptions,
  type Stage,
  startPlayWorld,
} from '../sandbox/play/stage.ts'
import { type FaultProxy, startFaultProxy } from '../sandbox/world/index.ts'
import { prune } from './stack-sides.ts'

/** A repository whose runs each have a machine of their own, as on GitHub: what stays is the registry and the cache service. */
export interface Runner {
  readonly stage: Stage
  readonly service: CacheService
  /** Ends the machine: its builder has nothing any more. */
  fresh(): Promise<void>
  /** Plays a push or a pull request, and counts what it moved. */
  run(change: Change, how?: RunOptions): Promise<Cost>
  /** Plays an event once more. */
  again(occasion: Occasion, how?: RunOptions): Promise<Cost>
  /** A git tag on a commit, and its run. */
  tag(tag: string, commit: string, how?: RunOptions): Promise<Cost>
  /** A person's workflow_dispatch: `promote`, `revert`. */
  dispatch(how?: RunOptions): Promise<Cost>
}

/** How a run is played. */
export interface RunOptions {
  readonly inputs?: PlayOptions['inputs']
  readonly pull?: boolean
  /** The run's number; by default all are one run. */
  readonly id?: string
}

/** What a run took. */
export interface Cost {
  readonly played: Played
  /** Both steps, seconds. */
  readonly seconds: number
  /** Package archives that were downloaded, by name, as often as they were. */
  readonly archives: readonly string[]
  /** Requests to the registry, of the run and of BuildKit. */
  readonly requests: number
  /** Blobs that were sent to the repositories of images; what the stack's own repository gets is no layer. */
  readonly uploads: number
  /** Bytes to and from the registry's blobs, the channel and the cache service, MB. */
  readonly moved: number
}

const main: CacheScope = { ref: 'refs/heads/main', write: true }
const pull: readonly CacheScope[] = [
  { ref: 'refs/pull/1/merge', write: true },
  { ...main, write: false },
]

/** Opens the repository with the reference stack; ends all when `use` is done. */
export async function withRunner<Result>(
  repository: 'small' | 'full',
  use: (runner: Runner) => Promise<Result>,
): Promise<Result> {
  const temp = await mkdtemp(path.join(tmpdir(), 'bench-runner-'))
  const world = await startPlayWorld({ dir: path.join(temp, 'world') })
  // The registry's own log leaves out a HEAD of a manifest that is there: a proxy that passes all on counts them.
  const proxy = await startFaultProxy({ target: world.registry })
  try {
    await using service = await startCacheService()
    await using stage = await openStage({ repository, caches: service, world: { ...world, registry: proxy.address } })
    return await use(createRunner(stage, service, proxy))
  } finally {
    await proxy.stop()
    await world.stop()
    await rm(temp, { recursive: true, force: true })
  }
}

function createRunner(stage: Stage, service: CacheService, proxy: FaultProxy): Runner {
  const { world } = stage
  const optionsOf = ({ inputs, pull: proposes = false, id }: RunOptions) => ({
    inputs: { 'lock-mode': 'off', ...inputs },
    env: service.env(proposes ? pull : [main]),
    ...(id ? { run: { id } } : {}),
  })
  const counted = (play: () => Promise<Played>) => count({ stage, service, proxy }, play)
  return {
    stage,
    service,
    fresh: async () => await prune({ world, repo: '' }),
    run: (change, how = {}) =>
      counted(() => (how.pull ? stage.pullRequest(change, optionsOf(how)) : stage.push(change, optionsOf(how)))),
    again: (occasion, how = {}) => counted(() => stage.again(occasion, optionsOf(how))),
    tag: (tag, commit, how = {}) => counted(() => stage.tag(tag, { commit }, optionsOf(how))),
    dispatch: (how = {}) => counted(() => stage.dispatch(optionsOf(how))),
  }
}

async function count(
  { stage, service, proxy }: { stage: Stage; service: CacheService; proxy: FaultProxy },
  play: () => Promise<Played>,
): Promise<Cost> {
  const { world } = stage
  const asked = proxy.requests.length
  const [stored, log, downloads] = [service.requests().length, world.accessLog().length, world.channelLog().length]
  const sizes = () => service.entries().map(({ key, content }) => [key, content.length] as const)
  const before = sizes()
  const played = await play()
  if (played.outcome !== 'success') throw new Error(`a run ended with ${played.outcome}\n${played.log}`)
  const known = new Map([...before, ...sizes()])
  const requests = proxy.requests.slice(asked)
  const records = `/${stage.repository.name}/blobs/`
  const uploads = requests.filter(
    ({ method, path: name }) => method === 'PUT' && name.includes('/blobs/uploads/') && !name.includes(records),
  )
  const files = world
    .channelLog()
    .slice(downloads)
    .filter(({ status }) => status === 200)
  const moved = [
    ...world
      .accessLog()
      .slice(log)
      .filter(({ path: name }) => name.includes('/blobs/'))
      .map(({ bytes }) => bytes),
    ...requests.filter(({ method }) => method !== 'GET').map(({ headers }) => Number(headers['content-length'] ?? 0)),
    ...files.map(({ bytes }) => bytes),
    ...service
      .requests()
      .slice(stored)
      .filter(({ method }) => method === 'upload' || method === 'download')
      .map(({ key }) => known.get(key) ?? 0),
  ]
  return {
    played,
    seconds: (played.durationMs + (played.post?.durationMs ?? 0)) / 1000,
    archives: files.map(({ path: name }) => name).filter((name) => /\.(conda|tar\.bz2)$/.test(name)),
    requests: requests.length,
    uploads: uploads.length,
    moved: moved.reduce((total, bytes) => total + bytes, 0) / 1e6,
  }
}
