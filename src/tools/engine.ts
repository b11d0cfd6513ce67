import type { ContainerState } from '../check/containers.ts'
import { type Command, type Ended, execute, output } from './exec.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Where docker's command line runs. */
export interface Surroundings {
  readonly cwd: string
  readonly env: Environment
  readonly signal?: AbortSignal | undefined
}

/** A container as it is made. */
export interface NewContainer {
  readonly name: string
  readonly image: string
  readonly command: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** `none`, or the name of a network. */
  readonly network: string
  /** Ports that this machine's loopback gets, too, each under a free number. */
  readonly publish: readonly number[]
  /** `key=value`, to find again what a run left. */
  readonly label: string
}

/** What a container's logs may take of the engine's disk: two files of this size. */
const logSize = '4m'

/** A Docker engine by its command line: containers that test an image, and what is left of them. */
export class Engine {
  /** `linux/amd64`. */
  readonly platform: string
  readonly #surroundings: Surroundings

  constructor(platform: string, surroundings: Surroundings) {
    this.platform = platform
    this.#surroundings = surroundings
  }

  /** A network that leads nowhere. */
  async network(name: string, label: string): Promise<void> {
    await this.#must(['network', 'create', '--internal', '--label', label, name], { whole: true })
  }

  /** Makes a container and starts it. It mounts nothing, has no privilege, and no image is pulled for it. */
  async start({ name, image, command, env, network, publish, label }: NewContainer): Promise<void> {
    const options = [
      ...['--name', name, '--label', label, '--network', network, '--pull', 'never'],
      ...['--log-driver', 'local', '--log-opt', `max-size=${logSize}`, '--log-opt', 'max-file=2'],
      ...publish.flatMap((port) => ['--publish', `127.0.0.1::${port}`]),
      ...Object.entries(env).flatMap(([key, value]) => ['--env', `${key}=${value}`]),
    ]
    // Whole, also in a run that is cancelled: a container that is made later would not be removed.
    await this.#must(['container', 'create', ...options, '--', image, ...command], { whole: true })
    await this.#must(['container', 'start', name])
  }

  /** How a container is, with its address in each network and where its published ports are. */
  async inspect(name: string): Promise<{ state: ContainerState; networks: Networks; ports: Ports }> {
    const text = (await this.#must(['container', 'inspect', name])).toString()
    const [found] = JSON.parse(text) as Inspected[]
    const { State: state = {}, NetworkSettings: settings = {} } = found ?? {}
    return {
      state: {
        running: state.Running === true,
        exitCode: state.ExitCode ?? 0,
        killedForMemory: state.OOMKilled === true,
        health: !state.Health?.Status || state.Health.Status === 'none' ? null : state.Health.Status,
        healthOutput: state.Health?.Log?.at(-1)?.Output ?? '',
      },
      networks: settings.Networks ?? {},
      ports: settings.Ports ?? {},
    }
  }

  /** What a container wrote, to both streams; empty where that cannot be had. */
  async logs(name: string): Promise<string> {
    const ended = await this.#run(['container', 'logs', name])
    return `${ended.stdout}${ended.stderr}`
  }

  /** Digests of an image's unpacked layers, the lowest first. */
  async layers(image: string): Promise<string[]> {
    const text = (await this.#must(['image', 'inspect', '--format', '{{json .RootFS.Layers}}', image])).toString()
    return (JSON.parse(text) as string[] | null) ?? []
  }

  /** Ends and removes containers with their volumes, networks and names of images. What is not there is no error. */
  async remove({ containers = [], networks = [], images = [] }: Leftovers): Promise<void> {
    const all = [
      ...(containers.length > 0 ? [['container', 'rm', '--force', '--volumes', ...containers]] : []),
      ...(networks.length > 0 ? [['network', 'rm', ...networks]] : []),
      ...(images.length > 0 ? [['image', 'rm', ...images]] : []),
    ]
    for (const args of all) await this.#run(args, { whole: true })
  }

  /** What carries a label, and images of a repository. */
  async leftovers(label: string, repository: string): Promise<Required<Leftovers>> {
    const list = async (args: readonly string[]) =>
      (await this.#run(args, { whole: true })).stdout.toString().split('\n').filter(Boolean)
    const filter = ['--filter', `label=${label}`]
    return {
      containers: await list(['container', 'ls', '--all', '--quiet', ...filter]),
      networks: await list(['network', 'ls', '--quiet', ...filter]),
      images: await list(['image', 'ls', '--format', '{{.Repository}}:{{.Tag}}', repository]),
    }
  }

  async #must(args: readonly string[], { whole = false } = {}): Promise<Buffer> {
    const command = this.#command(args, whole)
    return await output(command)
  }

  async #run(args: readonly string[], { whole = false } = {}): Promise<Ended> {
    return await execute(this.#command(args, whole))
  }

  #command(args: readonly string[], whole: boolean): Command {
    const { cwd, env, signal } = this.#surroundings
    return { ...dockerCommand(args, { cwd, env }), signal: whole ? undefined : signal }
  }
}

/** The engine that answers; null where there is none. */
export async function findEngine(surroundings: Surroundings): Promise<Engine | null> {
  const command = dockerCommand(['version', '--format', '{{.Server.Os}}/{{.Server.Arch}}'], surroundings)
  const ended = await execute(command).catch((error) => {
    if (surroundings.signal?.aborted) throw error
    return null
  })
  const platform = ended?.status === 0 ? ended.stdout.toString().trim() : ''
  return /^\w+\/\w+$/.test(platform) ? new Engine(platform, surroundings) : null
}

function dockerCommand(args: readonly string[], { cwd, env, signal }: Surroundings): Command {
  return { file: 'docker', args, cwd, env, signal, title: `docker ${args.slice(0, 2).join(' ')}` }
}

/** Names of what is removed. */
export interface Leftovers {
  readonly containers?: readonly string[]
  readonly networks?: readonly string[]
  readonly images?: readonly string[]
}

/** Addresses by network. */
export type Networks = Readonly<Record<string, { readonly IPAddress?: string }>>
/** Places of published ports by `8888/tcp`. */
export type Ports = Readonly<Record<string, readonly { readonly HostPort?: string }[] | null>>

interface Inspected {
  readonly State?: {
    readonly Running?: boolean
    readonly ExitCode?: number
    readonly OOMKilled?: boolean
    readonly Health?: { readonly Status?: string; readonly Log?: readonly { readonly Output?: string }[] }
  }
  readonly NetworkSettings?: { readonly Networks?: Networks; readonly Ports?: Ports }
}
