import { mkdir, readdir, rm, stat } from 'node:fs/promises'
import path from 'node:path'
import { row, unique } from './caches.ts'
import { type Runner, withRunner } from './runner.ts'
import { commandsOf } from './stack-sides.ts'
import { timed } from './timed.ts'
import type { Benchmark, Measurement } from './types.ts'

const names = ['base-image', 'base-notebook', 'pangeo-notebook', 'ml-notebook']
const rebuilds = 20

/** What twenty builds with changes leave: in the cache service by us, in folders that are read and written by hand. */
export const growth: Benchmark = {
  name: 'growth',
  measure: async (say) =>
    await withRunner('small', async (runner) => {
      const { stage, service } = runner
      const folder = path.join(stage.dir, 'by-hand')
      for (let at = 1; at <= rebuilds; at++) {
        await runner.fresh()
        await runner.run(change(at), { inputs: { cache: 'local', 'cache-mounts': 'false' } })
        await runner.fresh()
        await byHand(runner, folder, folder)
        if (at % 5 === 0) say(`  ${at} of ${rebuilds} builds`)
      }
      const live = path.join(stage.dir, 'live')
      await byHand(runner, folder, live)
      const kept = service.entries().filter(({ key }) => key.includes('-layers-'))
      return rows({
        ours: kept.reduce((total, { content }) => total + content.length, 0),
        hand: await bytesBelow(folder),
        live: await layersBelow(live),
      })
    }),
}

function rows(bytes: Readonly<Record<'ours' | 'hand' | 'live', number>>): Measurement[] {
  const mb = (count: number) => [count / 1e6]
  const title = `What ${rebuilds} builds with changes leave`
  return [
    {
      ...row('growth', `${title}, against the layers of the last one`, 'MB', mb(bytes.ours)),
      peer: { name: 'one export of all four images to empty folders, shared layers once', sample: mb(bytes.live) },
      goal: { of: 'ratio', max: 1.2 },
    },
    {
      ...row('growth-by-hand', `${title}, against folders that grow`, 'MB', mb(bytes.ours)),
      peer: { name: '`cache-from` and `cache-to` of one folder an image', sample: mb(bytes.hand) },
    },
  ]
}

/** In turns what all images are built on, and the end of one. */
function change(at: number) {
  const file = at % 4 === 0 ? 'images/base-image/dask_config.yml' : 'images/pangeo-notebook/postBuild'
  const text = at % 4 === 0 ? `# ${unique()}\n` : `#!/bin/sh\nhead -c 300000 /dev/urandom > "$HOME/${unique()}"\n`
  return { files: { [file]: text } }
}

/** As people do it: the cache is read from one folder and written to another, or to the same. */
async function byHand({ stage }: Runner, from: string, to: string): Promise<void> {
  // What bake may read and write has to be there.
  for (const folder of [from, to]) await mkdir(folder, { recursive: true })
  const repo = await stage.checkout('refs/heads/main', await stage.commit({ files: { 'notes.md': `${unique()}\n` } }))
  const prefix = `${stage.world.registry}/by-hand`
  const set = names.flatMap((name) => [
    ...['--set', `${name}.cache-from=type=local,src=${path.join(from, name)}`],
    ...['--set', `${name}.cache-to=type=local,mode=max,dest=${path.join(to, name)}`],
  ])
  for (const { file, args } of commandsOf('bake', prefix))
    await timed({
      ...{ file, cwd: repo, env: { ...stage.world.env, PREFIX: prefix, TAG: 'bench' } },
      args: [...args, '--allow', `fs.read=${from}`, '--allow', `fs.write=${to}`, ...set],
    })
  await rm(repo, { recursive: true, force: true })
}

/** Blobs of all folders, each counted once. */
async function layersBelow(folder: string): Promise<number> {
  const sizes = new Map<string, number>()
  for (const name of names) {
    const blobs = path.join(folder, name, 'blobs/sha256')
    for (const blob of await readdir(blobs)) sizes.set(blob, (await stat(path.join(blobs, blob))).size)
  }
  return [...sizes.values()].reduce((total, size) => total + size, 0)
}

async function bytesBelow(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size))
  return sizes.reduce((total, size) => total + size, 0)
}
