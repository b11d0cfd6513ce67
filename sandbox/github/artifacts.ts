import { createHash, randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { unzipSync } from 'fflate'

/** An artifact as a run left it. */
export interface StoredArtifact {
  readonly id: number
  readonly name: string
  /** Files of the archive by name. */
  readonly files: Readonly<Record<string, string>>
  readonly expires: string | null
}

/** A running results service: the part of it that takes artifacts. */
export interface ArtifactService extends AsyncDisposable {
  /** `ACTIONS_RESULTS_URL` and `ACTIONS_RUNTIME_TOKEN` of a run. */
  readonly env: Readonly<Record<string, string>>
  readonly artifacts: () => readonly StoredArtifact[]
  /** What the client sent that the service's own messages do not allow. */
  readonly problems: () => readonly string[]
}

/** A message of the service, as the client's own package describes it. */
interface Message {
  fromJson(value: unknown, options: { ignoreUnknownFields: boolean }): Readonly<Record<string, unknown>>
}

interface Upload {
  readonly blocks: Map<string, Buffer>
  content: Buffer | null
}

const service = '/twirp/github.actions.results.api.v1.ArtifactService/'

/**
 * The two calls by which @actions/artifact hands over an artifact and the blob store in between, with the messages
 * checked by the types that the client was generated from. Blob store: https://learn.microsoft.com/rest/api/storageservices/put-block
 */
export async function startArtifactService(): Promise<ArtifactService> {
  const messages = await loadMessages()
  const [uploads, stored, problems] = [new Map<string, Upload>(), [] as StoredArtifact[], [] as string[]]
  const ids = [randomUUID(), randomUUID()] as const
  const token = jwt({ scp: `Actions.GenericRead:x Actions.Results:${ids.join(':')}`, exp: 4_000_000_000 })
  const server = createServer((request, response) => void answer(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const expires = new Map<string, string | null>()

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const body = await read(request)
      const { pathname, searchParams } = new URL(request.url ?? '/', url)
      if (pathname.startsWith('/blobs/')) return putBlob(response, pathname, searchParams, body)
      if (request.headers.authorization !== `Bearer ${token}`) return reply(response, 401, { msg: 'bad token' })
      reply(response, ...call(pathname, JSON.parse(body.toString())))
    } catch (error) {
      problems.push(`${request.method} ${request.url}: ${(error as Error).message}`)
      reply(response, 400, { code: 'invalid_argument', msg: (error as Error).message })
    }
  }

  function call(pathname: string, body: unknown): [number, unknown] {
    const method = pathname.slice(service.length)
    const message = pathname.startsWith(service) ? messages[method] : undefined
    if (!message) throw new Error(`the service has no ${pathname}`)
    const asked = message.fromJson(body, { ignoreUnknownFields: false })
    if (asked.workflowRunBackendId !== ids[0] || asked.workflowJobRunBackendId !== ids[1])
      throw new Error('the backend ids are not those of the token')
    const name = String(asked.name)
    return method === 'CreateArtifact' ? create(name, asked) : finalize(name, asked)
  }

  function create(name: string, asked: Readonly<Record<string, unknown>>): [number, unknown] {
    if (uploads.has(name)) return [409, { code: 'already_exists', msg: `an artifact with the name ${name} exists` }]
    uploads.set(name, { blocks: new Map(), content: null })
    expires.set(name, asked.expiresAt ? JSON.stringify(asked.expiresAt, number) : null)
    return [200, { ok: true, signed_upload_url: `${url}/blobs/${encodeURIComponent(name)}?sig=secret` }]
  }

  function finalize(name: string, asked: Readonly<Record<string, unknown>>): [number, unknown] {
    const content = uploads.get(name)?.content
    if (!content) throw new Error(`${name} was not uploaded`)
    const hash = (asked.hash as { value?: string } | undefined)?.value
    if (hash !== `sha256:${createHash('sha256').update(content).digest('hex')}`) throw new Error('another hash')
    if (String(asked.size) !== String(content.length)) throw new Error('another size')
    const files = Object.entries(unzipSync(content)).map(([file, bytes]) => [file, Buffer.from(bytes).toString()])
    const id = 7000 + stored.length
    stored.push({ id, name, files: Object.fromEntries(files), expires: expires.get(name) ?? null })
    return [200, { ok: true, artifact_id: String(id) }]
  }

  function putBlob(response: ServerResponse, pathname: string, query: URLSearchParams, body: Buffer): void {
    const upload = uploads.get(decodeURIComponent(pathname.slice('/blobs/'.length)))
    if (!upload || query.get('sig') !== 'secret') return void response.writeHead(403).end()
    if (query.get('comp') === 'block') upload.blocks.set(String(query.get('blockid')), body)
    else if (query.get('comp') === 'blocklist') {
      const listed = [...body.toString().matchAll(/<Latest>([^<]+)<\/Latest>/g)].map((match) => match[1] ?? '')
      upload.content = Buffer.concat(listed.map((block) => upload.blocks.get(block) ?? Buffer.from('missing')))
    } else upload.content = body
    response.writeHead(201, {
      etag: '"0x1"',
      'last-modified': new Date(0).toUTCString(),
      'x-ms-request-id': randomUUID(),
      'x-ms-version': '2025-01-05',
    })
    response.end()
  }

  return {
    env: { ACTIONS_RESULTS_URL: `${url}/`, ACTIONS_RUNTIME_TOKEN: token },
    artifacts: () => [...stored],
    problems: () => [...problems],
    [Symbol.asyncDispose]: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

/** The generated messages are not among what the package exports. */
async function loadMessages(): Promise<Readonly<Record<string, Message>>> {
  const file = '../../node_modules/@actions/artifact/lib/generated/results/api/v1/artifact.js'
  const generated = (await import(path.join(import.meta.dirname, file))) as Record<string, Message>
  return {
    CreateArtifact: generated.CreateArtifactRequest as Message,
    FinalizeArtifact: generated.FinalizeArtifactRequest as Message,
  }
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

function reply(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(body))
}

function number(_key: string, value: unknown): unknown {
  return typeof value === 'bigint' ? Number(value) : value
}

/** A token of the runner's form; nobody checks its signature. */
function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'RS256', typ: 'JWT' })}.${part(claims)}.${Buffer.from('signature').toString('base64url')}`
}
