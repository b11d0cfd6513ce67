import type { ChannelRequest } from '../conda/channel.ts'

/** A request that a registry answered, from its access log. `path` has no query; `bytes` is what the answer's body held. */
export interface RegistryRequest {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly status: number
  readonly bytes: number
  /** Milliseconds since the epoch. */
  readonly time: number
  readonly userAgent: string
}

/** An image for the docker.io mirror, built from a folder with a Dockerfile, once for each content. */
export interface WorldImage {
  /** As on Docker Hub: `busybox`, `mambaorg/micromamba:2.3`. */
  readonly ref: string
  /** More references to the same image. */
  readonly also?: readonly string[]
  /** Folder with the Dockerfile. */
  readonly context: string
  /** Name → folder or any other value that buildx takes. The content of a folder counts. */
  readonly buildContexts?: Readonly<Record<string, string>>
  readonly buildArgs?: Readonly<Record<string, string>>
}

/** How an image is built and pushed into the world. */
export interface PushOptions {
  /** More tags or references for the same image. */
  readonly tags?: readonly string[]
  readonly buildArgs?: Readonly<Record<string, string>>
  readonly buildContexts?: Readonly<Record<string, string>>
  readonly labels?: Readonly<Record<string, string>>
  readonly target?: string
  readonly platforms?: readonly string[]
  readonly provenance?: boolean
}

/** What a world is made with. */
export interface WorldOptions {
  /** Where its state lives: an absent or empty folder, or that of a world. Default: the cache's `worlds/<name>`. */
  readonly dir?: string
  /** Default `default`; taken only where there is no `dir`. */
  readonly name?: string
  /** Name of the buildx builder, default `world`: the world has a buildx configuration of its own. */
  readonly builder?: string
  /** How many registries, default 1. The first one is docker.io's mirror. */
  readonly registries?: number
  readonly images?: readonly WorldImage[]
  /** Start the conda channel, too. */
  readonly channel?: boolean
  /** Give BuildKit a disk of its own of so many MiB, in memory: to see it full. */
  readonly disk?: number
  /** Leave the folder with logs and state when the world stops. */
  readonly keep?: boolean
  /** Let the world live on when this process ends; without it the world ends with the process. */
  readonly background?: boolean
}

/** A running world of real parts: registries, BuildKit, a builder. */
export interface World {
  /** Address of the first registry, `127.0.0.1:PORT`; docker.io's images come from it. */
  readonly registry: string
  /** Addresses of all registries. */
  readonly registries: readonly string[]
  readonly builder: string
  /** Address of BuildKit, `unix:///…`. */
  readonly buildkit: string
  /** URL of the conda channel, `http://127.0.0.1:PORT/conda-forge`; null where it was not asked for. */
  readonly channel: string | null
  /** A complete environment: PATH with this world's buildx and node first, DOCKER_CONFIG, BUILDX_CONFIG. */
  readonly env: Readonly<Record<string, string>>
  readonly dir: string
  /** All requests to a registry (default: the first) since the world was ready. */
  accessLog(registry?: string): RegistryRequest[]
  /** All requests to the conda channel. */
  channelLog(): ChannelRequest[]
  /** Process ids by name (registry, registry2, buildkitd, channel): to end one on purpose. */
  processes(): Readonly<Record<string, number>>
  /** Build a folder and push it; `ref` without a host goes to the first registry. Gives the digest. */
  pushImage(ref: string, context: string, options?: PushOptions): Promise<string>
  /** End all that this world started and remove its folder. Does nothing for a world that was running already. */
  stop(): Promise<void>
}

/** A Docker engine. */
export interface Engine {
  readonly dockerHost: string
  /** Path of the docker command. */
  readonly docker: string
  /** The world's environment with DOCKER_HOST and configuration folders of the engine's own. */
  readonly env: Readonly<Record<string, string>>
  /** Version as the engine gives it. */
  readonly version: string
  /** Whether the engine keeps images in containerd's store. */
  readonly containerd: boolean
  /** True for an engine that was there before. */
  readonly external: boolean
  /** End the engine; an external one runs on. */
  stop(): Promise<void>
}
