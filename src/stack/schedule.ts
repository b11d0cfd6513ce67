import pLimit from 'p-limit'

/** One unit of work and the names of those that have to succeed before it. */
export interface Task {
  readonly name: string
  readonly after: readonly string[]
}

/** How a task ended, as far as its dependents are concerned. */
export type TaskEnd<T> = { readonly ok: boolean; readonly value: T }

/**
 * Runs tasks as soon as all that they wait for have succeeded, at most `jobs` at once. A task whose predecessor did
 * not succeed is not run: `skip` gives its value, with the first such predecessor. Others go on. `tasks` hold no cycle.
 * A task may call `release` when the rest of its work is light: another one takes its place then. One job is one at a time.
 */
export async function runTasks<T>(
  tasks: readonly Task[],
  {
    jobs,
    run,
    skip,
  }: {
    jobs: number
    run: (name: string, release: () => void) => Promise<TaskEnd<T>>
    skip: (name: string, because: string) => T
  },
): Promise<Map<string, T>> {
  const limit = pLimit(jobs)
  const started = new Map<string, Promise<TaskEnd<T>>>()
  const known = new Map(tasks.map((task) => [task.name, task]))
  const start = (task: Task): Promise<TaskEnd<T>> => {
    const running = started.get(task.name)
    if (running) return running
    const promise = perform(task)
    started.set(task.name, promise)
    return promise
  }
  const perform = async (task: Task): Promise<TaskEnd<T>> => {
    // A turn of its own for each step back, or a long line of parents would overflow the call stack.
    await null
    const before = task.after.flatMap((name) => known.get(name) ?? [])
    const ends = await Promise.all(before.map(start))
    const failed = ends.findIndex((end) => !end.ok)
    if (failed >= 0) return { ok: false, value: skip(task.name, before[failed]?.name ?? '') }
    const { promise: end, resolve, reject } = Promise.withResolvers<TaskEnd<T>>()
    const released = Promise.withResolvers<void>()
    const release = () => (jobs > 1 ? released.resolve() : undefined)
    const work = () => run(task.name, release).then(resolve, reject).finally(released.resolve)
    await limit(() => Promise.race([work(), released.promise]))
    return await end
  }
  const ends = await Promise.all(tasks.map(async (task) => [task.name, (await start(task)).value] as const))
  return new Map(ends)
}

/**
 * Tasks in the order in which they should begin where places are few: by the weight of the longest way from each to the end
 * (the upward rank of Topcuoglu's HEFT, 2002). Of equal ones the given order stays. `tasks` hold no cycle.
 */
export function longestFirst(tasks: readonly Task[], weightOf: (name: string) => number): Task[] {
  const dependents = new Map<string, string[]>(tasks.map(({ name }) => [name, []]))
  for (const { name, after } of tasks) for (const parent of after) dependents.get(parent)?.push(name)
  const left = new Map(tasks.map(({ name }) => [name, dependents.get(name)?.length ?? 0]))
  const ranks = new Map<string, number>()
  const known = new Map(tasks.map((task) => [task.name, task]))
  const ready = tasks.filter(({ name }) => left.get(name) === 0)
  for (let task = ready.pop(); task; task = ready.pop()) {
    const after = (dependents.get(task.name) ?? []).map((name) => ranks.get(name) ?? 0)
    ranks.set(task.name, weightOf(task.name) + after.reduce((most, rank) => Math.max(most, rank), 0))
    for (const parent of task.after.flatMap((name) => known.get(name) ?? [])) {
      const waiting = (left.get(parent.name) ?? 0) - 1
      left.set(parent.name, waiting)
      if (waiting === 0) ready.push(parent)
    }
  }
  return [...tasks].sort((one, other) => (ranks.get(other.name) ?? 0) - (ranks.get(one.name) ?? 0))
}
