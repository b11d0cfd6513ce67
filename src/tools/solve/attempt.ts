import { ActionError } from '../../errors.ts'
import { recordOf } from '../../lock/shard.ts'
import { shrink } from '../../lock/shrink.ts'
import type { CondaRecord, SolveRequest } from '../../lock/types.ts'
import { type Gathered, gather } from './gather.ts'
import type { SolverAnswer, SolverTask } from './rattler.ts'
import { keptFiles, specsByName, unsatisfiable, wordsOf } from './request.ts'
import { addressOf, serve } from './served.ts'
import type { Subdir } from './subdir.ts'

/** A request, what it is solved from, and who solves. */
export interface Question {
  readonly request: SolveRequest
  readonly subdirs: readonly Subdir[]
  readonly solve: (task: SolverTask) => Promise<SolverAnswer>
}

/** What one try shows the solver. */
interface Try {
  /** How many versions are shown of a name, where it is not `narrow`. */
  readonly widths: ReadonlyMap<string, number>
  /** File names that are taken wherever they can be. */
  readonly kept: ReadonlyMap<string, string>
  /** Names of `kept` that may change; all others are shown in the old version only. */
  readonly free: ReadonlySet<string> | 'all'
}

type Outcome = { readonly records: readonly CondaRecord[] } | { readonly refusal: string; readonly windows: Gathered }

/** With 4 versions shown, and what dependencies ask for, pangeo's environments give what all versions give. */
const narrow = 8
const wider = 4
const mostTries = 16
const shrinkTries = 8

/** Solves a request: the newest of everything, or as little change as can be where there is an old lock. */
export async function answer(question: Question): Promise<readonly CondaRecord[]> {
  const kept = keptFiles(question.request)
  return kept.size === 0 ? await widening(question, kept) : await changingLittle(question, kept)
}

/**
 * Solves with all of `kept` preferred, none held. Where the solver refuses, the names that it speaks of are shown with more
 * versions, at last with all: only where it speaks of none that were cut, its no is the answer.
 */
async function widening(question: Question, kept: ReadonlyMap<string, string>): Promise<readonly CondaRecord[]> {
  let widths: ReadonlyMap<string, number> = new Map()
  for (let tried = 0; ; tried++) {
    const outcome = await attempt(question, { widths, kept, free: 'all' })
    if ('records' in outcome) return outcome.records
    const more = widened(outcome.refusal, outcome.windows, widths)
    if (more === null || tried === mostTries) throw unsatisfiable(question.request, outcome.refusal)
    widths = more
  }
}

/** More versions of the names that a refusal speaks of; null where all of them were shown with all. */
function widened(refusal: string, windows: Gathered, widths: ReadonlyMap<string, number>): Map<string, number> | null {
  const cut = [...wordsOf(refusal)].filter((name) => windows.get(name)?.cut && widths.get(name) !== Infinity)
  if (cut.length === 0) return null
  return new Map([...widths, ...cut.map((name) => [name, widths.has(name) ? Infinity : narrow * wider] as const)])
}

/**
 * First all old packages stand, and only new names are chosen. Where that cannot be, the names that the solver speaks of are
 * set free, and again, until it can; then as many as possible of those that changed are held once more.
 */
async function changingLittle(question: Question, kept: ReadonlyMap<string, string>): Promise<readonly CondaRecord[]> {
  let free: ReadonlySet<string> = new Set()
  let widths: ReadonlyMap<string, number> = new Map()
  for (let tried = 0; tried < mostTries; tried++) {
    const outcome = await attempt(question, { widths, kept, free })
    if ('records' in outcome)
      return free.size === 0 ? outcome.records : await lessened(question, kept, widths, outcome.records)
    const freed = [...wordsOf(outcome.refusal)].filter((name) => kept.has(name) && !free.has(name))
    const more = widened(outcome.refusal, outcome.windows, widths)
    if (freed.length === 0 && more === null) break
    // A name that is held is cut too: it is set free first, and shown with more only if that was not enough.
    if (freed.length > 0) free = new Set([...free, ...freed])
    else if (more) widths = more
  }
  return await lessened(question, kept, widths, await widening(question, kept))
}

async function lessened(
  question: Question,
  kept: ReadonlyMap<string, string>,
  widths: ReadonlyMap<string, number>,
  records: readonly CondaRecord[],
): Promise<readonly CondaRecord[]> {
  let best = records
  const changed = records.filter(({ name, url }) => kept.has(name) && !url.endsWith(`/${kept.get(name)}`))
  const names = changed.map((record) => record.name)
  await shrink(
    names,
    async (free) => {
      const outcome = await attempt(question, { widths, kept, free: new Set(free) })
      if ('refusal' in outcome) return false
      best = outcome.records
      return true
    },
    shrinkTries,
  )
  return best
}

async function attempt({ request, subdirs, solve }: Question, { widths, kept, free }: Try): Promise<Outcome> {
  const specs = specsByName(request.specs)
  const windows = await gather({
    subdirs,
    specs,
    newest: (name) => widths.get(name) ?? narrow,
    kept: new Set(kept.values()),
    pinned: (name) => free !== 'all' && kept.has(name) && !free.has(name),
    excludeNewer: request.excludeNewer,
  })
  const given = await solve({
    platform: request.platform,
    channels: [...new Set(subdirs.map((subdir) => addressOf(subdir.channel)))],
    specs: [...specs.values()].flat(),
    virtualPackages: request.virtualPackages,
    served: serve(windows, subdirs, new Set(kept.values())),
  })
  return 'refusal' in given
    ? { refusal: given.refusal, windows }
    : { records: recordsOf(given.packages, windows, subdirs) }
}

type Packages = Extract<SolverAnswer, { packages: unknown }>['packages']

/** The channel's own records of what was chosen, by name; the machine's own packages are none. */
function recordsOf(packages: Packages, windows: Gathered, subdirs: readonly Subdir[]): CondaRecord[] {
  const found = new Map<string, CondaRecord | null>()
  const wanted = new Set(packages.map((one) => one.url))
  for (const window of windows.values()) {
    for (const [place, entries] of window.places.entries()) {
      const subdir = subdirs[place]
      if (!subdir) continue
      const folder = `${addressOf(subdir.channel)}/${subdir.subdir}/`
      for (const entry of entries) {
        const url = folder + entry.filename
        if (wanted.has(url)) found.set(url, recordOf(entry, subdir.base))
      }
    }
  }
  return [...found].map(([url, record]) => record ?? contradiction(url)).sort((a, b) => (a.name < b.name ? -1 : 1))
}

function contradiction(url: string): never {
  throw new ActionError('solve', `the channel describes ${url} as another package than its file name says`, [
    'its repodata is broken: report it to the channel, or name a mirror in channel-mirrors',
  ])
}
