/** A way in which conda-lock has made content hashes. What is hashed else is the same in all (docs/locks.md). */
export interface Recipe {
  /** A version that hashes so, in the reader's words. */
  readonly name: string
  /** glibc of the default set of virtual packages. */
  readonly glibc: string
  /** Whether a spec has the keys `markers` and `subdirectory`: only where they say something, or always. */
  readonly markers: 'never' | 'where set' | 'always'
  /** Whether a spec has the key `hash`, and pip repositories count. */
  readonly hash: boolean
  /** Whether a virtual package with a build string (`__archspec`) carries the number 0 behind it. */
  readonly buildNumber: boolean
  /** Versions of Python packages: as PEP 440 writes them, or in conda's words (`=1.0`, `>=1.4,<1.5` for `~=1.4`). */
  readonly pip: 'PEP 440' | 'conda'
  /** conda-lock 1: one list of specs that name their platforms, `nodefaults` is a channel, pip's names are as written. */
  readonly first: boolean
  /** Whether the JSON of a channel has spaces. */
  readonly spacedChannels: boolean
}

const newest: Recipe = {
  name: 'conda-lock 4.0.3',
  glibc: '2.28',
  markers: 'where set',
  hash: true,
  buildNumber: true,
  pip: 'PEP 440',
  first: false,
  spacedChannels: false,
}
const third: Recipe = { ...newest, name: 'conda-lock 3.0.0', markers: 'always', buildNumber: false }
const second: Recipe = { ...newest, name: 'conda-lock 2.5', markers: 'never', pip: 'conda' }
const older: Recipe = { ...second, name: 'conda-lock 2.3', glibc: '2.17', hash: false }
const first: Recipe = { ...older, name: 'conda-lock 1.4 with pydantic 2', first: true }
const oldest: Recipe = { ...first, name: 'conda-lock 1.4', spacedChannels: true }

/** The one by which new locks are written. */
export const newestRecipe: Recipe = newest

/** Newest first. Without Python packages 2.5's is 4.0.3's. */
export const recipes: readonly Recipe[] = [newest, third, second, older, first, oldest]
