import { homedir } from 'node:os'
import { join } from 'node:path'

/** Where tools, images and worlds live: outside of the repository, kept from run to run. */
export function cacheDir(env: NodeJS.ProcessEnv = process.env): string {
  if (env.BUILDX_ACTION_CACHE) return env.BUILDX_ACTION_CACHE
  return join(env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'buildx-action')
}

/** The folder of the world of that name. */
export function worldDir(name: string, env: NodeJS.ProcessEnv = process.env): string {
  return join(cacheDir(env), 'worlds', name)
}
