import { describe, expect, it } from '@jest/globals'
import { imageAnnotations, imageLabels, type LabelFacts } from '../../src/stack/labels.ts'
import { sha } from '../helpers/events.ts'
import { createImage } from '../helpers/stack.ts'

const digest = `sha256:${'d'.repeat(64)}`
const facts: LabelFacts = {
  image: createImage('pangeo-notebook'),
  source: 'https://github.com/pangeo/images',
  revision: sha('c'),
  version: 'main',
  created: Date.UTC(2026, 10, 21, 5, 0, 1) / 1000,
  base: { name: 'quay.io/pangeo/base-notebook:2639bd3', digest },
  own: {},
}

describe('imageLabels', () => {
  it('tells where an image comes from, in OCI’s words', () => {
    expect(imageLabels(facts)).toMatchObject({
      'org.opencontainers.image.created': '2026-11-21T05:00:01Z',
      'org.opencontainers.image.source': 'https://github.com/pangeo/images',
      'org.opencontainers.image.version': 'main',
      'org.opencontainers.image.revision': sha('c'),
      'org.opencontainers.image.title': 'pangeo-notebook',
      'org.opencontainers.image.base.name': 'quay.io/pangeo/base-notebook:2639bd3',
      'org.opencontainers.image.base.digest': digest,
    })
  })

  it('leaves out what is not known', () => {
    const unknown = imageLabels({ ...facts, source: null, revision: null, version: null, created: null, base: null })
    expect(unknown).toEqual({ 'org.opencontainers.image.title': 'pangeo-notebook' })
    const halfBase = imageLabels({ ...facts, base: { name: 'debian:12', digest: null } })
    expect(halfBase).not.toHaveProperty(['org.opencontainers.image.base.digest'])
    expect(halfBase).toHaveProperty(['org.opencontainers.image.base.name'], 'debian:12')
  })

  it('lets the user’s own win', () => {
    const labels = imageLabels({ ...facts, own: { 'org.opencontainers.image.title': 'T', x: 'y' } })
    expect(labels).toMatchObject({ 'org.opencontainers.image.title': 'T', x: 'y' })
  })
})

describe('imageAnnotations', () => {
  it('puts OCI’s keys on manifest and index, the user’s own last', () => {
    const labels = { x: 'y', 'org.opencontainers.image.title': 'T' }
    expect(imageAnnotations(labels, ['index:a=b'])).toEqual([
      'manifest,index:org.opencontainers.image.title=T',
      'index:a=b',
    ])
  })
})
