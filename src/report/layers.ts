import { count, formatBytes, formatDuration } from './format.ts'
import type { ImageResult } from './types.ts'

/** One image's cell: `120 MB restored, 30 MB new, 41 s saved`; empty where no layers were looked for, or there were none. */
export function layersText({ cache }: ImageResult): string {
  if (!cache) return ''
  const { restored, kept, saved } = cache
  return [
    ...(restored > 0 ? [`${formatBytes(restored)} restored`] : []),
    ...(kept > 0 ? [`${formatBytes(kept)} new`] : []),
    // What took no time saved none.
    ...(saved >= 100 ? [`${formatDuration(saved)} saved`] : []),
  ].join(', ')
}

/** One line for the stack; null where nothing was restored and nothing is new. */
export function layersSentence(images: readonly ImageResult[]): string | null {
  const caches = images.flatMap(({ cache }) => cache ?? [])
  const sum = (of: 'restored' | 'kept' | 'saved') => caches.reduce((total, cache) => total + cache[of], 0)
  const tally = (of: 'restored' | 'kept') => count(caches.filter((cache) => cache[of] > 0).length, 'image')
  const [restored, kept, saved] = [sum('restored'), sum('kept'), sum('saved')]
  const parts = [
    ...(restored > 0 ? [`${formatBytes(restored)} restored for ${tally('restored')}`] : []),
    ...(kept > 0 ? [`${formatBytes(kept)} new for ${tally('kept')}`] : []),
    ...(restored > 0 && kept === 0 ? ['nothing new to keep'] : []),
    ...(saved >= 100 ? [`about ${formatDuration(saved)} of building saved`] : []),
  ]
  return parts.length > 0 ? `layers: ${parts.join(', ')}` : null
}
