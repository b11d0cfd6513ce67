import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { zstdDecompressSync } from 'node:zlib'

const fixtures = join(import.meta.dirname, '../fixtures/locks')
const images = join(import.meta.dirname, '../../images')

/** The files of a lock at one commit; see fixtures/locks/README.md. */
export interface RealLock {
  readonly lock: string
  readonly explicit: string
  readonly packages: string
}

/** JSON of fixtures/locks, decompressed. */
export function fixture(name: string): unknown {
  return JSON.parse(zstdDecompressSync(readFileSync(join(fixtures, `${name}.json.zst`))).toString())
}

/** A lock of the fixtures, or of images/ where a folder of that name is there. */
export function realLock(name: string): RealLock {
  const file = name.endsWith('-notebook')
    ? (path: string) => readFileSync(join(images, name, path), 'utf8')
    : reader((fixture(name) as { files: Record<string, string> }).files)
  return { lock: file('conda-lock.yml'), explicit: file('conda-linux-64.lock'), packages: file('packages.txt') }
}

function reader(files: Readonly<Record<string, string>>) {
  return (path: string) => files[path] ?? ''
}

/** One lock of each generation; the last four are in the layout that conda-lock 3 and 4 write. */
export const generations = [
  '1.2',
  '1.4',
  '2.0-pip',
  '2.3',
  '2.5',
  '2.5-pip',
  '3.0',
  '4.0.3',
  'base-notebook',
  'pangeo-notebook',
]

/** Those that conda-lock 3 or 4 wrote: writing what was read gives the same bytes. */
export const today = ['3.0', '4.0.3', 'base-notebook', 'ml-notebook', 'pangeo-notebook']
