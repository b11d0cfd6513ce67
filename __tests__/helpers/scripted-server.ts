import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What the server answers: a status with headers and body, or what it does with the connection instead. */
export type Answer =
  | {
      readonly status: number
      readonly headers?: Readonly<Record<string, string>>
      readonly body?: string | Buffer
      /** Ends the connection after this many bytes of the body. */
      readonly cutAfter?: number
    }
  | 'cut'
  | 'silence'

/** One request as it came. */
export interface Asked {
  readonly method: string
  readonly url: string
  readonly headers: IncomingMessage['headers']
  readonly body: string
  readonly time: number
}

/** A real HTTP server on 127.0.0.1 whose answers are decided by a function; it keeps what it was asked. */
export interface ScriptedServer extends AsyncDisposable {
  /** `127.0.0.1:port` */
  readonly address: string
  readonly asked: readonly Asked[]
}

/** Starts a server; `answer` gets the request and how many came before it. */
export async function startServer(answer: (request: Asked, at: number) => Answer): Promise<ScriptedServer> {
  const asked: Asked[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const one = {
      method: request.method ?? '',
      url: request.url ?? '',
      headers: request.headers,
      body,
      time: Date.now(),
    }
    asked.push(one)
    respond(response, answer(one, asked.length - 1))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function respond(response: ServerResponse, answer: Answer): void {
  if (answer === 'silence') return
  if (answer === 'cut') return void response.socket?.destroy()
  const body = Buffer.from(answer.body ?? '')
  response.writeHead(answer.status, { 'content-length': body.length, ...answer.headers })
  if (answer.cutAfter === undefined) return void response.end(body)
  response.write(body.subarray(0, answer.cutAfter), () => response.socket?.destroy())
}
