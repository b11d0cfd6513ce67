import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { alternate } from './alternate.ts'
import { row, unique } from './caches.ts'
import { type Cost, type Runner, type RunOptions, withRunner } from './runner.ts'
import { buildStack } from './stack-sides.ts'
import { timed } from './timed.ts'
import type { Benchmark, Measurement } from './types.ts'

const images = ['base-image', 'base-notebook', 'pangeo-notebook', 'ml-notebook']
const file = 'images/base-image/condarc.yml'
const rounds = { runs: 5, warmUps: 1 }
const note = 'Four images with their full locks; the action alone, without its checkout.'

/** What moving tags costs: releases, promotes and reverts that build nothing, and what they add to a build. */
export const publish: Benchmark = {
  name: 'publish',
  measure: async (say) =>
    await withRunner('full', async (runner) => {
      say('  publishing two commits')
      const first = (await runner.run({})).played
      const second = (await runner.run(await otherBase(runner))).played
      const commits = [first, second].map(({ commit, sha7 }) => ({ commit, sha7 }))
      return [
        ...(await release(runner, commits, say)),
        ...(await back(runner, commits, say)),
        ...(await build(runner, say)),
      ]
    }),
}

type Published = readonly { readonly commit: string; readonly sha7: string }[]

/** A git tag on one of the two commits in turn, so that `latest` moves and the notes compare locks each time. */
async function release(runner: Runner, commits: Published, say: (line: string) => void): Promise<Measurement[]> {
  say('  releasing')
  const { stage } = runner
  const repo = await stage.checkout('refs/heads/main', commits[1]?.commit ?? '')
  const costs: Cost[] = []
  const ours = async (round: number) => {
    const cost = await runner.tag(`v1.${round}.0`, commits[round % 2]?.commit ?? '', { id: `1${round}` })
    costs.push(cost)
    return cost.seconds
  }
  const bake = async (round: number) =>
    await buildStack('bake', { world: stage.world, repo }, `${stage.world.registry}/released`, `v1.${round}.0`)
  const samples = await alternate({ ours, bake }, { ...rounds, say })
  return [
    {
      ...row('publish-release', 'A release of the stack, with its notes', 's', samples.ours),
      peer: { name: '`buildx bake --push` of the same tag', sample: samples.bake },
      goal: { of: 'value', max: 3 },
      note: `${note} Each gives two tags, and compares the locks with those of the version before. The peer finds all in the builder’s cache, its layers in the registry from its second run on, and writes no notes.`,
    },
    {
      ...row('publish-release-uploads', 'The same, blobs sent to the images’ repositories', 'blobs', uploads(costs)),
      goal: { of: 'value', max: 0 },
    },
    row('publish-release-requests', 'The same, requests to the registry per image', 'requests', requests(costs)),
  ]
}

/** `stable` is promoted to the one commit and the other in turn, and reverted. */
async function back(runner: Runner, commits: Published, say: (line: string) => void): Promise<Measurement[]> {
  say('  promoting and reverting')
  const { world, prefix } = runner.stage
  const costs: Record<'promote' | 'revert', Cost[]> = { promote: [], revert: [] }
  const play = async (command: 'promote' | 'revert', round: number, inputs: RunOptions['inputs']) => {
    const cost = await runner.dispatch({
      inputs: { command, ...inputs },
      id: `${command === 'promote' ? 2 : 3}${round}`,
    })
    costs[command].push(cost)
    return cost.seconds
  }
  await runner.dispatch({ inputs: { command: 'promote', from: commits[0]?.sha7 ?? '', to: 'stable' }, id: '20000' })
  const byHand = async (round: number) => {
    const from = commits[round % 2]?.sha7
    let ms = 0
    for (const image of images) {
      const args = ['imagetools', 'create', '--tag', `${prefix}/${image}:by-hand`, `${prefix}/${image}:${from}`]
      ms += (await timed({ file: 'buildx', args, env: world.env })).ms
    }
    return ms / 1000
  }
  const samples: Record<'promote' | 'revert' | 'hand', number[]> = { promote: [], revert: [], hand: [] }
  for (let round = 0; round < rounds.warmUps + rounds.runs; round++) {
    const promote = await play('promote', round, { from: commits[1]?.sha7 ?? '', to: 'stable' })
    const hand = await byHand(round)
    const revert = await play('revert', round, { to: 'previous' })
    say(`  promote ${promote.toFixed(1)} revert ${revert.toFixed(1)} by hand ${hand.toFixed(1)}`)
    if (round < rounds.warmUps) continue
    samples.promote.push(promote)
    samples.revert.push(revert)
    samples.hand.push(hand)
  }
  const peer = { name: '`buildx imagetools create`, image by image', sample: samples.hand }
  return [
    {
      ...row('publish-revert', 'A revert of the stack', 's', samples.revert),
      peer,
      goal: { of: 'value', max: 3 },
      note,
    },
    row('publish-revert-requests', 'The same, requests to the registry per image', 'requests', requests(costs.revert)),
    {
      ...row('publish-promote', 'A promote of the stack', 's', samples.promote),
      peer,
      goal: { of: 'value', max: 3 },
      note,
    },
    row(
      'publish-promote-requests',
      'The same, requests to the registry per image',
      'requests',
      requests(costs.promote),
    ),
  ]
}

/** No layer and no mount is kept: they cost the same whatever is published. */
const cold = { cache: 'none', 'cache-mounts': 'false' }
/** What a push to a branch of no meaning sets: the commit's tag, and nothing that moves; no journal, no stack.json. */
const tagged = { push: 'true', tags: 'type=sha,prefix=' }

/**
 * The same cold build of all images: pushed to the default branch, which publishes; to another branch, which sets the commit's tags;
 * without tests; and without manifests.
 */
async function build(runner: Runner, say: (line: string) => void): Promise<Measurement[]> {
  say('  cold builds: published, with the commit’s tags alone, without tests, without manifests')
  const published: Cost[] = []
  const side = (inputs: RunOptions['inputs'], keep?: Cost[]) => async (round: number) => {
    await runner.fresh()
    const change = await otherBase(runner)
    const branch = inputs === tagged ? { branch: `other-${unique()}` } : {}
    const cost = await runner.run({ ...change, ...branch }, { inputs: { ...cold, ...inputs } })
    if (round > 0) keep?.push(cost)
    return cost.seconds
  }
  const samples = await alternate(
    {
      published: side({}, published),
      tagged: side(tagged),
      untested: side({ tests: 'false' }),
      undescribed: side({ manifests: 'false' }),
    },
    { runs: 3, warmUps: 1, say },
  )
  return [
    {
      ...row('publish-build', 'A cold build that publishes', 's', samples.published),
      peer: { name: 'the same, its commit’s tags alone', sample: samples.tagged },
      goal: { of: 'ratio', max: 1.1 },
      note: 'A push to the default branch (commit’s and branch’s tag, journal, stack.json) against one to another branch with `tags: type=sha,prefix=`. Both test, describe and push all four images; no cache from run to run.',
    },
    {
      ...row('publish-build-tests', 'The same, what tests add', 's', samples.published),
      peer: { name: '`tests: false`', sample: samples.untested },
    },
    {
      ...row('publish-build-manifests', 'The same, what package lists add', 's', samples.published),
      peer: { name: '`manifests: false`', sample: samples.undescribed },
    },
    {
      ...row(
        'publish-build-requests',
        'The same, requests to the registry per image, BuildKit’s included',
        'requests',
        published.map(({ requests }) => requests / images.length),
      ),
    },
  ]
}

/** A change of what all images are built on. */
async function otherBase({ stage }: Runner) {
  const text = await readFile(path.join(import.meta.dirname, '..', file), 'utf8')
  const alias = `channel_alias: ${stage.world.channel?.replace(/\/[^/]*$/, '')}\n`
  return { files: { [file]: `${text}${alias}# ${unique()}\n` } }
}

function requests(costs: readonly Cost[]): number[] {
  return costs.slice(rounds.warmUps).map((cost) => cost.requests / images.length)
}

function uploads(costs: readonly Cost[]): number[] {
  return costs.slice(rounds.warmUps).map((cost) => cost.uploads)
}
