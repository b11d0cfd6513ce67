import { parse } from 'csv-parse/sync'

/** A value of `cache-from` or `cache-to`, taken apart as buildx does: attributes in CSV, or a reference alone. */
export interface CacheEntry {
  /** `registry`, `local`, `gha`, `inline`, `s3`, `azblob`. */
  readonly type: string
  /** The other attributes; names in lower case. */
  readonly attributes: Readonly<Record<string, string>>
}

/** Backends of BuildKit: https://docs.docker.com/build/cache/backends/ */
export const cacheTypes = ['registry', 'local', 'gha', 'inline', 's3', 'azblob'] as const

/** Attributes that hold a secret: they are masked and are in no message. */
const secrets = /^(access_key_id|secret_access_key|session_token|token|ghtoken|account_key|secret_key)$/

/**
 * One value of `cache-from` or `cache-to` (buildx's util/buildflags/cache.go). Throws `Error` that says what is wrong, without a
 * value that may be a secret.
 */
export function readCacheEntry(text: string): CacheEntry {
  const [fields = []] = parse(text, { relax_quotes: true, trim: true }) as string[][]
  if (fields.length === 1 && fields[0] && !fields[0].includes('='))
    return { type: 'registry', attributes: { ref: fields[0] } }
  const pairs = fields.map((field) => {
    const at = field.indexOf('=')
    if (at <= 0) throw new Error('each part is KEY=VALUE, separated by commas')
    return [field.slice(0, at).toLowerCase(), field.slice(at + 1)] as const
  })
  const { type, ...attributes } = Object.fromEntries(pairs)
  if (!type) throw new Error('it has no type')
  return { type, attributes }
}

/** Values of an entry that must never be shown. */
export function secretsOf({ attributes }: CacheEntry): string[] {
  return Object.entries(attributes).flatMap(([name, value]) => (secrets.test(name) && value ? [value] : []))
}

/** What two exports must not share, as text; null for what is written into the image itself. */
export function destinationOf({ type, attributes }: CacheEntry): string | null {
  const of = (names: readonly string[]) =>
    `type=${type}${names.map((name) => `,${name}=${attributes[name] ?? ''}`).join('')}`
  switch (type) {
    case 'inline':
      return null
    case 'registry':
      return of(['ref'])
    case 'local':
      return of(['dest'])
    case 'gha':
      return of(['scope'])
    default:
      return of(['bucket', 'account_url', 'container', 'prefix', 'name'].filter((name) => attributes[name]))
  }
}
