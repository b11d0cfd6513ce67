import { YamlFile } from './environment-yaml.ts'
import { knownPlatforms } from './selectors.ts'
import type { VirtualPackage } from './types.ts'

/** Virtual packages by platform; `noarch` stands there where a file names it. */
export type VirtualPackages = Readonly<Record<string, readonly VirtualPackage[]>>

/** The build of a virtual package that has no build string: conda's build number. */
export const noBuild = '0'

const architectures: Readonly<Record<string, string>> = {
  'linux-64': 'x86_64',
  'linux-aarch64': 'aarch64',
  'linux-ppc64le': 'ppc64le',
  'osx-64': 'x86_64',
  'osx-arm64': 'arm64',
  'win-64': 'x86_64',
}

/** What conda-lock takes for granted of a machine (default-virtual-packages.yaml of 4.0.3); before 2.4 a glibc of 2.17. */
export function defaultVirtualPackages(platform: string, glibc = '2.28'): VirtualPackage[] {
  const archspec = { name: '__archspec', version: '1', build: architectures[platform] ?? '' }
  const plain = (name: string, version: string) => ({ name, version, build: noBuild })
  const cuda = plain('__cuda', '11.4')
  if (platform === 'win-64') return [plain('__win', '0'), archspec, cuda]
  const unix = plain('__unix', '0')
  if (platform.startsWith('osx-')) return [unix, archspec, plain('__osx', '11.0')]
  return [unix, plain('__linux', '5.10'), archspec, plain('__glibc', glibc), cuda]
}

/**
 * Reads virtual-packages.yml: `subdirs: {linux-64: {packages: {__cuda: "12.0"}}}`, a build string behind a space. It replaces
 * the whole default set. Throws ActionError('lock') with file and line.
 */
export function readVirtualPackages({ file, text }: { file: string; text: string }): VirtualPackages {
  const yaml = new YamlFile(file, text)
  const subdirs = yaml.top.get('subdirs')
  if (subdirs === undefined) throw yaml.fail(null, 'no subdirs', 'It needs `subdirs: {linux-64: {packages: {…}}}`')
  const byPlatform = yaml.mapping(subdirs, 'subdirs')
  const found = [...knownPlatforms, 'noarch'].flatMap((platform) => {
    const node = byPlatform.get(platform)
    return node === undefined ? [] : [[platform, packagesOf(yaml, node)] as const]
  })
  return Object.fromEntries(found)
}

function packagesOf(yaml: YamlFile, node: Parameters<YamlFile['mapping']>[0]): VirtualPackage[] {
  const packages = yaml.mapping(node, 'a platform').get('packages')
  if (packages === undefined) throw yaml.fail(node, 'a platform without packages', 'It needs `packages:`')
  return [...yaml.mapping(packages, 'packages')].map(([name, value]) => {
    if (!name.startsWith('__')) throw yaml.fail(value, `${name} is not a virtual package`, 'Their names begin with __')
    const [version = '', ...build] = yaml.text(value, `the version of ${name}`).split(' ')
    return { name, version, build: build.join(' ') || noBuild }
  })
}

/**
 * What a solver is told of a machine: what a lock's own file names, and of the rest the default. With the file alone a lock
 * that names `__cuda` would be for a machine without a C library.
 */
export function virtualPackagesForSolve(platform: string, given: readonly VirtualPackage[]): VirtualPackage[] {
  const named = new Set(given.map(({ name }) => name))
  return [...given, ...defaultVirtualPackages(platform).filter(({ name }) => !named.has(name))]
}

/** Whether a set is the one that holds where no file says otherwise. */
export function isDefault(platform: string, packages: readonly VirtualPackage[]): boolean {
  return JSON.stringify(packages) === JSON.stringify(defaultVirtualPackages(platform))
}
