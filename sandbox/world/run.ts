import { spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { ActionError } from '../../src/errors.ts'

/** How a command is run: `env` is complete when given; `verbose` shows the command's stderr as it comes. */
export interface RunOptions {
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly verbose?: boolean
  /** Milliseconds until the command is ended. */
  readonly timeout?: number
}

/** Run a command without a shell and give its stdout. Fails with the command, its exit code and its last lines. */
export async function run(command: string, args: readonly string[], options: RunOptions = {}): Promise<string> {
  const result = await tryRun(command, args, options)
  if (result.code === 0) return result.stdout
  const tail = `${result.stderr}\n${result.stdout}`.trim().split('\n').slice(-15)
  throw new ActionError('builder', `\`${[command, ...args].join(' ')}\` ended with ${result.code}`, tail)
}

/** The same, with the exit code as a result: 127 where the command is not there, 128 where a signal ended it. */
export async function tryRun(
  command: string,
  args: readonly string[],
  options: RunOptions = {},
): Promise<{ code: number; stdout: string; stderr: string }> {
  return await new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...(options.env ?? process.env) },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeout,
    })
    const out: string[] = []
    const err: string[] = []
    child.stdout.setEncoding('utf8').on('data', (text: string) => out.push(text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      err.push(text)
      if (options.verbose) process.stderr.write(text)
    })
    child.on('error', (error) => resolve({ code: 127, stdout: '', stderr: error.message }))
    child.on('close', (code) => resolve({ code: code ?? 128, stdout: out.join(''), stderr: err.join('') }))
  })
}

/** The path of a command, looked for in PATH and the folders of root; null where it is not installed. */
export function which(command: string, path: string = process.env.PATH ?? ''): string | null {
  const folders = [...path.split(delimiter), '/usr/local/go/bin', '/usr/local/sbin', '/usr/sbin', '/sbin']
  return folders.map((folder) => join(folder, command)).find(isExecutable) ?? null
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
