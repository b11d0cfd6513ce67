import { expect, it } from '@jest/globals'
import { isAsTested } from '../../src/steps/verify.ts'
import type { RemoteImage } from '../../src/tools/registry.ts'

const image: RemoteImage = {
  ...{ digest: 'sha256:index', size: 1, diffIds: ['sha256:a', 'sha256:b'], created: null, labels: {} },
  identities: ['sha256:index', 'sha256:manifest', 'sha256:config'],
}
const none = { manifest: null, config: null }

it.each<[string, RemoteImage | null, Parameters<typeof isAsTested>[1], boolean]>([
  ['nothing was tested', image, null, true],
  ['the registry cannot be read', null, [{ ...none, config: 'sha256:other' }], true],
  ['its manifest', image, [{ manifest: 'sha256:manifest', config: null }], true],
  ['its config, under another manifest', image, [{ manifest: 'sha256:other', config: 'sha256:config' }], true],
  ['another config', image, [{ manifest: null, config: 'sha256:other' }], false],
  [
    'the same in BuildKit and another in an engine',
    image,
    [
      { ...none, config: 'sha256:config' },
      { ...none, config: 'sha256:x' },
    ],
    false,
  ],
  ['layers alone', image, [{ ...none, layers: ['sha256:a', 'sha256:b'] }], true],
  ['other layers', image, [{ ...none, layers: ['sha256:a', 'sha256:c'] }], false],
  ['fewer layers', image, [{ ...none, layers: ['sha256:a'] }], false],
  ['nothing that is told', image, [none], true],
])('what was pushed is what was tested: %s', (_title, pushed, tested, expected) => {
  expect(isAsTested(pushed, tested)).toBe(expected)
})
