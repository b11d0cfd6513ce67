import pLimit from 'p-limit'
import { nameOf } from '../../lock/match-spec.ts'
import { dependsOf, type Shard } from '../../lock/shard.ts'
import { type OpenWindow, openWindow, type Window } from '../../lock/window.ts'
import type { Subdir } from './subdir.ts'

/** What a solver is to be shown. */
export interface GatherOptions {
  readonly subdirs: readonly Subdir[]
  /** The environment's match specs by name. */
  readonly specs: ReadonlyMap<string, readonly string[]>
  readonly newest: (name: string) => number
  readonly kept: ReadonlySet<string>
  readonly pinned: (name: string) => boolean
  readonly excludeNewer: number | null
}

/** Windows of all names that can be reached from the environment's specs. */
export type Gathered = ReadonlyMap<string, Window>

const requestsAtOnce = 32

/**
 * Reads names from the specs on, over what is shown of each: a package that is not shown brings none of its dependencies. Goes
 * in waves, so that the result does not depend on which answer comes first.
 */
export async function gather({ subdirs, specs, newest, kept, pinned, excludeNewer }: GatherOptions): Promise<Gathered> {
  const limit = pLimit(requestsAtOnce)
  const windows = new Map<string, OpenWindow>()
  const asked = new Set<string>()
  let wave = new Map<string, string[]>([...specs.keys()].map((name) => [name, []]))
  while (wave.size > 0) {
    const names = [...wave.keys()].filter((name) => !name.startsWith('__'))
    const shards = await Promise.all(names.map((name) => readAll(name, subdirs, limit))).catch((error) => {
      limit.clearQueue()
      throw error
    })
    const next = new Map<string, string[]>()
    for (const [at, name] of names.entries()) {
      const options = { own: specs.get(name) ?? [], newest: newest(name), kept, pinned: pinned(name), excludeNewer }
      const known = windows.get(name)
      const window = known ?? openWindow(shards[at] ?? [], options)
      windows.set(name, window)
      const shown = [...(known ? [] : window.first), ...window.ask(wave.get(name) ?? [])]
      for (const spec of shown.flatMap(dependsOf)) note(spec, asked, next)
    }
    wave = next
  }
  return new Map([...windows].map(([name, window]) => [name, window.close()]))
}

async function readAll(name: string, subdirs: readonly Subdir[], limit: ReturnType<typeof pLimit>): Promise<Shard[]> {
  return await Promise.all(
    subdirs.map((subdir) => (subdir.has(name) ? limit(() => subdir.read(name)) : { name, versions: [] })),
  )
}

/** A spec that was not asked before is asked in the next wave. */
function note(spec: string, asked: Set<string>, next: Map<string, string[]>): void {
  if (asked.has(spec)) return
  asked.add(spec)
  const name = nameOf(spec)
  const specs = next.get(name)
  if (specs) specs.push(spec)
  else next.set(name, [spec])
}
