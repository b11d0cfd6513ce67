import { describe, expect, it } from '@jest/globals'
import { dueImages, saysRebuild } from '../../src/stack/rebuild.ts'
import { createImage, createStack } from '../helpers/stack.ts'

const now = Date.UTC(2026, 10, 21, 4, 17)
const hour = 3_600_000
const declared = (rebuild: 'daily' | 'weekly' | null) => ({ test: [], manifests: [], rebuild, lockPlatforms: [] })
const built = (hoursAgo: number | null) => ({
  digest: 'sha256:x',
  made: hoursAgo === null ? null : now - hoursAgo * hour,
})

describe('dueImages', () => {
  // A schedule that is late one day and punctual the next must not skip a day; one that comes hourly must not build hourly.
  it.each([
    ['daily', 1, false, '1 hour old'],
    ['daily', 17, false, '17 hours old'],
    ['daily', 19, true, '19 hours old'],
    ['daily', 24, true, '24 hours old'],
    ['daily', 100, true, '4 days old'],
    ['weekly', 24, false, '24 hours old'],
    ['weekly', 6 * 24 + 12, false, '6 days old'],
    ['weekly', 7 * 24 - 5, true, '6 days old'],
    ['weekly', 7 * 24, true, '7 days old'],
    ['weekly', null, true, 'of unknown age'],
    ['daily', -2, false, '0 hours old'],
  ] as const)('%s, made %s hours ago: %s', (rebuild, hours, due, age) => {
    const stack = createStack(createImage('a', [], { declared: declared(rebuild) }))
    const found = dueImages(stack, new Map([['a', built(hours)]]), now)
    expect([...found.due.keys(), ...found.aged]).toEqual(due ? ['a', 'a'] : [])
    const reason = (due ? found.due : found.left).get('a')
    expect(reason).toContain(`spec.yml says rebuild: ${rebuild}, and its newest build is ${age}`)
  })

  it('builds what is built on a due image, and what has no build to take; leaves the rest', () => {
    const stack = createStack(
      createImage('base', [], { declared: declared('daily') }),
      createImage('child', ['base'], { declared: declared('weekly') }),
      createImage('grandchild', ['child']),
      createImage('alone'),
      createImage('missing'),
      createImage('skipped', ['base'], { skip: true }),
    )
    const newest = new Map([
      ...['child', 'grandchild', 'alone', 'skipped'].map((name) => [name, built(2)] as const),
      ['base', built(30)] as const,
      ['missing', null] as const,
    ])
    const { due, aged, left } = dueImages(stack, newest, now)
    expect(Object.fromEntries(due)).toEqual({
      base: 'spec.yml says rebuild: daily, and its newest build is 30 hours old',
      child: 'parent base is built',
      grandchild: 'parent child is built',
      missing: 'no build of its files is published',
    })
    // Only the aged one is built without the cache: the others' steps differ by their parent.
    expect([...aged]).toEqual(['base'])
    expect(Object.fromEntries(left)).toEqual({ alone: 'unchanged, and spec.yml has no rebuild for it' })
  })
})

it('saysRebuild is for stacks where some image has it', () => {
  const image = createImage('a')
  expect(saysRebuild(createStack(image))).toBe(false)
  expect(saysRebuild(createStack(image, createImage('b', [], { declared: declared('weekly') })))).toBe(true)
})
