import { startCacheService } from '../../sandbox/cache/server.ts'
import type { CacheOptions, CacheRequest, CacheScope, CacheService } from '../../sandbox/cache/types.ts'
import { openStage, type Played, type PlayOptions, type Stage, type StageOptions } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { run } from '../../sandbox/world/run.ts'

export const chance = 'cat /proc/sys/kernel/random/uuid'

/**
 * base ← child, each with steps before and after the file that a test changes, and a stage that is not in the image. Each step leaves a
 * random number: what is made anew is another layer.
 */
export const layeredStack = {
  'images/base/Dockerfile': `FROM busybox\nRUN ${chance} > /base\nCOPY word /base-word\nRUN cat /base-word && ${chance} > /base-end\n`,
  'images/base/word': 'one\n',
  'images/child/Dockerfile': [
    `FROM base AS made\nRUN sleep 0.3; ${chance} > /tool`,
    `FROM base\nCOPY --from=made /tool /tool\nRUN ${chance} > /child`,
    `COPY word /child-word\nRUN cat /child-word && ${chance} > /child-end\n`,
  ].join('\n'),
  'images/child/word': 'one\n',
} as const

/** Scopes of runs, as GitHub's tokens have them. */
export const scopes = {
  main: [{ ref: 'refs/heads/main', write: true }],
  pull: (number: number): CacheScope[] => [
    { ref: `refs/pull/${number}/merge`, write: true },
    { ref: 'refs/heads/main', write: false },
  ],
  reading: [{ ref: 'refs/heads/main', write: false }],
} as const

/** A run and what it did with the cache service. */
export interface Observed {
  readonly run: Played
  readonly calls: readonly CacheRequest[]
  /** Of the step and its post step. */
  readonly warnings: readonly string[]
  /** Image → steps from the cache and all steps, without FROM. */
  readonly cached: Readonly<Record<string, string>>
}

/** A stage with a cache service, on which each run has a builder that knows nothing of the one before. */
export interface CacheScene extends AsyncDisposable {
  readonly stage: Stage
  readonly service: CacheService
  play(begin: (stage: Stage, options: PlayOptions) => Promise<Played>, options?: SceneRun): Promise<Observed>
}

/** How a run of a scene differs. */
export interface SceneRun {
  readonly scope?: readonly CacheScope[]
  readonly inputs?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
  readonly signals?: PlayOptions['signals']
}

let count = 0

/** The layered stack with `cache: local` on the world's builder, which is emptied before each run. */
export async function openCacheScene(
  world: World,
  { caches, ...options }: { caches?: CacheOptions } & Omit<StageOptions, 'caches'> = {},
): Promise<CacheScene> {
  const service = await startCacheService(caches)
  count += 1
  const stage = await openStage({
    ...{ world, repository: layeredStack, name: `team/cached-${count}`, caches: service },
    ...options,
  })
  return {
    ...{ stage, service },
    play: async (begin, { scope = scopes.main, inputs, env, signals } = {}) => {
      await run('buildx', ['prune', '--all', '--force'], { env: world.env })
      const before = service.requests().length
      const played = await begin(stage, {
        inputs: { cache: 'local', ...inputs },
        env: { ...service.env(scope), ...env },
        ...(signals ? { signals } : {}),
      })
      return {
        run: played,
        calls: service.requests().slice(before),
        warnings: [played, ...(played.post ? [played.post] : [])].flatMap(({ annotations }) =>
          annotations.filter(({ level }) => level !== 'notice').map(({ message }) => message),
        ),
        cached: await cachedSteps(played),
      }
    },
    [Symbol.asyncDispose]: async () => {
      await stage[Symbol.asyncDispose]()
      await service[Symbol.asyncDispose]()
    },
  }
}

async function cachedSteps({ outputs }: Played): Promise<Record<string, string>> {
  const { readFile } = await import('node:fs/promises')
  if (!outputs.report) return {}
  const { images = [] } = JSON.parse(await readFile(outputs.report, 'utf8')) as {
    images?: { name: string; outcome: string; steps: { name: string; number: number | null; cached: boolean }[] }[]
  }
  const built = images.filter(({ outcome }) => outcome === 'built')
  return Object.fromEntries(
    built.map(({ name, steps }) => {
      const counted = steps.filter(({ number, name }) => number !== null && !name.startsWith('FROM'))
      return [name, `${counted.filter(({ cached }) => cached).length}/${counted.length}`]
    }),
  )
}
