import { ActionError } from '../errors.ts'
import { lockHeader } from './lock-header.ts'
import { byCode, byCodes } from './order.ts'
import { keptMetadata } from './read-metadata.ts'
import type { Lock, LockedPackage, LockMetadata } from './types.ts'
import { type Value, writeValue } from './yaml-write.ts'

/**
 * conda-lock.yml as conda-lock 4.0.3 writes it, byte for byte: packages by manager, name and platform, dependencies by name,
 * without virtual packages. `file` is the lock's own name, which its header shows.
 */
export function writeLock(lock: Lock, { file = 'conda-lock.yml' }: { readonly file?: string } = {}): string {
  const packages = lock.packages.filter((entry) => !isVirtual(entry)).sort(byKey)
  for (const { name, version } of packages) checkText(name, version)
  const head = lockHeader({ file, packages, sources: lock.metadata.sources })
  return head + writeValue({ version: 1, metadata: metadataValue(lock.metadata), package: packages.map(packageValue) })
}

/** Whether it stands for a property of the machine, like `__glibc`. */
function isVirtual({ manager, name }: LockedPackage): boolean {
  return manager === 'conda' && name.startsWith('__')
}

function byKey(a: LockedPackage, b: LockedPackage): number {
  return byCodes(keyOf(a), keyOf(b))
}

function keyOf({ manager, name, platform, category }: LockedPackage): string[] {
  return [manager, name, platform, category]
}

function checkText(name: string, version: string): void {
  if (/^[!-~]+$/.test(name) && /^[ -~]*$/.test(version)) return
  throw new ActionError('lock', `a package is named \`${name}\`, version \`${version}\``, [
    'no channel has such a name',
  ])
}

function metadataValue(metadata: LockMetadata): Value {
  const kept = keptMetadata.flatMap(([key, name]) => (metadata[name] ? [[key, metadata[name] as Value]] : []))
  return {
    content_hash: metadata.contentHash,
    channels: metadata.channels.map(({ url, usedEnvVars }) => ({ url, used_env_vars: [...usedEnvVars] })),
    platforms: [...metadata.platforms],
    sources: [...metadata.sources],
    ...Object.fromEntries(kept),
  }
}

function packageValue(entry: LockedPackage): Value {
  return {
    name: entry.name,
    version: entry.version,
    manager: entry.manager,
    platform: entry.platform,
    dependencies: new Map(Object.entries(entry.dependencies).sort(([a], [b]) => byCode(a, b))),
    url: entry.url,
    hash: { md5: entry.hash.md5, sha256: entry.hash.sha256 },
    source: entry.source && { type: entry.source.type, url: entry.source.url },
    build: entry.build,
    category: entry.category,
    optional: entry.optional,
  }
}
