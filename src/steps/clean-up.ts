import type { Host } from '../host.ts'
import { findBuildx } from '../tools/buildx.ts'
import { childEnvironment } from '../tools/environment.ts'
import { ownBuilder } from './builder.ts'

/** The post step, with the state that the run left in the environment: what may take its time, one beside the other. */
export async function cleanUp(host: Host): Promise<void> {
  await Promise.all([
    removeBuilder(host.env),
    removeContainers(host.env),
    keepStore(host),
    keepLayers(host),
    keepMounts(host),
  ])
}

/** Removes the builder that the run made for itself. A state that names any other is not believed. */
async function removeBuilder(env: Host['env']): Promise<void> {
  const name = env.STATE_builder ?? ''
  if (!ownBuilder.test(name)) return
  const buildx = await findBuildx({ cwd: env.RUNNER_TEMP || '/', env: childEnvironment(env) })
  await buildx.remove(name)
}

/** A run that was ended by force may have left containers of its tests. */
async function removeContainers(env: Host['env']): Promise<void> {
  const run = env.STATE_containers ?? ''
  if (!/^[0-9a-f]{16}$/.test(run)) return
  const [{ containerLabel, testRepository }, { findEngine }] = await Promise.all([
    import('./container-names.ts'),
    import('../tools/engine.ts'),
  ])
  const engine = await findEngine({ cwd: env.RUNNER_TEMP || '/', env: childEnvironment(env) })
  if (engine) await engine.remove(await engine.leftovers(containerLabel(run), testRepository(run)))
}

/** What the steps of images that were built left in their cache mounts; other images may have failed. */
async function keepMounts(host: Host): Promise<void> {
  const { STATE_mounts: state } = host.env
  if (!state) return
  const { saveMounts } = await import('./save-mounts.ts')
  await saveMounts(host, state)
}

/** Only a run that ended well leaves anything behind for others. */
async function keepStore(host: Host): Promise<void> {
  const { STATE_store: restored, STATE_ended: ended } = host.env
  if (!restored || ended !== 'well') return
  const { saveStore } = await import('./save-store.ts')
  await saveStore(host, restored)
}

/** Layers of images that were built are right whatever became of others; a run that was cancelled or ended by force keeps nothing. */
async function keepLayers(host: Host): Promise<void> {
  const { STATE_layers: layers, STATE_ended: ended } = host.env
  if (!layers || (ended !== 'well' && ended !== 'red')) return
  const { saveLayers } = await import('./save-layers.ts')
  await saveLayers(host, layers)
}
