import { changeOf, placeOf } from './diff-package.ts'
import {
  type ChangeKind,
  type ComparedLock,
  type ComparedPackage,
  changeKinds,
  type DiffEntry,
  type LockDiff,
} from './diff-types.ts'
import type { Lock } from './types.ts'

/** Two states of an image's lock; null where there is none. `sizes`: bytes of archives by URL, as far as they are known. */
export interface Comparison {
  readonly image: string
  readonly before: ComparedLock | null
  readonly after: ComparedLock | null
  readonly sizes?: ReadonlyMap<string, number>
}

/** A lock as `diffLocks` takes it. */
export function comparedLock({ metadata, packages }: Lock): ComparedLock {
  return { platforms: metadata.platforms, channels: metadata.channels.map(({ url }) => url), packages }
}

/** What differs, a diff for each platform that one of the locks has, in the order of the newer one. */
export function diffLocks(comparison: Comparison): LockDiff[] {
  const { before, after } = comparison
  const platforms = new Set([...(after?.platforms ?? []), ...(before?.platforms ?? [])])
  return [...platforms].map((platform) => diffPlatform(comparison, platform))
}

/** Whether nothing differs. */
export function isSame(diff: LockDiff): boolean {
  return changeKinds.every((kind) => diff[kind].length === 0)
}

/** The shape that `diff --format json` prints. */
export function diffJson(diffs: readonly LockDiff[]): unknown[] {
  const plain = (entries: readonly DiffEntry[]) => entries.map(({ name, from, to }) => ({ name, from, to }))
  return diffs.map((diff) => ({
    image: diff.image,
    platform: diff.platform,
    ...Object.fromEntries(changeKinds.map((kind) => [kind, plain(diff[kind])])),
  }))
}

function diffPlatform({ image, before, after, sizes }: Comparison, platform: string): LockDiff {
  const [old, now] = [packagesOf(before, platform), packagesOf(after, platform)]
  const found: Record<ChangeKind, DiffEntry[]> = { added: [], removed: [], upgraded: [], downgraded: [], rebuilt: [] }
  const bytes: (number | null)[] = []
  for (const key of [...new Set([...old.keys(), ...now.keys()])].sort()) {
    const [from, to] = [old.get(key) ?? null, now.get(key) ?? null]
    const kind = changeOf(from, to)
    if (kind === null) continue
    found[kind].push(entryOf(kind, from, to))
    bytes.push(sizeOf(to, sizes), negative(sizeOf(from, sizes)))
  }
  return {
    ...{ image, platform, ...found },
    ...{ before: old.size, after: now.size },
    size: bytes.reduce((sum, size) => (sum === null || size === null ? null : sum + size), 0),
    channels: channelsOf(before, after),
  }
}

/** By name and manager: a package in several categories stands in a lock several times. */
function packagesOf(lock: ComparedLock | null, platform: string): Map<string, ComparedPackage> {
  const own = (lock?.packages ?? []).filter((one) => one.platform === platform)
  return new Map(own.map((one) => [`${one.name} ${one.manager}`, one]))
}

function entryOf(kind: ChangeKind, from: ComparedPackage | null, to: ComparedPackage | null): DiffEntry {
  const { name, manager } = (to ?? from) as ComparedPackage
  const [placeBefore, placeAfter] = [from && placeOf(from), to && placeOf(to)]
  const text = (one: ComparedPackage | null) =>
    one && (kind === 'rebuilt' ? [one.version, buildOf(one)].filter(Boolean).join(' ') : one.version)
  return {
    ...{ name, manager, from: text(from), to: text(to) },
    major: ['upgraded', 'downgraded'].includes(kind) && majorOf(from?.version) !== majorOf(to?.version),
    channel: placeBefore && placeAfter && placeBefore !== placeAfter ? { from: placeBefore, to: placeAfter } : null,
  }
}

/** Epoch and first number; null for a year, with which nothing breaks by itself. */
function majorOf(version = ''): string | null {
  const [, epoch = '', number = ''] = /^(\d+!)?v?(\d*)/.exec(version) ?? []
  return /^(19|20)\d\d(\d{4})?$/.test(number) ? null : `${epoch}${number.replace(/^0+(?=\d)/, '')}`
}

/** conda's build string, from the archive's name; empty for a wheel. */
function buildOf({ manager, url }: ComparedPackage): string {
  const file = url.slice(url.lastIndexOf('/') + 1).replace(/\.(conda|tar\.bz2)$/, '')
  return manager === 'conda' ? file.slice(file.lastIndexOf('-') + 1) : ''
}

function sizeOf(one: ComparedPackage | null, sizes: Comparison['sizes']): number | null {
  return one === null ? 0 : (sizes?.get(one.url) ?? null)
}

function negative(size: number | null): number | null {
  return size === null ? null : -size
}

function channelsOf(before: ComparedLock | null, after: ComparedLock | null): LockDiff['channels'] {
  const [old, now] = [before?.channels, after?.channels]
  if (!old || !now) return { added: [], removed: [] }
  return { added: now.filter((one) => !old.includes(one)), removed: old.filter((one) => !now.includes(one)) }
}
