import pLimit from 'p-limit'
import { ActionError } from '../../errors.ts'
import { satisfied } from '../../lock/satisfied.ts'
import type { CondaRecord, CondaSolver, SolveRequest } from '../../lock/types.ts'
import { answer } from './attempt.ts'
import { type ChannelPlace, placeOf, withoutValues } from './channel.ts'
import { createRattler, type Rattler } from './rattler.ts'
import { unknownNames } from './request.ts'
import { openStore, type Store } from './store.ts'
import { openSubdir, type Subdir } from './subdir.ts'

/** What a solver works with. */
export interface SolverOptions {
  /** Where what was read of the channels is kept for the next run; made where it is not there. */
  readonly folder: string
  /** Channel name or URL → the URL that is asked instead; locks keep the channel's own address. */
  readonly mirrors: ReadonlyMap<string, string>
  /** For variables in channels' URLs. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly signal: AbortSignal
  readonly warn: (line: string) => void
  /** Milliseconds before a request is tried again the first time, default 500. */
  readonly firstWait?: number
  /** The most bytes that are kept in the folder, default 60 MB. */
  readonly storeLimit?: number
}

type Answer = readonly CondaRecord[] | Error
type Opened = Promise<Subdir | null>

/** A solver that is part of the program: rattler, shown what it needs of the channels. */
export function createSolver(options: SolverOptions): CondaSolver {
  return {
    async solve(requests) {
      if (requests.length === 0) return []
      const store = openStore(options.folder, options.warn, options.storeLimit)
      // What is still being read when the answers are there, because something else failed, ends with them.
      const ended = new AbortController()
      const signal = AbortSignal.any([options.signal, ended.signal])
      const rattler = createRattler(options.signal)
      rattler.load()
      try {
        return await solveAll(requests, { options: { ...options, signal }, store, rattler })
      } finally {
        ended.abort()
        rattler.close()
        store.prune()
      }
    },
  }
}

interface Tools {
  readonly options: SolverOptions
  readonly store: Store
  readonly rattler: Rattler
}

/** While one request is solved the next one's packages are read. Equal ones are solved once. */
async function solveAll(requests: readonly SolveRequest[], tools: Tools): Promise<Answer[]> {
  const opened = new Map<string, Opened>()
  const [preparing, solving] = [pLimit(2), pLimit(1)]
  const known = new Map<string, Promise<Answer>>()
  const answers = requests.map((request) => {
    const key = keyOf(request)
    const solve: Rattler['solve'] = (task) => solving(() => tools.rattler.solve(task))
    const given = known.get(key) ?? preparing(() => solveOne(request, tools, opened, solve))
    known.set(key, given)
    return given
  })
  return await Promise.all(answers)
}

/** Where a spec stands makes no difference to the answer, but to what is said where there is none. */
function keyOf(request: SolveRequest): string {
  return JSON.stringify(request)
}

async function solveOne(
  request: SolveRequest,
  tools: Tools,
  opened: Map<string, Opened>,
  solve: Rattler['solve'],
): Promise<Answer> {
  try {
    const subdirs = await openAll(request, tools, opened)
    const unknown = unknownNames(request, subdirs)
    if (unknown) return unknown
    return checked(request, await answer({ request, subdirs, solve }))
  } catch (error) {
    if (error instanceof ActionError && error.code === 'solve') return withoutSecrets(error, request, tools.options)
    throw error
  }
}

/** An error that shows no value of the channels' variables. */
function withoutSecrets(error: ActionError, { channels }: SolveRequest, { env }: SolverOptions): ActionError {
  const hidden = (text: string) => channels.reduce((shown, channel) => withoutValues(shown, channel, env), text)
  const [message = '', ...details] = [error.message, ...error.details].map(hidden)
  const same = message === error.message && details.every((line, at) => line === error.details[at])
  // Its cause may name the address as well.
  return same ? error : new ActionError('solve', message, details)
}

async function openAll(
  request: SolveRequest,
  { options, store }: Tools,
  opened: Map<string, Opened>,
): Promise<Subdir[]> {
  const channels = request.channels.filter((channel) => channel.url !== 'nodefaults')
  const open = (place: ChannelPlace, subdir: string): Opened => {
    const key = `${place.asked} ${place.own} ${subdir}`
    const known = opened.get(key) ?? openSubdir(place, subdir, { ...options, store })
    opened.set(key, known)
    return known
  }
  const found = channels.map(async (channel) => {
    const place = placeOf(channel, options)
    const subdirs = await Promise.all([open(place, request.platform), open(place, 'noarch')])
    const there = subdirs.filter((subdir) => subdir !== null)
    if (there.length > 0) return there
    throw new ActionError(
      'solve',
      `there is no channel ${place.name}: it has no repodata for ${request.platform} or noarch`,
      ['check its name, and what channel-mirrors says of it'],
    )
  })
  return (await Promise.all(found)).flat()
}

/** Nothing leaves that another reading of the records does not agree with. */
function checked(request: SolveRequest, records: readonly CondaRecord[]): readonly CondaRecord[] {
  const [first, ...more] = satisfied(records, request.virtualPackages)
  if (!first) return records
  const lines = [first, ...more.slice(0, 9)].map(({ by, kind, spec }) => `${by} ${kind}: ${spec}`)
  throw new ActionError('solve', `the solver's answer for ${request.platform} does not hold: ${lines[0]}`, [
    ...lines.slice(1),
    'this is a fault of the solver or of the channel’s records: report it, or use lock-engine: conda-lock',
  ])
}
