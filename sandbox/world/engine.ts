import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, rename, rm, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { makeEnv } from './builder.ts'
import { mirrorConfig } from './buildkit.ts'
import { ensureCommand, requireRoot, unpackPackages } from './debian.ts'
import { withLock } from './lock.ts'
import { makeNetwork } from './network.ts'
import { cacheDir } from './paths.ts'
import { type ProcessSpec, startProcess, waitFor } from './processes.ts'
import { run, tryRun, which } from './run.ts'
import { clearFolder, isWorldFolder, makeFolder } from './state.ts'
import type { Engine, World } from './types.ts'
import { enginePackages } from './versions.ts'

/**
 * A Docker engine, with images in containerd's store or in Docker's own. The machine's engine is taken where it answers
 * and has the store that is asked for; else one is made of Debian's packages, unpacked beside the system's, with the
 * world's registry as docker.io's mirror, a bridge and a socket of its own. It ends with its world.
 */
export async function startEngine(world: World, options: { readonly containerd: boolean }): Promise<Engine> {
  const name = options.containerd ? 'engine-containerd' : 'engine-docker'
  const dir = join(world.dir, name)
  const external = await findEngine(options.containerd)
  await makeFolder(dir)
  if (external) {
    const env = await engineEnv(world, dir, [], external.dockerHost)
    return { ...external, env, external: true, stop: async () => await rm(dir, { recursive: true, force: true }) }
  }
  return await startOwn(world, dir, options.containerd)
}

async function startOwn(world: World, dir: string, containerd: boolean): Promise<Engine> {
  requireRoot('to run a Docker engine')
  const root = await engineRoot()
  const folders = [join(root, 'usr/bin'), join(root, 'usr/sbin')]
  const dockerHost = `unix://${join(dir, 'docker.sock')}`
  const env = await engineEnv(world, dir, folders, dockerHost)
  const docker = join(root, 'usr/bin/docker')
  const config = join(dir, 'daemon.json')
  const bridge = await makeNetwork(dir)
  await writeFile(config, JSON.stringify(daemonConfig(world, dir, bridge, containerd), null, 2))
  await ensureCommand('runc')
  const command = join(root, 'usr/sbin/dockerd')
  const path = [...folders, process.env.PATH, '/usr/sbin', '/sbin'].join(':')
  const spec: ProcessSpec = {
    dir,
    name: 'dockerd',
    command,
    args: ['--config-file', config],
    env: { ...process.env, PATH: path },
  }
  startProcess(spec)
  const stop = async () => {
    if (await isWorldFolder(dir)) await clearFolder(dir, false)
  }
  try {
    await waitFor(spec, async () => (await tryRun(docker, ['version'], { env })).code === 0)
    const version = (await run(docker, ['version', '--format', '{{.Server.Version}}'], { env })).trim()
    return { dockerHost, docker, env, version, containerd, external: false, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** An engine that answers on this machine and has that kind of image store. */
async function findEngine(
  containerd: boolean,
): Promise<Pick<Engine, 'dockerHost' | 'docker' | 'version' | 'containerd'> | null> {
  const docker = which('docker')
  if (!docker) return null
  const info = await tryRun(docker, ['info', '--format', '{{json .}}'], { timeout: 10_000 })
  if (info.code !== 0) return null
  const facts = JSON.parse(info.stdout) as {
    ServerVersion?: string
    DriverStatus?: string[][]
    ServerErrors?: string[]
  }
  if (!facts.ServerVersion || facts.ServerErrors?.length) return null
  const found = JSON.stringify(facts.DriverStatus ?? []).includes('io.containerd.snapshotter')
  if (found !== containerd) return null
  const context = ['context', 'inspect', '--format', '{{.Endpoints.docker.Host}}']
  const dockerHost = process.env.DOCKER_HOST ?? (await run(docker, context)).trim()
  return { dockerHost, docker, version: facts.ServerVersion, containerd }
}

/** buildx reads buildkitd.default.toml for each docker-container builder that is made without a configuration. */
async function engineEnv(world: World, dir: string, folders: readonly string[], dockerHost: string) {
  const env = await makeEnv(dir, folders, { DOCKER_HOST: dockerHost })
  await mkdir(env.BUILDX_CONFIG ?? '', { recursive: true })
  await writeFile(join(env.BUILDX_CONFIG ?? '', 'buildkitd.default.toml'), mirrorConfig(world.registry))
  return env
}

function daemonConfig(world: World, dir: string, bridge: string, containerd: boolean): unknown {
  return {
    features: { 'containerd-snapshotter': containerd },
    'registry-mirrors': [`http://${world.registry}`],
    'insecure-registries': world.registries,
    'data-root': join(dir, 'data'),
    'exec-root': join(dir, 'exec'),
    pidfile: join(dir, 'daemon.pidfile'),
    hosts: [`unix://${join(dir, 'docker.sock')}`],
    bridge,
    // Firewall rules are those of makeNetwork: Docker's own chains belong to the machine's engine, if there is one.
    iptables: false,
    ip6tables: false,
  }
}

/** Debian's packages of the engine, unpacked. Testing's engine is new enough for `build --check`, stable's is not. */
async function engineRoot(): Promise<string> {
  const key = createHash('sha256').update(JSON.stringify(enginePackages)).digest('hex').slice(0, 8)
  const folder = join(cacheDir(), 'tools', `engine-${enginePackages['docker.io']}-${process.arch}-${key}`)
  await withLock(folder, async () => {
    if (existsSync(folder)) return
    process.stderr.write('sandbox: unpacking a Docker engine …\n')
    await mkdir(join(cacheDir(), 'tools'), { recursive: true })
    const fresh = await mkdtemp(`${folder}.`)
    try {
      await unpackPackages(join(fresh, 'root'), enginePackages, 'testing')
      const init = join(fresh, 'root/usr/bin/docker-init') // Debian's points at the other, dynamic tini
      await rm(init, { force: true })
      await symlink('tini-static', init)
      await rename(join(fresh, 'root'), folder)
    } finally {
      await rm(fresh, { recursive: true, force: true })
    }
  })
  return folder
}
