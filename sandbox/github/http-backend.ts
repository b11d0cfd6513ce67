import { spawn } from 'node:child_process'
import type { IncomingMessage, ServerResponse } from 'node:http'
import path from 'node:path'
import { config, gitEnvironment } from './git.ts'

/** A request of git's smart HTTP protocol for a bare repository on disk. */
export interface GitRequest {
  readonly directory: string
  /** `/info/refs`, `/git-upload-pack` or `/git-receive-pack`. */
  readonly service: string
  readonly query: string
  readonly login: string | null
}

/** Hands the request to git's own server program, `git http-backend` (CGI), and its answer back. Gives the status. */
export function serveGit(request: IncomingMessage, response: ServerResponse, options: GitRequest): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', ['http-backend'], {
      env: cgiVariables(request, options),
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    let head = Buffer.alloc(0)
    let status = 0
    child.stdout.on('data', (chunk: Buffer) => {
      if (status > 0) return void response.write(chunk)
      head = Buffer.concat([head, chunk])
      const end = head.indexOf('\r\n\r\n')
      if (end < 0) return
      status = writeHead(response, head.subarray(0, end).toString('latin1'))
      response.write(head.subarray(end + 4))
    })
    child.on('error', reject)
    child.on('close', (code) => {
      if (status === 0) response.writeHead(500)
      response.end()
      if (status === 0) reject(new Error(`git http-backend ended with ${code} and no answer`))
      else resolve(status)
    })
    // A client that hangs up, or a server program that has its answer early, are no errors of ours.
    child.stdin.on('error', () => {})
    request.pipe(child.stdin)
  })
}

/** CGI's variables (RFC 3875). GitHub serves any commit by its SHA and partial clones. */
function cgiVariables(request: IncomingMessage, options: GitRequest): Record<string, string> {
  const header = (name: string) => String(request.headers[name] ?? '')
  return gitEnvironment({
    GIT_PROJECT_ROOT: path.dirname(options.directory),
    GIT_HTTP_EXPORT_ALL: '1',
    GIT_CONFIG_COUNT: '4',
    ...config(0, 'uploadpack.allowAnySHA1InWant', 'true'),
    ...config(1, 'uploadpack.allowFilter', 'true'),
    // Who may push was decided before: git itself would ask for a REMOTE_USER only.
    ...config(2, 'http.receivepack', 'true'),
    ...config(3, 'receive.denyDeletes', 'false'),
    PATH_INFO: `/${path.basename(options.directory)}${options.service}`,
    QUERY_STRING: options.query,
    REQUEST_METHOD: request.method ?? 'GET',
    CONTENT_TYPE: header('content-type'),
    ...(request.headers['content-length'] ? { CONTENT_LENGTH: header('content-length') } : {}),
    HTTP_CONTENT_ENCODING: header('content-encoding'),
    GIT_PROTOCOL: header('git-protocol'),
    REMOTE_ADDR: '127.0.0.1',
    ...(options.login === null ? {} : { REMOTE_USER: options.login }),
  })
}

function writeHead(response: ServerResponse, text: string): number {
  let status = 200
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':')
    const [name, value] = [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()]
    if (name === 'status') status = Number(value.split(' ')[0])
    else response.setHeader(name, value)
  }
  response.writeHead(status)
  return status
}
