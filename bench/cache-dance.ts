import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { run } from '../sandbox/world/run.ts'
import type { World } from '../sandbox/world/types.ts'
import type { MountDirectory } from '../src/cache/mounts.ts'

/**
 * The way of reproducible-containers/buildkit-cache-dance, its steps by hand: for each mount and each direction one throw-away build, in which
 * `cp -p -R` copies it. Its own way out is an image that is loaded into Docker and copied out of a container; here the build writes a tar
 * itself, which is quicker.
 */
export interface Dance {
  readonly world: World
  /** Holds a folder for each mount: what the user's workflow gives to actions/cache. */
  readonly folder: string
}

/** Copies folders into mounts. */
export async function danceIn(dance: Dance, mounts: readonly MountDirectory[]): Promise<void> {
  for (const [at, { mount }] of mounts.entries()) {
    const context = await stamped(path.join(dance.folder, String(at)))
    const bind = '--mount=type=bind,source=.,target=/var/dance-cache'
    const copy = `cp -p -R /var/dance-cache/. ${mount.target} || true`
    await build(dance, context, [`RUN --mount=type=cache,id=${mount.id},target=${mount.target} ${bind} ${copy}`], [])
  }
}

/** Copies mounts into folders. */
export async function danceOut(dance: Dance, mounts: readonly MountDirectory[]): Promise<void> {
  for (const [at, { mount }] of mounts.entries()) {
    const target = path.join(dance.folder, String(at))
    const context = await stamped(path.join(dance.folder, 'empty'))
    const copy = `mkdir -p /var/dance-cache && cp -p -R ${mount.target}/. /var/dance-cache/`
    const tar = path.join(dance.folder, 'out.tar')
    const lines = [`RUN --mount=type=cache,id=${mount.id},target=${mount.target} ${copy}`]
    await build(dance, context, lines, ['--output', `type=tar,dest=${tar}`])
    await rm(target, { recursive: true, force: true })
    await mkdir(target)
    await run('tar', ['-x', '-f', tar, '-C', target, '--strip-components=2', 'var/dance-cache'])
    await rm(tar)
  }
}

let stamps = 0

/** A file that no build has seen: its steps are in no cache. */
async function stamped(folder: string): Promise<string> {
  stamps += 1
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'buildstamp'), `${Date.now()}-${stamps}`)
  return folder
}

async function build(
  { world, folder }: Dance,
  context: string,
  lines: readonly string[],
  output: readonly string[],
): Promise<void> {
  const file = path.join(folder, 'Dancefile')
  await writeFile(file, ['FROM busybox:stable', 'COPY buildstamp buildstamp', ...lines, ''].join('\n'))
  await run('buildx', ['build', '--builder', world.builder, '-f', file, ...output, context], { env: world.env })
}
