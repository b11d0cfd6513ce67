import { cachedShare, formatClock, formatDuration, formatShare } from './format.ts'
import { commandSafe } from './guard.ts'
import type { LiveImage } from './live-lines.ts'
import { stepLabel } from './step-text.ts'

/** A long step says that it is alive this often, in milliseconds. */
const HEARTBEAT = 30_000

/** What was said of an image last. */
export interface Said {
  readonly phase: LiveImage['phase']
  readonly at: number
}

/** Lines to print, and what is to be given back at the next call. */
export interface News {
  readonly lines: readonly string[]
  readonly said: ReadonlyMap<string, Said>
}

/**
 * What is new since the last call, for output that nobody redraws: a line when an image starts, when it ends, and
 * every 30 s while it runs. Each begins with the time since `start`, and is no workflow command.
 */
export function plainNews(
  said: ReadonlyMap<string, Said>,
  images: readonly LiveImage[],
  start: number,
  now: number,
): News {
  const next = new Map(said)
  const lines: string[] = []
  for (const image of images) {
    const text = news(image, said.get(image.name), now)
    if (text === null) continue
    next.set(image.name, { phase: image.phase, at: now })
    if (text !== '') lines.push(`[${formatClock(now - start)}] ${commandSafe(`${image.name}: ${text}`)}`)
  }
  return { lines, said: next }
}

/** Null for nothing new; empty for news that is not worth a line. */
function news(image: LiveImage, before: Said | undefined, now: number): string | null {
  if (image.phase !== before?.phase) return image.phase === 'waiting' ? '' : changed(image)
  if (image.phase !== 'running' || now - before.at < HEARTBEAT) return null
  return heartbeat(image, now)
}

function changed(image: LiveImage): string {
  const note = image.note === '' ? '' : ` (${image.note})`
  if (image.phase === 'running') return `started${note}`
  if (image.started === null || image.completed === null) return `${image.phase}${note}`
  const share = cachedShare(image.progress?.steps ?? [])
  return `${image.phase} in ${formatDuration(image.completed - image.started)}${share === null ? '' : `, ${formatShare(share)} cached`}`
}

function heartbeat(image: LiveImage, now: number): string {
  const step = image.progress?.current ?? null
  if (step === null) return 'still running'
  const time = step.started === null ? '' : `, for ${formatDuration(now - step.started)} now`
  return `still at ${stepLabel(step)}${time}`
}
