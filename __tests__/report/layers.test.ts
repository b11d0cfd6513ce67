import { describe, expect, it } from '@jest/globals'
import { layersSentence, layersText } from '../../src/report/layers.ts'
import { createImage } from './sample.ts'

describe('what is told of layers', () => {
  const cache = { restored: 120e6, kept: 30e6, saved: 41_000 }

  it('of one image, what there is of it', () => {
    expect(layersText(createImage('base', { cache, downloaded: 61e6 }))).toBe(
      '120 MB restored, 61 MB downloaded, 30 MB new, 41 s saved',
    )
    expect(layersText(createImage('base', { downloaded: 61e6 }))).toBe('61 MB downloaded')
    expect(layersText(createImage('base', { cache: { restored: 0, kept: 0, saved: 0 }, downloaded: 0 }))).toBe('')
  })

  it('of the stack, in one line', () => {
    expect(
      layersSentence([createImage('base', { cache, downloaded: 61e6 }), createImage('base', { downloaded: 1e6 })]),
    ).toBe('layers: 120 MB restored for 1 image, 62 MB downloaded, 30 MB new for 1 image, about 41 s of building saved')
    expect(layersSentence([createImage('base', {}), createImage('base', { downloaded: 0 })])).toBeNull()
  })
})
