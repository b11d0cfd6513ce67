import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { longestFirst, runTasks, type Task } from '../../src/stack/schedule.ts'
import { anyStack, descendants } from '../helpers/stack.ts'

const chain: Task[] = [
  { name: 'c', after: ['b'] },
  { name: 'a', after: [] },
  { name: 'b', after: ['a'] },
  { name: 'd', after: [] },
]

describe('runTasks', () => {
  it('skips what stands on a failure, and nothing else', async () => {
    const ends = await runTasks(chain, {
      jobs: 1,
      run: async (name) => ({ ok: name !== 'a', value: 'ran' }),
      skip: (_name, because) => `after ${because}`,
    })
    expect(Object.fromEntries(ends)).toEqual({ a: 'ran', b: 'after a', c: 'after b', d: 'ran' })
  })

  // Broken by: a place that is held until an image is pushed, or one that a release gives away twice.
  it('gives a released place to one other task, and to none where there is one job', async () => {
    const most = async (jobs: number) => {
      let [working, peak] = [0, 0]
      const free = ['a', 'b', 'c', 'd', 'e'].map((name) => ({ name, after: [] }))
      const ends = await runTasks(free, {
        jobs,
        run: async (name, release) => {
          working += 1
          peak = Math.max(peak, working)
          await turn()
          if (name === 'a') release()
          if (name === 'a') for (let turns = 0; turns < 20; turns++) await turn()
          working -= 1
          return { ok: true, value: name }
        },
        skip: String,
      })
      expect([...ends.values()]).toEqual(['a', 'b', 'c', 'd', 'e'])
      return peak
    }
    expect([await most(1), await most(2)]).toEqual([1, 3])
  })

  it('starts a task as soon as those before it are done, not level by level', async () => {
    const slow = Promise.withResolvers<void>()
    const ran: string[] = []
    const all = runTasks(chain, {
      jobs: 2,
      run: async (name) => {
        if (name === 'd') await slow.promise
        ran.push(name)
        if (name === 'c') slow.resolve()
        return { ok: true, value: name }
      },
      skip: String,
    })
    await all
    expect(ran).toEqual(['a', 'b', 'c', 'd'])
  })

  it('ignores predecessors that are no tasks', async () => {
    const ends = await runTasks([{ name: 'x', after: ['reused'] }], {
      jobs: 1,
      run: async () => ({ ok: true, value: 1 }),
      skip: () => 0,
    })
    expect([...ends]).toEqual([['x', 1]])
  })

  it('passes on what a task throws', async () => {
    const failing = { jobs: 1, run: () => Promise.reject(new Error('lost')), skip: () => 0 }
    await expect(runTasks(chain, failing)).rejects.toThrow('lost')
  })

  it('has no trouble with a line of 5,000', async () => {
    const line = Array.from({ length: 5000 }, (_, at) => ({ name: `t${at}`, after: at > 0 ? [`t${at - 1}`] : [] }))
    const ends = await runTasks(line.reverse(), { jobs: 4, run: async () => ({ ok: true, value: 1 }), skip: () => 0 })
    expect(ends.size).toBe(5000)
  })

  it('never runs a child before its parents, nor more than jobs at once; a failure takes out exactly its descendants', async () => {
    await fc.assert(
      fc.asyncProperty(
        anyStack(),
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream(fc.nat(5)),
        async (stack, jobs, stream) => {
          const luck = new Map(stack.order.map((name) => [name, stream.next().value ?? 1]))
          const failing = stack.order.filter((name) => luck.get(name) === 0)
          const done = new Set<string>()
          const ran: string[] = []
          let [atOnce, most] = [0, 0]
          const ends = await runTasks(
            stack.images.map((image) => ({ name: image.name, after: image.parents.map((parent) => parent.name) })),
            {
              jobs,
              run: async (name) => {
                most = Math.max(most, ++atOnce)
                ran.push(name)
                const image = stack.images.find((candidate) => candidate.name === name)
                expect(image?.parents.every((parent) => done.has(parent.name))).toBe(true)
                for (let left = luck.get(name) ?? 0; left > 0; left--) await turn()
                atOnce--
                if (luck.get(name) !== 0) done.add(name)
                return { ok: luck.get(name) !== 0, value: 'ran' }
              },
              skip: () => 'skipped',
            },
          )
          const out = descendants(stack.images, failing)
          expect(most).toBeLessThanOrEqual(jobs)
          expect(new Set(ran).size).toBe(ran.length)
          expect([...ends.keys()].sort()).toEqual([...stack.order].sort())
          for (const name of stack.order) expect(ends.get(name)).toBe(out.has(name) ? 'skipped' : 'ran')
        },
      ),
    )
  })
})

describe('longestFirst', () => {
  const weights: Readonly<Record<string, number>> = { base: 1, small: 1, big: 9, leaf: 5, alone: 4 }
  const order = (tasks: readonly Task[]) => longestFirst(tasks, (name) => weights[name] ?? 0).map(({ name }) => name)

  // Broken by: weights of images alone, or the order of names.
  it('puts first what the most work stands on', () => {
    const tasks = [
      { name: 'alone', after: [] },
      { name: 'small', after: ['base'] },
      { name: 'big', after: ['base'] },
      { name: 'leaf', after: ['small'] },
      { name: 'base', after: [] },
    ]
    expect(order(tasks)).toEqual(['base', 'big', 'small', 'leaf', 'alone'])
  })

  it('keeps the order of equal ones, and takes parents that are not among the tasks', () => {
    expect(
      order([
        { name: 'b', after: ['x'] },
        { name: 'a', after: [] },
      ]),
    ).toEqual(['b', 'a'])
  })

  // Broken by: a way back that calls itself.
  it('takes a line of 20,000 images', () => {
    const line = Array.from({ length: 20_000 }, (_, at) => ({ name: `${at}`, after: at === 0 ? [] : [`${at - 1}`] }))
    expect(longestFirst(line.toReversed(), () => 1).map(({ name }) => Number(name))).toEqual([...line.keys()])
  })

  it('never puts an image before one that it stands on', () => {
    fc.assert(
      fc.property(anyStack(), ({ images }) => {
        const tasks = images.map(({ name, parents }) => ({ name, after: parents.map((parent) => parent.name) }))
        const place = new Map(longestFirst(tasks, (name) => 1 + name.length).map(({ name }, at) => [name, at]))
        for (const { name, after } of tasks)
          for (const parent of after) expect(place.get(parent)).toBeLessThan(place.get(name) ?? -1)
      }),
    )
  })
})
