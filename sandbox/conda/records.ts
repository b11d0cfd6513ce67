import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'

/** The subdirs that the channel has. */
export const subdirs = ['linux-64', 'linux-aarch64', 'noarch', 'osx-64', 'osx-arm64'] as const

/** One of the channel's subdirs. */
export type Subdir = (typeof subdirs)[number]

/** A package as repodata describes it (docs.conda.io, "repodata.json"). Hashes are hexadecimal, `size` is in bytes. */
export interface PackageRecord {
  readonly name: string
  readonly version: string
  readonly build: string
  readonly build_number: number
  readonly depends: readonly string[]
  readonly subdir: string
  readonly noarch?: 'python' | 'generic'
  readonly md5: string
  readonly sha256: string
  readonly size: number
}

/** What a subdir's repodata.json holds: `.tar.bz2` files in `packages`, `.conda` files in `packages.conda`. */
export interface Repodata {
  readonly info: { readonly subdir: string }
  readonly packages: Readonly<Record<string, PackageRecord>>
  readonly 'packages.conda': Readonly<Record<string, PackageRecord>>
  readonly removed: readonly string[]
  readonly repodata_version: number
}

/** The folder with the recorded repodata of conda-forge. */
const dataDir = join(import.meta.dirname, 'data')

/** The recorded repodata of a subdir, compressed as it is stored. */
export function readRecorded(subdir: Subdir): Buffer {
  return readFileSync(join(dataDir, subdir, 'repodata.json.zst'))
}

/** Repodata from its compressed form. */
export function parseRepodata(compressed: Uint8Array): Repodata {
  return JSON.parse(zstdDecompressSync(compressed).toString('utf8')) as Repodata
}

/** All records of a subdir with their file names, `.tar.bz2` first. */
export function entriesOf(repodata: Repodata): [filename: string, record: PackageRecord][] {
  return [...Object.entries(repodata.packages), ...Object.entries(repodata['packages.conda'])]
}
