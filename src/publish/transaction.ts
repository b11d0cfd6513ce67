import { close, has, put, read, type Steps, takeBack } from './effects.ts'
import { type Recovered, settle } from './recover.ts'
import type { Cause, Entry, Move, PastEntry, Target } from './types.ts'

/** What a transaction is to do. */
export interface TransactionPlan {
  readonly cause: Cause
  /**
   * The tags and what they are to point at, once nothing else is under way. `history`: what was moved before, the newest last.
   * May throw: nothing was written for it by then.
   */
  readonly targets: (
    history: readonly PastEntry[],
  ) => readonly Target[] | { readonly targets: readonly Target[]; readonly undoes: string }
  /** Whether the targets do not depend on the history: then a look at the tags may show that there is nothing to do. */
  readonly fixed: boolean
  /** The time, ISO 8601. */
  readonly now: () => string
}

/** How it ended. In all but `moved` and `resumed` no tag is where this run was to move it, unless `left` names it. */
export type TransactionResult = {
  readonly recovered: readonly Recovered[]
} & (
  | { readonly kind: 'moved'; readonly moves: readonly Move[]; readonly same: readonly Target[] }
  /** The very same request was interrupted, and is completed now. */
  | { readonly kind: 'resumed'; readonly moves: readonly Move[]; readonly same: readonly Target[] }
  /** Nothing was written: these digests are not where they are to be tagged. */
  | { readonly kind: 'missing'; readonly targets: readonly Target[] }
  /** A tag could not be set; `left` could not be given back what it had. */
  | {
      readonly kind: 'failed'
      readonly failures: readonly { readonly move: Move; readonly why: string }[]
      readonly left: readonly Move[]
    }
  /** Somebody else moved tags at the same time. `now`: what such a tag points at. */
  | {
      readonly kind: 'overlapped'
      readonly foreign: readonly { readonly move: Move; readonly now: string | null }[]
      readonly left: readonly Move[]
    }
)

/**
 * Moves tags in all places, or none of them. A journal is written before the first one moves and closed after the last was read
 * back, so that a run which is killed at any point is completed or undone by the next. Every effect is the caller's to carry out.
 */
export function* transaction(plan: TransactionPlan): Steps<TransactionResult> {
  if (plan.fixed) {
    const { same, open } = yield* compare(targetsOf(plan, []).targets)
    if (open.length === 0) return { kind: 'moved', moves: [], same, recovered: [] }
  }
  yield { do: 'lock' }
  try {
    const { recovered, history } = yield* settle(plan.now)
    const resumed = recovered.find(({ entry, outcome }) => outcome === 'done' && entry.request === plan.cause.request)
    if (resumed && !plan.fixed) return { kind: 'resumed', moves: resumed.entry.moves, same: [], recovered }
    const { targets, undoes } = targetsOf(plan, history)
    const { same, open } = yield* compare(targets)
    if (open.length === 0) return { kind: 'moved', moves: [], same, recovered }
    const there = yield* has(open)
    const missing = open.filter((_, at) => !there[at])
    if (missing.length > 0) return { kind: 'missing', targets: missing, recovered }
    const entry: Entry = { ...plan.cause, ...(undoes ? { undoes } : {}), moves: open }
    return { ...(yield* carryOut(entry, same)), recovered }
  } finally {
    yield { do: 'unlock' }
  }
}

function targetsOf(plan: TransactionPlan, history: readonly PastEntry[]) {
  const found = plan.targets(history)
  return 'targets' in found ? found : { targets: found, undoes: null }
}

/** Which tags are as they are to be, and which have to move from where. */
function* compare(targets: readonly Target[]): Steps<{ same: Target[]; open: Move[] }> {
  const now = yield* read(targets)
  const moves = targets.map((target, at): Move => ({ ...target, from: now[at] ?? null }))
  return { same: moves.filter(({ from, to }) => from === to), open: moves.filter(({ from, to }) => from !== to) }
}

type Ended = TransactionResult extends infer Result
  ? Result extends unknown
    ? Omit<Result, 'recovered'>
    : never
  : never

function* carryOut(entry: Entry, same: readonly Target[]): Steps<Ended> {
  yield* openAll(entry)
  const failures = yield* put(entry.moves)
  const after = yield* read(entry.moves)
  if (entry.moves.every(({ to }, at) => after[at] === to)) {
    const own = yield* close(entry, entry.places, 'done')
    return own ? { kind: 'moved', moves: entry.moves, same } : { kind: 'overlapped', foreign: [], left: [] }
  }
  const moved = entry.moves.filter(({ to }, at) => after[at] === to)
  const foreign = entry.moves.flatMap((move, at) =>
    after[at] === move.to || after[at] === move.from ? [] : [{ move, now: after[at] ?? null }],
  )
  const left = yield* takeBack(moved)
  // What is left half moved stays open: the next run has another try at it.
  if (left.length === 0) yield* close(entry, entry.places, 'undone')
  const named = entry.moves.flatMap((move, at) => (failures[at] ? [{ move, why: failures[at] }] : []))
  if (named.length > 0) return { kind: 'failed', failures: named, left }
  // Without a failure a tag that is not where it was put was put back by somebody.
  const lost = entry.moves.flatMap((move, at) => (after[at] === move.to ? [] : [{ move, now: after[at] ?? null }]))
  return { kind: 'overlapped', foreign: foreign.length > 0 ? foreign : lost, left }
}

/** Written in every place, or in none: a registry that is down stops it before the first tag moves. */
function* openAll(entry: Entry): Steps<void> {
  const written: string[] = []
  for (const place of entry.places) {
    try {
      yield { do: 'open', place, entry }
    } catch (error) {
      // Whether this one was written is not known: the next run finds out.
      yield* close(entry, written, 'undone')
      throw error
    }
    written.push(place)
  }
}
