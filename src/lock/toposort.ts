import { byCode } from './order.ts'

/**
 * Names after what they depend on, in conda's order (conda/common/toposort.py): all that depend on nothing open, by name, then
 * those that this sets free. In a cycle the name with the fewest open dependencies goes first, then by name. Names
 * that are only depended on come out too. Python goes before pip, which it names.
 */
export function toposort(dependencies: ReadonlyMap<string, Iterable<string>>): string[] {
  const { open, dependents } = graphOf(dependencies)
  const sorted: string[] = []
  let ready = [...open.keys()].filter((name) => open.get(name)?.size === 0)
  while (open.size > 0) {
    const layer = ready.length > 0 ? ready.sort(byCode) : [fewestOpen(open)]
    for (const name of layer) open.delete(name)
    ready = layer.flatMap((name) => release(name, dependents.get(name) ?? [], open))
    sorted.push(...layer)
  }
  return sorted
}

/** Takes a name that is sorted off its dependents; gives those that wait for nothing any more. */
function release(name: string, dependents: readonly string[], open: ReadonlyMap<string, Set<string>>): string[] {
  return dependents.filter((dependent) => {
    const waiting = open.get(dependent)
    return waiting?.delete(name) === true && waiting.size === 0
  })
}

function graphOf(dependencies: ReadonlyMap<string, Iterable<string>>) {
  const open = new Map<string, Set<string>>()
  const dependents = new Map<string, string[]>()
  for (const [name, needed] of dependencies) {
    const set = new Set(needed)
    set.delete(name)
    if (name === 'python') set.delete('pip')
    open.set(name, set)
  }
  for (const [name, needed] of [...open])
    for (const dependency of needed) {
      if (!open.has(dependency)) open.set(dependency, new Set())
      const list = dependents.get(dependency)
      if (list) list.push(name)
      else dependents.set(dependency, [name])
    }
  return { open, dependents }
}

function fewestOpen(open: ReadonlyMap<string, ReadonlySet<string>>): string {
  let best = ''
  let fewest = Number.POSITIVE_INFINITY
  for (const [name, { size }] of open)
    if (size < fewest || (size === fewest && name < best)) {
      best = name
      fewest = size
    }
  return best
}
