import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { homedir } from 'node:os'
import path from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** The folder of Docker's configuration, as the docker command finds it. */
export function dockerConfigFolder(env: Environment): string {
  return env.DOCKER_CONFIG || path.join(env.HOME || homedir(), '.docker')
}

/** Docker's configuration; empty where there is none or where it cannot be read. */
export async function readDockerConfig(env: Environment): Promise<Readonly<Record<string, unknown>>> {
  try {
    return JSON.parse(await readFile(path.join(dockerConfigFolder(env), 'config.json'), 'utf8'))
  } catch {
    return {}
  }
}

/**
 * An environment in which buildx finds its builders and plugins but no credentials: an untrusted Dockerfile could
 * otherwise pull private images with those that an earlier step logged in with. `folder` is made for it.
 */
export async function withoutCredentials(env: Environment, folder: string): Promise<Environment> {
  const own = dockerConfigFolder(env)
  const { currentContext, cliPluginsExtraDirs } = await readDockerConfig(env)
  await mkdir(folder, { recursive: true })
  await writeFile(path.join(folder, 'config.json'), JSON.stringify({ currentContext, cliPluginsExtraDirs }))
  for (const name of ['contexts', 'cli-plugins']) await symlink(path.join(own, name), path.join(folder, name))
  return {
    ...env,
    DOCKER_CONFIG: folder,
    DOCKER_AUTH_CONFIG: undefined,
    BUILDX_CONFIG: env.BUILDX_CONFIG || path.join(own, 'buildx'),
  }
}
