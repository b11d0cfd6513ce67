import type { RunResult } from './types.ts'

/**
 * The page of a file's line at the run's commit, null outside of GitHub. `path` is relative to the repository's root; the address
 * of a Dockerfile elsewhere has no page here.
 */
export function fileLink(result: RunResult, path: string, line: number | null): string | null {
  const base = /^(https:\/\/[^/]+\/[^/]+\/[^/]+)\/actions\/runs\/\d+/.exec(result.runUrl ?? '')?.[1]
  const head = result.trigger.head
  if (base === undefined || path.includes('://') || head === null || !/^[0-9a-f]{7,64}$/.test(head)) return null
  const place = path
    .toWellFormed()
    .split('/')
    .map(encodeURIComponent)
    .join('/')
    .replace(/[!'()*]/g, percent)
  return `${base}/blob/${head}/${place}${line === null ? '' : `#L${line}`}`
}

/** What `encodeURIComponent` leaves and Markdown may read. */
function percent(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`
}
