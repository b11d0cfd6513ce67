import { describe, expect, it } from '@jest/globals'
import { type ExpectedImage, settledDigests } from '../../src/publish/settled.ts'
import type { PublishedImage, StackFile } from '../../src/publish/stack-file.ts'

const digest = (letter: string) => `sha256:${letter.repeat(64)}`
const commit = '1'.repeat(40)
const places = ['quay.io/pangeo', 'ghcr.io/pangeo']

const expected = (name: string, tags: readonly string[] = ['1111111']): ExpectedImage => ({
  name,
  repositories: places.map((place) => `${place}/${name}`),
  tags,
  fingerprint: name.charAt(0).repeat(32),
})
const published = (name: string, extra: Partial<PublishedImage> = {}): PublishedImage => ({
  image: name,
  repositories: places.map((place) => `${place}/${name}`),
  digest: digest(name.charAt(0)),
  fingerprint: name.charAt(0).repeat(32),
  tags: ['1111111', 'main'],
  ...{ platforms: [], base: null, size: null, packages: [] },
  ...extra,
})
const file = (extra: Partial<StackFile> = {}): StackFile => ({
  ...{ version: 1, stack: 'images', commit, created: '2026-11-21T00:00:00.000Z' },
  images: [published('a'), published('b')],
  ...extra,
})
const ask = (files: readonly (StackFile | null)[], images: readonly ExpectedImage[] = [expected('a'), expected('b')]) =>
  settledDigests(files, { stack: 'images', commit, images })
const withB = (extra: object) => file({ images: [published('a'), published('b', extra)] })

describe('a commit whose stack.json names what a run would publish', () => {
  it('is settled where every registry says the same', () => {
    const all = new Map([
      ['a', digest('a')],
      ['b', digest('b')],
    ])
    expect(ask([file()])).toEqual(all)
    expect(ask([file(), file({ created: 'another time' })])).toEqual(all)
    expect(ask([file()], [expected('b')])).toEqual(new Map([['b', digest('b')]]))
    expect(ask([withB({ tags: ['1111111', '2026.11', 'x'] })], [expected('b', ['1111111', '2026.11'])])).not.toBeNull()
  })

  // Each row fails if what it changes is not looked at: an image would then be left that is not what the run publishes.
  it.each<[string, readonly (StackFile | null)[]]>([
    ['nothing is there', []],
    ['one registry has none', [file(), null]],
    ['it is another commit’s', [file({ commit: '2'.repeat(40) })]],
    ['it is of another stack', [file({ stack: 'other' })]],
    ['an image is missing', [file({ images: [published('a')] })]],
    ['an image is named twice', [file({ images: [published('a'), published('b'), published('b')] })]],
    ['an image was made from other inputs', [withB({ fingerprint: 'c'.repeat(32) })]],
    ['an image has no fingerprint', [withB({ fingerprint: null })]],
    ['an image is in one of two registries alone', [withB({ repositories: ['quay.io/pangeo/b'] })]],
    ['an image is elsewhere', [withB({ repositories: places.map((place) => `${place}/c`) })]],
    ['an image has not the commit’s tag', [withB({ tags: ['main'] })]],
    ['a digest is none', [withB({ digest: 'latest' })]],
    ['a digest is another reference', [withB({ digest: `${digest('b')}@x` })]],
    ['tags are no list', [withB({ tags: '1111111' })]],
    ['places are no list', [withB({ repositories: null })]],
    ['registries differ in a digest', [file(), withB({ digest: digest('c') })]],
  ])('is not where %s', (_title, files) => {
    expect(ask(files)).toBeNull()
  })

  it('is not where the run knows no fingerprint, or has no image or tag', () => {
    const unknown = { ...expected('b'), fingerprint: null }
    expect(ask([withB({ fingerprint: null })], [unknown])).toBeNull()
    expect(ask([file()], [])).toBeNull()
    expect(ask([file()], [expected('a', [])])).toBeNull()
    expect(ask([file()], [expected('a', ['1111111', 'v1'])])).toBeNull()
  })
})
