/** A kind of package: conda's or Python's. */
export type Manager = 'conda' | 'pip'

/** A channel as a lock names it: `conda-forge` or its URL, and the variables of the environment that its URL uses. */
export interface Channel {
  readonly url: string
  readonly usedEnvVars: readonly string[]
}

/** Where a person wrote something: a file relative to the repository's root, a line from 1. */
export interface Origin {
  readonly file: string
  readonly line: number
}

/** A conda package that an environment asks for, in conda-lock's reading of conda's match spec. */
export interface CondaSpec {
  readonly manager: 'conda'
  readonly name: string
  /** As conda's MatchSpec gives it: `1.2.*` for `=1.2`, `1.2` for `==1.2`, `` without one. */
  readonly version: string
  readonly build: string | null
  /** Set by `channel::name`. */
  readonly condaChannel: string | null
  readonly subdirectory: string | null
  readonly category: string
  readonly origin: Origin
}

/** A Python package that an environment's `pip:` list asks for. */
export interface PipSpec {
  readonly manager: 'pip'
  /** Normalised as PEP 503 says. */
  readonly name: string
  /** In small letters but as written, where that differs: conda-lock 1 hashed it. */
  readonly writtenName?: string
  /** PEP 440's specifier, `` without one; for a URL or VCS requirement what conda-lock puts there. */
  readonly version: string
  readonly extras: readonly string[]
  /** The whole address of a direct, VCS or path requirement, null for one from an index. */
  readonly url: string | null
  readonly markers: string | null
  readonly hash: string | null
  readonly category: string
  readonly origin: Origin
}

/** What an environment asks for. */
export type Spec = CondaSpec | PipSpec

/** A virtual package that the machine of the image has, e.g. `__glibc` 2.28, build string `0`. */
export interface VirtualPackage {
  readonly name: string
  readonly version: string
  readonly build: string
}

/** What the sources of one lock ask for together: the input of a solve and of the content hash. */
export interface LockSpec {
  /** Environment files, relative to the repository's root, in the order that they were given. */
  readonly sources: readonly string[]
  readonly channels: readonly Channel[]
  /** The same with `nodefaults`, where a source names it: the recipes of conda-lock 1 count it. */
  readonly writtenChannels?: readonly Channel[]
  readonly platforms: readonly string[]
  /** Per platform: specs after selectors and merging; a name of one manager stands once, the last source wins. */
  readonly specs: Readonly<Record<string, readonly Spec[]>>
  readonly virtualPackages: Readonly<Record<string, readonly VirtualPackage[]>>
  /** pip repositories (`pip-repositories`) as written. */
  readonly pipRepositories: readonly string[]
  /** False where a source says `allow-pypi-requests: false`: Python packages come from `pipRepositories` alone. */
  readonly allowPypiRequests?: boolean
}

/** One package of a lock on one platform: an entry of conda-lock's v1 format. */
export interface LockedPackage {
  readonly name: string
  readonly version: string
  readonly manager: Manager
  /** conda's name of it: `linux-64`. */
  readonly platform: string
  /** Name → version constraint as the entry writes it, in the entry's order. */
  readonly dependencies: Readonly<Record<string, string>>
  readonly url: string
  readonly hash: { readonly md5?: string; readonly sha256?: string }
  readonly category: string
  readonly optional: boolean
  /** pip's url sources alone. */
  readonly source?: { readonly type: string; readonly url: string }
  /** Written by some versions. */
  readonly build?: string
}

/** `metadata` of conda-lock.yml. The three optional parts are kept as they were read. */
export interface LockMetadata {
  readonly contentHash: Readonly<Record<string, string>>
  readonly channels: readonly Channel[]
  readonly platforms: readonly string[]
  /** Relative to the lock's folder, as written; POSIX. */
  readonly sources: readonly string[]
  readonly timeMetadata?: unknown
  readonly gitMetadata?: unknown
  readonly inputsMetadata?: unknown
  readonly customMetadata?: unknown
}

/** conda-lock.yml, version 1, of whichever generation wrote it. */
export interface Lock {
  readonly metadata: LockMetadata
  readonly packages: readonly LockedPackage[]
}

/** A package as a channel's repodata describes it: the answer of a solve. */
export interface CondaRecord {
  readonly name: string
  readonly version: string
  readonly build: string
  readonly buildNumber: number
  readonly subdir: string
  /** At the channel's own address, also where a mirror was asked. */
  readonly url: string
  readonly md5: string | null
  readonly sha256: string | null
  readonly depends: readonly string[]
  readonly constrains: readonly string[]
  /** Bytes of the archive. */
  readonly size: number | null
  /** Milliseconds since 1970. */
  readonly timestamp: number | null
}

/** How a solve treats what was locked before. */
export interface Keep {
  /** Records of the old lock: `prefer` keeps each wherever it still solves. Empty: the newest of everything. */
  readonly packages: readonly LockedPackage[]
  /** Names that are set free though the rest is kept (`update: pkg,pkg`). */
  readonly update: readonly string[]
}

/** One platform of one lock, to be solved. */
export interface SolveRequest {
  readonly platform: string
  readonly channels: readonly Channel[]
  readonly specs: readonly CondaSpec[]
  readonly virtualPackages: readonly VirtualPackage[]
  readonly keep: Keep
  /** Packages made after this moment are not taken; milliseconds since 1970, null for no limit. */
  readonly excludeNewer: number | null
}

/**
 * A solver of conda packages. Gives one answer for each request, in order: the records, or an ActionError('solve') whose
 * details hold the solver's explanation and the lines of the environment files that asked.
 */
export interface CondaSolver {
  solve(requests: readonly SolveRequest[]): Promise<readonly (readonly CondaRecord[] | Error)[]>
}

/** Python packages of one platform of one lock, to be resolved on top of the conda packages that were chosen. */
export interface PipRequest {
  readonly platform: string
  readonly specs: readonly PipSpec[]
  readonly conda: readonly CondaRecord[]
  readonly virtualPackages: readonly VirtualPackage[]
  readonly repositories: readonly string[]
  /** False: `repositories` alone are asked. */
  readonly allowPypiRequests?: boolean
  readonly keep: Keep
  readonly excludeNewer: number | null
}

/** A Python package that was chosen; `dependencies` as conda-lock writes them. */
export interface PipRecord {
  readonly name: string
  readonly version: string
  readonly url: string
  readonly sha256: string | null
  readonly dependencies: Readonly<Record<string, string>>
}

/** A resolver of Python packages: wheels only, nothing of them is executed. Answers like `CondaSolver`. */
export interface PipSolver {
  solve(requests: readonly PipRequest[]): Promise<readonly (readonly PipRecord[] | Error)[]>
}

/** Whether the lock of one image and platform still says what its sources ask for. */
export interface Freshness {
  readonly image: string
  readonly platform: string
  readonly fresh: boolean
  /** In the reader's words: `the content hash is that of the sources (conda-lock 2.3's recipe)`. */
  readonly reason: string
}

/** A package that two locks hold in different versions. */
export interface PackageChange {
  readonly name: string
  readonly manager: Manager
  readonly from: string | null
  readonly to: string | null
}
