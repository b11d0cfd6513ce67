import { spawn } from 'node:child_process'
import { once } from 'node:events'

/** A process whose wall time is wanted. */
export interface Timed {
  readonly file: string
  readonly args: readonly string[]
  readonly cwd?: string
  /** Complete when given. */
  readonly env?: Readonly<Record<string, string | undefined>>
  /** Exit code of a run that did what it should; default 0. */
  readonly status?: number
}

/** What a process took and said. */
export interface Ended {
  /** From before its start to its end, milliseconds. */
  readonly ms: number
  readonly stdout: string
}

/** Runs a process and measures its wall time. A benchmark of a run that failed would be a lie: that throws. */
export async function timed({ file, args, cwd, env = process.env, status = 0 }: Timed): Promise<Ended> {
  const started = process.hrtime.bigint()
  const child = spawn(file, args, { cwd, env: { ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const stdout: string[] = []
  let errors = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => stdout.push(text))
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    errors = `${errors}${text}`.slice(-4000)
  })
  const [code] = (await once(child, 'close')) as [number | null]
  const ms = Number(process.hrtime.bigint() - started) / 1e6
  if (code !== status)
    throw new Error(`\`${[file, ...args].join(' ')}\` ended with ${code}, not ${status}\n${errors || stdout.join('')}`)
  return { ms, stdout: stdout.join('') }
}
