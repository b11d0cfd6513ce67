import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ensureCommand } from '../sandbox/world/debian.ts'
import { withLock } from '../sandbox/world/lock.ts'
import { cacheDir } from '../sandbox/world/paths.ts'
import { run } from '../sandbox/world/run.ts'
import type { SolveRequest } from '../src/lock/types.ts'
import { specText } from '../src/tools/solve/request.ts'
import type { LocksTask } from './locks-ours.ts'
import { sampleMemory } from './process-memory.ts'
import { timed } from './timed.ts'

/** Who solves. */
export type LocksSide = 'ours' | 'peer'

/** What one process took, and the packages that it chose, `subdir/file name`, sorted. */
export interface LocksRun {
  readonly ms: number
  /** Peak resident memory, MB. */
  readonly peak: number
  readonly answers: readonly (readonly string[])[]
}

/** What a side is given. `store` is a name: one store for each side and name. */
export interface LocksQuestion {
  readonly temp: string
  readonly url: string
  readonly store: string
  readonly requests: readonly SolveRequest[]
}

/** Solves in a process of its own, by us or by py-rattler. */
export async function solveLocks(side: LocksSide, question: LocksQuestion): Promise<LocksRun> {
  const { temp, url, requests } = question
  const [file, answer] = ['task', 'answer'].map((name) => path.join(temp, `${side}-${name}.json`))
  const task: LocksTask = { url, folder: storeOf(side, question), requests, answer: answer! }
  const written = requests.map((request) => ({ ...request, matchSpecs: request.specs.map(specText) }))
  await writeFile(file!, JSON.stringify({ ...task, requests: written }))
  const command = side === 'ours' ? [process.execPath, oursFile] : [await python(), peerFile]
  const sampler = sampleMemory(process.pid)
  const ended = await timed({ file: command[0]!, args: [command[1]!, file!] })
  const peak = sampler.stop()
  const answers = JSON.parse(await readFile(answer!, 'utf8')) as string[][]
  return { ms: ended.ms, peak, answers: answers.map((one) => one.toSorted()) }
}

const oursFile = path.join(import.meta.dirname, 'locks-ours.ts')
const peerFile = path.join(import.meta.dirname, 'locks_peer.py')

function storeOf(side: LocksSide, { temp, store }: LocksQuestion): string {
  return path.join(temp, `${side}-store-${store}`)
}

/** Removes what a side has read of the channel. */
export async function emptyStore(side: LocksSide, question: LocksQuestion): Promise<void> {
  await rm(storeOf(side, question), { recursive: true, force: true })
}

/** What a side keeps of the channel, MB. */
export async function storeSize(side: LocksSide, question: LocksQuestion): Promise<number> {
  const entries = await readdir(storeOf(side, question), { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  const sizes = await Promise.all(files.map(async (file) => (await stat(file)).size))
  return sizes.reduce((sum, bytes) => sum + bytes, 0) / 1e6
}

/** A Python that has py-rattler, of the version and with the hashes that the sandbox pins; made once. */
async function python(): Promise<string> {
  const pins = await readFile(path.join(import.meta.dirname, '../sandbox/conda/micromamba/requirements.txt'), 'utf8')
  const pin = /^py-rattler==(\S+)(?: \\\n +--hash=\S+)+/m.exec(pins)
  if (!pin) throw new Error('sandbox/conda/micromamba/requirements.txt pins no py-rattler')
  const folder = path.join(cacheDir(), `py-rattler-${pin[1]}`)
  const interpreter = path.join(folder, 'bin/python')
  if (!existsSync(folder)) await withLock(folder, async () => existsSync(folder) || (await install(folder, pin[0])))
  return interpreter
}

async function install(folder: string, pin: string): Promise<boolean> {
  const aside = `${folder}.part`
  const base = await ensureCommand('python3')
  await rm(aside, { recursive: true, force: true })
  await mkdir(aside, { recursive: true })
  await run(base, ['-m', 'venv', '--without-pip', aside])
  await writeFile(path.join(aside, 'requirements.txt'), `${pin}\n`)
  const options = ['install', '-q', '--require-hashes', '--no-deps', '--only-binary', ':all:']
  const interpreter = path.join(aside, 'bin/python')
  await run(base, ['-m', 'pip', '--python', interpreter, ...options, '-r', path.join(aside, 'requirements.txt')])
  await rename(aside, folder)
  return true
}
