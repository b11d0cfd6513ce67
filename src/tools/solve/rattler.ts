import path from 'node:path'
import { Worker } from 'node:worker_threads'
import { ActionError, messageOf } from '../../errors.ts'
import type { VirtualPackage } from '../../lock/types.ts'
import type { Served } from './served.ts'

/** One solve, as the solver's thread is told of it. */
export interface SolverTask {
  readonly platform: string
  /** Addresses, the first one's packages before those of the others. */
  readonly channels: readonly string[]
  readonly specs: readonly string[]
  readonly virtualPackages: readonly VirtualPackage[]
  readonly served: Served
}

/** What was chosen, or why nothing can be: the solver's own words. */
export type SolverAnswer =
  | { readonly packages: readonly { readonly url: string; readonly filename: string; readonly subdir: string }[] }
  | { readonly refusal: string }

/** rattler in a thread of its own, started when it is first asked and ended by `close`. */
export interface Rattler {
  /** Begins to load what a solve needs: the two take place at once with what else there is to do. */
  load(): void
  /** Throws ActionError('solve') where the thread ends or takes too long, ActionError('cancelled'). One solve at a time. */
  solve(task: SolverTask): Promise<SolverAnswer>
  close(): Promise<void>
}

/** Makes a solver; `timeout`, milliseconds, is for one solve. */
export function createRattler(signal: AbortSignal, timeout = 600_000): Rattler {
  let worker: Worker | null = null
  const started = () => {
    worker ??= new Worker(workerFile(), { env: {}, execArgv: [], stdout: true, stderr: true })
    return worker
  }
  const close = async () => {
    await worker?.terminate()
    worker = null
  }
  return {
    load: () => started().postMessage('load'),
    async solve(task) {
      try {
        return await answerOf(started(), task, AbortSignal.any([signal, AbortSignal.timeout(timeout)]))
      } catch (error) {
        await close()
        if (signal.aborted) throw new ActionError('cancelled', 'the run was cancelled while locks were solved')
        throw new ActionError(
          'solve',
          `the solver ended without an answer: ${messageOf(error)}`,
          ['narrow the environment’s specs (a version for python helps most), or use a runner with more memory'],
          { cause: error },
        )
      }
    },
    close,
  }
}

/** Beside this file in src/ as in dist/, where each entry keeps its name. */
function workerFile(): URL {
  return new URL(`./rattler-worker${path.extname(import.meta.url)}`, import.meta.url)
}

async function answerOf(worker: Worker, task: SolverTask, signal: AbortSignal): Promise<SolverAnswer> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<SolverAnswer>()
  const fail = () => reject(signal.reason)
  const ended = (code: number) => reject(new Error(`its thread ended with ${code}`))
  worker.once('message', resolve).once('error', reject).once('exit', ended)
  signal.addEventListener('abort', fail)
  try {
    worker.postMessage(task)
    return await promise
  } finally {
    worker.off('message', resolve).off('error', reject).off('exit', ended)
    signal.removeEventListener('abort', fail)
  }
}
