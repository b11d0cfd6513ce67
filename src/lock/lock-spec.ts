import { posix } from 'node:path'
import { ActionError } from '../errors.ts'
import { type Environment, readEnvironment } from './environment.ts'
import { type Listed, longestList, mergeLists, mergeSpecs } from './merge-specs.ts'
import { knownPlatforms } from './selectors.ts'
import type { Channel, LockSpec, Spec } from './types.ts'
import { defaultVirtualPackages, type VirtualPackages } from './virtual-packages.ts'

/** A file of the repository as text. */
export interface SourceFile {
  readonly file: string
  readonly text: string
}

/** Makes `readEnvironment` that reads a file once for all locks that are made from it. */
export function environmentReader(): (source: SourceFile) => Environment {
  const known = new Map<string, { text: string; environment: Environment }>()
  return (source) => {
    const found = known.get(source.file)
    if (found?.text === source.text) return found.environment
    const environment = readEnvironment(source)
    known.set(source.file, { text: source.text, environment })
    return environment
  }
}

/**
 * What the sources of a lock ask for together, as conda-lock puts it. `platforms`: those to be locked; empty, those that the
 * environments name, else linux-64. `virtualPackages`: the set of virtual-packages.yml, null for the default. Throws
 * ActionError('lock').
 */
export function makeLockSpec(question: {
  readonly files: readonly SourceFile[]
  readonly platforms: readonly string[]
  readonly virtualPackages: VirtualPackages | null
  readonly read?: (source: SourceFile) => Environment
}): LockSpec {
  const { files, virtualPackages, read = readEnvironment } = question
  for (const { file } of files) refuseForeign(file)
  const environments = files.map(read)
  const platforms = platformsOf(question.platforms, environments)
  return {
    sources: [...new Set(files.map(({ file }) => file))],
    ...channelsOf(environments),
    platforms,
    specs: mergedSpecs(platforms, environments),
    virtualPackages:
      virtualPackages === null
        ? perPlatform(platforms, (platform) => defaultVirtualPackages(platform))
        : { ...perPlatform(platforms, () => []), ...virtualPackages },
    pipRepositories: mergeLists(
      environments.map(({ file, pipRepositories }) => ({ file, items: pipRepositories })),
      'pip repositories',
    ),
    ...(environments.every(({ allowPypiRequests }) => allowPypiRequests) ? {} : { allowPypiRequests: false }),
  }
}

/** Platforms for which all sources have the same lists share one merged list. */
function mergedSpecs(platforms: readonly string[], environments: readonly Environment[]): LockSpec['specs'] {
  const known: { lists: readonly (readonly Spec[])[]; merged: readonly Spec[] }[] = []
  return perPlatform(platforms, (platform) => {
    const lists = environments.map(({ specs }) => specs(platform))
    const same = known.find((one) => one.lists.every((list, at) => list === lists[at]))
    if (same) return same.merged
    const merged = mergeSpecs(lists)
    known.push({ lists, merged })
    return merged
  })
}

function platformsOf(asked: readonly string[], environments: readonly Environment[]): string[] {
  const named = asked.length > 0 ? asked : environments.flatMap(({ platforms }) => platforms)
  const platforms = [...new Set(named.length > 0 ? named : ['linux-64'])]
  const unknown = platforms.find((platform) => !knownPlatforms.includes(platform))
  if (unknown === undefined) return platforms
  const from = environments.find((environment) => environment.platforms.includes(unknown))
  throw new ActionError(
    'lock',
    `${from ? `${from.file}: ` : ''}${unknown} is no platform that a lock can be made for`,
    [`Platforms: ${knownPlatforms.join(', ')}`],
  )
}

/** `nodefaults` says nothing, as no channel is taken that is not named; only locks of conda-lock 1 tell whether it stood there. */
function channelsOf(environments: readonly Environment[]): Pick<LockSpec, 'channels' | 'writtenChannels'> {
  const written = environments.map(({ file, channels }) => ({ file, items: channels }))
  const real = written.map(({ file, items }) => ({ file, items: items.filter((channel) => !isNodefaults(channel)) }))
  const channels = mergeLists(real, 'channels')
  const old: { longest: Listed<Channel>; stranger: Listed<Channel> | null } = longestList(written)
  return old.stranger || !old.longest.items.some(isNodefaults)
    ? { channels }
    : { channels, writtenChannels: old.longest.items }
}

function isNodefaults({ url }: Channel): boolean {
  return url === 'nodefaults'
}

function perPlatform<T>(platforms: readonly string[], make: (platform: string) => T): Record<string, T> {
  return Object.fromEntries(platforms.map((platform) => [platform, make(platform)]))
}

/** Why only the program conda-lock can read a source, null for an environment file. */
export function foreignSource(file: string): string | null {
  const name = posix.basename(file)
  if (name === 'pyproject.toml' || name === 'pixi.toml' || name === 'meta.yaml') return name
  return name.endsWith('.toml') ? 'a TOML file' : null
}

function refuseForeign(file: string): void {
  const what = foreignSource(file)
  if (what === null) return
  throw new ActionError('lock', `${file}: a lock is not made from ${what} here`, [
    'Packages are read from environment.yml files; pyproject.toml and meta.yaml can only be read by conda-lock itself',
    'Name the packages in an environment.yml, or set lock-engine: conda-lock',
  ])
}
