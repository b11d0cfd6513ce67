/** What names an entry of the cache service. */
export interface CacheKey {
  /** What all entries of a kind begin with; ends with a hyphen. */
  readonly prefix: string
  readonly bytes: number
  /** sha256 of the contents, hexadecimal. */
  readonly content: string
  /** GITHUB_RUN_ATTEMPT. */
  readonly attempt: string
}

/**
 * `<prefix><MiB>-<content>-<attempt>`: the size is known before the download, the same contents have the same name. Entries
 * cannot be changed: with its attempt in the name, a run that is repeated can replace a damaged one.
 */
export function cacheKey({ prefix, bytes, content, attempt }: CacheKey): string {
  const number = /^\d{1,6}$/.test(attempt) ? attempt : '1'
  return `${prefix}${Math.ceil(bytes / 2 ** 20)}-${content.slice(0, 16)}-${number}`
}

/** MiB, null for a key of another form. */
export function sizeOfKey(key: string): number | null {
  const size = /-(\d{1,6})-[0-9a-f]{16}-\d{1,6}$/.exec(key)?.[1]
  return size === undefined ? null : Number(size)
}

/** The beginning of the contents' digest, null for a key of another form. */
export function contentOfKey(key: string): string | null {
  return /-([0-9a-f]{16})-\d{1,6}$/.exec(key)?.[1] ?? null
}

/** Whether an entry was made of those contents. */
export function isKeyOf(key: string, content: string): boolean {
  return contentOfKey(key) === content.slice(0, 16)
}
