import type { Entry, EntryOutcome, Journal, Move, Target } from './types.ts'

/** A tag of a repository. */
export type TagPlace = Pick<Target, 'repository' | 'tag'>

/** What a transaction asks of the outside; it does nothing by itself. The answer to each is in `Answers`. */
export type Effect =
  | { readonly do: 'read'; readonly tags: readonly TagPlace[] }
  | { readonly do: 'has'; readonly targets: readonly Target[] }
  | { readonly do: 'put'; readonly targets: readonly Target[] }
  | { readonly do: 'remove'; readonly tags: readonly TagPlace[] }
  | { readonly do: 'lock' }
  | { readonly do: 'unlock' }
  | { readonly do: 'journals' }
  | { readonly do: 'open'; readonly place: string; readonly entry: Entry }
  | { readonly do: 'close'; readonly place: string; readonly entry: Entry; readonly outcome: EntryOutcome }

/** The journal of a place. */
export interface PlacedJournal extends Journal {
  readonly place: string
}

/** What comes back, by effect. An effect that cannot be had throws; `put` and `remove` tell it of each tag. */
export interface Answers {
  /** Digests in the order of the tags, null where there is none. */
  readonly read: readonly (string | null)[]
  readonly has: readonly boolean[]
  /** Null where it was done, else why not; whether it was done all the same is for `read` to tell. */
  readonly put: readonly (string | null)[]
  readonly remove: readonly (string | null)[]
  readonly lock: undefined
  readonly unlock: undefined
  /** One of each place of this run, once no other run that lives has an open one. */
  readonly journals: readonly PlacedJournal[]
  readonly open: undefined
  /** False where somebody else's entry stood there instead. */
  readonly close: boolean
}

/** A part of a transaction. */
export type Steps<Result> = Generator<Effect, Result, Answers[Effect['do']]>

/** Digests that tags have now. */
export function* read(tags: readonly TagPlace[]): Steps<readonly (string | null)[]> {
  return tags.length === 0 ? [] : ((yield { do: 'read', tags }) as Answers['read'])
}

/** Which of the digests their repositories hold. */
export function* has(targets: readonly Target[]): Steps<readonly boolean[]> {
  return targets.length === 0 ? [] : ((yield { do: 'has', targets }) as Answers['has'])
}

/** Points tags at digests; why not, of each. */
export function* put(targets: readonly Target[]): Steps<readonly (string | null)[]> {
  return targets.length === 0 ? [] : ((yield { do: 'put', targets }) as Answers['put'])
}

/** Removes tags; why not, of each. */
export function* remove(tags: readonly TagPlace[]): Steps<readonly (string | null)[]> {
  return tags.length === 0 ? [] : ((yield { do: 'remove', tags }) as Answers['remove'])
}

/** Closes an entry in places; false where somebody else's stood in one of them. */
export function* close(entry: Entry, places: readonly string[], outcome: EntryOutcome): Steps<boolean> {
  let own = true
  for (const place of places) own = ((yield { do: 'close', place, entry, outcome }) as boolean) && own
  return own
}

/** The moves of the digests that tags had before. */
export function backwards(moves: readonly Move[]): { readonly put: Target[]; readonly remove: TagPlace[] } {
  return {
    put: moves.flatMap(({ repository, tag, from }) => (from === null ? [] : [{ repository, tag, to: from }])),
    remove: moves.flatMap(({ repository, tag, from }) => (from === null ? [{ repository, tag }] : [])),
  }
}

/** Takes moves back; gives those that are not back afterwards. */
export function* takeBack(moves: readonly Move[]): Steps<Move[]> {
  const back = backwards(moves)
  yield* put(back.put)
  yield* remove(back.remove)
  const now = yield* read(moves)
  return moves.filter(({ from }, at) => now[at] !== from)
}
