import { spawnSync } from 'node:child_process'
import { keptSource, sourceCli } from '../helpers/source-cli.ts'

/** How a run of the command line ended. */
export interface Ended {
  readonly status: number | null
  readonly signal: string | null
  readonly stdout: string
  readonly stderr: string
}

/** KiB of memory of its own that the process may ask for, and MiB of JavaScript objects. */
const dataLimit = 1024 * 1024
const heapLimit = 300

/**
 * `plan` from source in a process of its own that is ended where it takes more than 300 MiB of objects, 1 GiB of
 * memory or two minutes: a limit that is reached shows as a signal or a status that no test expects.
 */
export function runPlan(folder: string, ...args: readonly string[]): Ended {
  const node = [process.execPath, `--max-old-space-size=${heapLimit}`, sourceCli, 'plan', '--repo', folder, ...args]
  const limited = `ulimit -d ${dataLimit} && exec "$@"`
  const { status, signal, stdout, stderr } = spawnSync('/bin/sh', ['-c', limited, 'sh', ...node], {
    env: { PATH: process.env.PATH, HOME: folder, GIT_CONFIG_NOSYSTEM: '1', ...keptSource },
    timeout: 120_000,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
  })
  return { status, signal, stdout, stderr }
}

/** A plan as JSON: the action of each image by its name. */
export function actionsOf({ stdout }: Ended): Record<string, string> {
  const { images } = JSON.parse(stdout) as { images: { name: string; action: string }[] }
  return Object.fromEntries(images.map(({ name, action }) => [name, action]))
}
