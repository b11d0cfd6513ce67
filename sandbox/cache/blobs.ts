import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'

/** A blob that is being written: pieces by name, and all of it once they are put together. */
export interface Upload {
  readonly blocks: Map<string, Buffer>
  content: Buffer | null
}

/** Headers of each answer of Azure's blob store. */
function blobHeaders(): Record<string, string> {
  return {
    etag: '"0x1"',
    'last-modified': new Date(0).toUTCString(),
    'x-ms-request-id': randomUUID(),
    'x-ms-version': '2025-01-05',
  }
}

/**
 * Takes a blob whole, a block of it (`comp=block`), or the list by which blocks become the blob (`comp=blocklist`):
 * https://learn.microsoft.com/rest/api/storageservices/put-block-list
 */
export function putBlob(upload: Upload, query: URLSearchParams, body: Buffer, response: ServerResponse): void {
  if (query.get('comp') === 'block') upload.blocks.set(query.get('blockid') ?? '', body)
  else if (query.get('comp') === 'blocklist') {
    const listed = [...body.toString().matchAll(/<Latest>([^<]+)<\/Latest>/g)].map((match) => match[1] ?? '')
    const blocks = listed.map((id) => upload.blocks.get(id))
    if (blocks.some((block) => !block)) return void refuseBlob(response, 400, 'InvalidBlockList')
    upload.content = Buffer.concat(blocks as Buffer[])
  } else upload.content = body
  response.writeHead(201, blobHeaders()).end()
}

/** Gives a blob, its head, or the part that a `Range` names; `cutAfter`: the connection ends after so many bytes. */
export function getBlob(
  content: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
  cutAfter: number | null,
): void {
  const range = /^bytes=(\d+)-(\d*)$/.exec(String(request.headers['x-ms-range'] ?? request.headers.range ?? ''))
  const from = Number(range?.[1] ?? 0)
  const to = Math.min(range?.[2] ? Number(range[2]) : content.length - 1, content.length - 1)
  if (range && from >= content.length) return void refuseBlob(response, 416, 'InvalidRange')
  const body = content.subarray(from, to + 1)
  response.writeHead(range ? 206 : 200, {
    ...blobHeaders(),
    'accept-ranges': 'bytes',
    'content-type': 'application/octet-stream',
    'content-length': body.length,
    'x-ms-blob-type': 'BlockBlob',
    ...(range ? { 'content-range': `bytes ${from}-${to}/${content.length}` } : {}),
  })
  if (request.method === 'HEAD') return void response.end()
  if (cutAfter === null) return void response.end(body)
  response.write(body.subarray(0, cutAfter), () => response.socket?.destroy())
}

/** An error of the blob store. */
export function refuseBlob(response: ServerResponse, status: number, code: string, message = code): void {
  response.writeHead(status, { 'content-type': 'application/xml', 'x-ms-error-code': code })
  response.end(`<?xml version="1.0" encoding="utf-8"?><Error><Code>${code}</Code><Message>${message}</Message></Error>`)
}
