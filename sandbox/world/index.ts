import { mkdir } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { baseImages } from './base-images.ts'
import { buildAndPush, createBuilder, makeEnv } from './builder.ts'
import { startBuildkit } from './buildkit.ts'
import { readChannelLog, startChannelProcess } from './channel.ts'
import { requireRoot } from './debian.ts'
import { worldSeed } from './extra-images.ts'
import { withLock } from './lock.ts'
import { worldDir } from './paths.ts'
import { listProcesses, readProcess } from './processes.ts'
import { logSize, readAccessLog, startRegistry } from './registry.ts'
import { plantSeed } from './seeds.ts'
import { clearFolder, isWorldFolder, makeFolder, readState, type WorldState, writeState } from './state.ts'
import type { World, WorldOptions } from './types.ts'

export { bootDockerContainerImage, buildkitImage } from './container-image.ts'
export { startEngine } from './engine.ts'
export { type Fault, type FaultProxy, type ProxyRequest, startFaultProxy } from './fault-proxy.ts'
export { isTool, tool, toolNames } from './tools.ts'
export type * from './types.ts'

/**
 * Start a world: registries on free ports, BuildKit, a builder, and docker.io's mirror with its base images. A world that
 * runs in that folder already is given as it is, with images that it lacks added. The first start builds the tools.
 */
export async function startWorld(options: WorldOptions = {}): Promise<World> {
  requireRoot('for BuildKit to run containers')
  const dir = resolve(options.dir ?? worldDir(options.name ?? 'default'))
  return await withLock(`world ${dir}`, async () => {
    const running = await readState(dir)
    return running ? await useRunning(dir, running, options) : await startFresh(dir, options)
  })
}

/** The world that runs in a folder or under a name; null where none does. Its stop() ends it. */
export async function findWorld(options: Pick<WorldOptions, 'dir' | 'name' | 'keep'> = {}): Promise<World | null> {
  const dir = resolve(options.dir ?? worldDir(options.name ?? 'default'))
  const state = await readState(dir)
  return state && handle(dir, state, () => clearFolder(dir, options.keep ?? false))
}

/** End the world of a folder or name, or what is left of one that died, and remove its folder. */
export async function stopWorld(options: Pick<WorldOptions, 'dir' | 'name' | 'keep'> = {}): Promise<void> {
  const dir = resolve(options.dir ?? worldDir(options.name ?? 'default'))
  if (await isWorldFolder(dir)) await clearFolder(dir, options.keep ?? false)
}

async function useRunning(dir: string, running: WorldState, options: WorldOptions): Promise<World> {
  const channel = running.channel ?? (options.channel ? await startChannelProcess(dir, true) : null)
  const state = { ...running, channel }
  await addImages(state, dir, options)
  await writeState(dir, state)
  return handle(dir, state, async () => {})
}

async function startFresh(dir: string, options: WorldOptions): Promise<World> {
  await makeFolder(dir)
  const stop = async () => {
    if (await isWorldFolder(dir)) await clearFolder(dir, options.keep ?? false)
  }
  try {
    const state = await startParts(dir, options)
    await addImages(state, dir, options)
    const registries = state.registries.map((registry) => ({ ...registry, offset: logSize(registry.log) }))
    await writeState(dir, { ...state, registries })
    return handle(dir, { ...state, registries }, stop)
  } catch (error) {
    await stop()
    throw error
  }
}

async function startParts(dir: string, options: WorldOptions): Promise<WorldState> {
  const count = Math.max(1, options.registries ?? 1)
  const names = Array.from({ length: count }, (_, index) => (index === 0 ? 'registry' : `registry${index + 1}`))
  const outlive = options.background ?? false
  const registries = await Promise.all(names.map((name) => startRegistry({ dir, name, outlive })))
  const builder = options.builder ?? 'world'
  const env = await makeEnv(dir)
  const buildkit = await startBuildkit({ dir, mirror: registries[0]?.address ?? '', disk: options.disk, outlive })
  const channel = options.channel ? await startChannelProcess(dir, outlive) : null
  await createBuilder(builder, buildkit, env)
  const noted = registries.map(({ address, log }) => ({ address, log, offset: 0 }))
  return { registries: noted, builder, buildkit, channel, env }
}

async function addImages(state: WorldState, dir: string, options: WorldOptions): Promise<void> {
  const builder = { name: state.builder, env: state.env }
  const storage = join(dir, 'registry')
  await mkdir(storage, { recursive: true })
  const base = await baseImages(builder)
  const extra = await Promise.all((options.images ?? []).map((image) => worldSeed(builder, image, base)))
  for (const seed of [...base, ...extra]) await plantSeed(seed, storage)
}

function handle(dir: string, state: WorldState, stop: () => Promise<void>): World {
  const registry = state.registries[0]?.address ?? ''
  const qualify = (ref: string) => (/^[^/]*[.:][^/]*\//.test(ref) ? ref : `${registry}/${ref}`)
  return {
    registry,
    registries: state.registries.map(({ address }) => address),
    builder: state.builder,
    buildkit: state.buildkit,
    channel: state.channel,
    env: state.env,
    dir,
    accessLog: (address = registry) => {
      const found = state.registries.find((candidate) => candidate.address === address)
      return found ? readAccessLog(found.log, found.offset) : []
    },
    channelLog: () => readChannelLog(dir),
    processes: () => Object.fromEntries(listProcesses(dir).map((name) => [name, readProcess(dir, name)?.pid ?? 0])),
    pushImage: async (ref, context, options = {}) => {
      const refs = [ref, ...(options.tags ?? []).map((tag) => tagged(ref, tag))]
      return await buildAndPush({ name: state.builder, env: state.env }, refs.map(qualify), context, options)
    },
    stop,
  }
}

/** `tag` may be a whole reference, or a tag for the repository of `ref`. */
function tagged(ref: string, tag: string): string {
  return tag.includes('/') ? tag : `${ref.replace(/:[^:/]*$/, '')}:${tag}`
}
