import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { type ChannelData, loadChannelData, translateLock } from '../sandbox/conda/index.ts'
import { entriesOf } from '../sandbox/conda/records.ts'
import { alternate } from './alternate.ts'
import { type Cost, type Runner, withRunner } from './runner.ts'
import type { Benchmark, Goal, Measurement, Unit } from './types.ts'

const images = 4
const lockFile = 'images/pangeo-notebook/conda-linux-64.lock'
const kept = { cache: 'local', 'cache-mounts': 'true', reuse: 'all' }
const without = { cache: 'none', 'cache-mounts': 'false' }
const command = 'dist/index.js and dist/post.js, a new machine for each run'

/** What a run on a new machine downloads, installs and moves, with caches and without. */
export const caches: Benchmark = {
  name: 'caches',
  measure: async (say) =>
    await withRunner('full', async (runner) => {
      say('  publishing the stack, caches empty')
      await runner.fresh()
      const first = await runner.run({}, { inputs: kept })
      return [
        twice(first),
        ...(await start(runner, say)),
        ...(await onePackage(runner, say)),
        ...(await strategies(runner, say)),
      ]
    }),
}

/** The four images at once: what one has downloaded, no other downloads again. */
function twice({ archives }: Cost): Measurement {
  return {
    ...row('caches-shared', 'Archives that the stack downloads twice', 'packages', [
      archives.length - new Set(archives).size,
    ]),
    goal: { of: 'value', max: 0 },
    note: `${archives.length} archives for ${images} images of 290 to 880 packages each.`,
  }
}

/** The last layer of one image. */
async function start(runner: Runner, say: (line: string) => void): Promise<Measurement[]> {
  say('  changing `start` of pangeo-notebook')
  const text = await readFile(path.join(import.meta.dirname, '../images/pangeo-notebook/start'), 'utf8')
  const change = () => ({ files: { 'images/pangeo-notebook/start': `${text}# ${unique()}\n` } })
  const costs = await both(runner, change, say)
  return withoutCache('caches-start', 'Another `start`: archives that are downloaded', { of: 'value', max: 0 }, costs)
}

/** One package of one environment in another version. */
async function onePackage(runner: Runner, say: (line: string) => void): Promise<Measurement[]> {
  say('  changing one package of pangeo-notebook')
  const data = await loadChannelData()
  const text = await readFile(path.join(import.meta.dirname, '..', lockFile), 'utf8')
  const others = otherLocks(
    translateLock(text, { to: runner.stage.world.channel ?? '', data }),
    data,
    runner.stage.world.channel ?? '',
  )
  const change = () => ({ files: { [lockFile]: others.next().value ?? '' } })
  const costs = await both(runner, change, say)
  return withoutCache(
    'caches-package',
    'One package changed: archives that are downloaded',
    { of: 'ratio', max: 0.01 },
    costs,
  )
}

/** The same change under each strategy: a new file of base-image, on which all are built. */
async function strategies(runner: Runner, say: (line: string) => void): Promise<Measurement[]> {
  say('  a change of pangeo-notebook’s start: local, registry, none')
  const text = await readFile(path.join(import.meta.dirname, '../images/pangeo-notebook/start'), 'utf8')
  const costs: Record<'local' | 'registry' | 'none', Cost[]> = { local: [], registry: [], none: [] }
  const side = (cache: keyof typeof costs) => async (round: number) => {
    await runner.fresh()
    const files = { 'images/pangeo-notebook/start': `${text}# ${unique()}\n` }
    const cost = await runner.run({ files }, { inputs: { cache, 'cache-mounts': 'false' } })
    if (round > 0) costs[cache].push(cost)
    return cost.seconds
  }
  await alternate(
    { local: side('local'), registry: side('registry'), none: side('none') },
    { runs: 3, warmUps: 1, say },
  )
  const against = (cache: 'registry' | 'none', what: 'seconds' | 'moved', unit: Unit): Measurement => ({
    ...row(
      `caches-local-${cache}${what === 'moved' ? '-bytes' : ''}`,
      what === 'moved'
        ? 'The same, bytes to and from registry, channel and cache service'
        : `Another \`start\`, \`cache: local\` against \`${cache}\``,
      unit,
      costs.local.map((cost) => cost[what]),
    ),
    peer: { name: `\`cache: ${cache}\``, sample: costs[cache].map((cost) => cost[what]) },
  })
  return [
    against('registry', 'seconds', 's'),
    against('registry', 'moved', 'MB'),
    against('none', 'seconds', 's'),
    against('none', 'moved', 'MB'),
  ]
}

/** What both downloaded, and how long they took. */
function withoutCache(name: string, title: string, goal: Goal, { ours, peer }: Record<'ours' | 'peer', Cost[]>) {
  const against = (name: string, title: string, unit: Unit, of: (cost: Cost) => number): Measurement => ({
    ...row(name, title, unit, ours.map(of)),
    peer: { name: 'no cache', sample: peer.map(of) },
  })
  return [
    { ...against(name, title, 'packages', downloads), goal },
    against(`${name}-time`, 'The same, time', 's', ({ seconds }) => seconds),
  ]
}

/** With caches and without, in turns, each on a new machine. */
async function both(runner: Runner, change: () => { files: Record<string, string> }, say: (line: string) => void) {
  const costs: Record<'ours' | 'peer', Cost[]> = { ours: [], peer: [] }
  const side = (name: keyof typeof costs) => async (round: number) => {
    await runner.fresh()
    const cost = await runner.run(change(), { inputs: name === 'ours' ? kept : without })
    if (round > 0) costs[name].push(cost)
    return cost.seconds
  }
  await alternate({ ours: side('ours'), peer: side('peer') }, { runs: 3, warmUps: 1, say })
  return costs
}

/** The lock with one package in another version at a time, each time another package. */
function* otherLocks(lock: string, data: ChannelData, channel: string): Generator<string, undefined> {
  for (const [filename, record] of entriesOf(data.noarch)) {
    const line = new RegExp(
      `^${channel.replace(/[^\w/:]/g, '\\$&')}/noarch/${record.name}-[^-]+-[^-]+\\.(?:conda|tar\\.bz2)#.*$`,
      'm',
    )
    const [now] = line.exec(lock) ?? []
    if (now && !now.includes(filename)) yield lock.replace(now, `${channel}/noarch/${filename}#${record.md5}`)
  }
  return undefined
}

let changes = 0

/** A number that no commit had yet. */
export function unique(): number {
  changes += 1
  return changes
}

function downloads({ archives }: Cost): number {
  return archives.length
}

/** A row without peer and goal, which are added where there are any. */
export function row(name: string, title: string, unit: Unit, ours: readonly number[]): Measurement {
  return { name, title, unit, ours, peer: null, goal: null, command }
}
