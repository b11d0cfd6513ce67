import { ActionError } from '../errors.ts'

/** Where the layers of a run's builds are kept for the next one. */
export type CacheStrategy = 'local' | 'registry' | 'gha' | 'inline' | 'none'

/** What decides about the strategy. */
export interface StrategyFacts {
  /** The input `cache`. */
  readonly asked: 'auto' | CacheStrategy
  /** The builder's name, driver, and whether Docker's own keeps images by containerd. */
  readonly builder: { readonly name: string; readonly driver: string; readonly containerdStore: boolean }
  /** A step of a workflow, not the command line. */
  readonly action: boolean
  /** The run can ask a cache service. */
  readonly service: boolean
  /** There are values of `cache-from` or `cache-to`. */
  readonly raw: boolean
}

/** The strategy of a run, and why in the reader's words. */
export interface StrategyChoice {
  readonly strategy: CacheStrategy
  readonly reason: string
  /** What was asked for and cannot be had, as a sentence for a warning. */
  readonly lacking?: string
}

/** Throws ActionError('builder') where the strategy was asked for by name and the builder cannot export a cache. */
export function chooseStrategy(facts: StrategyFacts): StrategyChoice {
  const { asked, builder, service } = facts
  if (asked === 'auto') return chooseByItself(facts)
  const exports = asked !== 'none' && asked !== 'inline'
  if (exports && !canExport(builder))
    throw new ActionError(
      'builder',
      `input cache: ${asked}, but builder ${builder.name} (driver docker) cannot export a cache`,
      [
        'name a builder with the docker-container driver in the input builder (docker/setup-buildx-action makes one),',
        'or turn Docker’s containerd image store on, or set cache: none or inline',
      ],
    )
  if ((asked === 'gha' || (asked === 'local' && facts.action)) && !service)
    return {
      strategy: 'none',
      reason: 'there is no cache service',
      lacking: `cache: ${asked}, but this run has no cache service (ACTIONS_RUNTIME_TOKEN, ACTIONS_RESULTS_URL): nothing is cached`,
    }
  return { strategy: asked, reason: `cache: ${asked}` }
}

function chooseByItself({ builder, action, service, raw }: StrategyFacts): StrategyChoice {
  const none = (reason: string): StrategyChoice => ({ strategy: 'none', reason })
  if (raw) return none('cache-from or cache-to is given')
  if (builder.driver !== 'docker-container') return none(`a builder of the driver ${builder.driver} keeps its own`)
  if (!action) return none('the builder of a machine keeps its own')
  if (!service) return none('there is no cache service')
  return { strategy: 'local', reason: 'a docker-container builder begins empty in each run' }
}

/** Docker's own driver exports caches from containerd's image store alone [buildx build/opt.go, driver.CacheExport]. */
export function canExport({ driver, containerdStore }: StrategyFacts['builder']): boolean {
  return driver !== 'docker' || containerdStore
}
