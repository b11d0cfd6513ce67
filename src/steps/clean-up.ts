import { findBuildx } from '../tools/buildx.ts'
import { childEnvironment } from '../tools/environment.ts'
import { ownBuilder } from './builder.ts'

/** The post step: removes the builder that the run made for itself. A state that names any other is not believed. */
export async function cleanUp(env: Readonly<Record<string, string | undefined>>): Promise<void> {
  const name = env.STATE_builder ?? ''
  if (!ownBuilder.test(name)) return
  const buildx = await findBuildx({ cwd: env.RUNNER_TEMP || '/', env: childEnvironment(env) })
  await buildx.remove(name)
}
