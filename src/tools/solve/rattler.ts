import { type ChildProcess, fork } from 'node:child_process'
import path from 'node:path'
import { ActionError, messageOf } from '../../errors.ts'
import type { VirtualPackage } from '../../lock/types.ts'
import type { Served } from './served.ts'

/** One solve, as the solver's process is told of it. */
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

/** rattler in a process of its own, started when it is first asked and ended by `close`. */
export interface Rattler {
  /** Begins to load what a solve needs: the two take place at once with what else there is to do. */
  load(): void
  /** Throws ActionError('solve') where the process ends or takes too long, ActionError('cancelled'). One solve at a time. */
  solve(task: SolverTask): Promise<SolverAnswer>
  close(): void
}

/** Makes a solver; `timeout`, milliseconds, is for one solve. */
export function createRattler(signal: AbortSignal, timeout = 600_000): Rattler {
  let child: ChildProcess | null = null
  const started = () => {
    child ??= start()
    return child
  }
  const close = () => {
    child?.kill('SIGKILL')
    child = null
  }
  return {
    load: () => void started().send('load'),
    async solve(task) {
      try {
        return await answerOf(started(), task, AbortSignal.any([signal, AbortSignal.timeout(timeout)]))
      } catch (error) {
        close()
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

/** Beside this file in src/ as in dist/, where each entry keeps its name. It needs nothing of the run's environment. */
function start(): ChildProcess {
  const file = new URL(`./rattler-worker${path.extname(import.meta.url)}`, import.meta.url)
  return fork(file, {
    env: {},
    // What the channel's answers leave behind goes at once: the solver's WebAssembly needs the memory.
    execArgv: ['--max-semi-space-size=1'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
}

async function answerOf(child: ChildProcess, task: SolverTask, signal: AbortSignal): Promise<SolverAnswer> {
  signal.throwIfAborted()
  const { promise, resolve, reject } = Promise.withResolvers<SolverAnswer>()
  const answered = (answer: unknown) => resolve(answer as SolverAnswer)
  const fail = () => reject(signal.reason)
  const ended = (code: number | null, by: string | null) => reject(new Error(`it ended with ${code ?? by}`))
  child.once('message', answered).once('error', reject).once('exit', ended)
  signal.addEventListener('abort', fail)
  try {
    child.send(task, (error) => error && reject(error))
    return await promise
  } finally {
    child.off('message', answered).off('error', reject).off('exit', ended)
    signal.removeEventListener('abort', fail)
  }
}
