import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import { indexDocument, joinParts } from '../../src/publish/join.ts'
import { createIndexClient } from '../../src/tools/registry-index.ts'
import { listTags } from '../../src/tools/registry-tags.ts'
import { type Answer, type Asked, type ScriptedServer, startServer } from '../helpers/scripted-server.ts'

const options = { env: { DOCKER_CONFIG: '/nonexistent' }, login: true, firstWait: 1 }
const digestOf = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`

/** A registry in memory: documents by digest, as a real one answers for them. */
function registryOf(documents: readonly string[]) {
  const byDigest = new Map(documents.map((text) => [digestOf(text), text]))
  return (asked: Asked): Answer => {
    const text = byDigest.get(asked.url.split('/').at(-1) ?? '')
    if (asked.method === 'PUT') return { status: 201 }
    return text === undefined ? { status: 404 } : { status: 200, body: text }
  }
}

const reference = (server: ScriptedServer, digest: string | null) => ({
  ...{ registry: server.address, repository: 'p/x', tag: 'latest', digest },
})

const configs = ['amd64', 'arm64'].map((architecture) =>
  JSON.stringify({
    architecture,
    os: 'linux',
    config: { Labels: { of: architecture } },
    rootfs: { diff_ids: ['a', architecture] },
  }),
)
const manifests = configs.map((config) =>
  JSON.stringify({
    mediaType: 'application/vnd.oci.image.manifest.v1+json',
    config: { digest: digestOf(config), size: 10 },
    layers: [{ size: 200 }],
  }),
)
const index = JSON.stringify({
  annotations: { title: 'x' },
  manifests: [
    { mediaType: 'm', digest: digestOf(manifests[0]!), size: 1, platform: { os: 'linux', architecture: 'amd64' } },
    {
      ...{ mediaType: 'm', digest: `sha256:${'e'.repeat(64)}`, size: 1 },
      platform: { os: 'unknown', architecture: 'unknown' },
      annotations: {
        'vnd.docker.reference.type': 'attestation-manifest',
        'vnd.docker.reference.digest': digestOf(manifests[0]!),
      },
    },
  ],
})

describe('a part', () => {
  it('is an index with its images and what attests them', async () => {
    await using server = await startServer(registryOf([...configs, ...manifests, index]))
    const part = await createIndexClient(options).part(reference(server, digestOf(index)))
    expect(part).toMatchObject({ isIndex: true, annotations: { title: 'x' }, digest: digestOf(index) })
    expect(part?.images).toMatchObject([
      { platform: 'linux/amd64', diffIds: ['a', 'amd64'], labels: { of: 'amd64' }, size: 210 },
    ])
    expect(part?.attestations).toHaveLength(1)
  })

  // Fails if the platform of a plain manifest is taken from anywhere but its config.
  it('is a manifest, whose config tells its platform', async () => {
    await using server = await startServer(registryOf([...configs, ...manifests]))
    const part = await createIndexClient(options).part(reference(server, digestOf(manifests[1]!)))
    expect(part).toMatchObject({ isIndex: false, attestations: [] })
    expect(part?.images[0]).toMatchObject({
      platform: 'linux/arm64',
      descriptor: { digest: digestOf(manifests[1]!), size: manifests[1]!.length, platform: { architecture: 'arm64' } },
    })
  })

  it('that is not there is null', async () => {
    await using server = await startServer(registryOf([]))
    expect(await createIndexClient(options).part(reference(server, digestOf('x')))).toBeNull()
  })

  it.each<[string, (asked: Asked) => Answer]>([
    ['lacks a manifest', registryOf([index, ...configs])],
    ['lacks a config', registryOf([index, ...manifests])],
    [
      'is answered with other content',
      (asked) => {
        const other = asked.url.endsWith(digestOf(index))
        if (other) return { status: 200, body: index.replace('"x"', '"y"') }
        return registryOf([...configs, ...manifests])(asked)
      },
    ],
  ])('is refused where it %s', async (_, answer) => {
    await using server = await startServer(answer)
    await expect(createIndexClient(options).part(reference(server, digestOf(index)))).rejects.toThrow(/is not whole/)
  })
})

describe('an index', () => {
  it('is put under its own digest, without a tag', async () => {
    await using server = await startServer(registryOf([...configs, ...manifests]))
    const client = createIndexClient(options)
    const parts = await Promise.all(manifests.map((text) => client.part(reference(server, digestOf(text)))))
    const joined = joinParts({
      name: 'x',
      parts: parts.flatMap((part) => part ?? []),
      platforms: ['linux/amd64', 'linux/arm64'],
    })
    const document = indexDocument(joined)
    const { digest: _, ...place } = reference(server, null)
    expect(await client.put(place, document)).toBe(digestOf(document))
    const put = server.asked.filter(({ method }) => method === 'PUT')
    expect(put.map(({ url }) => url)).toEqual([`/v2/p/x/manifests/${digestOf(document)}`])
    expect(put[0]?.headers['content-type']).toBe('application/vnd.oci.image.index.v1+json')
  })
})

describe('tags of a repository', () => {
  const pages =
    (all: readonly string[], honest: boolean) =>
    (asked: Asked): Answer => {
      const last = new URL(asked.url, 'http://x').searchParams.get('last')
      const from = honest && last ? all.indexOf(last) + 1 : 0
      return { status: 200, body: JSON.stringify({ name: 'p/x', tags: honest ? all.slice(from, from + 1000) : all }) }
    }
  const many = Array.from({ length: 2500 }, (_, at) => `t${String(at).padStart(5, '0')}`)

  it.each([
    ['by pages', true, many],
    ['all at once, from one that knows no pages', false, many],
    ['of a small one', true, ['main', '2639bd3']],
    ['of none', true, []],
  ])('are all read: %s', async (_, honest, all) => {
    await using server = await startServer(pages(all, honest))
    expect(await listTags(reference(server, null), options)).toEqual(all)
    expect(server.asked.length).toBeLessThan(5)
  })

  it.each<[string, Answer, string[]]>([
    ['a repository that is not there', { status: 404 }, []],
    ['null', { status: 200, body: '{"tags":null}' }, []],
    ['numbers', { status: 200, body: '{"tags":["a",1]}' }, ['a']],
  ])('of %s', async (_, answer, expected) => {
    await using server = await startServer(() => answer)
    expect(await listTags(reference(server, null), options)).toEqual(expected)
  })

  it('are refused where the answer is a page for people', async () => {
    await using server = await startServer(() => ({ status: 200, body: '<html>' }))
    await expect(listTags(reference(server, null), options)).rejects.toThrow(/lists no tags/)
  })
})
