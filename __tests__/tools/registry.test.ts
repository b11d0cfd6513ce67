import { createHash } from 'node:crypto'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { CanonicalReference } from '../../src/stack/canonical.ts'
import { createRegistry, type Registry } from '../../src/tools/registry.ts'
import { baseUrl } from '../../src/tools/registry-request.ts'
import { type Answer, type Asked, type ScriptedServer, startServer } from '../helpers/scripted-server.ts'
import { createTemporary } from '../helpers/temporary.ts'

const digest = `sha256:${'d'.repeat(64)}`
const found: Answer = { status: 200, headers: { 'docker-content-digest': digest } }
const index = JSON.stringify({
  manifests: [
    { digest: `sha256:${'a'.repeat(64)}`, platform: { os: 'unknown', architecture: 'unknown' } },
    { digest: `sha256:${'1'.repeat(64)}`, platform: { os: 'linux', architecture: 'arm64', variant: 'v8' } },
  ],
})
const manifest = JSON.stringify({
  config: { digest: `sha256:${'c'.repeat(64)}`, size: 10 },
  layers: [{ size: 200 }, { size: 3000 }],
})
const config = JSON.stringify({
  created: '2026-11-21T05:00:01Z',
  config: { Labels: { a: 'b' } },
  rootfs: { diff_ids: ['sha256:x', 'sha256:y'] },
})
const user = { auth: Buffer.from('ann:pass:word').toString('base64') }

function reference(server: ScriptedServer, overrides: Partial<CanonicalReference> = {}): CanonicalReference {
  return { registry: server.address, repository: 'p/x', tag: 'main', digest: null, ...overrides }
}

function client(overrides: Partial<Parameters<typeof createRegistry>[0]> = {}): Registry {
  return createRegistry({ env: { DOCKER_CONFIG: '/nonexistent' }, login: true, firstWait: 1, ...overrides })
}

/** A registry that asks for a token, and its token service. */
function withToken(server: () => ScriptedServer, token: Answer = { status: 200, body: '{"token":"T"}' }) {
  return (asked: Asked): Answer => {
    if (asked.url.startsWith('/token')) return token
    if (asked.headers.authorization === 'Bearer T') return found
    const challenge = `Bearer realm="http://${server().address}/token",service="reg",scope="repository:p/x:pull"`
    return { status: 401, headers: { 'www-authenticate': challenge } }
  }
}

async function withDockerConfig<T>(content: unknown, use: (env: Record<string, string>) => Promise<T>): Promise<T> {
  await using temporary = await createTemporary()
  await writeFile(path.join(temporary.folder, 'config.json'), JSON.stringify(content))
  return await use({ DOCKER_CONFIG: temporary.folder, PATH: `${temporary.folder}/bin:${process.env.PATH}` })
}

describe('digest', () => {
  it('takes one request', async () => {
    await using server = await startServer(() => found)
    expect(await client().digest(reference(server))).toBe(digest)
    expect(server.asked.map(({ method, url }) => `${method} ${url}`)).toEqual(['HEAD /v2/p/x/manifests/main'])
    expect(server.asked[0]?.headers.accept).toContain('application/vnd.oci.image.index.v1+json')
    expect(server.asked[0]?.headers.authorization).toBeUndefined()
  })

  it('asks for the digest where there is one', async () => {
    await using server = await startServer(() => ({ status: 200 }))
    expect(await client().digest(reference(server, { digest }))).toBe(digest)
    expect(server.asked.map(({ url }) => url)).toEqual([`/v2/p/x/manifests/${digest}`])
  })

  it('computes it where the registry does not tell', async () => {
    await using server = await startServer(({ method }) => ({ status: 200, body: method === 'GET' ? manifest : '' }))
    expect(await client().digest(reference(server))).toBe(
      `sha256:${createHash('sha256').update(manifest).digest('hex')}`,
    )
  })

  // Fails if a tag that may have moved is not asked for, or if what was not there is taken to be missing for good.
  it('is remembered where it was there, for whoever says that this will do', async () => {
    const answers = [{ status: 404 }]
    await using server = await startServer((_, at) => answers[at] ?? found)
    const registry = client()
    const ask = (remembered: boolean) => registry.digest(reference(server), { remembered })
    expect([await ask(true), await ask(true), await ask(true)]).toEqual([null, digest, digest])
    expect(server.asked).toHaveLength(2)
    expect([await ask(false), await registry.digest(reference(server))]).toEqual([digest, digest])
    expect(server.asked).toHaveLength(4)
    expect(await registry.digest(reference(server, { tag: 'other' }), { remembered: true })).toBe(digest)
    expect(server.asked).toHaveLength(5)
  })

  it('is null where nothing is there', async () => {
    await using server = await startServer(() => ({ status: 404, body: '{"errors":[]}' }))
    expect(await client().digest(reference(server))).toBeNull()
    expect(server.asked).toHaveLength(1)
  })
})

describe('image', () => {
  it.each([
    [
      'of an index in three requests',
      index,
      3,
      JSON.parse(index).manifests.map((one: { digest: string }) => one.digest),
      ['linux/arm64/v8'],
    ],
    ['of a single manifest in two', manifest, 2, [], []],
  ])('%s', async (_title, top, requests, parts, platforms) => {
    await using server = await startServer(({ url }) => {
      const body = url.endsWith('/main') ? top : url.includes('/blobs/') ? config : manifest
      return { ...found, body } as Answer
    })
    expect(await client().image(reference(server))).toEqual({
      digest,
      size: 3210,
      diffIds: ['sha256:x', 'sha256:y'],
      created: Date.UTC(2026, 10, 21, 5, 0, 1),
      labels: { a: 'b' },
      identities: [digest, JSON.parse(manifest).config.digest, ...parts],
      platforms,
    })
    expect(server.asked).toHaveLength(requests)
  })

  // Fails if a tag is taken for what it pointed at before, or a digest is read twice.
  it('of a digest is read once, of a tag each time', async () => {
    await using server = await startServer(({ url }) => ({
      ...found,
      body: url.includes('/blobs/') ? config : manifest,
    }))
    const registry = client()
    const named = reference(server, { digest })
    const [one, other] = await Promise.all([registry.image(named), registry.image(named)])
    expect(one).toEqual(other)
    await registry.image(named)
    expect(server.asked).toHaveLength(2)
    await registry.image(reference(server))
    await registry.image(reference(server))
    expect(server.asked).toHaveLength(6)
  })

  it('that was not there, or could not be read, is asked for again', async () => {
    const answers = [{ status: 404 }, { status: 403 }]
    await using server = await startServer((_, at) => answers[at] ?? { ...found, body: '{}' })
    const registry = client()
    const named = reference(server, { digest })
    expect(await registry.image(named)).toBeNull()
    await expect(registry.image(named)).rejects.toMatchObject({ code: 'registry' })
    expect(await registry.image(named)).toMatchObject({ digest })
  })

  it('is null where nothing is there', async () => {
    await using server = await startServer(() => ({ status: 404 }))
    expect(await client().image(reference(server))).toBeNull()
  })

  it('is a clear error where a page answers', async () => {
    await using server = await startServer(() => ({ status: 200, body: '<html>log in</html>' }))
    await expect(client().image(reference(server))).rejects.toMatchObject({
      code: 'registry',
      message: `registry ${server.address} answered for ${server.address}/p/x with what is no JSON`,
    })
  })

  it('stops reading what is too long', async () => {
    await using server = await startServer(() => ({ status: 200, body: Buffer.alloc(9 * 1024 * 1024, 32) }))
    await expect(client().image(reference(server))).rejects.toMatchObject({
      code: 'registry',
      message: expect.stringContaining('more than 8 MiB'),
    })
    expect(server.asked).toHaveLength(1)
  })

  it('is asked for again where the connection is cut within it', async () => {
    await using server = await startServer(({ url }, at) => {
      const body = url.includes('/blobs/') ? config : manifest
      return { ...(found as object), status: 200, body, ...(at === 0 ? { cutAfter: 20 } : {}) }
    })
    expect(await client().image(reference(server))).toMatchObject({ size: 3210 })
    expect(server.asked).toHaveLength(3)
  })
})

describe('what may pass is tried again', () => {
  it.each<[string, Answer, number]>([
    ['503 thrice', { status: 503 }, 3],
    ['500', { status: 500 }, 1],
    ['429', { status: 429 }, 1],
    ['408', { status: 408 }, 1],
    ['a cut connection', 'cut', 2],
  ])('%s', async (_title, answer, times) => {
    await using server = await startServer((_asked, at) => (at < times ? answer : found))
    expect(await client().digest(reference(server))).toBe(digest)
    expect(server.asked).toHaveLength(times + 1)
  })

  it('waits as long as it is asked to', async () => {
    await using server = await startServer((_asked, at) =>
      at === 0 ? { status: 429, headers: { 'retry-after': '1' } } : found,
    )
    expect(await client().digest(reference(server))).toBe(digest)
    const [first, second] = server.asked.map(({ time }) => time)
    expect((second ?? 0) - (first ?? 0)).toBeGreaterThanOrEqual(990)
  })

  it('waits till a date', async () => {
    const date = new Date(Date.now() + 2000).toUTCString()
    await using server = await startServer((_asked, at) =>
      at === 0 ? { status: 503, headers: { 'retry-after': date } } : found,
    )
    await client().digest(reference(server))
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(date) - 10)
  })

  it('and given up after four tries, without a last wait', async () => {
    await using server = await startServer((_asked, at) =>
      at === 3 ? { status: 503, headers: { 'retry-after': '30' } } : { status: 503 },
    )
    await expect(client().digest(reference(server))).rejects.toMatchObject({
      code: 'registry',
      message: `registry ${server.address} answered 503 for ${server.address}/p/x, also after retries`,
    })
    expect(server.asked).toHaveLength(4)
  })

  it('tells which registry cannot be reached', async () => {
    const server = await startServer(() => found)
    const gone = reference(server)
    await server[Symbol.asyncDispose]()
    await expect(client().digest(gone)).rejects.toMatchObject({
      code: 'registry',
      message: expect.stringMatching(
        new RegExp(`^registry ${gone.registry} cannot be reached for ${gone.registry}/p/x: .*ECONNREFUSED`),
      ),
    })
  })

  it('ends at once where the run is cancelled', async () => {
    const controller = new AbortController()
    await using server = await startServer(() => {
      setTimeout(() => controller.abort(new Error('cancelled by SIGINT')), 20)
      return 'silence'
    })
    const started = performance.now()
    const asking = client({ signal: controller.signal }).digest(reference(server))
    await expect(asking).rejects.toMatchObject({ code: 'cancelled' })
    expect(performance.now() - started).toBeLessThan(2000)
  })
})

describe('a refusal is told at once', () => {
  it.each([401, 403])('%i', async (status) => {
    await using server = await startServer(() => ({ status, body: 'secret words of the server' }))
    await expect(client().digest(reference(server))).rejects.toMatchObject({
      code: 'registry',
      message: `registry ${server.address} refuses to read ${server.address}/p/x: ${status}`,
      details: [expect.stringContaining('log in before this step')],
    })
    expect(server.asked).toHaveLength(1)
  })

  it('a token service that refuses', async () => {
    const holder: { server?: ScriptedServer } = {}
    await using server = await startServer(withToken(() => holder.server as ScriptedServer, { status: 401 }))
    holder.server = server
    await expect(client().digest(reference(server))).rejects.toMatchObject({
      message: expect.stringMatching(/refuses.*401/),
    })
  })

  it('but one that is down is asked again', async () => {
    const holder: { server?: ScriptedServer } = {}
    let down = 2
    await using server = await startServer((asked) =>
      asked.url.startsWith('/token') && down-- > 0
        ? { status: 503 }
        : withToken(() => holder.server as ScriptedServer)(asked),
    )
    holder.server = server
    expect(await client().digest(reference(server))).toBe(digest)
  })
})

describe('credentials', () => {
  async function asked(dockerConfig: (server: ScriptedServer) => unknown, login: boolean, bin?: string) {
    const holder: { server?: ScriptedServer } = {}
    await using server = await startServer(withToken(() => holder.server as ScriptedServer))
    holder.server = server
    await withDockerConfig(dockerConfig(server), async (env) => {
      if (bin) {
        await mkdir(path.join(env.DOCKER_CONFIG ?? '', 'bin'))
        const helper = path.join(env.DOCKER_CONFIG ?? '', 'bin/docker-credential-x')
        await writeFile(helper, bin)
        await chmod(helper, 0o755)
      }
      const registry = client({ env, login })
      expect(await registry.digest(reference(server))).toBe(digest)
      expect(await registry.digest(reference(server))).toBe(digest)
    })
    return server.asked
  }

  it('are asked for once: a token serves the whole run', async () => {
    const requests = await asked(() => ({}), true)
    expect(requests.map(({ method, url }) => `${method} ${url.replace(/\?.*/, '')}`)).toEqual([
      'HEAD /v2/p/x/manifests/main',
      'GET /token',
      'HEAD /v2/p/x/manifests/main',
      'HEAD /v2/p/x/manifests/main',
    ])
    expect(requests[1]?.url).toBe('/token?service=reg&scope=repository%3Ap%2Fx%3Apull')
    expect(requests[1]?.headers.authorization).toBeUndefined()
  })

  it.each<[string, (address: string) => string]>([
    ['host', (address) => address],
    ['URL', (address) => `https://${address}`],
    ['URL with a path', (address) => `https://${address}/v2/`],
  ])('from auths, the key a %s', async (_title, key) => {
    const requests = await asked((server) => ({ auths: { [key(server.address)]: user } }), true)
    expect(requests[1]?.headers.authorization).toBe(`Basic ${user.auth}`)
  })

  it('of an identity token', async () => {
    const requests = await asked((server) => ({ auths: { [server.address]: { auth: '', identitytoken: 'ID' } } }), true)
    expect(requests[1]?.method).toBe('POST')
    expect(Object.fromEntries(new URLSearchParams(requests[1]?.body))).toMatchObject({
      grant_type: 'refresh_token',
      refresh_token: 'ID',
      service: 'reg',
      scope: 'repository:p/x:pull',
    })
  })

  it.each<[string, (server: ScriptedServer) => unknown]>([
    ['credsStore', () => ({ credsStore: 'x' })],
    ['credHelpers', (server) => ({ credsStore: 'none', credHelpers: { [server.address]: 'x' } })],
  ])('from a helper (%s)', async (_title, dockerConfig) => {
    const script =
      '#!/bin/sh\nread -r server; echo "{\\"ServerURL\\":\\"$server\\",\\"Username\\":\\"$1\\",\\"Secret\\":\\"$server\\"}"\n'
    const requests = await asked(dockerConfig, true, script)
    const [name, password] = Buffer.from((requests[1]?.headers.authorization ?? '').slice(6), 'base64')
      .toString()
      .split(/:(.*)/)
    expect([name, password]).toEqual(['get', requests[0]?.headers.host])
  })

  it.each([
    ['fails', '#!/bin/sh\nexit 1\n'],
    ['prints no JSON', '#!/bin/sh\necho credentials not found\n'],
    ['is not there', undefined],
  ])('of a helper that %s are those of auths, or none', async (_title, bin) => {
    const requests = await asked((server) => ({ credsStore: 'x', auths: { [server.address]: user } }), true, bin)
    expect(requests[1]?.headers.authorization).toBe(`Basic ${user.auth}`)
  })

  it.each(['__proto__', 'constructor', '../x', 'x; id', ''])('no helper is called "%s"', async (credsStore) => {
    const requests = await asked(() => ({ credsStore }), true)
    expect(requests[1]?.headers.authorization).toBeUndefined()
  })

  it('are sent for a Basic challenge', async () => {
    await using server = await startServer(({ headers }) =>
      headers.authorization ? found : { status: 401, headers: { 'www-authenticate': 'Basic realm="r"' } },
    )
    const dockerConfig = { auths: { [server.address]: user } }
    await withDockerConfig(dockerConfig, async (env) => {
      expect(await client({ env }).digest(reference(server))).toBe(digest)
      await expect(client({ env, login: false }).digest(reference(server))).rejects.toThrow('refuses to read')
    })
    expect(server.asked.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      `Basic ${user.auth}`,
      undefined,
    ])
  })

  it('are never sent nor looked for without login', async () => {
    const script = '#!/bin/sh\ntouch "$(dirname "$0")/asked"; echo "{\\"Username\\":\\"u\\",\\"Secret\\":\\"s\\"}"\n'
    for (const dockerConfig of [
      (server: ScriptedServer) => ({ auths: { [server.address]: user } }),
      (server: ScriptedServer) => ({ auths: { [server.address]: { identitytoken: 'ID' } } }),
      () => ({ credsStore: 'x' }),
    ]) {
      const requests = await asked(dockerConfig, false, script)
      for (const request of requests) {
        expect([undefined, 'Bearer T']).toContain(request.headers.authorization)
        expect([request.method, request.body, request.url.includes(user.auth)]).not.toContain('POST')
        expect(request.body).toBe('')
      }
    }
  })

  it('of another registry are not sent', async () => {
    const requests = await asked(() => ({ auths: { 'quay.io': user, '127.0.0.1': user } }), true)
    expect(requests[1]?.headers.authorization).toBeUndefined()
  })
})

describe('baseUrl', () => {
  it.each([
    ['docker.io', 'https://registry-1.docker.io'],
    ['quay.io', 'https://quay.io'],
    ['localhost:5000', 'http://localhost:5000'],
    ['127.0.0.1:5000', 'http://127.0.0.1:5000'],
    ['[::1]:5000', 'http://[::1]:5000'],
    ['10.0.0.1:5000', 'https://10.0.0.1:5000'],
    ['localhost.example.org', 'https://localhost.example.org'],
    ['127.0.0.1.example.org', 'https://127.0.0.1.example.org'],
  ])('%s', (registry, url) => {
    expect(baseUrl(registry)).toBe(url)
  })
})

describe('tag', () => {
  const named = `sha256:${createHash('sha256').update(index).digest('hex')}`
  const stored: Answer = { status: 200, headers: { 'content-type': 'application/x-index' }, body: index }

  it('puts the very bytes under each tag, with their media type', async () => {
    await using server = await startServer(({ method }) => (method === 'GET' ? stored : { status: 201 }))
    await client().tag(reference(server, { digest: named }), ['main', 'latest'])
    expect(server.asked.map(({ method, url }) => `${method} ${url}`)).toEqual([
      `GET /v2/p/x/manifests/${named}`,
      'PUT /v2/p/x/manifests/main',
      'PUT /v2/p/x/manifests/latest',
    ])
    expect(server.asked[1]).toMatchObject({ body: index, headers: { 'content-type': 'application/x-index' } })
  })

  it('asks for the right to write, also where the challenge names the right to read alone', async () => {
    await using server: ScriptedServer = await startServer((asked) => {
      const answer = withToken(() => server)(asked)
      return answer !== found ? answer : asked.method === 'GET' ? stored : { status: 201 }
    })
    await client().tag(reference(server, { digest: named }), ['main'])
    const scopes = server.asked.flatMap(({ url }) => /scope=([^&]*)/.exec(url)?.[1] ?? [])
    expect(scopes.map(decodeURIComponent)).toEqual(['repository:p/x:pull', 'repository:p/x:pull,push'])
  })

  it('tags nothing where the registry answers with other bytes', async () => {
    await using server = await startServer(() => stored)
    await expect(client().tag(reference(server, { digest }), ['main'])).rejects.toMatchObject({
      code: 'registry',
      message: expect.stringContaining('with other content'),
    })
    expect(server.asked.map(({ method }) => method)).toEqual(['GET'])
  })

  it.each([
    [404, 'is not there'],
    [403, 'refuses to read'],
  ])('says why it cannot read what it is to tag: %i', async (status, words) => {
    await using server = await startServer(() => ({ status }))
    await expect(client().tag(reference(server, { digest: named }), ['main'])).rejects.toThrow(words)
  })

  it('says that a registry refuses to write', async () => {
    await using server = await startServer(({ method }) => (method === 'GET' ? stored : { status: 403 }))
    await expect(client().tag(reference(server, { digest: named }), ['main'])).rejects.toThrow('refuses to write')
  })
})
