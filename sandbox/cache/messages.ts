import path from 'node:path'

/** A message of the service, as the client's own package describes it. */
interface Message {
  fromJson(value: unknown, options: { ignoreUnknownFields: boolean }): Readonly<Record<string, unknown>>
  /** All fields, with their defaults where nothing is given. */
  create(value: object): unknown
  toJson(value: unknown, options: { useProtoFieldName: boolean; emitDefaultValues: boolean }): unknown
}

const calls = ['CreateCacheEntry', 'FinalizeCacheEntryUpload', 'GetCacheEntryDownloadURL'] as const

/** The calls of the service. */
export type Call = (typeof calls)[number]

/** Requests are read and answers written by the types that the client was generated from. */
export interface Messages {
  /** Null for a path that is no call. */
  call(pathname: string): Call | null
  /** Throws where the request has a field that the service does not know, or one of another type. */
  read(call: Call, value: unknown): Readonly<Record<string, unknown>>
  write(call: Call, answer: object): unknown
}

const service = '/twirp/github.actions.results.api.v1.CacheService/'

/** The generated messages are not among what the package exports. */
export async function loadMessages(): Promise<Messages> {
  const file = '../../node_modules/@actions/cache/lib/generated/results/api/v1/cache.js'
  const generated = (await import(path.join(import.meta.dirname, file))) as Readonly<Record<string, Message>>
  return {
    call: (pathname) => calls.find((name) => pathname === `${service}${name}`) ?? null,
    read: (call, value) => generated[`${call}Request`]!.fromJson(value, { ignoreUnknownFields: false }),
    write: (call, answer) => {
      const message = generated[`${call}Response`]!
      return message.toJson(message.create(answer), { useProtoFieldName: true, emitDefaultValues: true })
    },
  }
}
