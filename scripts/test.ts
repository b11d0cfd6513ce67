import { spawn, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { tool } from '../sandbox/world/index.ts'

/**
 * All checks and tests, each stage to its end, with one closing line that counts them: `N passed, N failed`. A check
 * (lint, types, …) counts as one. `scripts/test.ts unit|e2e [PATTERN…]` runs one suite alone.
 */
interface Count {
  passed: number
  failed: number
}

const checks: readonly (readonly [string, readonly string[]])[] = [
  ['lint', ['biome', 'check', '.']],
  ['types', ['tsc', '-p', '.']],
  ['tables of the README', ['node', 'scripts/docs.ts', '--check']],
  ['dist', ['node', 'scripts/check-dist.ts']],
  ['workflows', ['node', 'scripts/check-workflows.ts']],
]

const [suite, ...patterns] = process.argv.slice(2)
// What a new machine downloads and compiles first is under way beside the checks. What it lacks at last, a test tells.
const prepared = suite === 'unit' ? null : start('sandbox/cli.ts', ['prepare'])
const total: Count = { passed: 0, failed: 0 }
if (suite === undefined) for (const [name, command] of checks) check(name, command)
// Some unit tests ask buildx itself how it reads a bake file.
const buildx = await tool('buildx')
if (suite === undefined || suite === 'unit') jest([...patterns, '--selectProjects', 'unit', '--maxWorkers', '100%'])
await prepared
// Each file has a world of its own; much of its time is waiting, so that two are worth it on any machine.
if (suite === undefined || suite === 'e2e')
  jest([...patterns, '--selectProjects', 'e2e', '--maxWorkers', '2', '--testTimeout', '900000'])
console.log(`\n${total.passed} passed, ${total.failed} failed`)
process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0

function check(name: string, [file = '', ...args]: readonly string[]): void {
  console.log(`\n# ${name}`)
  const ended = spawnSync(file, args, { stdio: 'inherit' })
  add(ended.status === 0 ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 })
}

/** A program of this repository beside what follows; fulfilled when it ended, however. */
async function start(program: string, args: readonly string[]): Promise<void> {
  const child = spawn(process.execPath, [program, ...args], { stdio: ['ignore', 'ignore', 'inherit'] })
  await new Promise<void>((resolve) => child.once('close', () => resolve()))
}

function jest(args: readonly string[]): void {
  console.log(`\n# jest ${args.join(' ')}`)
  const folder = mkdtempSync(path.join(tmpdir(), 'jest-'))
  const file = path.join(folder, 'results.json')
  const command = [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
  ]
  const ended = spawnSync(process.execPath, [...command, ...args, '--json', '--outputFile', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, PATH: `${path.dirname(buildx)}:${process.env.PATH}` },
  })
  add(readCount(file, ended.status))
  rmSync(folder, { recursive: true })
}

/** A suite that could not even start has no failed test in its results: it counts as one. */
function readCount(file: string, status: number | null): Count {
  try {
    const results = JSON.parse(readFileSync(file, 'utf8')) as {
      numPassedTests: number
      numFailedTests: number
      numRuntimeErrorTestSuites: number
    }
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
    return { passed: results.numPassedTests, failed: status === 0 ? failed : Math.max(1, failed) }
  } catch {
    return { passed: 0, failed: 1 }
  }
}

function add(count: Count): void {
  total.passed += count.passed
  total.failed += count.failed
}
