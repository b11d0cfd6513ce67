import { ActionError } from '../errors.ts'
import type { TagPlace } from './effects.ts'
import type { PastEntry, Target } from './types.ts'

/**
 * What tags pointed at before the newest change of them that was not taken back yet, and which change that is. Tags that it did not
 * move stay. Throws ActionError('input') where there is none, or where a tag was not there before.
 */
export function previousOf(
  history: readonly PastEntry[],
  tags: readonly TagPlace[],
): { readonly targets: readonly Target[]; readonly undoes: string } {
  const wanted = new Set(tags.map(keyOf))
  const done = history.filter((entry) => entry.outcome === 'done')
  const undone = new Set(done.flatMap(({ undoes }) => undoes ?? []))
  const last = done.findLast(
    ({ id, undoes, moves }) => !undone.has(id) && undoes === undefined && moves.some((move) => wanted.has(keyOf(move))),
  )
  const name = [...new Set(tags.map(({ tag }) => tag))].join(', ')
  if (!last)
    throw new ActionError('input', `nothing is known of what ${name} was before`, [
      'the journal holds no change of it: name the tag or commit to go back to, for example `--to 2639bd3`',
    ])
  const moves = last.moves.filter((move) => wanted.has(keyOf(move)))
  const first = moves.find(({ from }) => from === null)
  if (first)
    throw new ActionError('input', `${first.repository}:${first.tag} was not there before ${told(last)}`, [
      'there is nothing to go back to: name the tag or commit, for example `--to 2639bd3`',
    ])
  return { targets: moves.map(({ repository, tag, from }) => ({ repository, tag, to: from ?? '' })), undoes: last.id }
}

/** The tag that was promoted or reverted last; null where none was. */
export function lastPromoted(history: readonly PastEntry[]): string | null {
  const done = history.filter(({ outcome, command }) => outcome === 'done' && ['promote', 'revert'].includes(command))
  return /^\w+ of (\S+) /.exec(done.at(-1)?.request ?? '')?.[1] ?? null
}

/** An entry in a few words: `the promote of 2026-11-21 12:00 by ann`. */
export function told({ command, started, by }: PastEntry): string {
  return `the ${command} of ${started.slice(0, 16).replace('T', ' ')} by ${by}`
}

function keyOf({ repository, tag }: TagPlace): string {
  return `${repository}:${tag}`
}
