import { bootDockerContainerImage, type Engine, startEngine, type World } from '../../sandbox/world/index.ts'
import { run } from '../../sandbox/world/run.ts'

/** The drivers of a Docker engine that images are tested on; `builder` is empty for the engine's own. */
export const engineDrivers = [
  { name: 'docker with its own store', containerd: false, builder: '' },
  { name: 'docker with containerd’s store', containerd: true, builder: '' },
  { name: 'docker-container', containerd: true, builder: 'boxed' },
] as const

/** An engine with the builder of a driver, where it needs one. */
export async function startDriver(
  world: World,
  { containerd, builder }: Pick<(typeof engineDrivers)[number], 'containerd' | 'builder'>,
): Promise<Engine> {
  const engine = await startEngine(world, { containerd })
  if (!builder) return engine
  await bootDockerContainerImage(engine, world)
  const create = ['buildx', 'create', '--name', builder, '--driver', 'docker-container']
  await run('docker', [...create, '--driver-opt', 'network=host', '--bootstrap'], { env: engine.env })
  return engine
}
