import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { alternate } from './alternate.ts'
import { row, unique } from './caches.ts'
import { type Cost, type Runner, withRunner } from './runner.ts'
import { buildStack } from './stack-sides.ts'
import { timed } from './timed.ts'
import type { Benchmark, Measurement } from './types.ts'

const images = 4
const file = 'images/base-image/condarc.yml'

/** What is built once is never built again: a merge after its pull request, and a run that is repeated. */
export const reuse: Benchmark = {
  name: 'reuse',
  measure: async (say) =>
    await withRunner('full', async (runner) => {
      say('  publishing the stack')
      await runner.run({})
      return [...(await merge(runner, say)), ...(await again(runner, say))]
    }),
}

/** A pull request changes what all images are built on, and pushes; then it is merged. Its peers build what is merged. */
async function merge(runner: Runner, say: (line: string) => void): Promise<Measurement[]> {
  say('  merging a pull request that changed all images')
  const { stage } = runner
  const text = await readFile(path.join(import.meta.dirname, '..', file), 'utf8')
  const alias = `channel_alias: ${stage.world.channel?.replace(/\/[^/]*$/, '')}\n`
  const merges: Cost[] = []
  const ours = async (round: number) => {
    await runner.fresh()
    const branch = `change-${round}`
    const change = { branch, files: { [file]: `${text}${alias}# ${unique()}\n` } }
    await runner.run(change, { pull: true, inputs: { push: 'true' } })
    await runner.fresh()
    const cost = await runner.run({ merge: branch })
    merges.push(cost)
    return cost.seconds
  }
  const building = async () => {
    await runner.fresh()
    const cost = await runner.run({ files: { [file]: `${text}${alias}# ${unique()}\n` } })
    return cost.seconds
  }
  const bake = async (round: number) => {
    await runner.fresh()
    const repo = await stage.checkout('refs/heads/main', await stage.commit({ files: { 'notes.md': `${unique()}\n` } }))
    return await buildStack('bake', { world: stage.world, repo }, `${stage.world.registry}/merge-${round}`)
  }
  const warmUps = 1
  const samples = await alternate({ ours, building, bake }, { runs: 3, warmUps, say })
  return [
    {
      ...row('reuse-merge', 'A merge after its pull request', 's', samples.ours),
      peer: { name: 'the same push, built and tested', sample: samples.building },
      goal: { of: 'ratio', max: 0.1 },
    },
    {
      ...row('reuse-merge-bake', 'The same', 's', samples.ours),
      peer: { name: '`buildx bake --push` of what is merged', sample: samples.bake },
    },
    {
      ...row(
        'reuse-merge-uploads',
        'The same, blobs sent to the images’ repositories',
        'blobs',
        merges.slice(warmUps).map(({ uploads }) => uploads),
      ),
      goal: { of: 'value', max: 0 },
    },
  ]
}

/** The run of a commit that is published, again: from the action's start to the end of its post step. */
async function again(runner: Runner, say: (line: string) => void): Promise<Measurement[]> {
  say('  the same run again')
  const occasion = await runner.stage.prepare({ files: { 'notes.md': `${unique()}\n` } })
  const costs: Cost[] = []
  const ours = async () => {
    const cost = await runner.again(occasion)
    costs.push(cost)
    return cost.seconds
  }
  await ours()
  const node = async () => (await timed({ file: process.execPath, args: ['-e', '0'] })).ms / 1000
  const warmUps = 1
  const samples = await alternate({ ours, node }, { runs: 9, warmUps, say })
  return [
    {
      ...row('reuse-again', 'A run again, nothing to do', 's', samples.ours),
      peer: { name: '`node -e 0`', sample: samples.node },
      goal: { of: 'over', max: 1 },
    },
    {
      ...row(
        'reuse-again-requests',
        'The same, requests to the registry per image',
        'requests',
        costs.slice(1 + warmUps).map(({ requests }) => requests / images),
      ),
      goal: { of: 'value', max: 2 },
    },
  ]
}
