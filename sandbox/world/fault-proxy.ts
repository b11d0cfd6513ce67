import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** A request as the proxy sees it. `path` is without the query. */
export interface ProxyRequest {
  readonly method: string
  readonly path: string
  readonly query: string
  readonly headers: IncomingMessage['headers']
}

/**
 * What happens to a request: passed on; answered with a status; passed on with the answer cut after so many bytes of its
 * body (0: after the headers); the connection dropped without an answer; or held back (milliseconds), then passed on.
 */
export type Fault =
  | 'pass'
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string }
  | { readonly cut: number }
  | 'drop'
  | { readonly delay: number }

/** What a proxy stands before and does. */
export interface FaultProxyOptions {
  /** Address of the registry, `127.0.0.1:PORT`. */
  readonly target: string
  /** Decides about each request; `n` counts from 1 the requests that are alike: same method and path. */
  readonly behaviour?: (request: ProxyRequest, n: number) => Fault
  /** Ask for this name and password (HTTP basic); without them the answer is 401. */
  readonly auth?: { readonly username: string; readonly password: string }
}

/** A running proxy. `requests` is what came, with the status that was answered (0: none, or cut). */
export interface FaultProxy {
  readonly address: string
  readonly requests: readonly (ProxyRequest & { readonly status: number })[]
  stop(): Promise<void>
}

/** Start a proxy on a free port of the loopback interface that misbehaves on purpose. */
export async function startFaultProxy(options: FaultProxyOptions): Promise<FaultProxy> {
  const requests: (ProxyRequest & { status: number })[] = []
  const seen = new Map<string, number>()
  const server = createServer((incoming, answer) => {
    const described = describe(incoming)
    const kind = `${described.method} ${described.path}`
    const n = (seen.get(kind) ?? 0) + 1
    seen.set(kind, n)
    const fault = decide(options, described, n)
    const entry = { ...described, status: 0 }
    requests.push(entry)
    answer.on('finish', () => Object.assign(entry, { status: answer.statusCode }))
    play(fault, options.target, incoming, answer).catch(() => answer.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const stop = async () => {
    server.closeAllConnections()
    await new Promise((resolve) => server.close(resolve))
  }
  return { address: `127.0.0.1:${port}`, requests, stop }
}

function describe(incoming: IncomingMessage): ProxyRequest {
  const [path = '', query = ''] = (incoming.url ?? '').split('?')
  return { method: incoming.method ?? '', path, query, headers: incoming.headers }
}

function decide(options: FaultProxyOptions, described: ProxyRequest, n: number): Fault {
  const { auth } = options
  const expected = auth && `Basic ${Buffer.from(`${auth.username}:${auth.password}`).toString('base64')}`
  if (expected && described.headers.authorization !== expected) {
    return { status: 401, headers: { 'www-authenticate': 'Basic realm="registry"' } }
  }
  return options.behaviour?.(described, n) ?? 'pass'
}

async function play(fault: Fault, target: string, incoming: IncomingMessage, answer: ServerResponse): Promise<void> {
  if (fault === 'drop') {
    incoming.socket.destroy()
    return
  }
  if (fault !== 'pass' && 'status' in fault) {
    incoming.resume()
    const body = fault.body ?? registryError(fault.status)
    answer.writeHead(fault.status, { 'content-type': 'application/json', ...fault.headers }).end(body)
    return
  }
  if (fault !== 'pass' && 'delay' in fault) await sleep(fault.delay)
  forward(target, incoming, answer, fault !== 'pass' && 'cut' in fault ? fault.cut : null)
}

/** The Host header is passed as it came: the registry's answers then lead back to the proxy. */
function forward(target: string, incoming: IncomingMessage, answer: ServerResponse, cut: number | null): void {
  const [hostname, port] = target.split(':')
  const { method, url: path, headers } = incoming
  const outgoing = request({ hostname, port, method, path, headers }, (response) => {
    answer.writeHead(response.statusCode ?? 502, response.headers)
    if (cut === null) response.pipe(answer)
    else cutAfter(cut, response, answer)
  })
  outgoing.on('error', () => answer.destroy())
  answer.on('close', () => outgoing.destroy())
  incoming.pipe(outgoing)
}

/** An answer that is shorter than that many bytes comes whole. */
function cutAfter(bytes: number, response: IncomingMessage, answer: ServerResponse): void {
  const cut = () => answer.destroy()
  if (bytes === 0) {
    answer.flushHeaders()
    setImmediate(cut)
    return
  }
  let left = bytes
  response.on('data', (chunk: Buffer) => {
    if (left === 0) return
    const part = chunk.subarray(0, left)
    left -= part.length
    answer.write(part, () => left === 0 && cut())
  })
  response.on('end', () => left > 0 && answer.end())
}

function registryError(status: number): string {
  const codes: Record<number, string> = { 401: 'UNAUTHORIZED', 403: 'DENIED', 404: 'NOT_FOUND', 429: 'TOOMANYREQUESTS' }
  const code = codes[status] ?? 'UNAVAILABLE'
  return JSON.stringify({ errors: [{ code, message: `answered by the sandbox with ${status}` }] })
}
