import { readFileSync, writeFileSync } from 'node:fs'
import type { SolveRequest } from '../src/lock/types.ts'
import { createSolver } from '../src/tools/solve/solver.ts'

/** What a solve is measured with: `node bench/locks-ours.ts TASK.json` writes the answers, file names, to `answer`. */
export interface LocksTask {
  /** The channel that is asked in place of conda-forge. */
  readonly url: string
  readonly folder: string
  readonly requests: readonly SolveRequest[]
  readonly answer: string
}

const task = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as LocksTask
const solver = createSolver({
  folder: task.folder,
  mirrors: new Map([['conda-forge', task.url]]),
  env: {},
  signal: new AbortController().signal,
  warn: (line) => process.stderr.write(`${line}\n`),
})
const answers = (await solver.solve(task.requests)).map((answer) => {
  if (answer instanceof Error) throw answer
  return answer.map((record) => record.url.split('/').slice(-2).join('/'))
})
writeFileSync(task.answer, JSON.stringify(answers))
