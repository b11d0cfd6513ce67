import type { Sample } from './types.ts'

/** How often each side runs; warm-up runs come first and do not count. */
export interface Rounds {
  readonly runs: number
  readonly warmUps: number
  /** Called with each round's numbers. */
  readonly say?: (line: string) => void
}

/**
 * Runs all sides once a round, so that what the machine does meanwhile meets every side alike. Each round begins with another
 * side: what one leaves behind (page cache, heat) is not always to the same one's advantage.
 */
export async function alternate<Side extends string>(
  sides: Readonly<Record<Side, (round: number) => Promise<number>>>,
  { runs, warmUps, say }: Rounds,
): Promise<Record<Side, Sample>> {
  const names = Object.keys(sides) as Side[]
  const samples = {} as Record<Side, number[]>
  for (const name of names) samples[name] = []
  for (let round = 0; round < warmUps + runs; round++) {
    const first = round % names.length
    for (const name of [...names.slice(first), ...names.slice(0, first)]) {
      const value = await sides[name](round)
      if (round >= warmUps) samples[name].push(value)
      say?.(`  ${round < warmUps ? 'warm-up' : `run ${round - warmUps + 1} of ${runs}`}: ${name} ${value.toFixed(1)}`)
    }
  }
  return samples
}
