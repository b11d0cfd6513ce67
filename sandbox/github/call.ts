import type { Scope, ServedRepository } from './types.ts'
import type { World } from './world.ts'

/** A request of the REST API, found valid, on a repository that is there. */
export interface Call {
  readonly world: World
  readonly repository: ServedRepository
  /** The path's parameters. */
  readonly values: Readonly<Record<string, string>>
  readonly query: Readonly<Record<string, string>>
  readonly body: Readonly<Record<string, unknown>>
  readonly accept: string
  readonly login: string
  /** The request's own address, for the links to further pages. */
  readonly address: string
}

/** What is answered; `body` null for none. */
export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly headers?: Readonly<Record<string, string>>
  /** Default `application/json`; any other has text or bytes for a body. */
  readonly type?: string
}

/** How one operation is answered, and what its token must be allowed to write. */
export interface Handler {
  readonly needs?: readonly Scope[]
  readonly handle: (call: Call) => Promise<Answer> | Answer
}

/** A refusal with GitHub's status and message. */
export class Refusal extends Error {
  readonly status: number

  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

/** A 200 with JSON. */
export function ok(body: unknown): Answer {
  return { status: 200, body }
}

/** One page of a list (30 a page, at most 100) with the links to the others. */
export function page(
  call: Call,
  items: readonly unknown[],
  shown: (page: readonly unknown[]) => unknown = (list) => list,
): Answer {
  const size = Math.min(Math.max(Number(call.query.per_page ?? 30), 1), 100)
  const number = Math.max(Number(call.query.page ?? 1), 1)
  const last = Math.max(1, Math.ceil(items.length / size))
  const body = shown(items.slice((number - 1) * size, number * size))
  const links = [
    ...(number > 1 ? [link(call, number - 1, 'prev')] : []),
    ...(number < last ? [link(call, number + 1, 'next'), link(call, last, 'last')] : []),
    ...(number > 1 ? [link(call, 1, 'first')] : []),
  ]
  return { status: 200, body, ...(links.length > 0 ? { headers: { link: links.join(', ') } } : {}) }
}

function link(call: Call, number: number, relation: string): string {
  const url = new URL(call.address)
  url.searchParams.set('page', String(number))
  return `<${url}>; rel="${relation}"`
}
