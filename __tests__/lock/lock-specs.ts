import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { zstdDecompressSync } from 'node:zlib'
import { makeLockSpec, type SourceFile } from '../../src/lock/lock-spec.ts'
import type { LockSpec } from '../../src/lock/types.ts'
import { readVirtualPackages } from '../../src/lock/virtual-packages.ts'

const folder = new URL('../fixtures/lock-specs/', import.meta.url)

/** A case of cases.json. */
export interface Case {
  readonly name: string
  readonly files: Readonly<Record<string, string>>
  readonly platforms: readonly string[]
  readonly beside?: Readonly<Record<string, string>>
}

/** A real lock: what it was made from, and the recipe of each platform's content hash. */
export interface PastLock {
  readonly commit: string
  readonly date: string
  readonly lock: string
  readonly head: string
  readonly files: Readonly<Record<string, string>>
  readonly recipes: Readonly<Record<string, string | null>>
}

/** A file of fixtures/lock-specs as data. */
export function fixture<T>(name: string): T {
  return JSON.parse(readFileSync(fileURLToPath(new URL(name, folder)), 'utf8'))
}

/** The real locks of history.json.zst, oldest first. */
export function pastLocks(): PastLock[] {
  const packed = readFileSync(fileURLToPath(new URL('history.json.zst', folder)))
  const { locks, texts } = JSON.parse(zstdDecompressSync(packed).toString())
  type Packed = Omit<PastLock, 'head' | 'files'> & { head: number; files: Record<string, number> }
  return locks.map((lock: Packed) => ({
    ...lock,
    head: texts[lock.head],
    files: Object.fromEntries(Object.entries(lock.files).map(([file, at]) => [file, texts[at]])),
  }))
}

/** The spec of a case. */
export function specOfCase({ files, platforms, beside }: Omit<Case, 'name'>): LockSpec {
  const text = beside?.['virtual-packages.yml']
  return makeLockSpec({
    files: sources(files),
    platforms,
    virtualPackages: text === undefined ? null : readVirtualPackages({ file: 'virtual-packages.yml', text }),
  })
}

/** `{path: text}` as the list of files that readers take. */
export function sources(files: Readonly<Record<string, string>>): SourceFile[] {
  return Object.entries(files).map(([file, text]) => ({ file, text }))
}

/** The spec of one environment with these lines of dependencies. */
export function specOf(dependencies: string, platforms: readonly string[] = ['linux-64']): LockSpec {
  return specOfCase({ files: { 'environment.yml': environment(dependencies) }, platforms })
}

/** The text of an environment.yml. */
export function environment(dependencies: string, head = 'channels: [conda-forge]'): string {
  return `${head}\ndependencies:\n${dependencies}\n`
}
