import { setTimeout as sleep } from 'node:timers/promises'
import { openStage, type Stage } from '../sandbox/play/stage.ts'
import { alternate } from './alternate.ts'
import { buildStack } from './stack-sides.ts'
import type { Benchmark, Measurement, Sample } from './types.ts'

const images = 4

interface Cost {
  readonly seconds: number
  /** Requests to the registry, of the run and of BuildKit, per image of the stack. */
  readonly requests: number
}

/**
 * A push to the default branch that changes no image: the action, from its start to the end of its post step, gives every
 * image the commit's tags. Its peer knows nothing of changes and builds all of it from BuildKit's cache.
 */
export const noChange: Benchmark = {
  name: 'no-change',
  measure: async (say) => {
    await using stage = await openStage({ repository: 'small' })
    say('  publishing the stack')
    await published(stage)
    const costs: Record<'ours' | 'bake', Cost[]> = { ours: [], bake: [] }
    const side = (name: 'ours' | 'bake', play: () => Promise<number>) => async () => {
      const cost = await costOf(stage, play)
      costs[name].push(cost)
      return cost.seconds
    }
    const repo = await stage.checkout('refs/heads/main', await stage.commit({ files: { 'README.md': 'The stack.\n' } }))
    const bake = () => buildStack('bake', { world: stage.world, repo }, `${stage.world.registry}/bake`)
    const warmUps = 1
    await alternate({ ours: side('ours', () => published(stage)), bake: side('bake', bake) }, { runs: 9, warmUps, say })
    return rows(costs.ours.slice(warmUps), costs.bake.slice(warmUps))
  },
}

let commits = 0

/** Pushes a change of a file that no image reads; wall time of the action's steps in seconds. */
async function published(stage: Stage): Promise<number> {
  commits += 1
  const played = await stage.push({ files: { 'docs/notes.md': `Note ${commits}.\n` } })
  if (played.outcome !== 'success') throw new Error(`the action's run ended with ${played.outcome}\n${played.log}`)
  return (played.durationMs + (played.post?.durationMs ?? 0)) / 1000
}

async function costOf({ world }: Stage, play: () => Promise<number>): Promise<Cost> {
  const before = world.accessLog().length
  const seconds = await play()
  // The registry writes a line of its log when the answer is out.
  await sleep(100)
  return { seconds, requests: (world.accessLog().length - before) / images }
}

function rows(ours: readonly Cost[], bake: readonly Cost[]): Measurement[] {
  const of = (costs: readonly Cost[], what: keyof Cost): Sample => costs.map((cost) => cost[what])
  const name = '`buildx bake --push` of bench/docker-bake.hcl, all cached'
  const common = { goal: null, command: 'dist/index.js and dist/post.js on a push event' } as const
  return [
    {
      ...common,
      name: 'no-change',
      title: 'A push that changes no image',
      unit: 's',
      ours: of(ours, 'seconds'),
      peer: { name, sample: of(bake, 'seconds') },
      note: `${images} images get the commit’s tag and the branch’s; the peer’s run sets two fixed tags.`,
    },
    {
      ...common,
      name: 'no-change-requests',
      title: 'The same, requests to the registry per image',
      unit: 'requests',
      ours: of(ours, 'requests'),
      peer: { name, sample: of(bake, 'requests') },
    },
  ]
}
