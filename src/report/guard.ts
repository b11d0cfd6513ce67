import { formatDuration } from './format.ts'
import { ICONS } from './outcome.ts'
import type { ImageResult } from './types.ts'
import { visible } from './visible.ts'

/**
 * Wraps what a child wrote so that GitHub's runner takes nothing of it for a command. `token`: 128 random bits as 32
 * hexadecimal digits, fresh for every call, so that the text cannot end the guard itself.
 * @see https://docs.github.com/actions/reference/workflows-and-actions/workflow-commands#stopping-and-starting-workflow-commands
 */
export function guarded(text: string, token: string): string {
  if (!/^[0-9a-f]{32,}$/.test(token)) throw new TypeError('guarded: the token is not 32 hexadecimal digits')
  if (text.includes(token)) throw new TypeError('guarded: the text holds the token')
  const body = withoutMarkers(text.replace(/\r\n?/g, '\n').replace(/\n$/, ''))
  return `::stop-commands::${token}\n${body}\n::${token}::`
}

/** A log group of GitHub's: the title outside of the guard and escaped, the body inside. Returns the lines to print. */
export function group(title: string, body: readonly string[], token: string): string[] {
  return [
    `::group::${groupTitle(title)}`,
    ...(body.length === 0 ? [] : guarded(body.join('\n'), token).split('\n')),
    '::endgroup::',
  ]
}

/** An image's log as a group of its own, folded under what became of it and how long it took. */
export function imageGroup(image: ImageResult, lines: readonly string[], token: string): string[] {
  const { started, completed } = image
  const time = started === null || completed === null ? '' : ` in ${formatDuration(completed - started)}`
  return group(`${ICONS[image.outcome]} ${image.name}: ${image.outcome}${time}`, lines, token)
}

/** Makes one line harmless outside of a guard: the runner looks for `::` at a line's start and for `##[` anywhere. */
export function commandSafe(line: string): string {
  const text = withoutMarkers(visible(line))
  return /^\s*::/.test(text) ? text.replace('::', ':\u200b:') : text
}

function groupTitle(title: string): string {
  return commandSafe(title).replaceAll('%', '%25').replaceAll('::', ':\u200b:')
}

/** `##[group]` is the runner's older spelling, and the log's page folds at it even inside a guard. */
function withoutMarkers(text: string): string {
  return text.replaceAll('##[', '##\u200b[')
}
