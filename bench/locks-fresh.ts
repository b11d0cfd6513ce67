import path from 'node:path'
import { timed } from './timed.ts'
import type { Measurement } from './types.ts'

const file = path.join(import.meta.dirname, 'locks-fresh-once.ts')
const runs = 7

/** Whether fifty locks are fresh: each time in a new process, which measures from its imports on. */
export async function measureFresh(): Promise<Measurement> {
  const ours: number[] = []
  for (let run = 0; run < runs; run++) {
    ours.push(Number((await timed({ file: process.execPath, args: [file] })).stdout))
  }
  return {
    name: 'locks-fresh',
    title: 'Freshness of the locks of 50 images',
    unit: 'ms',
    ours,
    peer: null,
    goal: { of: 'value', max: 300 },
    command: 'node bench/locks-fresh-once.ts',
    note: 'pangeo-notebook’s lock and environment fifty times, on one base, read from disk; without the start of Node and imports.',
  }
}
