import type { Step } from '../report/types.ts'

/** What the steps of an image took, and what they would have taken without a cache. */
export interface StepTimes {
  /** Step → milliseconds when it ran last: those of this run, else those of before. */
  readonly times: Readonly<Record<string, number>>
  /** Milliseconds that cached steps took when they ran last. */
  readonly saved: number
  /** Milliseconds of all steps, when they ran last. */
  readonly all: number
}

/** Times of a build's numbered steps; `before` is what an earlier run noted. */
export function stepTimes(steps: readonly Step[], before: Readonly<Record<string, number>>): StepTimes {
  const times: Record<string, number> = {}
  let saved = 0
  for (const step of steps) {
    if (step.number === null || step.error !== null || step.started === null || step.completed === null) continue
    const key = keyOf(step)
    const known = Object.hasOwn(before, key) ? before[key] : undefined
    if (step.cached && known === undefined) continue
    const time = step.cached ? (known as number) : step.completed - step.started
    times[key] = Math.round(time)
    if (step.cached) saved += time
  }
  return { times, saved, all: Object.values(times).reduce((sum, time) => sum + time, 0) }
}

function keyOf({ name, stage, platform }: Step): string {
  return [stage ?? '', platform ?? '', name.slice(0, 300)].join('|')
}
