import { compareVersions, parseVersion } from '../lock/version.ts'

/** What a tag or commit locks, for the packages that are asked about. */
export interface LockedState {
  /** `2026.11.21`, or a commit's seven characters. */
  readonly label: string
  /** Image → package → version, of its first platform. */
  readonly images: ReadonlyMap<string, ReadonlyMap<string, string>>
}

/** A version of a package, and since when each image has it. */
export interface FirstSeen {
  readonly package: string
  readonly version: string
  /** Image → the label of the oldest state that has it. */
  readonly since: Readonly<Record<string, string>>
}

/**
 * Since which tag each image has each version of some packages: packages in the order that was asked for, versions newest first.
 * `oldestFirst` are the states in their order in time.
 */
export function firstSeen(oldestFirst: readonly LockedState[], packages: readonly string[]): FirstSeen[] {
  return packages.flatMap((name) => {
    const versions = new Map<string, Map<string, string>>()
    for (const { label, images } of oldestFirst)
      for (const [image, locked] of images) {
        const version = locked.get(name)
        if (version === undefined) continue
        const since = versions.get(version) ?? new Map<string, string>()
        versions.set(version, since)
        if (!since.has(image)) since.set(image, label)
      }
    return [...versions]
      .toSorted(([one], [other]) => newerFirst(one, other))
      .map(([version, since]) => ({ package: name, version, since: Object.fromEntries(since) }))
  })
}

/** As conda orders versions; what is none to it, in the order of characters. */
function newerFirst(one: string, other: string): number {
  const [a, b] = [parseVersion(one), parseVersion(other)]
  if (a && b) return compareVersions(b, a)
  return one < other ? 1 : one > other ? -1 : 0
}
