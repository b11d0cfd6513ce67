import type { CacheScope, CacheService } from '../../sandbox/cache/types.ts'
import type { Played, PlayOptions, Stage } from '../../sandbox/play/stage.ts'
import { run as execute } from '../../sandbox/world/run.ts'
import type { World } from '../../sandbox/world/types.ts'

/** The scope of a run on the default branch, and those of a pull request's whose token could write. */
export const main: CacheScope = { ref: 'refs/heads/main', write: true }
export const pull: readonly CacheScope[] = [
  { ref: 'refs/pull/1/merge', write: true },
  { ref: 'refs/heads/main', write: false },
]

/** As on GitHub, where each job has a builder that knows nothing. */
export async function freshBuilder(world: World): Promise<void> {
  await execute('buildx', ['prune', '--all', '--force', '--builder', world.builder], { env: world.env })
}

/** How a run is played with a cache service. The sandbox's builder is of the remote driver, which keeps its own: mounts are asked for. */
export function withService(
  service: CacheService,
  scopes: readonly CacheScope[] = [main],
  { inputs, env, ...extra }: PlayOptions = {},
): PlayOptions {
  const plain = { 'cache-mounts': 'true', cache: 'none', push: 'false', load: 'false' }
  return { ...extra, inputs: { ...plain, ...inputs }, env: { ...service.env(scopes), ...env } }
}

/** A push to the default branch on a builder that knows nothing. */
export async function pushed(
  stage: Stage,
  service: CacheService,
  files: Readonly<Record<string, string>>,
  extra: PlayOptions = {},
): Promise<Played> {
  await freshBuilder(stage.world)
  return await stage.push({ files }, withService(service, [main], extra))
}

/** What steps printed, each line behind a mark: `MARK|…`. The step's own text has the mark too, in quotes. */
export function printed({ log }: Pick<Played, 'log'>, mark: string): string[] {
  return log.split('\n').flatMap((line) => new RegExp(`^\\s*${mark}\\|(.*)$`).exec(line)?.[1] ?? [])
}

/** All warnings of the run and its post step. */
export function warningsOf({ annotations, post }: Pick<Played, 'annotations' | 'post'>): string[] {
  const all = [...annotations, ...(post?.annotations ?? [])]
  return all.filter(({ level }) => level === 'warning').map(({ message }) => message)
}

/** Whether the run and its post step are green. */
export function outcomes({ outcome, post }: Pick<Played, 'outcome' | 'post'>): (string | undefined)[] {
  return [outcome, post?.outcome]
}

/** A RUN with a mount: what is in it is printed behind the mark, then the commands run in it. */
export function mountStep(options: string, folder: string, mark: string, commands: string): string {
  const list = `find . -exec stat -c '${mark}|%n %f %u %g %s %Y' {} + | sort`
  const links = `find . -type l -exec readlink {} ';' | sed 's/^/${mark}-link|/'`
  return `RUN --mount=type=cache,${options} cd ${folder} && { ${list}; ${links}; } && ${commands}\n`
}
