import { type ChildProcess, spawn } from 'node:child_process'
import { statSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { ActionError, type ErrorCode } from '../errors.ts'

/** One child process: a file and its arguments, never a shell. */
export interface Command {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd: string
  /** The whole environment of the child. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly input?: string | Buffer
  /** Ends the child's whole process group when it fires. */
  readonly signal?: AbortSignal | undefined
  /** Called for each line as it comes; without it the text is kept in `stdout` / `stderr` only. */
  readonly onStdout?: (line: string) => void
  readonly onStderr?: (line: string) => void
  /** What a failure counts as; default 'build'. */
  readonly code?: ErrorCode
  /** How an error names it; default: the file and its first argument that is no option. */
  readonly title?: string
}

/** How a child ended. `status` is null where a signal ended it. `stderr` holds the last 64 KiB at most. */
export interface Ended {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: Buffer
  readonly stderr: string
}

const stderrLimit = 64 * 1024
/** GitHub's runner gives 7.5 s between its SIGINT and SIGTERM: a group that ignores ours has to be gone before. */
const graceMilliseconds = 5000
const running = new Set<ChildProcess>()

/** Runs a child to its end, whatever its exit code. Throws ActionError only where it cannot start or the run is cancelled. */
export async function execute(command: Command): Promise<Ended> {
  if (command.signal?.aborted) throw cancelled(command)
  const child = start(command)
  running.add(child)
  const stop = () => endGroup(child)
  command.signal?.addEventListener('abort', stop, { once: true })
  try {
    const ended = await collect(child, command)
    if (command.signal?.aborted) throw cancelled(command)
    return ended
  } finally {
    running.delete(child)
    command.signal?.removeEventListener('abort', stop)
    // What the child started may have outlived it.
    if (command.signal?.aborted) signalGroup(child, 'SIGKILL')
  }
}

/** Runs a child that has to succeed and gives its standard output. Throws ActionError with its last lines of stderr. */
export async function output(command: Command): Promise<Buffer> {
  const ended = await execute(command)
  if (ended.status !== 0) throw failure(command, ended)
  return ended.stdout
}

/** The error of a child that failed: how it ended (a signal counts, also with nothing on stderr) and its last lines. */
export function failure(command: Pick<Command, 'file' | 'args' | 'code' | 'title'>, ended: Ended): ActionError {
  const lines = ended.stderr
    .split('\n')
    .map((line) => line.trimEnd())
    .filter(Boolean)
  const how = ended.signal ? `was ended by ${ended.signal}` : `ended with exit code ${ended.status}`
  const verb = command.args.find((argument) => /^[a-z][a-z-]*$/.test(argument)) ?? ''
  const name = command.title ?? `${command.file.split('/').at(-1)} ${verb}`.trim()
  return new ActionError(
    command.code ?? 'build',
    `${name} ${how}${lines.length ? `: ${lines.at(-1)}` : ''}`,
    lines.slice(-8, -1),
  )
}

/** Ends all children that still run, at once; for the last moment of a process. */
export function killAll(): void {
  for (const child of running) signalGroup(child, 'SIGKILL')
}

function start(command: Command): ChildProcess {
  try {
    return spawn(command.file, command.args, {
      cwd: command.cwd,
      env: { ...command.env },
      // A group of its own: buildx starts plugins and credential helpers, which have to end with it.
      detached: true,
      stdio: [command.input === undefined ? 'ignore' : 'pipe', 'pipe', 'pipe'],
    })
  } catch (cause) {
    throw notStarted(command, cause instanceof Error ? cause : new Error(String(cause)))
  }
}

async function collect(child: ChildProcess, command: Command): Promise<Ended> {
  const stdout: Buffer[] = []
  let stderr = ''
  const keep = (line: string) => {
    stderr += `${line}\n`
    // Cut now and then: a cut for every line would copy the text each time.
    if (stderr.length > 2 * stderrLimit) stderr = stderr.slice(-stderrLimit)
    command.onStderr?.(line)
  }
  const { onStdout } = command
  if (onStdout) createInterface({ input: child.stdout!, crlfDelay: Number.POSITIVE_INFINITY }).on('line', onStdout)
  else child.stdout!.on('data', (chunk: Buffer) => stdout.push(chunk))
  const lines = createInterface({ input: child.stderr!, crlfDelay: Number.POSITIVE_INFINITY }).on('line', keep)
  const drained = new Promise<void>((resolve) => lines.once('close', resolve))
  if (command.input !== undefined) {
    // A child that ends before it has read all is judged by its exit code, not by the broken pipe.
    child.stdin!.on('error', () => undefined)
    child.stdin!.end(command.input)
  }
  const [status, signal] = await new Promise<[number | null, NodeJS.Signals | null]>((resolve, reject) => {
    child.once('error', (cause) => reject(notStarted(command, cause)))
    child.once('close', (code, name) => resolve([code, name]))
  })
  await drained
  return { status, signal, stdout: Buffer.concat(stdout), stderr: stderr.slice(-stderrLimit) }
}

function endGroup(child: ChildProcess): void {
  signalGroup(child, 'SIGINT')
  setTimeout(() => running.has(child) && signalGroup(child, 'SIGKILL'), graceMilliseconds).unref()
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (child.pid) process.kill(-child.pid, signal)
  } catch {
    // The group is gone already.
  }
}

function notStarted(command: Command, cause: Error & { code?: string }): ActionError {
  // A missing folder gives the same ENOENT as a missing program.
  const folder = statSync(command.cwd, { throwIfNoEntry: false })?.isDirectory()
  const message = !folder
    ? `${command.file} could not be started: ${command.cwd} is not a folder`
    : cause.code === 'ENOENT'
      ? `${command.file} is not installed (or not on PATH)`
      : `${command.file} could not be started: ${cause.message}`
  return new ActionError(command.code ?? 'build', message, [], { cause })
}

function cancelled(command: Command): ActionError {
  return new ActionError('cancelled', `the run was cancelled while ${command.file.split('/').at(-1)} ran`)
}
