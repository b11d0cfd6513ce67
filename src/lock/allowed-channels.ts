import { ActionError } from '../errors.ts'
import { originOf } from './origin.ts'
import type { LockSpec } from './types.ts'

const alias = 'https://conda.anaconda.org/'

/** A channel by the one name that stands for all ways to write it: `conda-forge` and its whole URL are the same. */
export function channelName(url: string): string {
  return url.replace(/\/+$/, '').replace(alias, '')
}

/**
 * Refuses environments that take packages from elsewhere than the allowed channels, before anything is asked of them. Throws
 * ActionError('lock') with the channel and who names it.
 */
export function refuseForeignChannels(spec: LockSpec, allowed: readonly string[]): void {
  const names = new Set(allowed.map(channelName))
  const qualified = Object.values(spec.specs)
    .flat()
    .flatMap((one) => (one.manager === 'conda' && one.condaChannel !== null ? [one] : []))
  const named = [
    ...spec.channels.map(({ url }) => ({ url, place: spec.sources.join(', ') })),
    ...qualified.map((one) => ({ url: one.condaChannel ?? '', place: originOf(one) })),
  ]
  const foreign = named.find(({ url }) => url !== 'nodefaults' && !names.has(channelName(url)))
  if (!foreign) return
  throw new ActionError('lock', `${foreign.place}: the channel ${foreign.url} is not one of allowed-channels`, [
    `allowed-channels is ${allowed.join(', ')}: packages run at build time, so each channel is a decision`,
    'take packages from there, or add the channel to the input',
  ])
}
