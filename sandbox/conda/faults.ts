import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a channel does to an answer instead of sending it as it is. */
export type Fault =
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: number }
  /** The connection ends in the middle of the body. */
  | { readonly kind: 'cut' }
  /** One bit of the body is another one. */
  | { readonly kind: 'flip' }
  /** Half of the body, sent as if it were all. */
  | { readonly kind: 'truncate' }
  /** Another body altogether. */
  | { readonly kind: 'body'; readonly body: Buffer }
  /** The answer comes after so many milliseconds. */
  | { readonly kind: 'slow'; readonly milliseconds: number }

/** Decides about a request: the path below the channel, and how often it was asked for before. */
export type Faults = (path: string, before: number) => Fault | null

/** An answer as it would be without a fault. */
export interface Sound {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array
}

/** Sends an answer as a fault has it, gives status and bytes of what was sent. */
export async function sendFaulty(response: ServerResponse, sound: Sound, fault: Fault): Promise<[number, number]> {
  if (fault.kind === 'slow') await sleep(fault.milliseconds, undefined, { ref: false })
  if (fault.kind === 'status') {
    response.writeHead(fault.status, fault.retryAfter === undefined ? {} : { 'retry-after': String(fault.retryAfter) })
    response.end()
    return [fault.status, 0]
  }
  const body = changed(sound.body, fault)
  response.writeHead(sound.status, { ...sound.headers, 'content-length': String(body.length) })
  if (fault.kind === 'cut') response.write(body.subarray(0, body.length >> 1), () => response.socket?.destroy())
  else response.end(body)
  return [sound.status, body.length]
}

function changed(body: Uint8Array, fault: Fault): Uint8Array {
  if (fault.kind === 'truncate') return body.subarray(0, body.length >> 1)
  if (fault.kind === 'body') return fault.body
  if (fault.kind !== 'flip') return body
  const flipped = Buffer.from(body)
  const middle = flipped.length >> 1
  flipped[middle] = (flipped[middle] ?? 0) ^ 1
  return flipped
}
