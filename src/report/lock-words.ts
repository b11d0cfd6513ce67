import { type ChangeKind, changeKinds, type DiffEntry, type LockDiff } from '../lock/diff-types.ts'
import { formatBytes } from './format.ts'

/** One package of a diff with the way in which it differs. */
export interface RankedEntry {
  readonly kind: ChangeKind
  readonly entry: DiffEntry
  /** Whether somebody asked to see it first. */
  readonly interesting: boolean
}

/** Platforms of one image that changed in the same way, and how. */
export interface DiffGroup {
  readonly image: string
  readonly platforms: readonly string[]
  readonly diff: LockDiff
}

const words: Readonly<Record<ChangeKind, string>> = {
  added: 'added',
  removed: 'removed',
  upgraded: 'up',
  downgraded: 'down',
  rebuilt: 'rebuilt',
}

/** What matters more comes first. */
const ranks: readonly ChangeKind[] = ['removed', 'downgraded', 'added', 'upgraded', 'rebuilt']

/** `2 added, 5 up (1 major), 1 down, +38 MB`; `nothing changed` where it is so. */
export function changeCounts(diff: LockDiff): string {
  const counts = changeKinds
    .filter((kind) => diff[kind].length > 0)
    .map((kind) => {
      const majors = diff[kind].filter((entry) => entry.major).length
      return `${diff[kind].length} ${words[kind]}${majors > 0 ? ` (${majors} major)` : ''}`
    })
  if (counts.length === 0) return 'nothing changed'
  const size = diff.size === null || diff.size === 0 ? [] : [signedBytes(diff.size)]
  return [...counts, ...size].join(', ')
}

/** `pangeo-notebook linux-64: 2 added, 5 up`: one line for a commit's message or a log. The caller escapes it. */
export function changeLine({ image, platforms, diff }: DiffGroup): string {
  return `${image} ${platforms.join(', ')}: ${changeCounts(diff)}`
}

/** Platforms of an image with equal changes stand together, in the order of the diffs. */
export function groupPlatforms(diffs: readonly LockDiff[]): DiffGroup[] {
  const groups = Map.groupBy(diffs, ({ platform, before, after, size, ...rest }) => JSON.stringify(rest))
  return [...groups.values()].map((same) => ({
    image: same[0]?.image ?? '',
    platforms: same.map(({ platform }) => platform),
    diff: same[0] as LockDiff,
  }))
}

/** Packages of interest first, then major jumps, then what went, came down, is new, went up, was rebuilt; each by name. */
export function ranked(diff: LockDiff, interest: readonly string[]): RankedEntry[] {
  const names = new Set(interest)
  const entries = ranks.flatMap((kind) =>
    diff[kind].map((entry) => ({ kind, entry, interesting: names.has(entry.name.toLowerCase()) })),
  )
  const rank = ({ entry, interesting }: RankedEntry) => (interesting ? 0 : entry.major ? 1 : 2)
  return entries.toSorted((one, other) => rank(one) - rank(other))
}

/** What a reviewer should not overlook of one package: `major`, where it now comes from, which manager installs it. */
export function remarks({ entry }: RankedEntry): string[] {
  return [
    ...(entry.major ? ['major'] : []),
    ...(entry.channel ? [`from ${entry.channel.to} instead of ${entry.channel.from}`] : []),
    ...(entry.manager === 'pip' ? ['pip'] : []),
  ]
}

/** Channels that the lock now uses or uses no longer; empty where they are the same. */
export function channelChanges({ channels }: LockDiff): string {
  const parts = [
    ...channels.added.map((channel) => `new channel ${channel}`),
    ...channels.removed.map((channel) => `channel ${channel} is gone`),
  ]
  return parts.join(', ')
}

function signedBytes(bytes: number): string {
  return `${bytes > 0 ? '+' : '−'}${formatBytes(Math.abs(bytes))}`
}
