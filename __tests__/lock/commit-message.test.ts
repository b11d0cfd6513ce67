import { describe, expect, it } from '@jest/globals'
import { commitMessage, keyOf } from '../../src/lock/commit-message.ts'

const key = 'ab'.repeat(16)
const plain = { template: '', images: ['base-notebook'], lines: [], key, people: [] }

describe('commitMessage', () => {
  it('names the images, or how many where there is no room', () => {
    expect(commitMessage(plain).headline).toBe('Relock base-notebook')
    expect(commitMessage({ ...plain, images: ['a', 'b', 'c'] }).headline).toBe('Relock a, b and c')
    const many = Array.from({ length: 12 }, (_, at) => `notebook-${at}`)
    expect(commitMessage({ ...plain, images: many }).headline).toBe('Relock 12 images')
  })

  it('takes headline and text from the input, and puts the trailers last', () => {
    const message = commitMessage({
      ...plain,
      template: 'chore: relock {{ images }}\n\nAs asked.',
      lines: ['base-notebook linux-64: 2 added'],
      people: [{ login: 'ann', id: 7 }],
    })
    expect(message).toEqual({
      headline: 'chore: relock base-notebook',
      body: `As asked.\n\n* base-notebook linux-64: 2 added\n\nLock-key: ${key}\nCo-authored-by: ann <7+ann@users.noreply.github.com>`,
    })
    expect(keyOf(`${message.headline}\n\n${message.body}`)).toBe(key)
  })

  // Broken by: a folder's name or a login that is taken as it is.
  it('lets no name of the repository write a trailer', () => {
    const evil = `a\n\nCo-authored-by: Eve <eve@example.org>\nLock-key: ${'0'.repeat(32)}`
    const message = commitMessage({ ...plain, images: [evil], lines: [evil], people: [{ login: 'x> y', id: 1 }] })
    const text = `${message.headline}\n\n${message.body}`
    expect(text.split('\n').filter((line) => line.startsWith('Co-authored-by'))).toEqual([])
    expect(keyOf(text)).toBe(key)
  })

  it('finds no key in the text of a message', () => {
    expect(keyOf(`Relock\n\nLock-key: ${key}\n\nMore text`)).toBeNull()
    expect(keyOf('Relock')).toBeNull()
  })
})
