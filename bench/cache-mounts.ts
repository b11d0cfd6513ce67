import { mkdir, mkdtemp, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { startWorld, type World } from '../sandbox/world/index.ts'
import { run } from '../sandbox/world/run.ts'
import { extraction, type Filling, injection } from '../src/cache/mount-builds.ts'
import { type MountDirectory, mountDirectories } from '../src/cache/mounts.ts'
import { parseDockerfile } from '../src/stack/dockerfile.ts'
import { readReads } from '../src/stack/reads.ts'
import { bakeMounts, nonce, prepareContext } from '../src/steps/mount-bake.ts'
import { findBuildx } from '../src/tools/buildx.ts'
import { alternate } from './alternate.ts'
import { type Dance, danceIn, danceOut } from './cache-dance.ts'
import type { Benchmark, Measurement, Sample } from './types.ts'

const [packages, megabytes] = [400, 200]
const limit = 2e9

/** What a stack's cache mounts hold: archives of packages, and what apt has. */
const dockerfile = [
  'FROM busybox:stable',
  `RUN --mount=type=cache,id=packages,target=/pkgs cd /pkgs && i=0; while [ $i -lt ${packages} ]; do i=$((i+1)); dd if=/dev/urandom of=p-$i.conda bs=${Math.round((megabytes * 1000) / packages)}k count=1; done`,
  'RUN --mount=type=cache,target=/var/cache/apt cd /var/cache/apt && dd if=/dev/urandom of=pkgcache.bin bs=1M count=20',
  'ARG CHANGE',
  'RUN --mount=type=cache,target=/var/lib/apt/lists cd /var/lib/apt/lists && dd if=/dev/urandom of=lists bs=1M count=20',
  '',
].join('\n')

/** Cache mounts out of a builder and into a new one: ours, and buildkit-cache-dance's way. */
export const cacheMounts: Benchmark = {
  name: 'cache-mounts',
  measure: async (say) => {
    const temp = await mkdtemp(path.join(tmpdir(), 'bench-mounts-'))
    const world = await startWorld({ dir: path.join(temp, 'world') })
    try {
      return await measureIn(world, temp, say)
    } finally {
      await world.stop()
      await rm(temp, { recursive: true, force: true })
    }
  },
}

async function measureIn(world: World, temp: string, say: (line: string) => void): Promise<Measurement[]> {
  const mounts = directories()
  const dance: Dance = { world, folder: path.join(temp, 'dance') }
  const ours = await openOurs(world, path.join(temp, 'ours'), mounts)
  await mkdir(dance.folder)
  await change(world, temp)
  await ours.read()
  await danceOut(dance, mounts)
  const rounds = { runs: 5, warmUps: 1, say }
  const timed = (work: () => Promise<unknown>, before: () => Promise<unknown>) => async () => {
    await before()
    const started = performance.now()
    await work()
    return (performance.now() - started) / 1000
  }
  say('  into a builder that knows nothing')
  const empty = () => run('buildx', ['prune', '--all', '--force', '--builder', world.builder], { env: world.env })
  const filled = await alternate(
    { ours: timed(ours.fill, empty), dance: timed(() => danceIn(dance, mounts), empty) },
    rounds,
  )
  say('  out of it, nothing changed')
  const nothing = async () => undefined
  const same = await alternate(
    { ours: timed(ours.read, nothing), dance: timed(() => danceOut(dance, mounts), nothing) },
    rounds,
  )
  say('  out of it, the smallest of three mounts changed')
  const changed = () => change(world, temp)
  const read = await alternate(
    { ours: timed(ours.read, changed), dance: timed(() => danceOut(dance, mounts), changed) },
    rounds,
  )
  await change(world, temp)
  const bytes = (await ours.read()) / 1e6
  const all = Number((await run('du', ['-sb', dance.folder])).split('\t')[0]) / 1e6
  return [
    row('fill', 'Cache mounts into a new builder', filled),
    row('same', 'Cache mounts read, nothing changed', same),
    row('read', 'Cache mounts read, one of three changed', read),
    {
      ...row('bytes', 'The same: bytes to save', { ours: [bytes], dance: [all] }),
      unit: 'MB',
      note: 'The peer’s folders are one entry of the cache; ours are an entry a mount.',
    },
  ]
}

function row(name: string, title: string, { ours, dance }: { ours: Sample; dance: Sample }): Measurement {
  return {
    ...{ name: `cache-mounts-${name}`, title, unit: 's', ours },
    peer: { name: 'buildkit-cache-dance’s steps by hand', sample: dance },
    goal: { of: 'ratio', max: 1 },
    command: 'the throw-away builds alone, without the cache service',
    note: `Three mounts, ${megabytes} MB in ${packages} files and twice 20 MB. The peer’s files lie on the runner as its own: where it is not root, owners are lost.`,
  }
}

function directories(): MountDirectory[] {
  const options = { args: {}, platform: 'linux/amd64', target: null, contexts: new Set<string>(), triggers: new Map() }
  const reading = readReads(parseDockerfile(dockerfile), options)
  const image = { name: 'app', cacheMounts: reading.cacheMounts, external: [] }
  return mountDirectories([image as never], () => ({}))
}

/** Builds anew what writes to the last mount; the first time, to all of them. */
async function change(world: World, temp: string): Promise<void> {
  const folder = path.join(temp, 'app')
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'Dockerfile'), dockerfile)
  const args = ['build', '--builder', world.builder, '--build-arg', `CHANGE=${nonce()}`, folder]
  await run('buildx', args, { env: world.env })
}

/** Our two builds, with what was read kept for the next filling. `read` gives the bytes of the archives that are new. */
async function openOurs(world: World, root: string, mounts: readonly MountDirectory[]) {
  const buildx = await findBuildx({ cwd: world.dir, env: world.env })
  const builder = (await buildx.builders()).find(({ name }) => name === world.builder)
  if (!builder) throw new Error('the world has no builder')
  const bake = { buildx, builder, utility: 'busybox:stable' }
  const kept = new Map<string, string>()
  const archives = path.join(root, 'archives')
  await mkdir(archives, { recursive: true })
  const read = async () => {
    const [context, output] = [await prepareContext(path.join(root, 'out')), path.join(root, 'read')]
    await rm(output, { recursive: true, force: true })
    const readings = mounts.map((directory) => ({ directory, known: kept.get(directory.key) ?? '' }))
    const build = extraction(readings, { utility: bake.utility, nonce: nonce(), limit })
    await bakeMounts(bake, { build, context, output })
    let bytes = 0
    for (const line of (await readFile(path.join(output, 'report'), 'utf8')).trim().split('\n')) {
      const [number = '', state, digest = ''] = line.split(' ')
      const { key } = mounts[Number(number)]!
      if (state !== 'packed') continue
      kept.set(key, digest)
      bytes += (await stat(path.join(output, `${number}.cpio`))).size
      await rename(path.join(output, `${number}.cpio`), path.join(archives, `${key}.cpio`))
    }
    return bytes
  }
  const fill = async () => {
    const context = await prepareContext(path.join(root, 'in'))
    const fillings: Filling[] = []
    for (const directory of mounts) {
      const file = `${directory.key}.cpio`
      await run('ln', ['-f', path.join(archives, file), path.join(context, file)])
      fillings.push({ directory, file, digest: kept.get(directory.key) ?? '' })
    }
    const build = injection(fillings, { utility: bake.utility, nonce: nonce() })
    await bakeMounts(bake, { build, context, output: path.join(root, 'filled') })
    const words = await Promise.all(mounts.map((_, at) => readFile(path.join(root, 'filled', String(at)), 'utf8')))
    if (words.some((word) => word.trim() !== 'restored')) throw new Error(`not filled: ${words.join(' ')}`)
  }
  return { read, fill }
}
