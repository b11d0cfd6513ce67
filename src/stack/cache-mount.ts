import { posix } from 'node:path'
import type { Mount } from './mounts.ts'
import type { CacheMount } from './types.ts'

/** What a mount's words mean where it stands. */
export interface MountScope {
  readonly line: number
  /** Absolute; null where the base image alone knows it. */
  readonly workdir: string | null
  /** Replaces variables; null where the base image alone knows one. */
  readonly expand: (text: string) => string | null
}

const emptyImage = 'scratch'

/**
 * Which directory a cache mount is, by the rules of BuildKit's dispatchRunMounts: id, else the clean target; what it begins with;
 * and an owner where uid, gid or mode is given and no source is. `doubt` says why it cannot be told; both null: BuildKit refuses it.
 */
export function cacheMountOf(
  mount: Mount,
  { line, workdir, expand }: MountScope,
): { mount: CacheMount | null; doubt: string | null } {
  const { target, id, source, from, uid, gid, mode, sharing } = mount
  const written = { target, id, source, uid, gid, mode, sharing }
  const values = Object.entries(written).map(([name, text]) => [name, text === null ? '' : expand(text)] as const)
  const unknown = values.find(([, value]) => value === null)
  if (unknown) return { mount: null, doubt: `depends on the base image's variables in its ${unknown[0]}` }
  const known = Object.fromEntries(values) as Record<keyof typeof written, string>
  const owner = ownerOf(known)
  if (owner === undefined || known.target === '') return { mount: null, doubt: null }
  const below = posix.join('/', known.source)
  const found: CacheMount = {
    // `path.Clean` of Go leaves no slash at the end; the namespace is put before it, as text.
    id: known.id || clean(known.target),
    target:
      posix.isAbsolute(known.target) || workdir === null
        ? clean(known.target)
        : clean(posix.join(workdir, known.target)),
    from: from === null || from === emptyImage ? null : from,
    source: below === '/' ? null : clean(below),
    owner: below === '/' ? owner : null,
    line,
  }
  return { mount: found, doubt: null }
}

/** Null where none of them is given, undefined where one of them is no number. */
function ownerOf({ uid, gid, mode }: { uid: string; gid: string; mode: string }): CacheMount['owner'] | undefined {
  if (uid === '' && gid === '' && mode === '') return null
  if (!/^\d*$/.test(uid) || !/^\d*$/.test(gid) || !/^[0-7]*$/.test(mode)) return undefined
  return { uid: Number(uid), gid: Number(gid), mode: mode === '' ? 0o755 : Number.parseInt(mode, 8) }
}

function clean(path: string): string {
  const normal = posix.normalize(path)
  return normal.length > 1 ? normal.replace(/\/$/, '') : normal
}
