import { spawn } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ActionError } from '../../src/errors.ts'

/** A process as a pid file names it. `started` (clock ticks since boot) tells it from a later one of the same number. */
export interface ProcessId {
  readonly pid: number
  readonly started: string
}

/** What to start: output goes to `<dir>/<name>.log`, the process id to `<dir>/<name>.pid`. */
export interface ProcessSpec {
  readonly dir: string
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Live on when this process ends. Without it the kernel sends SIGTERM then, even where this process was killed. */
  readonly outlive?: boolean
}

/** Start a process in a session of its own. */
export function startProcess(spec: ProcessSpec): ProcessId {
  const log = openSync(join(spec.dir, `${spec.name}.log`), 'w')
  const bound = spec.outlive ? [] : ['setpriv', '--pdeathsig', 'TERM']
  const [command = '', ...args] = [...bound, spec.command, ...spec.args]
  const child = spawn(command, args, {
    cwd: spec.dir,
    env: { ...(spec.env ?? process.env) },
    detached: true,
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  child.on('error', () => {}) // a command that is not there shows as a process that never got ready
  child.unref()
  const id = { pid: child.pid ?? 0, started: startTime(child.pid ?? 0) ?? '' }
  writeFileSync(join(spec.dir, `${spec.name}.pid`), `${JSON.stringify(id)}\n`)
  return id
}

/** Wait until `ready` says yes; fails with the last lines of the process's log when it ends or takes too long (ms). */
export async function waitFor(spec: ProcessSpec, ready: () => Promise<boolean>, timeout = 120_000): Promise<void> {
  const end = Date.now() + timeout
  while (Date.now() < end && readProcess(spec.dir, spec.name)) {
    if (await ready()) return
    await sleep(50)
  }
  const log = await readFile(join(spec.dir, `${spec.name}.log`), 'utf8')
  throw new ActionError('builder', `${spec.name} did not start: ${spec.command}`, log.trim().split('\n').slice(-15))
}

/** Wait for a line that matches, in the log that the process begins: gives the first group. */
export async function waitForLine(spec: ProcessSpec, pattern: RegExp): Promise<string> {
  let found: string | undefined
  await waitFor(spec, async () => {
    found = pattern.exec(await readFile(join(spec.dir, `${spec.name}.log`), 'utf8'))?.[1]
    return found !== undefined
  })
  return found ?? ''
}

/** The running process that the pid file `<dir>/<name>.pid` names; null when it ended or the number is another's now. */
export function readProcess(dir: string, name: string): ProcessId | null {
  try {
    const id = JSON.parse(readFileSync(join(dir, `${name}.pid`), 'utf8')) as ProcessId
    return isRunning(id) ? id : null
  } catch {
    return null
  }
}

/**
 * End the process of a pid file with everything that it started: SIGTERM, and after `patience` milliseconds SIGKILL to
 * those of its tree that still run. Removes the pid file.
 */
export async function stopProcess(dir: string, name: string, patience = 20_000): Promise<void> {
  const id = readProcess(dir, name)
  if (id) await stopTree(id, patience)
  await rm(join(dir, `${name}.pid`), { force: true })
}

/** All pid files of a folder, by name. */
export function listProcesses(dir: string): readonly string[] {
  const files = readdirSync(dir, { withFileTypes: true })
  return files.filter((file) => file.name.endsWith('.pid')).map((file) => file.name.slice(0, -'.pid'.length))
}

/** Whether that very process runs (a zombie does not). */
export function isRunning(id: ProcessId): boolean {
  return id.pid > 0 && startTime(id.pid) === id.started
}

async function stopTree(root: ProcessId, patience: number): Promise<void> {
  const tree = [root, ...descendants(root.pid)]
  signal(root, 'SIGTERM')
  const end = Date.now() + patience
  while (isRunning(root) && Date.now() < end) await sleep(50)
  for (const id of tree) signal(id, 'SIGKILL')
  while (tree.some(isRunning) && Date.now() < end + 5000) await sleep(50)
}

function signal(id: ProcessId, name: NodeJS.Signals): void {
  if (!isRunning(id)) return
  try {
    process.kill(id.pid, name)
  } catch {} // it ended in between
}

function descendants(root: number): ProcessId[] {
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const parents = new Map(pids.map((pid) => [Number(pid), Number(readStat(Number(pid))?.[1] ?? 0)]))
  const tree = new Set([root])
  for (let size = 0; size !== tree.size; ) {
    size = tree.size
    for (const [pid, parent] of parents) if (tree.has(parent)) tree.add(pid)
  }
  tree.delete(root)
  return [...tree].map((pid) => ({ pid, started: startTime(pid) ?? '' }))
}

function startTime(pid: number): string | null {
  const stat = readStat(pid)
  return stat && stat[0] !== 'Z' ? (stat[19] ?? null) : null
}

/** Fields of /proc/PID/stat from the third (state) on: the second, the name, may hold blanks and parentheses. */
function readStat(pid: number): string[] | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.slice(text.lastIndexOf(')') + 2).split(' ')
  } catch {
    return null
  }
}
