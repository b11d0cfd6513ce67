/** A part of a manifest: `size` in bytes as it is stored. */
export interface StoredBlob {
  readonly digest: string
  readonly size: number
}

/** A manifest or an index of a repository, as far as what is removed depends on it. */
export interface KnownManifest {
  readonly digest: string
  /** Manifests that it needs: those of an index, and the one that it is about (`subject`). */
  readonly needs: readonly string[]
  /** The manifest that it is about (a signature, an attestation): it stays as long as that one. */
  readonly subject: string | null
  readonly blobs: readonly StoredBlob[]
  /** When it was made, milliseconds since 1970; null where neither annotations nor config tell. */
  readonly created: number | null
  /** Whether it is a cache of BuildKit, by the media type of its config. */
  readonly cache: boolean
}

/** All tags of a repository, and all manifests that they reach. */
export interface RepositoryContent {
  /** `quay.io/pangeo/base-image`. */
  readonly repository: string
  /** Tag → digest. */
  readonly tags: ReadonlyMap<string, string>
  readonly manifests: ReadonlyMap<string, KnownManifest>
}

/** What is removed. */
export interface CleanupRules {
  /** What stands before the tags of the images that are looked at: `` or `cuda12-`. */
  readonly prefixes: readonly string[]
  /** Milliseconds that a tag is kept in any case. */
  readonly olderThan: number
  /** How many of each kind are kept in any case, the newest. */
  readonly keep: number
  /** Globs of tags that are kept. */
  readonly exclude: readonly string[]
  /** The branch whose cache is kept, as `tagOf` gives it. */
  readonly branch: string | null
  /** Now, milliseconds since 1970. */
  readonly now: number
}

/** What becomes of a tag, and why in the reader's words. */
export interface TagVerdict {
  readonly tag: string
  readonly digest: string
  readonly kind: 'cache' | 'fingerprint'
  readonly remove: boolean
  readonly reason: string
  readonly created: number | null
  /** Bytes that nothing else in the repository needs, each counted with the first tag of the list that has them; 0 where it is kept. */
  readonly bytes: number
}

/** What was done about a tag: `would` in a dry run. */
export interface TagOutcome extends TagVerdict {
  readonly outcome: 'kept' | 'removed' | 'would' | 'failed'
}

/** A repository that was looked at. */
export interface CleanedRepository {
  readonly repository: string
  readonly tags: readonly TagOutcome[]
  /** Why it was not looked at or not done to its end; null where it was. */
  readonly error: string | null
}
