import { readdirSync, readFileSync } from 'node:fs'

const milliseconds = 20

/** Watches the resident memory of all descendants of a process together; `stop` gives the most that was seen, MB. */
export function sampleMemory(pid: number): { stop(): number } {
  let most = 0
  const sample = () => {
    most = Math.max(
      most,
      descendants(pid).reduce((sum, child) => sum + residentKilobytes(child), 0),
    )
  }
  const timer = setInterval(sample, milliseconds)
  return {
    stop() {
      clearInterval(timer)
      return (most * 1024) / 1e6
    },
  }
}

function descendants(pid: number): number[] {
  const children = readOr(() =>
    readdirSync(`/proc/${pid}/task`).flatMap((task) =>
      readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').trim().split(' ').filter(Boolean).map(Number),
    ),
  )
  return (children ?? []).flatMap((child) => [child, ...descendants(child)])
}

function residentKilobytes(pid: number): number {
  const status = readOr(() => readFileSync(`/proc/${pid}/status`, 'utf8'))
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status ?? '')?.[1] ?? 0)
}

/** A process may end while it is looked at. */
function readOr<T>(read: () => T): T | null {
  try {
    return read()
  } catch {
    return null
  }
}
