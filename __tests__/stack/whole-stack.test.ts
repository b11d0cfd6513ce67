import { describe, expect, it } from '@jest/globals'
import { makePlan, publishedReason } from '../../src/stack/plan.ts'
import type { Plan } from '../../src/stack/types.ts'
import { wholeStack } from '../../src/stack/whole-stack.ts'
import { createImage, createStack } from '../helpers/stack.ts'

const stack = createStack(
  createImage('a'),
  createImage('b', ['a']),
  createImage('c', ['a']),
  createImage('never', ['a'], { skip: true }),
)
const tags = ({ repository }: { repository: string }) => [`${repository}:x`]
const actions = ({ images }: Plan) => Object.fromEntries(images.map(({ name, action }) => [name, action]))

function planOf(changed: readonly string[], selected: ReadonlySet<string> | null = null): Plan {
  return makePlan({
    ...{ stack, selected, tags, publishes: false, changedFiles: new Set<string>(), unchanged: 'unchanged' },
    changed: new Map(changed.map((name) => [name, 'word changed'])),
  })
}

describe('the plan with monolithic', () => {
  it('builds all images where one is built, and says for whom', () => {
    const plan = wholeStack(planOf(['c']), { stack, selected: null, tags })
    expect(actions(plan)).toEqual({ a: 'build', b: 'build', c: 'build', never: 'skip' })
    expect(plan.images.find(({ name }) => name === 'b')).toMatchObject({
      reason: 'monolithic: built with c',
      tags: ['b:x'],
      digest: null,
    })
    expect(plan.images.find(({ name }) => name === 'c')?.reason).toBe('word changed')
  })

  it('that builds nothing stays', () => {
    expect(wholeStack(planOf([]), { stack, selected: null, tags })).toEqual(planOf([]))
  })

  // Broken by: an image that spec.yml skips, or that nobody asked for, gets built with the others.
  it('leaves what spec.yml skips and what is not asked for', () => {
    const selected = new Set(['a', 'b'])
    const plan = wholeStack(planOf(['b'], selected), { stack, selected, tags })
    expect(actions(plan)).toEqual({ a: 'build', b: 'build', c: 'skip', never: 'skip' })
  })

  // Broken by: a commit's tag would be set to a second build of the commit.
  it('takes what this commit published before', () => {
    const images = planOf(['c']).images.map((image) =>
      image.name === 'a'
        ? { ...image, action: 'reuse' as const, reason: publishedReason, digest: 'sha256:a', tags: ['a:x'] }
        : image,
    )
    const plan = wholeStack({ images, order: stack.order }, { stack, selected: null, tags })
    expect(actions(plan)).toEqual({ a: 'reuse', b: 'build', c: 'build', never: 'skip' })
  })
})
