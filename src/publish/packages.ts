import type { Manifest } from '../check/types.ts'
import type { ComparedLock } from '../lock/diff-types.ts'
import type { PublishedImage, StackFile } from './stack-file.ts'

/** Versions by name, by the manager's name: `{conda: {numpy: '2.1.0'}}`. Untrusted text. */
export type PackageVersions = Readonly<Record<string, Readonly<Record<string, string>>>>

/**
 * Bytes of stack.json with the packages of all managers, and with those of conda and pip: the first is what a manifest may repeat, so
 * that it is read by one request, the second is what a run of any command can afford to read.
 */
const room = { system: 128 * 1024, any: 1024 * 1024 }
const longest = { name: 200, version: 100 }
/** Managers whose packages say what a user of the image can import. */
const environments = ['conda', 'pip']

/** An image's packages for stack.json: of pip those that conda did not install; a name with several versions has them all. */
export function packageVersions({ packages }: Pick<Manifest, 'packages'>): PackageVersions {
  const conda = new Set((packages.conda ?? []).map(({ name, version }) => `${plain(name)} ${version}`))
  return Object.fromEntries(
    Object.entries(packages).flatMap(([manager, list]) => {
      const own = list.filter(({ name, version }) => name.length <= longest.name && version.length <= longest.version)
      const rest = manager === 'pip' ? own.filter(({ name, version }) => !conda.has(`${plain(name)} ${version}`)) : own
      const versions = Map.groupBy(rest, ({ name }) => name)
      const texts = [...versions].map(([name, found]) => [name, found.map(({ version }) => version).join(', ')])
      return texts.length > 0 ? [[manager, Object.fromEntries(texts)]] : []
    }),
  )
}

/** A stack.json that is not too long to be read: the system's packages go first, then all. */
export function fitPackages(file: StackFile): StackFile {
  if (lengthOf(file) <= room.system) return file
  const some = withPackages(file, (packages) =>
    Object.fromEntries(Object.entries(packages).filter(([manager]) => environments.includes(manager))),
  )
  return lengthOf(some) <= room.any ? some : withPackages(file, () => ({}))
}

/** The packages that a stack.json says an image has, whatever else stands there; earlier ones have an empty list. */
export function versionsIn({ packages }: Pick<PublishedImage, 'packages'>): PackageVersions {
  return Object.fromEntries(
    Object.entries(objectOf(packages)).map(([manager, versions]) => [
      manager,
      Object.fromEntries(
        Object.entries(objectOf(versions)).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
      ),
    ]),
  )
}

/** The packages of conda and pip as a diff compares locks; null where none are known. */
export function comparedPackages(image: Pick<PublishedImage, 'packages'>): ComparedLock | null {
  const versions = versionsIn(image)
  const packages = (['conda', 'pip'] as const).flatMap((manager) =>
    Object.entries(versions[manager] ?? {}).map(([name, version]) => ({
      ...{ name, version, manager, platform: installed, url: '' },
    })),
  )
  return packages.length > 0 ? { platforms: [installed], channels: null, packages } : null
}

/** In place of a lock's platform: what was found in the image itself. */
const installed = 'in the image'

function withPackages(file: StackFile, change: (packages: PackageVersions) => PackageVersions): StackFile {
  return { ...file, images: file.images.map((image) => ({ ...image, packages: change(versionsIn(image)) })) }
}

function lengthOf(file: StackFile): number {
  return Buffer.byteLength(JSON.stringify(file))
}

/** `ruamel.yaml`, `ruamel_yaml` and `Ruamel-YAML` are one name: https://packaging.python.org/specifications/name-normalization/ */
function plain(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-')
}

function objectOf(value: unknown): object {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : {}
}
