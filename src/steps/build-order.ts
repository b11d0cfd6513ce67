import { lstat, readdir } from 'node:fs/promises'
import path from 'node:path'
import { longestFirst, type Task } from '../stack/schedule.ts'
import type { PlannedImage } from '../stack/types.ts'

/**
 * The builds of a run as tasks, the longest ways through the stack first. How long a build takes is guessed by the bytes beside
 * its Dockerfile: a lock of 800 packages weighs more than one of 200. A wrong guess costs time and nothing else.
 */
export async function orderBuilds(builds: readonly PlannedImage[], cwd: string): Promise<Task[]> {
  const names = new Set(builds.map(({ name }) => name))
  const tasks = builds.map(({ name, parents }) => ({ name, after: parents.filter((parent) => names.has(parent)) }))
  const weights = await Promise.all(
    builds.map(
      async ({ name, dockerfile }) => [name, await bytesIn(path.resolve(cwd, path.dirname(dockerfile)))] as const,
    ),
  )
  const weighed = new Map(weights)
  return longestFirst(tasks, (name) => weighed.get(name) ?? 0)
}

/** Bytes of the files in a folder itself. A Dockerfile that is not in this repository has no folder here: 0. */
async function bytesIn(folder: string): Promise<number> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => [])
  const files = entries.filter((entry) => entry.isFile())
  const sizes = await Promise.all(files.map(({ name }) => lstat(path.join(folder, name)).catch(() => null)))
  return sizes.reduce((sum, found) => sum + (found?.size ?? 0), 0)
}
