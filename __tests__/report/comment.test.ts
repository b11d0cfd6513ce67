import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { type CommentFacts, commentMarker, renderComment } from '../../src/report/comment.ts'
import { createImage, createResult } from './sample.ts'

const facts: CommentFacts = {
  stack: 'images',
  result: null,
  locks: 'locks of 2 images committed (a1b2c3d)',
  red: false,
  offer: '',
  packages: [],
  runUrl: 'https://github.com/o/r/actions/runs/1',
}

describe('renderComment', () => {
  it('begins with its marker, then the whole story', () => {
    const [marker, first] = renderComment(facts).split('\n')
    expect(marker).toBe('<!-- buildx-action: images -->')
    expect(first).toBe('### ✅ locks of 2 images committed (a1b2c3d)')
  })

  it('says first what was built, then what became of the locks', () => {
    const result = createResult([createImage('a', { action: 'build', outcome: 'built', started: 1, completed: 2001 })])
    expect(renderComment({ ...facts, result }).split('\n')[1]).toMatch(/^### ✅ 1 built · .* · locks of 2 images/)
  })

  // Broken by: a stack's folder that ends the HTML comment.
  it('has a marker that no name can leave', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (stack) => {
        const marker = commentMarker(stack)
        expect(marker).toMatch(/^<!-- buildx-action: [^\s<>-]* -->$/)
      }),
    )
    expect(commentMarker('a-b')).not.toBe(commentMarker('a_b'))
  })

  // Broken by: text of a pull request that is not escaped.
  it('mentions nobody and shows no image, whatever the names', () => {
    const evil = '@pangeo/team <img src=https://evil.example/x> ![x](https://evil.example) #12'
    const image = createImage(evil, { reason: evil, outcome: 'failed', action: 'build' })
    const text = renderComment({ ...facts, result: createResult([image], { error: evil }), locks: evil })
    const html = micromark(text, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })
    expect(html).not.toMatch(/<img|href="https:\/\/evil|@pangeo\/team/)
  })

  // Broken by: a limit that counts what was cut as if it were there, or none.
  it('never has more characters than GitHub takes, and says what is missing', () => {
    const packages = [{ rank: 3, name: 'packages', markdown: 'x\n'.repeat(60_000) }]
    const text = renderComment({ ...facts, packages, offer: 'y'.repeat(20_000) })
    expect([...text].length).toBeLessThanOrEqual(65_536)
    expect(text).toContain('Left out, because GitHub shows no more: packages')
    expect(text).toContain('yyy')
  })

  it('has the line that runs what was pushed, and only plain references in it', () => {
    const tags = ['quay.io/o/a:pr-7', 'quay.io/o/a:x']
    const image = (name: string, reference: string[]) =>
      createImage(name, { action: 'build', outcome: 'built', tags: reference })
    const images = [image('a', tags), image('b', ['quay.io/o/b:x;id'])]
    const text = renderComment({ ...facts, result: createResult(images, { pushed: true }) })
    expect(text).toContain('docker run -it --rm -p 8888:8888 quay.io/o/a:pr-7\n')
    expect(text).not.toContain('x;id')
  })
})
