/** A tiny environment in place of an image's own: the names it begins with, and its lock's content hash a platform. */
export interface SmallEnvironment {
  readonly name: string
  readonly dependencies: readonly string[]
  /** Names of packages whose closure in the image's real lock is the small lock. */
  readonly roots: readonly string[]
  /** As conda-lock 4.0.3 computes them for these environment files. */
  readonly contentHash: Readonly<Record<string, string>>
}

const base = ['python', 'pip']
const pangeo = [...base, 'xarray', 'zarr']

/** The small environments by the image's folder. Their locks are subsets of the real ones, as fresh as those. */
export const smallEnvironments: Readonly<Record<string, SmallEnvironment>> = {
  'base-notebook': {
    name: 'notebook',
    dependencies: ['python=3.12', 'pip'],
    roots: base,
    contentHash: {
      'linux-64': '4a042f4703b34ce50a60a79b8a5d471908810ef7e4d0680e31616badfbb84f22',
      'linux-aarch64': '1ae222b176cba9da189ae9f8c0dd6e2c835a918fccb5b02886c737e93e39b500',
      'osx-64': '289e4c7467fab81e23f005e2eec0abf28a55b8695b88500e8714d49bbf179d4e',
      'osx-arm64': 'db0db5d904891591a1bcc20afaf6763bb28a0bc65926f6747d053ec32fd7bc63',
    },
  },
  'pangeo-notebook': {
    name: 'pangeo',
    dependencies: ['xarray', 'zarr>=3.0.8'],
    roots: pangeo,
    contentHash: {
      'linux-64': '1fd1fe6560e60c0763bcba04b75351997c4d658e301b8d24d36525cb863fac24',
      'linux-aarch64': '43824d81348f3c621b5a1616b8259a77b97383796440acb34b44fe0353148f77',
      'osx-64': '20e30b4ed99c15e4b366c227b553bf95bd34c5a280ea9da32cd0aa0433fc4dde',
      'osx-arm64': '1061b7be0b156c8159a6702ee7765406ac5afffc76913d6225b2f0a5f391a446',
    },
  },
  'ml-notebook': {
    name: 'pangeo',
    dependencies: ['ml_dtypes', 'opt_einsum'],
    roots: [...pangeo, 'ml_dtypes', 'opt_einsum'],
    contentHash: { 'linux-64': 'a35110b767f8832f9b8df194be4494564c2d09b68eeb174b9ee4f125107ba73d' },
  },
}

/** The small environment's files, from those of the image's real one. */
export interface LockFiles {
  readonly condaLock: string
  /** linux-64's. */
  readonly explicit: string
  readonly packages: string
}

interface LockedPackage {
  readonly name: string
  readonly platform: string
  readonly url: string
  /** Names of what it depends on (and the names of its hashes, which are no packages). */
  readonly needs: readonly string[]
  /** The entry as it stands in conda-lock.yml. */
  readonly text: string
}

/** The environment file of a small environment. */
export function smallEnvironmentFile({ name, dependencies }: SmallEnvironment): string {
  const list = dependencies.map((spec) => `  - ${spec}\n`).join('')
  return `name: ${name}\nchannels:\n  - conda-forge\n  - nodefaults\ndependencies:\n${list}`
}

/** The parts of an image's locks that the small environment needs, with its content hashes. */
export function smallLocks(files: LockFiles, small: SmallEnvironment): LockFiles {
  const [head = '', ...entries] = files.condaLock.split(/^(?=- )/m)
  const kept = closure(entries.map(readEntry), small.roots)
  const here = kept.filter(({ platform }) => platform === 'linux-64')
  const urls = new Set(here.map(({ url }) => url))
  const names = new Set(here.map(({ name }) => name))
  return {
    condaLock:
      withHashes(head, small.contentHash) + entries.filter((text) => kept.some((one) => one.text === text)).join(''),
    explicit: lines(files.explicit)
      .filter((line) => !line.includes('://') || urls.has(line.split('#')[0] ?? ''))
      .join('')
      .replace(/^(# input_hash: ).*$/m, (_, key: string) => key + small.contentHash['linux-64']),
    packages: lines(files.packages)
      .filter((line) => line.startsWith('#') || names.has(line.split('==')[0] ?? ''))
      .join(''),
  }
}

function lines(text: string): string[] {
  return text.split(/(?<=\n)/)
}

function readEntry(text: string): LockedPackage {
  const value = (key: string) => new RegExp(`^[- ] ${key}: '?([^'\n]+)`, 'm').exec(text)?.[1] ?? ''
  const needs = [...text.matchAll(/^ {4}([^ :]+):/gm)].map(([, name]) => name ?? '')
  return { name: value('name'), platform: value('platform'), url: value('url'), needs, text }
}

/** The named packages and all that they depend on, platform by platform. */
function closure(packages: readonly LockedPackage[], roots: readonly string[]): LockedPackage[] {
  const byPlatform = Map.groupBy(packages, ({ platform }) => platform)
  return [...byPlatform.values()].flatMap((ofPlatform) => {
    const byName = new Map(ofPlatform.map((one) => [one.name, one]))
    const found = new Set<LockedPackage>()
    const visit = (name: string): void => {
      const one = byName.get(name)
      if (!one || found.has(one)) return
      found.add(one)
      one.needs.forEach(visit)
    }
    roots.forEach(visit)
    return [...found]
  })
}

function withHashes(head: string, hashes: Readonly<Record<string, string>>): string {
  return Object.entries(hashes).reduce((text, [platform, hash]) => {
    return text.replace(new RegExp(`^( +${platform}: )[0-9a-f]{64}$`, 'm'), (_, key: string) => key + hash)
  }, head)
}
