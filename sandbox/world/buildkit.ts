import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureCommand } from './debian.ts'
import { type ProcessSpec, startProcess, waitFor } from './processes.ts'
import { run, tryRun } from './run.ts'
import { tool } from './tools.ts'

/** `mirror` is the registry that has docker.io's images; `disk` limits BuildKit's storage to so many MiB. */
export interface BuildkitOptions {
  readonly dir: string
  readonly mirror: string
  readonly disk?: number | undefined
  readonly outlive?: boolean
}

/**
 * Start BuildKit with runc on the host's network, docker.io's images from `mirror`. Gives its address. Registries on
 * 127.0.0.1 need no entry, whatever their port: BuildKit speaks plain HTTP to the loopback interface.
 */
export async function startBuildkit(options: BuildkitOptions): Promise<string> {
  const { dir, mirror } = options
  const address = `unix://${join(dir, 'buildkitd.sock')}`
  const config = join(dir, 'buildkitd.toml')
  await writeFile(config, buildkitConfig(dir, await ensureCommand('runc'), mirror))
  const args = ['--config', config, '--addr', address]
  const spec: ProcessSpec = {
    dir,
    name: 'buildkitd',
    command: await tool('buildkitd'),
    args,
    outlive: options.outlive ?? false,
  }
  if (options.disk) await limitDisk(join(dir, 'buildkit'), options.disk)
  const buildctl = await tool('buildctl')
  startProcess(spec)
  await waitFor(spec, async () => (await tryRun(buildctl, ['--addr', address, 'debug', 'workers'])).code === 0)
  return address
}

/** The part of buildkitd.toml that sends docker.io's references to the mirror. */
export function mirrorConfig(mirror: string): string {
  return `[registry."docker.io"]\n  mirrors = ["${mirror}"]\n[registry."${mirror}"]\n  http = true\n`
}

/** A file system of its own, in memory: it is full when it holds that much. */
async function limitDisk(path: string, size: number): Promise<void> {
  await mkdir(path, { recursive: true })
  await run('mount', ['-t', 'tmpfs', '-o', `size=${size}m`, 'tmpfs', path])
}

function buildkitConfig(dir: string, runc: string, mirror: string): string {
  return `root = "${join(dir, 'buildkit')}"
[otel]
  socketPath = "${join(dir, 'otel.sock')}"
[worker.oci]
  enabled = true
  binary = "${runc}"
  networkMode = "host"
[worker.containerd]
  enabled = false
${mirrorConfig(mirror)}`
}
