import { ActionError } from '../errors.ts'
import type { BuilderFacts } from '../stack/builder.ts'
import { pluginFile } from './docker-plugin.ts'
import { type Command, type Ended, execute, output } from './exec.ts'

type Environment = Readonly<Record<string, string | undefined>>

interface ListedBuilder {
  readonly Name?: string
  readonly Driver?: string
  readonly Current?: boolean
  readonly Err?: string
  readonly Nodes?: readonly {
    readonly Platforms?: readonly string[]
    readonly Status?: string
    readonly Err?: string
  }[]
}

/** buildx by its command line: as docker's plugin, or alone where there is no docker. */
export class Buildx {
  readonly version: string
  readonly #command: readonly [string, ...string[]]
  readonly #cwd: string
  readonly #env: Environment
  readonly #signal: AbortSignal | undefined

  constructor(options: {
    command: readonly [string, ...string[]]
    version: string
    cwd: string
    env: Environment
    signal?: AbortSignal | undefined
  }) {
    this.version = options.version
    this.#command = options.command
    this.#cwd = options.cwd
    this.#env = options.env
    this.#signal = options.signal
  }

  /** Where its processes run, and what they see. */
  get surroundings(): { cwd: string; env: Environment; signal: AbortSignal | undefined } {
    return { cwd: this.#cwd, env: this.#env, signal: this.#signal }
  }

  /** All builders that buildx knows. Unreachable ones have an `error`. */
  async builders(): Promise<BuilderFacts[]> {
    const lines = (await output(this.#run(['ls', '--format', '{{json .}}'], 'builder')))
      .toString()
      .split('\n')
      .filter(Boolean)
    const listed = lines.map((line) => JSON.parse(line) as ListedBuilder)
    // A docker driver's builder is listed by its context; the plain name stands for it only once.
    return Promise.all(listed.map((builder) => this.#facts(builder)))
  }

  /** Starts a builder that is set up but not running yet. Throws ActionError('builder'). */
  async bootstrap(name: string): Promise<void> {
    await output(this.#run(['inspect', '--bootstrap', name], 'builder'))
  }

  /** Sets up and starts a builder of the run's own with the docker-container driver. */
  async create(name: string): Promise<void> {
    await output(this.#run(['create', '--name', name, '--driver', 'docker-container', '--bootstrap'], 'builder'))
  }

  /** Removes a builder and what it holds; a missing one is no error. */
  async remove(name: string): Promise<void> {
    await execute({ ...this.#run(['rm', '--force', name], 'builder'), signal: undefined })
  }

  /** One bake; each line of its progress goes to `onLine`. Gives how it ended, also after a failure. `limit` ends it, too. */
  async bake(
    args: readonly string[],
    onLine: (line: string) => void,
    env: Readonly<Record<string, string>> = {},
    limit?: AbortSignal,
  ): Promise<Ended> {
    const command = this.#run(['bake', ...args], 'build')
    const signal = limit && this.#signal ? AbortSignal.any([limit, this.#signal]) : (limit ?? this.#signal)
    return await execute({ ...command, signal, env: { ...command.env, ...env }, onStderr: onLine })
  }

  /** Copies what a digest names into the repositories of the tags, from any registry to any other. */
  async copy({
    builder,
    source,
    tags,
  }: {
    builder: string | null
    source: string
    tags: readonly string[]
  }): Promise<void> {
    const args = [
      'imagetools',
      'create',
      '--prefer-index=false',
      ...(builder ? ['--builder', builder] : []),
      ...tags.flatMap((tag) => ['--tag', tag]),
      source,
    ]
    await output(this.#run(args, 'registry'))
  }

  async #facts(builder: ListedBuilder): Promise<BuilderFacts> {
    const nodes = builder.Nodes ?? []
    const driver = builder.Driver ?? ''
    return {
      name: builder.Name ?? '',
      driver,
      current: builder.Current === true,
      running: nodes.length > 0 && nodes.every((node) => node.Status === 'running'),
      nodes: nodes.length,
      platforms: [...new Set(nodes.flatMap((node) => node.Platforms ?? []))],
      containerdStore: driver === 'docker' && !builder.Err ? await this.#hasContainerdStore() : false,
      error: builder.Err ?? nodes.find((node) => node.Err)?.Err ?? null,
    }
  }

  async #hasContainerdStore(): Promise<boolean> {
    const ended = await execute({
      file: 'docker',
      args: ['info', '--format', '{{json .DriverStatus}}'],
      cwd: this.#cwd,
      env: this.#env,
      signal: this.#signal,
    }).catch((error) => {
      if (this.#signal?.aborted) throw error
      return null
    })
    return ended?.stdout.toString().includes('io.containerd.snapshotter') ?? false
  }

  #run(args: readonly string[], code: 'builder' | 'build' | 'registry'): Command {
    const [file, ...first] = this.#command
    return { file, args: [...first, ...args], cwd: this.#cwd, env: this.#env, signal: this.#signal, code }
  }
}

/** Finds buildx: docker's plugin first, else `buildx` on PATH. Throws ActionError('builder') where there is neither. */
export async function findBuildx({
  cwd,
  env,
  signal,
}: {
  cwd: string
  env: Environment
  signal?: AbortSignal | undefined
}): Promise<Buildx> {
  const plugin = await pluginFile(env)
  const commands: [string, ...string[]][] = [
    ...(plugin ? [[plugin] as [string]] : []),
    ['docker', 'buildx'],
    ['buildx'],
  ]
  for (const command of commands) {
    const [file, ...args] = command
    const ended = await execute({ file, args: [...args, 'version'], cwd, env, signal, code: 'builder' }).catch(
      (error) => {
        if (error instanceof ActionError && error.code === 'cancelled') throw error
        return null
      },
    )
    const version = ended?.status === 0 ? /v(\d+\.\d+\.\d+\S*)/.exec(ended.stdout.toString())?.[1] : undefined
    if (version) return new Buildx({ command, version, cwd, env, signal })
  }
  throw new ActionError('builder', 'there is neither `docker buildx` nor `buildx` on PATH', [
    'on GitHub: run on a runner with Docker, such as ubuntu-24.04, or add docker/setup-buildx-action before this step',
    'elsewhere: install Docker with buildx, or buildx alone beside a remote BuildKit',
  ])
}

/** Whether a Docker engine answers; images can be loaded into it. */
export async function hasEngine({ cwd, env }: { cwd: string; env: Environment }): Promise<boolean> {
  const ended = await execute({ file: 'docker', args: ['version', '--format', '{{.Server.Version}}'], cwd, env }).catch(
    () => null,
  )
  return ended?.status === 0
}
