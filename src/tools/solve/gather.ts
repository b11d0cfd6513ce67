import pLimit from 'p-limit'
import { nameOf } from '../../lock/match-spec.ts'
import type { Shard } from '../../lock/shard.ts'
import { chooseWindow, dependsOfWindow, type Window } from '../../lock/window.ts'
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
  const windows = new Map<string, Window>()
  const asked = new Map<string, Set<string>>()
  let wave = new Set(specs.keys())
  while (wave.size > 0) {
    const names = [...wave].filter((name) => !name.startsWith('__'))
    const shards = await Promise.all(names.map((name) => readAll(name, subdirs, limit))).catch((error) => {
      limit.clearQueue()
      throw error
    })
    wave = new Set()
    for (const [at, name] of names.entries()) {
      const options = { newest: newest(name), kept, pinned: pinned(name), excludeNewer }
      const own = specs.get(name) ?? []
      const window = chooseWindow(shards[at] ?? [], { ...options, own, asked: asked.get(name) ?? [] })
      windows.set(name, window)
      for (const spec of dependsOfWindow(window)) if (note(spec, asked)) wave.add(nameOf(spec))
    }
  }
  return windows
}

async function readAll(name: string, subdirs: readonly Subdir[], limit: ReturnType<typeof pLimit>): Promise<Shard[]> {
  return await Promise.all(
    subdirs.map((subdir) => (subdir.has(name) ? limit(() => subdir.read(name)) : { name, versions: [] })),
  )
}

/** Whether a spec was not asked before: its name's window is chosen (again) then. */
function note(spec: string, asked: Map<string, Set<string>>): boolean {
  const name = nameOf(spec)
  const known = asked.get(name)
  if (known?.has(spec)) return false
  if (known) known.add(spec)
  else asked.set(name, new Set([spec]))
  return true
}
