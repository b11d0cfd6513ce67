import path from 'node:path'
import type { World } from '../sandbox/world/index.ts'
import { type Timed, timed } from './timed.ts'

/** A repository of the reference stack, and the world that it is built in. */
export interface StackWorld {
  readonly world: World
  /** The repository's root. */
  readonly repo: string
}

/** What builds and pushes the whole stack under a prefix: the product, and what people do without it. */
export type StackSide = 'ours' | 'bake' | 'sequential'

const dist = path.join(import.meta.dirname, '../dist/cli.js')
// A bake file by hand tests nothing and lists nothing.
const build = [dist, 'build', '--push', '--path', 'images', '--tests', 'false', '--manifests', 'false']
const bakeFile = path.join(import.meta.dirname, 'docker-bake.hcl')
const children = ['base-notebook', 'pangeo-notebook', 'ml-notebook']

/** Builds the stack once and pushes it; wall time in seconds. */
export async function buildStack(
  side: StackSide,
  { world, repo }: StackWorld,
  prefix: string,
  tag = 'bench',
): Promise<number> {
  let ms = 0
  for (const command of commandsOf(side, prefix))
    ms += (await timed({ ...command, cwd: repo, env: { ...world.env, PREFIX: prefix, TAG: tag } })).ms
  return ms / 1000
}

/** Empties BuildKit's cache, mounts and pulled images included. */
export async function prune({ world }: StackWorld): Promise<void> {
  const args = ['--builder', world.builder, 'prune', '--all', '--force']
  await timed({ file: 'buildx', args, env: world.env })
}

/** The commands of a side, to be run one after the other. */
export function commandsOf(side: StackSide, prefix: string): Timed[] {
  if (side === 'ours') return [{ file: process.execPath, args: [...build, '--registry', prefix] }]
  if (side === 'bake') return [{ file: 'buildx', args: ['bake', '--push', '--file', bakeFile] }]
  const tags = (name: string) => ['bench', 'latest'].flatMap((tag) => ['--tag', `${prefix}/${name}:${tag}`])
  const one = (name: string, more: readonly string[]) => ({
    file: 'buildx',
    args: ['build', '--push', ...tags(name), ...more, `images/${name}`],
  })
  return [one('base-image', []), ...children.map((name) => one(name, ['--build-arg', `REGISTRY=${prefix}`]))]
}
