import { copyFile, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { baseImages } from './base-images.ts'
import { worldSeed } from './extra-images.ts'
import { run } from './run.ts'
import { plantSeed } from './seeds.ts'
import { tool } from './tools.ts'
import type { Engine, World } from './types.ts'

/** The image that buildx's docker-container driver starts when it is not told another one. */
export const buildkitImage = 'moby/buildkit:buildx-stable-1'

/**
 * Give the engine the image of BuildKit, made of the world's own buildkitd, so that the docker-container driver boots:
 * `buildx create --driver docker-container --driver-opt network=host` in the engine's environment. The host's network
 * is needed for the registry on the loopback interface.
 */
export async function bootDockerContainerImage(engine: Engine, world: World): Promise<string> {
  const work = await mkdtemp(join(tmpdir(), 'buildx-action-buildkit-'))
  try {
    for (const name of ['buildkitd', 'buildctl'] as const) await copyFile(await tool(name), join(work, name))
    await writeFile(join(work, 'Dockerfile'), dockerfile)
    const builder = { name: world.builder, env: world.env }
    const seed = await worldSeed(builder, { ref: buildkitImage, context: work }, await baseImages(builder))
    await plantSeed(seed, join(world.dir, 'registry'))
  } finally {
    await rm(work, { recursive: true, force: true })
  }
  const local = `${world.registry}/${buildkitImage}`
  await run(engine.docker, ['pull', '--quiet', local], { env: engine.env })
  await run(engine.docker, ['tag', local, buildkitImage], { env: engine.env })
  return buildkitImage
}

const dockerfile = `FROM debian:trixie-slim
RUN apt-get update -q && apt-get install -qy --no-install-recommends ca-certificates git runc && rm -rf /var/lib/apt/lists/*
RUN ln -s runc /usr/sbin/buildkit-runc
COPY buildkitd buildctl /usr/bin/
VOLUME /var/lib/buildkit
ENTRYPOINT ["buildkitd"]
`
