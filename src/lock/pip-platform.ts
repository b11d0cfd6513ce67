import { ActionError } from '../errors.ts'
import type { MarkerEnvironment } from './pip-marker.ts'
import type { VirtualPackage } from './types.ts'

/** What a platform of conda is to Python packages. */
export interface PipPlatform {
  /** uv's name of it, for `--python-platform`. */
  readonly uv: string
  /** Platform tags of wheels that can be installed there, whatever their version. */
  readonly tags: RegExp
  /** The variables of PEP 508 markers that it sets. */
  readonly environment: MarkerEnvironment
}

/** conda-lock's own choice (pypi_solver.py, MACOS_VERSION), whatever `__osx` is: the oldest macOS that wheels are taken for. */
export const macosVersion = '13.4'
/** The glibc that conda-lock takes where no virtual package names one (pypi_solver.py, MANYLINUX_TAGS). */
const defaultGlibc: Glibc = [2, 28]
/** Those that uv has a name for, newest first. */
const knownGlibc: readonly Glibc[] = [40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 28, 17].map((minor) => [2, minor])

type Glibc = readonly [major: number, minor: number]

const linux = { sys_platform: 'linux', platform_system: 'Linux', os_name: 'posix' }
const macos = { sys_platform: 'darwin', platform_system: 'Darwin', os_name: 'posix' }
const windows = { sys_platform: 'win32', platform_system: 'Windows', os_name: 'nt' }

interface Known {
  /** As Python names it. */
  readonly machine: string
  readonly uv: string
  readonly system: MarkerEnvironment
  readonly tags: RegExp
}

const platforms: ReadonlyMap<string, Known> = new Map([
  ['linux-64', { machine: 'x86_64', uv: 'x86_64-manylinux', system: linux, tags: /^(any|(many)?linux.*_x86_64)$/ }],
  [
    'linux-aarch64',
    { machine: 'aarch64', uv: 'aarch64-manylinux', system: linux, tags: /^(any|(many)?linux.*_aarch64)$/ },
  ],
  [
    'osx-64',
    {
      machine: 'x86_64',
      uv: 'x86_64-apple-darwin',
      system: macos,
      tags: /^(any|macosx_.*_(x86_64|universal2|intel))$/,
    },
  ],
  [
    'osx-arm64',
    { machine: 'arm64', uv: 'aarch64-apple-darwin', system: macos, tags: /^(any|macosx_.*_(arm64|universal2))$/ },
  ],
  ['win-64', { machine: 'AMD64', uv: 'x86_64-pc-windows-msvc', system: windows, tags: /^(any|win_amd64)$/ }],
])

/** A platform and its virtual packages → what uv and markers are told. Throws ActionError('solve') where no wheel could fit. */
export function pipPlatform(platform: string, virtual: readonly VirtualPackage[], python: string): PipPlatform {
  const known = platforms.get(platform)
  if (!known)
    throw new ActionError('solve', `pip packages cannot be resolved for ${platform}`, [
      `uv knows ${[...platforms.keys()].join(', ')}; take the packages from conda, or use lock-engine: conda-lock`,
    ])
  return {
    uv: known.system === linux ? `${known.uv}_${glibcOf(platform, virtual).join('_')}` : known.uv,
    tags: known.tags,
    environment: {
      ...known.system,
      platform_machine: known.machine,
      python_version: python.split('.').slice(0, 2).join('.'),
      python_full_version: python,
      implementation_name: 'cpython',
      implementation_version: python,
      platform_python_implementation: 'CPython',
    },
  }
}

/** The newest glibc with a name that is not newer than the machine's; the oldest of several `__glibc`, as conda-lock does. */
function glibcOf(platform: string, virtual: readonly VirtualPackage[]): Glibc {
  const found = virtual
    .filter(({ name }) => name === '__glibc')
    .map(({ version }): Glibc => [Number(version.split('.')[0]), Number(version.split('.')[1] ?? 0)])
  const oldest = found.sort(byAge)[0] ?? defaultGlibc
  const glibc = knownGlibc.find((one) => byAge(one, oldest) <= 0)
  if (glibc) return glibc
  throw new ActionError('solve', `pip packages cannot be resolved for ${platform} with glibc ${oldest.join('.')}`, [
    'wheels are taken for glibc 2.17 and newer: raise __glibc in virtual-packages.yml',
  ])
}

function byAge(a: Glibc, b: Glibc): number {
  return a[0] - b[0] || a[1] - b[1]
}
