import { type ChildProcess, spawn } from 'node:child_process'
import { StringDecoder } from 'node:string_decoder'
import { setTimeout as delay } from 'node:timers/promises'
import type { CancelPlan } from './types.ts'

/** A step's process to run. `onLine` gets every line of both streams in the order in which they come. */
export interface StepProcess {
  readonly script: string
  readonly cwd: string
  readonly env: Readonly<Record<string, string>>
  readonly onLine: (line: string) => void
  readonly cancel: CancelPlan | null
  readonly timeoutMs: number
}

/** How the process ended. */
export interface ProcessEnd {
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  readonly cancelled: boolean
}

/** Milliseconds that the runner goes on reading the streams that a grandchild holds open. */
const streamGraceMs = 5000

/**
 * Runs a script with this Node as the runner does. A cancelled one is sent SIGINT, then SIGTERM, then SIGKILL, each to
 * the process itself and never to its group, so that what it started is its own to end. Throws after `timeoutMs`.
 */
export async function runStepProcess(step: StepProcess): Promise<ProcessEnd> {
  const child = spawn(process.execPath, [step.script], {
    cwd: step.cwd,
    env: step.env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const exited = new Promise<{ exitCode: number | null; signal: NodeJS.Signals | null }>((resolve, reject) => {
    child.once('exit', (exitCode, signal) => resolve({ exitCode, signal }))
    child.once('error', reject)
  })
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const canceller = createCanceller(child, step.cancel, exited)
  const read = (line: string) => {
    step.onLine(line)
    canceller.line(line)
  }
  const stdout = collect(child.stdout, read)
  const stderr = collect(child.stderr, read)
  const watchdog = new AbortController()
  const end = await Promise.race([exited, giveUp(child, step.timeoutMs, watchdog.signal)])
  await Promise.race([closed, delay(streamGraceMs, null, { signal: watchdog.signal, ref: false }).catch(() => {})])
  watchdog.abort()
  canceller.stop()
  for (const stream of [child.stdout, child.stderr]) stream.destroy()
  return { ...end, stdout: stdout(), stderr: stderr(), cancelled: canceller.cancelled() }
}

/** Sends the signals of a cancelled run when its moment has come. */
function createCanceller(child: ChildProcess, plan: CancelPlan | null, exited: Promise<unknown>) {
  let cancelled = false
  const begin = () => {
    if (cancelled || child.exitCode !== null || child.signalCode !== null) return
    cancelled = true
    sendSignals(child, plan, exited).catch(() => {})
  }
  if (plan?.when instanceof Promise) plan.when.then(begin, () => {})
  const timer = typeof plan?.when === 'number' ? setTimeout(begin, plan.when) : undefined
  return {
    cancelled: () => cancelled,
    stop: () => clearTimeout(timer),
    line: (text: string) => {
      if (plan?.when instanceof RegExp && plan.when.test(text)) begin()
    },
  }
}

async function sendSignals(child: ChildProcess, plan: CancelPlan | null, exited: Promise<unknown>): Promise<void> {
  const steps = [
    ['SIGINT', plan?.interruptMs ?? 7500],
    ['SIGTERM', plan?.terminateMs ?? 2500],
  ] as const
  for (const [signal, waitMs] of steps) {
    child.kill(signal)
    const gone = exited.then(() => true)
    if (await Promise.race([gone, delay(waitMs, false, { ref: false })])) return
  }
  child.kill('SIGKILL')
}

async function giveUp(child: ChildProcess, timeoutMs: number, signal: AbortSignal): Promise<never> {
  await delay(timeoutMs, null, { signal, ref: false }).catch(() => new Promise(() => {}))
  child.kill('SIGKILL')
  throw new Error(`the step was still running after ${timeoutMs} ms`)
}

/** Feeds whole lines on; gives a function that tells the whole text. A line ends as .NET's ReadLine sees it. */
function collect(stream: NodeJS.ReadableStream, onLine: (line: string) => void): () => string {
  const decoder = new StringDecoder('utf8')
  let whole = ''
  let rest = ''
  stream.on('data', (chunk: Buffer) => {
    const text = decoder.write(chunk)
    whole += text
    // A carriage return at the end may be half of a line end: it waits for what follows.
    const lines = (rest + text).split(/\r\n|\r(?!$)|\n/)
    rest = lines.pop()!
    for (const line of lines) onLine(line)
  })
  stream.on('end', () => {
    if (rest !== '') onLine(rest.replace(/\r$/, ''))
    rest = ''
  })
  return () => whole
}
