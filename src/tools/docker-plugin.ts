import path from 'node:path'
import { dockerConfigFolder, readDockerConfig } from './docker-config.ts'
import { isExecutable, isOnPath } from './programs.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Where docker looks after its own configuration folder (docker/cli, cli-plugins/manager, for Linux and macOS). */
const systemFolders = [
  '/usr/local/lib/docker/cli-plugins',
  '/usr/local/libexec/docker/cli-plugins',
  '/usr/lib/docker/cli-plugins',
  '/usr/libexec/docker/cli-plugins',
]

/**
 * The file of docker's plugin buildx, found as docker finds it; null where there is no docker, or in none of its folders.
 * Called by its own name it does what `docker buildx` does, and each call is spared docker's start and its look at every
 * plugin.
 */
export async function pluginFile(env: Environment): Promise<string | null> {
  if (!(await isOnPath('docker', env))) return null
  const { cliPluginsExtraDirs } = await readDockerConfig(env)
  const extra = Array.isArray(cliPluginsExtraDirs) ? cliPluginsExtraDirs.filter((dir) => typeof dir === 'string') : []
  for (const folder of [path.join(dockerConfigFolder(env), 'cli-plugins'), ...extra, ...systemFolders]) {
    const file = path.join(folder, 'docker-buildx')
    if (await isExecutable(file)) return file
  }
  return null
}
