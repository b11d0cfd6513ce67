import { count, formatBytes, formatDuration } from './format.ts'

/** What became of the cache mounts of a run. Times in milliseconds. */
export interface MountReport {
  readonly restored: { readonly mounts: number; readonly bytes: number; readonly time: number }
  readonly read: { readonly mounts: number; readonly kept: number; readonly bytes: number; readonly time: number }
}

/** `cache mounts: 2 restored (120 MB, 2.1 s), 1 of 2 kept for later runs (125 MB, 3.0 s)`; null where there is nothing to tell. */
export function mountSentence({ restored, read }: MountReport): string | null {
  const parts = [
    ...(restored.mounts > 0
      ? [`${restored.mounts} restored (${formatBytes(restored.bytes)}, ${formatDuration(restored.time)})`]
      : []),
    ...(read.mounts > 0 ? [readText(read)] : []),
  ]
  return parts.length > 0 ? `cache mounts: ${parts.join(', ')}` : null
}

function readText({ mounts, kept, bytes, time }: MountReport['read']): string {
  if (kept === 0) return `${count(mounts, 'mount')} unchanged (read in ${formatDuration(time)})`
  return `${kept} of ${mounts} kept for later runs (${formatBytes(bytes)}, ${formatDuration(time)})`
}
