import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import type { CanonicalReference } from '../../src/stack/canonical.ts'
import { createRegistry } from '../../src/tools/registry.ts'
import { type Asked, type ScriptedServer, startServer } from '../helpers/scripted-server.ts'

const type = 'application/vnd.example.v1+json'
const sum = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`
const reference = ({ address }: ScriptedServer): CanonicalReference => ({
  ...{ registry: address, repository: 'p/x', tag: 'one', digest: null },
})
const artifacts = () => createRegistry({ env: {}, login: false, firstWait: 1 }).artifacts
const artifact = (text: string, embed = true) => ({ type, title: 'x.json', text, annotations: { a: 'b' }, embed })

/** A registry that keeps what it is given; `change` is what becomes of a manifest in it. */
function keeping(change: (manifest: string) => string = (manifest) => manifest) {
  const kept = new Map<string, string>()
  return ({ method, url, body }: Asked) => {
    if (method === 'POST') return { status: 202, headers: { location: '/v2/p/x/blobs/uploads/1' } }
    const [path = '', query = ''] = url.split('?')
    const name = path.includes('/uploads/') ? `/v2/p/x/blobs/${new URLSearchParams(query).get('digest')}` : path
    if (method === 'PUT') kept.set(name, path.includes('/manifests/') ? change(body) : body)
    const found = kept.get(name)
    return method === 'PUT' ? { status: 201 } : found === undefined ? { status: 404 } : { status: 200, body: found }
  }
}

describe('a document in its manifest', () => {
  // Fails if the document is asked for though it is there, or is not left as a blob for clients that know no `data`.
  it('is read by one request and stays a blob of its own', async () => {
    await using server = await startServer(keeping())
    const text = JSON.stringify({ ä: 1 })
    await artifacts().write(reference(server), artifact(text))
    const before = server.asked.length
    expect(await artifacts().read(reference(server), type)).toEqual({ text, annotations: { a: 'b' } })
    expect(server.asked.slice(before).map(({ method, url }) => `${method} ${url}`)).toEqual([
      'GET /v2/p/x/manifests/one',
    ])
    const manifest = JSON.parse(server.asked.find(({ url }) => url.endsWith('/manifests/one'))?.body ?? '')
    expect(manifest.layers[0]).toMatchObject({ digest: sum(text), size: Buffer.byteLength(text) })
    expect(manifest.config).toEqual({ mediaType: type, digest: sum(text), size: Buffer.byteLength(text) })
    const blob = await fetch(`http://${server.address}/v2/p/x/blobs/${sum(text)}`)
    expect(await blob.text()).toBe(text)
  })

  it.each([
    ['is not what its digest says', (manifest: string) => manifest.replace(/"data":"[^"]*"/, '"data":"e30="')],
    ['is no text', (manifest: string) => manifest.replace(/"data":"[^"]*"/, '"data":7')],
    ['is left out by the registry', (manifest: string) => manifest.replace(/"data":"[^"]*",/, '')],
  ])('that %s is read from its blob', async (_title, change) => {
    await using server = await startServer(keeping(change))
    await artifacts().write(reference(server), artifact('{"a":1}'))
    expect((await artifacts().read(reference(server), type))?.text).toBe('{"a":1}')
    expect(server.asked.at(-1)?.url).toBe(`/v2/p/x/blobs/${sum('{"a":1}')}`)
  })

  it('is not repeated where it is long, or nobody asks for it', async () => {
    await using server = await startServer(keeping())
    await artifacts().write(reference(server), artifact(JSON.stringify('x'.repeat(200_000))))
    await artifacts().write(reference(server), artifact('{}', false))
    for (const { url, body } of server.asked) if (url.endsWith('/manifests/one')) expect(body).not.toContain('"data"')
  })
})
