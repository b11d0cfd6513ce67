import type { SolveStatus, Transfer, Vertex } from './solve-status.ts'
import { LogCollector } from './step-log.ts'
import type { CheckWarning } from './types.ts'
import { isMarkedFor, targetOfInternal } from './vertex-name.ts'

/** A vertex with all that was said of it. `names` has one entry a target that the vertex came under. */
export interface Known {
  /** With the times of its longest run, or of the one that is under way. */
  vertex: Vertex
  longest: Times
  readonly names: Set<string>
  readonly transfers: Map<string, Transfer>
  readonly log: LogCollector
}

type Times = Pick<Vertex, 'started' | 'completed'>

/** What the lines of one buildx process have said. `targets` stays empty when it builds only one. */
export interface Memory {
  readonly target: string
  readonly dockerfile: string | null
  /** Targets that are built on this one: its steps come under their names, too, and are its own all the same. */
  readonly descendants: ReadonlySet<string>
  readonly known: Map<string, Known>
  readonly targets: Set<string>
  readonly warnings: { readonly vertex: string; readonly warning: CheckWarning }[]
  readonly text: string[]
}

/** An empty memory for one target; `dockerfile` is its path from the repository's root, null if unknown. */
export function createMemory(target: string, dockerfile: string | null, descendants: ReadonlySet<string>): Memory {
  return { target, dockerfile, descendants, known: new Map(), targets: new Set(), warnings: [], text: [] }
}

/** Adds one line's news. */
export function fold(memory: Memory, status: SolveStatus): void {
  for (const vertex of status.vertexes) foldVertex(memory, vertex)
  for (const transfer of status.statuses) entry(memory, transfer.vertex).transfers.set(transfer.id, transfer)
  for (const chunk of status.logs) entry(memory, chunk.vertex).log.add(chunk.stream, chunk.data)
  for (const { vertex, short, url, file, line } of status.warnings) {
    const [, rule, message] = /^([A-Za-z]\w*): (.*)$/s.exec(short) ?? [null, 'Warning', short]
    const text = (message ?? '').replace(/ \(line \d+\)$/, '')
    const place = { file: memory.dockerfile ?? file ?? 'Dockerfile', line }
    memory.warnings.push({ vertex, warning: { rule: rule ?? 'Warning', message: text, url, ...place } })
  }
}

/** A vertex is sent without times again when another target or platform uses it too: what was known stays. */
function foldVertex(memory: Memory, vertex: Vertex): void {
  const known = entry(memory, vertex.digest)
  const target = targetOfInternal(vertex.name)
  if (target !== null) memory.targets.add(target)
  if (vertex.name !== '') known.names.add(vertex.name)
  const before = known.vertex
  known.vertex = {
    ...vertex,
    ...times(known, vertex),
    name: vertex.name || before.name,
    // A later round finds in the builder what this one made: it was made all the same.
    cached: before.cached || (vertex.cached && before.completed === null),
    error: vertex.error ?? before.error,
  }
}

/** A vertex can run twice (resolved first, pulled when it is needed): the longest run counts, not the wait between. */
function times(known: Known, { started, completed }: Vertex): Times {
  if (started === null) return { started: known.vertex.started, completed: known.vertex.completed }
  if (completed === null) return { started, completed }
  if (duration({ started, completed }) >= duration(known.longest)) known.longest = { started, completed }
  return known.longest
}

function duration({ started, completed }: Times): number {
  return started === null || completed === null ? -1 : completed - started
}

function entry(memory: Memory, digest: string): Known {
  const found = memory.known.get(digest)
  if (found !== undefined) return found
  const longest = { started: null, completed: null }
  const vertex = { digest, name: '', ...longest, cached: false, error: null }
  const made: Known = { vertex, longest, names: new Set(), transfers: new Map(), log: new LogCollector() }
  memory.known.set(digest, made)
  return made
}

/**
 * The name under which a vertex is ours, or null. With several targets buildx shows a parent's steps under the
 * child's name too: ours is what no other target of the process claims that is not built on us.
 */
export function ownName(memory: Memory, known: Known): string | null {
  if (memory.targets.size === 0) return known.names.values().next().value ?? null
  let own: string | null = null
  for (const name of known.names) {
    if (isMarkedFor(name, memory.target)) own = name
    else if ([...memory.targets].some((target) => !memory.descendants.has(target) && isMarkedFor(name, target)))
      return null
  }
  return own
}
