import { compare, valid } from '@renovatebot/pep440'
import type { ChangeKind, ComparedPackage } from './diff-types.ts'
import { compareVersions, parseVersion } from './version.ts'

/** How a package differs between two locks, by its manager's own order of versions; null where it is the same. */
export function changeOf(from: ComparedPackage | null, to: ComparedPackage | null): ChangeKind | null {
  if (from === null || to === null) return from === null ? 'added' : 'removed'
  const order = orderOf(from, to)
  if (order !== 0) return order < 0 ? 'upgraded' : 'downgraded'
  return from.version === to.version && from.url === to.url ? null : 'rebuilt'
}

/** Where a package comes from: of conda the channel, by its name where it is on conda's own server; of pip the host. */
export function placeOf({ manager, url }: ComparedPackage): string {
  if (manager === 'pip') return URL.canParse(url) ? new URL(url).host : url
  const channel = url.split('/').slice(0, -2).join('/')
  // A password or token in a channel's URL is nobody's to read.
  const plain = channel.replace(/\/\/[^/]*@/, '//').replace(/\/t\/[^/]+/, '')
  return plain.replace(/^https:\/\/conda\.anaconda\.org\//, '')
}

/** Below zero where `to` is newer. Versions that their manager cannot read are compared as conda, then as texts. */
function orderOf(from: ComparedPackage, to: ComparedPackage): number {
  if (from.version === to.version) return 0
  const readable = [from, to].every(({ manager, version }) => manager === 'pip' && valid(version) !== null)
  if (readable) return compare(from.version, to.version)
  const [old, now] = [parseVersion(from.version), parseVersion(to.version)]
  if (old && now) return compareVersions(old, now)
  return from.version < to.version ? -1 : 1
}
