import { describe, expect, it } from '@jest/globals'
import { indexDocument, joinParts, type Part, type PartImage, refuseOtherParent } from '../../src/publish/join.ts'
import { normalPlatform, platformName } from '../../src/publish/platform.ts'

const reference = (type: string, digest: string) => ({
  'vnd.docker.reference.type': type,
  'vnd.docker.reference.digest': digest,
})

function image(platform: string, word = platform, diffIds: string[] = []): PartImage {
  const [os = '', architecture = ''] = platform.split('/')
  const descriptor = { mediaType: 'm', digest: `sha256:${word}`, size: 7, platform: { os, architecture } }
  return { platform, descriptor, diffIds, labels: {}, size: 100 }
}

/** A part as BuildKit pushes it: an index of images, each with its provenance. */
function part(digest: string, images: PartImage[], annotations: Record<string, string> = {}): Part {
  const attestations = images.map(({ descriptor }) => ({
    ...{ mediaType: 'm', digest: `${descriptor.digest}-provenance`, size: 3 },
    platform: { os: 'unknown', architecture: 'unknown' },
    annotations: reference('attestation-manifest', descriptor.digest),
  }))
  return { digest, images, attestations, annotations, isIndex: true }
}

const bare = (digest: string, one: PartImage): Part => ({
  ...{ digest, images: [one], attestations: [], annotations: {}, isIndex: false },
})
const amd = part('sha256:1', [image('linux/amd64')], { title: 'base', only: 'amd' })
const arm = part('sha256:2', [image('linux/arm64')], { title: 'base', only: 'arm' })
const both = ['linux/amd64', 'linux/arm64']
const join = (parts: Part[], platforms: string[] = both) => joinParts({ name: 'base', parts, platforms })

describe('the parts of an image', () => {
  // Fails if the order depends on which job was done first.
  it.each([[[amd, arm]], [[arm, amd]]])('stand in the order of the platforms that are asked for', (parts) => {
    const joined = join(parts)
    expect(joined.images.map(({ platform }) => platform)).toEqual(both)
    expect(joined.attestations.map(({ digest }) => digest)).toEqual([
      'sha256:linux/amd64-provenance',
      'sha256:linux/arm64-provenance',
    ])
    expect(joined.whole).toBeNull()
  })

  it('keep what their indexes say alike', () => {
    expect(join([amd, arm]).annotations).toEqual({ title: 'base' })
    expect(join([amd, bare('sha256:3', image('linux/arm64'))]).annotations).toEqual({ title: 'base', only: 'amd' })
  })

  it('may be one that has it all', () => {
    const all = part('sha256:9', [image('linux/arm64'), image('linux/amd64')])
    expect(join([all])).toMatchObject({ whole: 'sha256:9' })
    // Fails if what attests one image is taken for another one, too.
    expect(join([all]).attestations.map(({ digest }) => digest)).toEqual(
      both.map((platform) => `sha256:${platform}-provenance`),
    )
    expect(join([part('sha256:8', [image('linux/amd64')]), arm]).attestations).toHaveLength(2)
    expect(join([amd], ['linux/amd64'])).toMatchObject({ whole: 'sha256:1' })
  })

  it('may say the same twice', () => {
    const again = part('sha256:3', [image('linux/arm64')])
    expect(join([amd, arm, again]).images.map(({ platform }) => platform)).toEqual(both)
  })

  it.each<[string, Part[], string[], string]>([
    ['lacks a platform', [amd], both, 'base is not merged: no digest for linux/arm64: nothing was written'],
    ['lacks all', [], both, 'base is not merged: no digest for linux/amd64, linux/arm64: nothing was written'],
    [
      'has one more',
      [amd, arm],
      ['linux/amd64'],
      'base is not merged: a digest is for linux/arm64, which is not asked for',
    ],
    [
      'has two of one',
      [amd, arm, part('sha256:4', [image('linux/arm64', 'another')])],
      both,
      'base is not merged: two jobs built it for linux/arm64: sha256:2 and sha256:4',
    ],
  ])('are refused where an image %s', (_, parts, platforms, message) => {
    expect(() => join(parts, platforms)).toThrow(message)
  })
})

describe('the document', () => {
  it('has images first and attestations last, as BuildKit lays it out', () => {
    const document = JSON.parse(indexDocument(join([arm, amd])))
    expect(document).toMatchObject({
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      annotations: { title: 'base' },
    })
    expect(document.manifests.map(({ digest }: { digest: string }) => digest)).toEqual([
      'sha256:linux/amd64',
      'sha256:linux/arm64',
      'sha256:linux/amd64-provenance',
      'sha256:linux/arm64-provenance',
    ])
  })

  it('has no annotations where there are none', () => {
    const plain = join([bare('sha256:1', image('linux/amd64')), bare('sha256:2', image('linux/arm64'))])
    expect(JSON.parse(indexDocument(plain))).not.toHaveProperty('annotations')
  })
})

describe('a child and its parent', () => {
  const stack = (diffIds: Record<string, string[]>) =>
    join(Object.entries(diffIds).map(([platform, ids]) => part(`sha256:${platform}`, [image(platform, platform, ids)])))
  const below = stack({ 'linux/amd64': ['a'], 'linux/arm64': ['b'] })

  it('fit where each platform begins with its own parent', () => {
    const above = stack({ 'linux/amd64': ['a', 'c'], 'linux/arm64': ['b', 'c'] })
    expect(() => refuseOtherParent('child', above, 'base', below)).not.toThrow()
  })

  // Fails if only the first platform is compared.
  it('are refused where one platform stands on something else', () => {
    const above = stack({ 'linux/amd64': ['a', 'c'], 'linux/arm64': ['a', 'c'] })
    expect(() => refuseOtherParent('child', above, 'base', below)).toThrow(
      'child for linux/arm64 was not built on the base of this run',
    )
  })
})

describe('platforms', () => {
  it.each([
    ['linux/amd64', 'linux/amd64'],
    ['linux/x86_64', 'linux/amd64'],
    ['linux/aarch64', 'linux/arm64'],
    ['linux/arm64/v8', 'linux/arm64'],
    ['linux/amd64/v1', 'linux/amd64'],
    ['linux/amd64/v3', 'linux/amd64/v3'],
    ['linux/arm', 'linux/arm/v7'],
    ['linux/arm/v6', 'linux/arm/v6'],
    ['linux/armhf', 'linux/arm/v7'],
    ['Linux/ARM64', 'linux/arm64'],
  ])('%s is %s', (text, expected) => {
    expect(normalPlatform(text)).toBe(expected)
  })

  it('a descriptor without any says so', () => {
    expect(platformName({})).toBe('unknown/unknown')
  })
})
