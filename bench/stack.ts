import { alternate } from './alternate.ts'
import { buildStack, prune, type StackSide, type StackWorld } from './stack-sides.ts'
import { withStackWorld } from './stack-world.ts'
import type { Benchmark, Measurement, Sample } from './types.ts'

type Samples = Readonly<Record<StackSide, Sample>>

/** The reference stack with its full locks, built and pushed by us, by a hand-written bake file, and image by image. */
export const stack: Benchmark = {
  name: 'stack',
  measure: async (say) =>
    await withStackWorld({ small: false }, async (world) => {
      say('  cold: an empty BuildKit cache before each run')
      const cold = await alternate(sides(world, 'cold', true), { runs: 3, warmUps: 1, say })
      say('  warm: all in the cache, pushed to repositories that are new')
      const warm = await alternate(sides(world, 'warm', false), { runs: 5, warmUps: 1, say })
      return [...rows('cold', cold), ...rows('warm', warm)]
    }),
}

/** Every run pushes to repositories of its own: what a registry has is never found published, and is uploaded again. */
function sides(stack: StackWorld, temperature: string, empty: boolean) {
  const side = (name: StackSide) => async (round: number) => {
    if (empty) await prune(stack)
    return await buildStack(name, stack, `${stack.world.registry}/${temperature}-${name}-${round}`)
  }
  return { ours: side('ours'), bake: side('bake'), sequential: side('sequential') }
}

function rows(temperature: 'cold' | 'warm', samples: Samples): Measurement[] {
  const title = `The stack, four images, ${temperature === 'cold' ? 'empty cache' : 'all cached'}`
  const common = {
    title,
    unit: 's',
    ours: samples.ours,
    command: 'node dist/cli.js build --push --registry PREFIX --path images --tests false --manifests false',
  } as const
  return [
    {
      ...common,
      name: `stack-${temperature}`,
      peer: { name: '`buildx bake --push` of bench/docker-bake.hcl', sample: samples.bake },
      goal: temperature === 'cold' ? { of: 'ratio', max: 1.1 } : null,
    },
    {
      ...common,
      name: `stack-${temperature}-sequential`,
      peer: { name: '`buildx build --push`, image by image', sample: samples.sequential },
      goal: null,
    },
  ]
}
