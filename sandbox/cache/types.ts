/** A scope of cache entries as GitHub's tokens name it: a ref, and whether the run may write there (permission 3) or only read (1). */
export interface CacheScope {
  /** `refs/heads/main`, `refs/pull/1/merge` */
  readonly ref: string
  readonly write: boolean
}

/** An entry that was stored whole. */
export interface CacheEntry {
  readonly id: number
  readonly key: string
  /** Hash of the paths and the compression, made by the client: entries of another one do not fit. */
  readonly version: string
  readonly ref: string
  readonly content: Buffer
}

/** What the service was asked: a call of its own, or a blob. */
export interface CacheRequest {
  readonly method: 'CreateCacheEntry' | 'FinalizeCacheEntryUpload' | 'GetCacheEntryDownloadURL' | 'upload' | 'download'
  /** Key of the entry; of a lookup, the first one that is asked for. */
  readonly key: string
  /** How many requests of this method came before. */
  readonly at: number
}

/**
 * What goes wrong with a request: an answer with another status, a connection that is cut after so many bytes of the body, no answer
 * at all, one that takes its time, or a blob with other bytes.
 */
export type CacheFault =
  | { readonly status: number; readonly headers?: Readonly<Record<string, string>> }
  | { readonly cutAfter: number }
  | { readonly silence: true }
  | { readonly delay: number }
  | { readonly content: (bytes: Buffer) => Buffer }

/** How the service behaves. */
export interface CacheOptions {
  /** Decides by request what goes wrong; undefined for all is well. */
  readonly fault?: (request: CacheRequest) => CacheFault | undefined
  /** Bytes of all entries together; beyond, the longest unused ones go. Default 10 GiB, as on GitHub. */
  readonly limit?: number
  /** Milliseconds that a signed address is good for; default one hour. */
  readonly signed?: number
}

/** A running cache service. */
export interface CacheService extends AsyncDisposable {
  readonly url: string
  /** Variables of a run whose token has these scopes, in the order in which they are searched. */
  env(scopes: readonly CacheScope[]): Readonly<Record<string, string>>
  entries(): readonly CacheEntry[]
  /** Stores an entry past the client: what somebody else's program put there. */
  store(entry: Omit<CacheEntry, 'id'>): void
  remove(id: number): void
  requests(): readonly CacheRequest[]
  /** What clients sent that the service's own messages do not allow. */
  problems(): readonly string[]
}
