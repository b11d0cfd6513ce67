import { createHmac, randomBytes } from 'node:crypto'
import type { CacheScope } from './types.ts'

/** What the service signs: runtime tokens of runs and addresses of blobs. */
export interface Signer {
  token(scopes: readonly CacheScope[]): string
  /** The scopes of an `Authorization` header, null where it is none of this service's. */
  scopes(authorization: string | undefined): readonly CacheScope[] | null
  /** The query of an address that may be read (`r`) or written (`cw`) until a moment, as in Azure's shared access signatures. */
  query(pathname: string, permission: 'r' | 'cw', expires: number): string
  /** Why an address may not be used, null where it may. */
  refusal(pathname: string, query: URLSearchParams, permission: 'r' | 'cw'): string | null
}

/** A signer with a secret of its own. The claim `ac` has the scopes, as in GitHub's tokens: permission 1 reads, 2 writes. */
export function createSigner(): Signer {
  const secret = randomBytes(32)
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('base64url')
  const signature = (pathname: string, query: URLSearchParams) =>
    sign([pathname, query.get('sp'), query.get('se')].join('\n'))
  return {
    token(scopes) {
      const ac = JSON.stringify(scopes.map(({ ref, write }) => ({ Scope: ref, Permission: write ? 3 : 1 })))
      const claims = { ac, nbf: 1_700_000_000, exp: 4_000_000_000, scp: 'Actions.Results:run:job' }
      const parts = [{ alg: 'HS256', typ: 'JWT' }, claims].map((part) => encode(part)).join('.')
      return `${parts}.${sign(parts)}`
    },
    scopes(authorization) {
      const [, head, claims, given] = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/.exec(authorization ?? '') ?? []
      if (!claims || given !== sign(`${head}.${claims}`)) return null
      const { ac } = JSON.parse(Buffer.from(claims, 'base64url').toString()) as { ac: string }
      const scopes = JSON.parse(ac) as { Scope: string; Permission: number }[]
      return scopes.map(({ Scope: ref, Permission }) => ({ ref, write: (Permission & 2) !== 0 }))
    },
    query(pathname, permission, expires) {
      const query = new URLSearchParams({ sp: permission, se: new Date(expires).toISOString(), sr: 'b' })
      query.set('sig', signature(pathname, query))
      return query.toString()
    },
    refusal(pathname, query, permission) {
      if (query.get('sig') !== signature(pathname, query)) return 'Signature did not match.'
      if (query.get('sp') !== permission) return 'This request is not authorized to perform this operation.'
      return Date.parse(query.get('se') ?? '') > Date.now() ? null : 'Signature not valid in the specified time frame'
    },
  }
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url')
}
