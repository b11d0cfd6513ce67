import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { openStage, type Stage, startPlayWorld } from '../sandbox/play/stage.ts'
import { type FaultProxy, startFaultProxy } from '../sandbox/world/index.ts'
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
    const temp = await mkdtemp(path.join(tmpdir(), 'bench-no-change-'))
    const world = await startPlayWorld({ dir: path.join(temp, 'world') })
    // The registry's own log leaves out a HEAD of a manifest that is there: a proxy that passes all on counts them.
    const proxy = await startFaultProxy({ target: world.registry })
    try {
      await using stage = await openStage({ repository: 'small', world: { ...world, registry: proxy.address } })
      return await onStage(stage, proxy, say)
    } finally {
      await proxy.stop()
      await world.stop()
      await rm(temp, { recursive: true, force: true })
    }
  },
}

async function onStage(stage: Stage, proxy: FaultProxy, say: (line: string) => void): Promise<Measurement[]> {
  say('  publishing the stack')
  await published(stage)
  const costs: Record<'ours' | 'bake', Cost[]> = { ours: [], bake: [] }
  const side = (name: 'ours' | 'bake', play: () => Promise<number>) => async () => {
    const cost = await costOf(proxy, play)
    costs[name].push(cost)
    return cost.seconds
  }
  const repo = await stage.checkout('refs/heads/main', await stage.commit({ files: { 'README.md': 'The stack.\n' } }))
  const bake = () => buildStack('bake', { world: stage.world, repo }, `${stage.world.registry}/bake`)
  const warmUps = 1
  await alternate({ ours: side('ours', () => published(stage)), bake: side('bake', bake) }, { runs: 9, warmUps, say })
  return rows(costs.ours.slice(warmUps), costs.bake.slice(warmUps))
}

let commits = 0

/** Pushes a change of a file that no image reads; wall time of the action's steps in seconds. */
async function published(stage: Stage): Promise<number> {
  commits += 1
  const played = await stage.push({ files: { 'docs/notes.md': `Note ${commits}.\n` } })
  if (played.outcome !== 'success') throw new Error(`the action's run ended with ${played.outcome}\n${played.log}`)
  return (played.durationMs + (played.post?.durationMs ?? 0)) / 1000
}

async function costOf(proxy: FaultProxy, play: () => Promise<number>): Promise<Cost> {
  const before = proxy.requests.length
  const seconds = await play()
  return { seconds, requests: (proxy.requests.length - before) / images }
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
