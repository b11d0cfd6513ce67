import { count, formatBytes, formatDuration } from './format.ts'
import type { ImageResult } from './types.ts'

const none = { restored: 0, kept: 0, saved: 0 }

/** One image's cell: `120 MB restored, 61 MB downloaded, 30 MB new, 41 s saved`; empty where no layer was moved. */
export function layersText({ cache, downloaded = 0 }: ImageResult): string {
  const { restored, kept, saved } = cache ?? none
  return [
    ...(restored > 0 ? [`${formatBytes(restored)} restored`] : []),
    ...(downloaded > 0 ? [`${formatBytes(downloaded)} downloaded`] : []),
    ...(kept > 0 ? [`${formatBytes(kept)} new`] : []),
    // What took no time saved none.
    ...(saved >= 100 ? [`${formatDuration(saved)} saved`] : []),
  ].join(', ')
}

/** One line for the stack; null where no layer was moved. */
export function layersSentence(images: readonly ImageResult[]): string | null {
  const caches = images.flatMap(({ cache }) => cache ?? [])
  const sum = (of: 'restored' | 'kept' | 'saved') => caches.reduce((total, cache) => total + cache[of], 0)
  const tally = (of: 'restored' | 'kept') => count(caches.filter((cache) => cache[of] > 0).length, 'image')
  const [restored, kept, saved] = [sum('restored'), sum('kept'), sum('saved')]
  const downloaded = images.reduce((total, image) => total + (image.downloaded ?? 0), 0)
  const parts = [
    ...(restored > 0 ? [`${formatBytes(restored)} restored for ${tally('restored')}`] : []),
    ...(downloaded > 0 ? [`${formatBytes(downloaded)} downloaded`] : []),
    ...(kept > 0 ? [`${formatBytes(kept)} new for ${tally('kept')}`] : []),
    ...(restored > 0 && kept === 0 ? ['nothing new to keep'] : []),
    ...(saved >= 100 ? [`about ${formatDuration(saved)} of building saved`] : []),
  ]
  return parts.length > 0 ? `layers: ${parts.join(', ')}` : null
}
