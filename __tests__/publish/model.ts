import type { Answers, Effect, PlacedJournal, Steps } from '../../src/publish/effects.ts'
import { type TransactionPlan, type TransactionResult, transaction } from '../../src/publish/transaction.ts'
import type { Entry, PastEntry, Target } from '../../src/publish/types.ts'

/** Registries, journals and the lock in memory: everything that outlives a run. */
export interface World {
  readonly tags: Map<string, string>
  readonly manifests: Set<string>
  readonly journals: Map<string, { open: Entry | null; history: readonly PastEntry[] }>
  readonly places: readonly string[]
  /** Whether GitHub's lock is there to be had. */
  readonly locks: boolean
  holder: string | null
}

/** Two images in two registries, at their old digests. */
export const images = ['a/base', 'a/child', 'b/base', 'b/child'] as const
export const digest = (name: string): string => `sha256:${Buffer.from(name).toString('hex').padEnd(64, '0')}`

/** A world with all tags at `old`, or without any where `old` is null. */
export function createWorld({ locks = false, old = 'old' as string | null } = {}): World {
  const places = ['a', 'b']
  return {
    tags: new Map(old === null ? [] : images.map((name) => [`${name}:main`, digest(old)])),
    manifests: new Set(images.flatMap((name) => ['old', 'new', 'other'].map((one) => `${name}@${digest(one)}`))),
    journals: new Map(places.map((place) => [place, { open: null, history: [] }])),
    ...{ places, locks, holder: null },
  }
}

/** What a run wants: a tag of all images at one digest. */
export function planFor(to: string, { id = to, tag = 'main' } = {}): TransactionPlan {
  const targets: readonly Target[] = images.map((repository) => ({ repository, tag, to: digest(to) }))
  const started = '2026-11-21T12:00:00.000Z'
  const cause = { id, command: 'publish', request: `publish of ${tag} at ${to}`, by: 'ann', run: null } as const
  return {
    cause: { ...cause, holder: `local:x.${id}`, commit: null, started, places: ['a', 'b'] },
    ...{ targets: () => targets, fixed: true, now: () => started },
  }
}

/** Digests of a tag, each once: one where the stack is whole. */
export function state(world: World, tag = 'main'): string[] {
  return [...new Set(images.map((name) => world.tags.get(`${name}:${tag}`) ?? 'none'))]
}

/** Whether an entry is still open somewhere. */
export function isOpen(world: World): boolean {
  return [...world.journals.values()].some(({ open }) => open !== null)
}

/** Which part of a `put` is done before the crash, by bit; other effects are done or not. */
export function apply(world: World, effect: Effect, part = ~0): Answers[Effect['do']] {
  switch (effect.do) {
    case 'read':
      return effect.tags.map(({ repository, tag }) => world.tags.get(`${repository}:${tag}`) ?? null)
    case 'has':
      return effect.targets.map(({ repository, to }) => world.manifests.has(`${repository}@${to}`))
    case 'put':
      return effect.targets.map(({ repository, tag, to }, at) => {
        if (!(part & (1 << at))) return 'not reached'
        if (!world.manifests.has(`${repository}@${to}`)) return 'gone'
        world.tags.set(`${repository}:${tag}`, to)
        return null
      })
    case 'remove':
      return effect.tags.map(({ repository, tag }, at) => {
        if (part & (1 << at)) world.tags.delete(`${repository}:${tag}`)
        return null
      })
    case 'lock':
    case 'unlock':
      return undefined
    case 'journals':
      return world.places.map((place): PlacedJournal => ({ place, ...world.journals.get(place)! }))
    case 'open':
      world.journals.set(effect.place, { ...world.journals.get(effect.place)!, open: effect.entry })
      return undefined
    case 'close': {
      const { open, history } = world.journals.get(effect.place)!
      if (open?.id !== effect.entry.id) return false
      const past = { ...effect.entry, outcome: effect.outcome, ended: '2026-11-21T12:00:01.000Z' }
      world.journals.set(effect.place, { open: null, history: [...history, past] })
      return true
    }
  }
}

/** A run that ends by itself. */
export function runWhole(world: World, plan: TransactionPlan): TransactionResult {
  const steps = transaction(plan)
  let step = steps.next()
  while (!step.done) step = steps.next(apply(world, step.value))
  return step.value
}

/**
 * A run that is killed at its n-th effect, of which `part` is done. Gives how many effects there were and how many parts the last one
 * had; null where it came to its end before.
 */
export function runKilled(world: World, plan: TransactionPlan, n: number, part: number): { parts: number } | null {
  const steps = transaction(plan)
  let step = steps.next()
  for (let at = 0; !step.done; at++) {
    if (at === n) {
      const parts = sizeOf(step.value)
      if (part > 0) apply(world, step.value, part)
      return { parts }
    }
    step = steps.next(apply(world, step.value))
  }
  return null
}

function sizeOf(effect: Effect): number {
  if (effect.do === 'put') return 2 ** effect.targets.length
  if (effect.do === 'remove') return 2 ** effect.tags.length
  return effect.do === 'open' || effect.do === 'close' ? 2 : 1
}

/** Runs several at once, one effect at a time, in the order of `schedule`; then each to its end. Gives their results. */
export function runTogether(
  world: World,
  plans: readonly TransactionPlan[],
  schedule: readonly number[],
): (TransactionResult | null)[] {
  const runs = plans.map((plan) => {
    const steps: Steps<TransactionResult> = transaction(plan)
    return { plan, steps, step: steps.next() }
  })
  const advance = (index: number): boolean => {
    const run = runs[index]!
    if (run.step.done) return false
    const effect = run.step.value
    if (effect.do === 'lock' && world.locks) {
      if (world.holder !== null) return false
      world.holder = run.plan.cause.id
    }
    if (effect.do === 'unlock' && world.holder === run.plan.cause.id) world.holder = null
    try {
      run.step = run.steps.next(apply(world, effect))
    } catch {
      run.step = { done: true, value: null as unknown as TransactionResult }
    }
    return true
  }
  for (const index of schedule) advance(index)
  while (runs.some((_, index) => advance(index)));
  return runs.map(({ step }) => (step.done ? step.value : null))
}
