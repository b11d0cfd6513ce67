import { chooseStrategy, type StrategyChoice } from '../cache/strategies.ts'
import { type CachePlaces, joinPlaces, noPlaces } from '../cache/types.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { ImageResult } from '../report/types.ts'
import type { BuilderFacts } from '../stack/builder.ts'
import { hasCacheService } from '../tools/environment.ts'
import type { Registry } from '../tools/registry.ts'
import type { Decision } from './decide.ts'
import type { Source } from './detect.ts'

/** What decides about the caches of a run. */
export interface CachesQuestion {
  readonly source: Source
  readonly decision: Decision
  readonly inputs: Inputs
  readonly host: Host
  readonly registry: Registry
  readonly builder: BuilderFacts
}

/** The caches of a run's builds, by the input `cache`. */
export interface Caches {
  /** Of one image, once what it restores is there. Asked right before its build; never throws but when the run is cancelled. */
  of(name: string): Promise<CachePlaces>
  /** Told once, after the last build: what is worth keeping is left to the post step. Gives the results with what the cache did for them. */
  settle(results: readonly ImageResult[]): Promise<readonly ImageResult[]>
}

const noCaches: Caches = { of: async () => noPlaces, settle: async (results) => results }

/** Begins to restore what the builds of the plan can use. Throws for a strategy that the builder cannot have. */
export async function prepareCaches(question: CachesQuestion): Promise<Caches> {
  const { inputs, host } = question
  const raw = inputs.cacheFrom.length > 0 || inputs.cacheTo.length > 0
  const choice = chooseStrategy({
    asked: inputs.cache,
    builder: question.builder,
    action: host.kind === 'action',
    service: hasCacheService(host),
    raw,
  })
  const said = `layers are cached: ${choice.strategy} (${choice.reason})`
  host.out[choice.strategy === 'none' ? 'debug' : 'info'](said)
  if (choice.lacking) host.out.warning(choice.lacking)
  const given = raw ? await (await import('./cache-raw.ts')).prepareRaw(question) : noPlaces
  const own = await cachesOf(choice, question)
  if (!raw) return own
  return { of: async (name) => joinPlaces([given, await own.of(name)]), settle: own.settle }
}

async function cachesOf({ strategy }: StrategyChoice, question: CachesQuestion): Promise<Caches> {
  switch (strategy) {
    case 'none':
      return noCaches
    case 'local':
      return (await import('./cache-local.ts')).prepareLocal(question)
    default:
      return (await import('./cache-remote.ts')).prepareRemote(strategy, question)
  }
}
