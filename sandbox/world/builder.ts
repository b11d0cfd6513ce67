import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'
import { run } from './run.ts'
import { tool } from './tools.ts'
import type { PushOptions } from './types.ts'

/** What a build needs: the environment that finds buildx and its configuration, and the builder's name. */
export interface Builder {
  readonly name: string
  readonly env: Readonly<Record<string, string>>
}

/**
 * An environment with configuration folders below `dir` and a PATH that begins with buildx and this process's node.
 * `first` are folders that come before the rest of PATH, `extra` further variables.
 */
export async function makeEnv(
  dir: string,
  first: readonly string[] = [],
  extra: Readonly<Record<string, string>> = {},
) {
  const bin = join(dir, 'bin')
  const plugins = join(dir, 'docker', 'cli-plugins')
  await mkdir(bin, { recursive: true })
  await mkdir(plugins, { recursive: true })
  const buildx = await tool('buildx')
  await relink(buildx, join(bin, 'buildx'))
  await relink(buildx, join(plugins, 'docker-buildx'))
  await relink(process.execPath, join(bin, 'node'))
  const inherited = Object.entries(process.env).filter(([name]) => !/^(BUILDX_|BUILDKIT_|DOCKER_)/.test(name))
  const env: Record<string, string> = {
    ...(Object.fromEntries(inherited) as Record<string, string>),
    PATH: [bin, ...first, process.env.PATH ?? ''].join(delimiter),
    DOCKER_CONFIG: join(dir, 'docker'),
    BUILDX_CONFIG: join(dir, 'buildx'),
    ...extra,
  }
  return env
}

/** Make a builder of the remote driver the current one of that environment. */
export async function createBuilder(name: string, address: string, env: Record<string, string>): Promise<Builder> {
  await run('buildx', ['create', '--name', name, '--driver', 'remote', '--use', address], { env })
  return { name, env }
}

/** Build a folder and push it under all references. Gives the digest. */
export async function buildAndPush(
  builder: Builder,
  refs: readonly string[],
  context: string,
  options: PushOptions = {},
): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), 'buildx-action-push-'))
  const metadata = join(work, 'metadata.json')
  try {
    await run('buildx', [...pushArgs(builder.name, refs, options), '--metadata-file', metadata, context], {
      env: builder.env,
    })
    const result = JSON.parse(await readFile(metadata, 'utf8')) as Record<string, string>
    return result['containerimage.digest'] ?? ''
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

function pushArgs(builder: string, refs: readonly string[], options: PushOptions): string[] {
  const pairs = (flag: string, values: Readonly<Record<string, string>> = {}) =>
    Object.entries(values).flatMap(([name, value]) => [flag, `${name}=${value}`])
  return [
    ...['--builder', builder, 'build', '--quiet', '--push', `--provenance=${options.provenance ?? false}`],
    ...refs.flatMap((ref) => ['--tag', ref]),
    ...pairs('--build-arg', options.buildArgs),
    ...pairs('--build-context', options.buildContexts),
    ...pairs('--label', options.labels),
    ...(options.target ? ['--target', options.target] : []),
    ...(options.platforms ? ['--platform', options.platforms.join(',')] : []),
  ]
}

async function relink(target: string, path: string): Promise<void> {
  await rm(path, { force: true })
  await symlink(target, path)
}
