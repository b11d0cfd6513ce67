import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as delay } from 'node:timers/promises'
import type { Answer } from './call.ts'
import { FailureQueue } from './failures.ts'
import { answerGraphQL } from './graphql.ts'
import { serveGit } from './http-backend.ts'
import { answerRest, errorAnswer } from './rest.ts'
import type { Failure, GitHubOptions, RecordedRequest, Scope } from './types.ts'
import type { World } from './world.ts'

/** Paths below the server's address, as on GitHub Enterprise Server. */
export const apiRoot = '/api/v3'
export const graphqlPath = '/api/graphql'

const defaultLogin = 'github-actions[bot]'

/** What a request is about, before it is answered. */
interface Incoming {
  readonly url: URL
  readonly recorded: { -readonly [Key in keyof RecordedRequest]: RecordedRequest[Key] }
  readonly n: number
  readonly token: string | null
}

/** The server's state: what was asked, what was wrong, and which failures are to come. */
export class Double {
  readonly requests: RecordedRequest[] = []
  readonly problems: string[] = []
  readonly failures = new FailureQueue()
  readonly #options: GitHubOptions
  readonly #world: World
  readonly #counts = new Map<string, number>()

  constructor(options: GitHubOptions, world: World) {
    this.#options = options
    this.#world = world
    for (const rule of options.failures ?? []) this.failures.add(rule)
  }

  async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      const incoming = await this.#record(request)
      const { recorded, n } = incoming
      const asked = await this.#options.onRequest?.(n, { ...recorded })
      const failure = asked ?? this.failures.take(recorded.method, recorded.path)
      if (failure && 'delayMs' in failure) await delay(failure.delayMs)
      if (failure && 'cut' in failure) request.socket.destroy()
      else if (failure && 'status' in failure) this.#send(response, incoming, failureAnswer(failure))
      else if (recorded.kind === 'git') await this.#serveGit(request, response, incoming)
      else await this.#serveApi(request, response, incoming)
    } catch (error) {
      this.problems.push(`${request.method} ${request.url}: ${(error as Error).stack}`)
      if (!response.headersSent) response.writeHead(500)
      response.end()
    }
  }

  async #record(request: IncomingMessage): Promise<Incoming> {
    const url = new URL(request.url ?? '/', this.#world.urls.server)
    const kind = url.pathname === graphqlPath ? 'graphql' : url.pathname.startsWith(`${apiRoot}/`) ? 'rest' : 'git'
    const path = kind === 'graphql' ? '/graphql' : kind === 'rest' ? url.pathname.slice(apiRoot.length) : url.pathname
    const method = request.method ?? 'GET'
    const n = (this.#counts.get(`${method} ${path}`) ?? 0) + 1
    this.#counts.set(`${method} ${path}`, n)
    const token = tokenOf(request.headers.authorization)
    const recorded = {
      method,
      path,
      query: Object.fromEntries(url.searchParams),
      headers: Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)])),
      body: kind === 'git' ? null : await readJson(request),
      kind,
      operation: kind === 'git' ? (url.searchParams.get('service') ?? path.split('/').at(-1)!) : null,
      login: this.#login(token),
      status: null,
    } as const
    this.requests.push(recorded)
    return { url, recorded, n, token }
  }

  async #serveApi(request: IncomingMessage, response: ServerResponse, incoming: Incoming): Promise<void> {
    const { recorded, token } = incoming
    const accept = request.headers.accept ?? ''
    if (!request.headers['user-agent']) this.problems.push(`${recorded.method} ${recorded.path}: no User-Agent`)
    if (recorded.body instanceof SyntaxError)
      return this.#send(response, incoming, errorAnswer(400, 'Problems parsing JSON'))
    if (token !== null && recorded.login === null)
      return this.#send(response, incoming, errorAnswer(401, 'Bad credentials'))
    const mayWrite = (scope: Scope) => this.#mayWrite(token, scope)
    if (recorded.kind === 'graphql') return this.#serveGraphQL(response, incoming, mayWrite)
    const { method, path, query, body, login } = recorded
    const world = this.#world
    const address = world.urls.api + path + incoming.url.search
    const { answer, operation, problems } = await answerRest({
      world,
      method,
      path,
      query,
      body,
      accept,
      address,
      login,
      mayWrite,
    })
    recorded.operation = operation
    for (const problem of problems) this.problems.push(`${method} ${path}: ${problem}`)
    await this.#answer(response, incoming, answer)
  }

  async #serveGraphQL(
    response: ServerResponse,
    incoming: Incoming,
    mayWrite: (scope: Scope) => boolean,
  ): Promise<void> {
    const { recorded } = incoming
    if (recorded.login === null) {
      return this.#send(response, incoming, errorAnswer(401, 'This endpoint requires you to be authenticated.'))
    }
    const { query, variables } = (recorded.body ?? {}) as { query?: string; variables?: Record<string, unknown> }
    const call = { world: this.#world, login: recorded.login, mayWrite, query: query ?? '', variables: variables ?? {} }
    const { body, fields, problems } = await answerGraphQL(call)
    recorded.operation = fields.join(' ')
    this.problems.push(...problems)
    await this.#answer(response, incoming, { status: 200, body })
  }

  async #serveGit(request: IncomingMessage, response: ServerResponse, incoming: Incoming): Promise<void> {
    const { recorded, url, token } = incoming
    const match = /^\/([^/]+\/[^/]+?)(?:\.git)?(\/info\/refs|\/git-upload-pack|\/git-receive-pack)$/.exec(url.pathname)
    const repository = match && this.#world.find(match[1]!)
    if (!match || !repository) return this.#send(response, incoming, errorAnswer(404, 'Not Found'))
    const push = recorded.operation === 'git-receive-pack'
    if (recorded.login === null && (push || repository.private || token !== null))
      return this.#challenge(response, incoming)
    if (push && !this.#mayWrite(token, 'contents')) {
      return this.#send(response, incoming, errorAnswer(403, `Permission to ${match[1]} denied to ${recorded.login}.`))
    }
    // GitHub has refs/pull/N/* up to date before a checkout asks for them.
    if (repository === this.#world.base && !push)
      for (const pull of this.#world.pulls.values()) await this.#world.pullCommits(pull)
    const { directory } = repository
    const options = { directory, service: match[2]!, query: url.search.slice(1), login: recorded.login }
    recorded.status = await serveGit(request, response, options)
    await this.#options.onAnswer?.(incoming.n, { ...recorded })
  }

  #challenge(response: ServerResponse, incoming: Incoming): void {
    const answer = errorAnswer(401, 'Requires authentication')
    this.#send(response, incoming, { ...answer, headers: { 'www-authenticate': 'Basic realm="GitHub"' } })
  }

  async #answer(response: ServerResponse, incoming: Incoming, answer: Answer): Promise<void> {
    incoming.recorded.status = answer.status
    await this.#options.onAnswer?.(incoming.n, { ...incoming.recorded })
    this.#send(response, incoming, answer)
  }

  #send(response: ServerResponse, { recorded }: Incoming, { status, body, headers = {}, type }: Answer): void {
    recorded.status = status
    response.writeHead(status, {
      'x-github-request-id': `D0:${this.requests.length}`,
      'x-github-media-type': 'github.v3; format=json',
      'x-ratelimit-limit': '1000',
      'x-ratelimit-remaining': String(Math.max(0, 1000 - this.requests.length)),
      'x-ratelimit-reset': String(Math.ceil(Date.now() / 1000) + 3600),
      ...(body === null ? {} : { 'content-type': `${type ?? 'application/json'}; charset=utf-8` }),
      ...headers,
    })
    response.end(body === null ? undefined : type ? (body as string | Buffer) : JSON.stringify(body))
  }

  #login(token: string | null): string | null {
    if (token === null) return null
    const { tokens } = this.#options
    if (!tokens) return defaultLogin
    return Object.hasOwn(tokens, token) ? tokens[token]!.login : null
  }

  #mayWrite(token: string | null, scope: Scope): boolean {
    const { tokens } = this.#options
    if (token === null) return false
    return tokens ? Object.hasOwn(tokens, token) && tokens[token]!.write.includes(scope) : true
  }
}

/** A bearer token (API), or the password of git's basic authentication. */
function tokenOf(authorization: string | undefined): string | null {
  const [scheme, value] = (authorization ?? '').split(' ')
  if (!value) return null
  if (scheme!.toLowerCase() !== 'basic') return value
  return Buffer.from(value, 'base64').toString('utf8').split(':').slice(1).join(':')
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const text = Buffer.concat(chunks).toString('utf8')
  if (text === '') return null
  try {
    return JSON.parse(text)
  } catch (error) {
    return error
  }
}

function failureAnswer({ status, message, headers }: Extract<Failure, { status: number }>): Answer {
  return { ...errorAnswer(status, message), headers: headers ?? {} }
}
