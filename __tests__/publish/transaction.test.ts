import { describe, expect, it } from '@jest/globals'
import { type TransactionPlan, transaction } from '../../src/publish/transaction.ts'
import {
  apply,
  createWorld,
  digest,
  images,
  isOpen,
  planFor,
  runKilled,
  runTogether,
  runWhole,
  state,
  type World,
} from './model.ts'

const [old, now, other] = [digest('old'), digest('new'), digest('other')]

/** Calls `then` with a world for each effect at which a run can be killed, and for each part of that effect that can be done. */
function eachCrash(make: () => World, plan: TransactionPlan, then: (world: World, where: string) => void): number {
  let crashes = 0
  for (let n = 0; ; n++) {
    const first = runKilled(make(), plan, n, 0)
    if (!first) return crashes
    for (let part = 0; part < first.parts; part++) {
      const world = make()
      runKilled(world, plan, n, part)
      crashes += 1
      then(world, `effect ${n}, part ${part}`)
    }
  }
}

describe('a transaction that is killed', () => {
  it.each([
    ['tags that were there', 'old'],
    ['tags that are new', null],
  ])('at every point, %s: all new after a re-run', (_, before) => {
    const crashes = eachCrash(
      () => createWorld({ old: before }),
      planFor('new'),
      (world, where) => {
        const result = runWhole(world, planFor('new', { id: 'again' }))
        expect([where, result.kind, state(world)]).toEqual([where, 'moved', [now]])
      },
    )
    expect(crashes).toBeGreaterThan(25)
  })

  it('at every point: all old or all new after any other run', () => {
    const seen = new Set<string>()
    eachCrash(
      () => createWorld(),
      planFor('new'),
      (world, where) => {
        runWhole(world, planFor('other', { tag: 'beta' }))
        expect([where, state(world).length, isOpen(world)]).toEqual([where, 1, false])
        seen.add(state(world)[0]!)
      },
    )
    expect(seen).toEqual(new Set([old, now]))
  })

  it('at every point, with what it was to point at removed meanwhile: all old, or all new where it was in use', () => {
    eachCrash(
      () => createWorld(),
      planFor('new'),
      (world, where) => {
        if (state(world)[0] === now && state(world).length === 1) return
        world.manifests.delete(`b/child@${now}`)
        // A tag that has moved by then has no more need of it.
        const expected = world.tags.get('b/child:main') === now ? now : old
        runWhole(world, planFor('other', { tag: 'beta' }))
        expect([where, state(world)]).toEqual([where, [expected]])
      },
    )
  })

  it('at every point, and its re-run at every point, too: whole after the third', () => {
    let crashes = 0
    eachCrash(
      () => createWorld(),
      planFor('new'),
      (world, where) => {
        const copy = () => copyOf(world)
        crashes += eachCrash(copy, planFor('new', { id: 'second' }), (twice, again) => {
          runWhole(twice, planFor('other', { tag: 'beta' }))
          expect([where, again, state(twice).length, isOpen(twice)]).toEqual([where, again, 1, false])
        })
      },
    )
    expect(crashes).toBeGreaterThan(500)
  })
})

function copyOf(world: World): World {
  return { ...world, tags: new Map(world.tags), manifests: new Set(world.manifests), journals: new Map(world.journals) }
}

describe('a transaction that cannot be had', () => {
  it('takes back what it moved, whichever tags cannot be set', () => {
    for (let part = 0; part < 2 ** images.length - 1; part++) {
      const world = createWorld()
      const result = drive(world, (effect) => (effect.do === 'put' && effect.targets[0]?.to === now ? part : undefined))
      expect([part, result.kind, state(world), isOpen(world)]).toEqual([part, 'failed', [old], false])
    }
  })

  it('writes nothing where a digest is missing', () => {
    const world = createWorld()
    world.manifests.delete(`b/base@${now}`)
    expect(runWhole(world, planFor('new'))).toMatchObject({ kind: 'missing', targets: [{ repository: 'b/base' }] })
    expect([state(world), isOpen(world), world.journals.get('a')?.history]).toEqual([[old], false, []])
  })

  it('moves nothing where one place does not take the journal', () => {
    const world = createWorld()
    const run = () =>
      drive(world, (effect) => {
        if (effect.do === 'open' && effect.place === 'b') throw new Error('b is down')
        return undefined
      })
    expect(run).toThrow('b is down')
    expect([state(world), isOpen(world)]).toEqual([[old], false])
  })

  it('tells of a tag that somebody else moved, takes back its own, and leaves that one', () => {
    const world = createWorld()
    const result = drive(world, (effect) => {
      if (effect.do === 'put' && effect.targets[0]?.to === now) {
        apply(world, effect)
        world.tags.set('b/child:main', other)
        return 0
      }
      return undefined
    })
    expect(result).toMatchObject({ kind: 'failed' })
    expect(world.tags.get('b/child:main')).toBe(other)
    expect(world.tags.get('a/base:main')).toBe(old)
  })

  it('does nothing, and looks at no journal, where all tags are right', () => {
    const seen: string[] = []
    const world = createWorld({ old: 'new' })
    drive(world, (effect) => void seen.push(effect.do))
    expect(seen).toEqual(['read'])
  })
})

function drive(world: World, before: (effect: Parameters<typeof apply>[1]) => number | undefined) {
  const steps = transaction(planFor('new'))
  let step = steps.next()
  while (!step.done) {
    try {
      step = steps.next(apply(world, step.value, before(step.value)))
    } catch (error) {
      if (!(error instanceof Error) || !/is down/.test(error.message) || step.done) throw error
      step = steps.throw(error)
    }
  }
  return step.value
}

describe('two transactions at once', () => {
  /** Schedules of two runs with up to three changes from one to the other, at every point. */
  function* schedules(length: number): Generator<number[]> {
    for (const first of [0, 1])
      for (let a = 0; a <= length; a++)
        for (let b = 0; b <= length; b++)
          for (let c = 0; c <= length; c++) yield [...repeat(first, a), ...repeat(1 - first, b), ...repeat(first, c)]
  }
  const repeat = (value: number, times: number) => Array.from({ length: times }, () => value)

  it('with GitHub’s lock: one after the other, both green, the stack whole', () => {
    for (const schedule of schedules(16)) {
      const world = createWorld({ locks: true })
      const results = runTogether(world, [planFor('new'), planFor('other')], schedule)
      const kinds = results.map((result) => result?.kind)
      expect([schedule, kinds, state(world).length, isOpen(world)]).toEqual([schedule, ['moved', 'moved'], 1, false])
    }
  })

  it('without a lock: never both green with the stack half moved, and a re-run makes it whole', () => {
    let overlaps = 0
    for (const schedule of schedules(16)) {
      const world = createWorld()
      const results = runTogether(world, [planFor('new'), planFor('other')], schedule)
      const green = results.every((result) => result?.kind === 'moved')
      if (green) expect([schedule, state(world).length]).toEqual([schedule, 1])
      else overlaps += 1
      runWhole(world, planFor('new', { id: 'again' }))
      expect([schedule, state(world)]).toEqual([schedule, [now]])
    }
    expect(overlaps).toBeGreaterThan(0)
  })
})
