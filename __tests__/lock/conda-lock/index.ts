import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureCommand } from '../../../sandbox/world/debian.ts'
import { withLock } from '../../../sandbox/world/lock.ts'
import { cacheDir } from '../../../sandbox/world/paths.ts'
import { run } from '../../../sandbox/world/run.ts'

const requirements = join(import.meta.dirname, 'requirements.txt')
const judge = join(import.meta.dirname, 'judge.py')

/** What to ask of conda-lock (judge.py), in the words of its own functions. */
export interface Question {
  readonly rewrite?: readonly string[]
  readonly render?: readonly { text: string; platform: string; dev: boolean; extras: readonly string[] }[]
  readonly make?: readonly unknown[]
}

/** The answers, each list in the order of its question. */
export interface Answers {
  readonly rewritten: readonly string[]
  readonly rendered: readonly string[]
  readonly made: readonly string[]
}

/**
 * conda-lock 4.0.3 itself, in a virtual environment in the cache outside of the repository: installed by hash the first time, half
 * a minute.
 */
export async function askCondaLock(question: Question): Promise<Answers> {
  const python = await ensureEnvironment()
  const { status, stdout, stderr } = spawnSync(python, [judge], {
    ...{ input: JSON.stringify(question), encoding: 'utf8', maxBuffer: 1 << 28 },
    env: { PATH: process.env.PATH, HOME: process.env.HOME },
  })
  if (status !== 0) throw new Error(stderr.slice(-4000))
  return JSON.parse(stdout)
}

async function ensureEnvironment(): Promise<string> {
  const python = await ensureCommand('python3')
  const parts = [await run(python, ['--version']), process.arch, await readFile(requirements, 'utf8')]
  const key = createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 16)
  const home = join(cacheDir(), 'conda-lock', key)
  if (!existsSync(home)) await withLock(home, () => install(python, home))
  return join(home, 'bin/python')
}

async function install(python: string, home: string): Promise<void> {
  if (existsSync(home)) return
  await mkdir(join(home, '..'), { recursive: true })
  const work = await mkdtemp(`${home}.`)
  try {
    await run(python, ['-m', 'venv', '--without-pip', work])
    const options = ['install', '-q', '--require-hashes', '--no-deps', '--only-binary', ':all:', '-r', requirements]
    await run(python, ['-m', 'pip', '--python', join(work, 'bin/python'), ...options])
    await rename(work, home)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}
