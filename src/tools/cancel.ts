import { killAll } from './exec.ts'

/**
 * A signal that fires when the run is cancelled. GitHub's runner sends SIGINT, after 7.5 s SIGTERM, after 2.5 s more it
 * kills: the first one ends the children, nothing is pushed or tagged afterwards.
 */
export function cancellation(): AbortSignal {
  const controller = new AbortController()
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(name, () => {
      if (controller.signal.aborted && name !== 'SIGTERM') return
      if (controller.signal.aborted) killAll()
      controller.abort(new Error(`cancelled by ${name}`))
    })
  }
  process.on('exit', killAll)
  return controller.signal
}
