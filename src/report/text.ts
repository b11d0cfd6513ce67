import { ActionError, messageOf } from '../errors.ts'
import { paint, type TextOptions } from './paint.ts'
import { shorten, visible } from './visible.ts'

export { wantsColor } from './paint.ts'
export { renderPlanText } from './plan-text.ts'
export { failureText, renderResultText } from './result-text.ts'

const LINES = 5
const WIDTH = 400

/** An error for a person, without a line end: what and where first, why and the remedy below, five lines at most. */
export function renderError(error: unknown, options: TextOptions): string {
  const details = error instanceof ActionError ? error.details : []
  const lines = [...details, ...causes(error)].flatMap((text) => text.split('\n')).filter((line) => line.trim() !== '')
  const shown =
    lines.length < LINES
      ? lines
      : [...lines.slice(0, LINES - 2), `(${lines.length - LINES + 2} more lines in the debug log)`]
  const first = `${paint(['bold', 'red'], 'error:', options)} ${clean(messageOf(error))}`
  return [first, ...shown.map((line) => `       ${clean(line)}`)].join('\n')
}

/** All of an error: every detail, the chain of causes, the stack. For `--debug`. */
export function renderErrorDetails(error: unknown): string {
  const details = error instanceof ActionError ? error.details : []
  const stack = error instanceof Error && error.stack !== undefined ? error.stack.split('\n').slice(1) : []
  return [messageOf(error), ...details, ...causes(error), ...stack]
    .flatMap((text) => text.split('\n'))
    .map(visible)
    .join('\n')
}

/** Messages of the causes that say something new. */
function causes(error: unknown): string[] {
  const found: string[] = []
  let said = messageOf(error)
  let cause = error instanceof Error ? error.cause : undefined
  while (cause !== undefined && cause !== null && found.length < 10) {
    const message = messageOf(cause)
    if (!said.includes(message)) found.push(`because: ${message}`)
    said += message
    cause = cause instanceof Error ? cause.cause : undefined
  }
  return found
}

function clean(line: string): string {
  return shorten(visible(line), WIDTH)
}
