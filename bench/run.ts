import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { cacheMounts } from './cache-mounts.ts'
import { caches } from './caches.ts'
import { coldStart } from './cold-start.ts'
import { growth } from './growth.ts'
import { locks } from './locks.ts'
import { noChange } from './no-change.ts'
import { plan } from './plan.ts'
import { publish } from './publish.ts'
import { mergeRows, readResults, writeResults } from './results.ts'
import { reuse } from './reuse.ts'
import { stack } from './stack.ts'
import { toRow } from './statistics.ts'
import { renderPage, renderRow } from './table.ts'
import type { Benchmark, Row } from './types.ts'

const benchmarks = [coldStart, plan, noChange, stack, locks, cacheMounts, caches, reuse, publish, growth]
const resultsFile = path.join(import.meta.dirname, 'results.json')
const page = path.join(import.meta.dirname, '../docs/benchmarks.md')
const say = (line: string) => void process.stderr.write(`${line}\n`)

process.exitCode = await main(process.argv.slice(2))

/** `node bench/run.ts [NAME…]`: measures all benchmarks or the named ones; writes results.json and docs/benchmarks.md. */
async function main(only: readonly string[]): Promise<number> {
  const unknown = only.filter((name) => !benchmarks.some((benchmark) => measures(benchmark, name)))
  if (unknown.length > 0) {
    const names = benchmarks.map((benchmark) => benchmark.name).join(', ')
    say(`there is no benchmark ${unknown.join(', ')}: there are ${names}`)
    return 2
  }
  const chosen = benchmarks.filter((benchmark) => only.length === 0 || only.some((name) => measures(benchmark, name)))
  const before = only.length === 0 ? [] : ((await readResults(resultsFile))?.results ?? [])
  const date = new Date().toISOString().slice(0, 10)
  const rows: Row[] = []
  for (const benchmark of chosen) {
    say(`${benchmark.name}:`)
    const measured = (await benchmark.measure(say)).map((measurement) => toRow(measurement, date))
    for (const row of measured) process.stdout.write(`${renderRow(row)}\n`)
    rows.push(...measured)
    // After each: a benchmark that fails takes no other's rows with it.
    await writeFile(page, renderPage(await writeResults(resultsFile, mergeRows(before, rows), date)))
  }
  return 0
}

/** A benchmark is asked for by its own name or by that of a row of its: `plan`, `plan-1000`. */
function measures(benchmark: Benchmark, name: string): boolean {
  return name === benchmark.name || name.startsWith(`${benchmark.name}-`)
}
