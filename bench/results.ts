import { readFile, writeFile } from 'node:fs/promises'
import { availableParallelism, cpus, loadavg, release, totalmem } from 'node:os'
import { tryRun } from '../sandbox/world/run.ts'
import { recipes } from '../sandbox/world/versions.ts'
import type { Results, Row } from './types.ts'

/** The rows of a results file: those of before, the new ones in their place, and those that were not there last. */
export function mergeRows(before: readonly Row[], rows: readonly Row[]): Row[] {
  return [...new Map([...before, ...rows].map((row) => [row.name, row])).values()]
}

/** Reads results.json; null where there is none yet, or one that is no JSON. */
export async function readResults(file: string): Promise<Results | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Results
  } catch {
    return null
  }
}

/** Writes results.json: rows, and what they were measured with. */
export async function writeResults(file: string, rows: readonly Row[], date: string): Promise<Results> {
  const results: Results = { date, machine: machine(), versions: await versions(), results: rows }
  await writeFile(file, `${JSON.stringify(results, null, 2)}\n`)
  return results
}

function machine(): Record<string, string> {
  return {
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    cores: String(availableParallelism()),
    memory: `${Math.round(totalmem() / 2 ** 30)} GiB`,
    load: `${(loadavg()[0] ?? 0).toFixed(1)} at the end`,
    os: `${process.platform} ${release()} ${process.arch}`,
  }
}

async function versions(): Promise<Record<string, string>> {
  const git = (await tryRun('git', ['--version'])).stdout.trim().replace(/^git version /, '')
  return {
    node: process.version,
    git,
    buildkit: recipes.buildkitd.version,
    buildx: recipes.buildx.version,
    registry: recipes.registry.version,
  }
}
