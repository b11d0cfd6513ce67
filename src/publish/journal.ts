import { ActionError } from '../errors.ts'
import { canonicalReference } from '../stack/canonical.ts'
import { isReservedTag } from '../stack/tags.ts'
import type { Entry, EntryOutcome, Journal, Move, MovingCommand, PastEntry } from './types.ts'

/** The artifact's type, and that of the history in it. */
export const journalType = 'application/vnd.pangeo-data.buildx-action.journal.v1'
/** The manifest's annotation that holds what is under way. */
export const openAnnotation = 'io.github.pangeo-data.buildx-action.open'

/** How much is kept of what was. */
const entries = 100
const historyBytes = 2 * 1024 * 1024

const commands: readonly MovingCommand[] = ['publish', 'promote', 'revert', 'release']
const outcomes: readonly EntryOutcome[] = ['done', 'undone', 'abandoned']

/** The journal of a place where nothing was published yet. */
export const emptyJournal: Journal = { open: null, history: [] }

/** The history as it is stored: the newest entries, as many as there is room for. */
export function historyText(history: readonly PastEntry[]): string {
  for (let kept = history.slice(-entries); ; kept = kept.slice(Math.ceil(kept.length / 4))) {
    const text = `${JSON.stringify({ version: 1, history: kept })}\n`
    if (kept.length <= 1 || Buffer.byteLength(text) <= historyBytes) return text
  }
}

/**
 * What lies in a registry → a journal. Whoever may write there may have written it: nothing in it is believed that is no tag of
 * an image below its own places. Throws ActionError('registry') with `where`.
 */
export function readJournal(history: string | null, open: string | null, where: string): Journal {
  try {
    const past = history === null ? [] : list(object(JSON.parse(history)).history).map(pastEntry)
    return { history: past, open: open === null ? null : entry(object(JSON.parse(open))) }
  } catch (cause) {
    throw new ActionError(
      'registry',
      `${where} is no journal of this action: ${cause instanceof Error ? cause.message : ''}`,
      [
        'look whether all images have the tags that they are to have, then remove that tag, or point it at an older one',
      ],
      { cause },
    )
  }
}

function pastEntry(value: unknown): PastEntry {
  const fields = object(value)
  const outcome = outcomes.find((known) => known === fields.outcome)
  if (!outcome) throw new Error('an entry has no outcome')
  return { ...entry(fields), outcome, ended: text(fields.ended) }
}

function entry(fields: Record<string, unknown>): Entry {
  const command = commands.find((known) => known === fields.command)
  if (!command) throw new Error('an entry has no command')
  const places = list(fields.places).map((place) => text(place))
  if (places.length === 0) throw new Error('an entry has no places')
  return {
    ...{ id: text(fields.id), command, request: text(fields.request), by: text(fields.by) },
    ...{ run: nullable(fields.run), holder: text(fields.holder), commit: nullable(fields.commit) },
    ...{ started: moment(fields.started), places },
    ...(fields.undoes === undefined ? {} : { undoes: text(fields.undoes) }),
    moves: list(fields.moves).map((value) => move(object(value), places)),
  }
}

function move(fields: Record<string, unknown>, places: readonly string[]): Move {
  const [repository, tag] = [text(fields.repository), text(fields.tag)]
  const [from, to] = [fields.from === null ? null : digest(fields.from), digest(fields.to)]
  const below = places.some((place) => repository.startsWith(`${place}/`))
  if (!below || canonicalReference(`${repository}:${tag}`)?.tag !== tag || from === to)
    throw new Error('a move is none of a tag below the places of its entry')
  // A commit's tag is never moved: no journal can bring that about either.
  if (isReservedTag(tag)) throw new Error(`a move is one of the tag ${tag}, which is never moved`)
  return { repository, tag, from, to }
}

function object(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error('it has another shape')
  return value as Record<string, unknown>
}

function list(value: unknown): readonly unknown[] {
  if (!Array.isArray(value) || value.length > 10_000) throw new Error('it has another shape')
  return value
}

function text(value: unknown): string {
  if (typeof value !== 'string' || value.length > 1000) throw new Error('it has another shape')
  return value
}

function nullable(value: unknown): string | null {
  return value === null ? null : text(value)
}

function digest(value: unknown): string {
  if (!/^sha256:[0-9a-f]{64}$/.test(text(value))) throw new Error('a digest is none')
  return value as string
}

function moment(value: unknown): string {
  if (!Number.isFinite(Date.parse(text(value)))) throw new Error('a time is none')
  return value as string
}
