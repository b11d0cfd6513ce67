import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'
import { digest } from './archive.ts'

/** A server of files that are there. */
export interface StaticChannel extends AsyncDisposable {
  /** Of the folder, without a slash at the end. */
  readonly url: string
}

/** Serves a channel's folder over http, with an ETag for each file. */
export async function serveFolder(folder: string): Promise<StaticChannel> {
  const etags = new Map<string, string>()
  const server = createServer(async (request, response) => {
    const path = normalize(decodeURIComponent((request.url ?? '/').split('?')[0] ?? ''))
    const body = await readFile(join(folder, path)).catch(() => null)
    if (body === null) return void response.writeHead(404, { 'content-length': '0' }).end()
    const etag = etags.get(path) ?? `"${digest('md5', body)}"`
    etags.set(path, etag)
    if (request.headers['if-none-match'] === etag) return void response.writeHead(304, { etag }).end()
    response.writeHead(200, { etag, 'content-length': String(body.length) })
    response.end(request.method === 'HEAD' ? undefined : body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
