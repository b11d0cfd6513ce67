import { readdir, readFile } from 'node:fs/promises'
import type { Orphan } from './types.ts'

/** The processes that carry the run's tracking id in their environment: those that its steps started and left. */
export async function findOrphans(trackingId: string): Promise<Orphan[]> {
  const pids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(pids.map((pid) => readOrphan(Number(pid), trackingId)))
  return found.filter((orphan) => orphan !== null)
}

/** Ends them, as the runner does when a job is over. */
export async function killOrphans(trackingId: string): Promise<void> {
  for (const { pid } of await findOrphans(trackingId)) {
    try {
      process.kill(pid, 'SIGKILL')
    } catch {
      // It has gone by itself since it was found.
    }
  }
}

async function readOrphan(pid: number, trackingId: string): Promise<Orphan | null> {
  try {
    const variables = (await readFile(`/proc/${pid}/environ`, 'utf8')).split('\0')
    if (!variables.includes(`RUNNER_TRACKING_ID=${trackingId}`)) return null
    const command = (await readFile(`/proc/${pid}/cmdline`, 'utf8')).split('\0').join(' ').trim()
    return command === '' ? null : { pid, command }
  } catch {
    // Not ours to read, or gone: either way it is none of this run's.
    return null
  }
}
