import type { Rendering } from './explicit.ts'

/** A file and its text. */
export interface LockFile {
  readonly file: string
  readonly text: string
}

/** What a lock is held against. */
export interface LockRules {
  /** Channels that conda packages may come from: names at anaconda.org (`conda-forge`) or URLs. */
  readonly allowedChannels: readonly string[]
  /** Hosts that Python packages may come from: `files.pythonhosted.org`. */
  readonly allowedHosts: readonly string[]
  /** Platform → its explicit lock. */
  readonly explicit: Readonly<Record<string, LockFile>>
  /** packages.txt and the platform of the explicit lock that it was made from. */
  readonly packages?: LockFile & { readonly platform: string }
  /** How the explicit locks were rendered. */
  readonly rendering?: Pick<Rendering, 'dev' | 'extras'>
  /** Hashes that a channel or an index tells for a url, where they were read. */
  readonly known?: (url: string) => { readonly md5?: string | null; readonly sha256?: string | null } | null
}

/**
 * What kind of rule is broken: `unreadable` the file is no lock; `channel` from elsewhere than allowed; `url` names another package
 * than its entry; `hash` missing, malformed or not that of the same url elsewhere; `duplicate` locked twice; `platform` not
 * one that the lock names, or one without a hash; `render` another file says something else.
 */
export type LockRule = 'unreadable' | 'channel' | 'url' | 'hash' | 'duplicate' | 'platform' | 'render'

/** A rule that a lock breaks. */
export interface LockProblem {
  readonly rule: LockRule
  readonly file: string
  /** From 1. */
  readonly line: number
  /** The package's name, null where it is no package's. */
  readonly package: string | null
  readonly platform: string | null
  readonly message: string
  readonly remedy: string
}
