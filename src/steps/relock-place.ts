import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { relockHeadline } from '../report/lock-summary.ts'
import type { Trigger } from '../trigger/types.ts'
import { lockEngine } from './lock-engine.ts'
import type { LockPlace } from './lock-place.ts'
import { type LockScan, scanLocks } from './lock-scan.ts'
import type { Relock, RelockedImage } from './lock-types.ts'
import { relockTree } from './relock-tree.ts'

/** Who asks for locks, and how they are to be made. */
export interface RelockPlaceQuestion {
  readonly trigger: Pick<Trigger, 'trust'>
  readonly inputs: Inputs & { readonly lockMode: 'auto' | 'minimal' | 'refresh' }
  readonly host: Host
  /** What a scan of the place found, where there was one. */
  readonly scan?: LockScan
}

/** Makes the locks of a place's images that are stale, or that are asked for; those whose sources cannot be read have failed. */
export async function relockPlace(
  { images, tree, files }: LockPlace,
  { trigger, inputs, host, ...known }: RelockPlaceQuestion,
): Promise<Relock> {
  const foreign = inputs.lockEngine === 'conda-lock'
  const scan = known.scan ?? (await scanLocks({ images, tree, files, foreign }))
  const { update, allowedChannels, lockMode: mode } = inputs
  const relock = await relockTree({
    ...{ states: scan.states, files },
    paths: tree.entries.map((entry) => entry.path),
    options: { mode, update, allowedChannels, solve: lockEngine({ inputs, host, trust: trigger.trust }) },
  })
  if (relock.took > 0) host.out.info(relockHeadline(relock))
  const unread = scan.failures.map(({ images: [image], error }): RelockedImage => {
    const lock = image?.path === '.' ? 'conda-lock.yml' : `${image?.path}/conda-lock.yml`
    return { image: image?.name ?? '', lock, freshness: [], diffs: [], files: [], error }
  })
  return { ...relock, images: [...relock.images, ...unread] }
}
