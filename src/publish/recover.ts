import { type Answers, close, has, type PlacedJournal, put, read, type Steps, takeBack } from './effects.ts'
import type { Entry, EntryOutcome, Move, PastEntry } from './types.ts'

/** An entry that another run left open, and what became of it now. */
export interface Recovered {
  readonly entry: Entry
  readonly outcome: EntryOutcome
  /** Tags that neither point at what they were to, nor at what they did before, and can be given neither. */
  readonly left: readonly Move[]
}

/** What is known once nothing is under way any more. */
export interface Settled {
  readonly recovered: readonly Recovered[]
  /** What was in the journal of the first place, and what was closed now; the newest last. */
  readonly history: readonly PastEntry[]
}

/** Ends what runs that were killed have left: completed where everything for it is there, else undone. */
export function* settle(now: () => string): Steps<Settled> {
  const journals = (yield { do: 'journals' }) as Answers['journals']
  const open = Map.groupBy(
    journals.filter((journal) => journal.open !== null),
    (journal) => journal.open?.id ?? '',
  )
  const recovered: Recovered[] = []
  for (const group of open.values()) recovered.push(yield* recover(group))
  const ended = recovered.map(({ entry, outcome }): PastEntry => ({ ...entry, outcome, ended: now() }))
  const known = new Map((journals[0]?.history ?? []).map((entry) => [entry.id, entry]))
  return { recovered, history: [...known.values(), ...ended.filter(({ id }) => !known.has(id))] }
}

/**
 * One entry. A place's journal speaks for the names below that place alone: who may write there may move those tags anyhow. An entry that
 * is not open in all its places was about to begin or about to end: then no tag is moved forward.
 */
function* recover(journals: readonly PlacedJournal[]): Steps<Recovered> {
  const entry = journals[0]?.open as Entry
  const places = journals.map(({ place }) => place)
  const moves = entry.moves.filter(({ repository }) => places.some((place) => repository.startsWith(`${place}/`)))
  const whole = entry.places.every((place) => places.includes(place))
  const now = yield* read(moves)
  const waiting = moves.filter(({ from, to }, at) => now[at] === from && from !== to)
  const moved = moves.filter(({ to }, at) => now[at] === to)
  const foreign = moves.length - waiting.length - moved.length
  // Nothing waits: it had come to its end. What differs since was moved by somebody later.
  if (waiting.length === 0) return yield* ended(entry, places, 'done')
  if (whole && foreign === 0 && (yield* has(waiting)).every(Boolean)) {
    const failures = yield* put(waiting)
    const after = yield* read(moves)
    if (moves.every(({ to }, at) => after[at] === to)) return yield* ended(entry, places, 'done')
    const failure = failures.find((one) => one !== null)
    throw new Error(`${entry.command} of ${entry.started} cannot be completed: ${failure ?? 'tags move meanwhile'}`)
  }
  const left = yield* takeBack(moved)
  return yield* ended(entry, places, left.length === 0 ? 'undone' : 'abandoned', left)
}

function* ended(
  entry: Entry,
  places: readonly string[],
  outcome: EntryOutcome,
  left: readonly Move[] = [],
): Steps<Recovered> {
  yield* close(entry, places, outcome)
  return { entry, outcome, left }
}
