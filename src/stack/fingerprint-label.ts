import { hash } from 'node:crypto'
import type { Fingerprint, FingerprintParts } from './fingerprint.ts'

/** The label in which an image says what it is made from. */
export const fingerprintLabel = 'io.github.pangeo-data.buildx-action.fingerprint'

/** Longest label, bytes: registries and tools take more, people do not. */
const longest = 8 * 1024

/** What an image says of itself; null parts where it has none to tell. */
export interface ImageStamp {
  readonly fingerprint: string | null
  readonly inputs: string | null
  /** Files may be put together by folder. */
  readonly parts: Partial<FingerprintParts>
}

/** A part that differs between two builds, in the reader's words. */
export interface PartChange {
  readonly part: keyof FingerprintParts
  /** The file, the argument, the reference; empty for a part that is one value. */
  readonly name: string
  readonly how: 'added' | 'removed' | 'changed'
}

/**
 * The label's text: JSON of hashes. An image without a fingerprint has one too, or it would keep its parent's. Where there are many
 * files they are put together by folder, the deepest first, until the text is short enough.
 */
export function stampText({ fingerprint, inputs, parts }: Fingerprint): string {
  const text = (shown: object) => JSON.stringify({ version: 1, fingerprint, inputs, ...shown })
  const deepest = Math.max(0, ...Object.keys(parts.files).map((path) => path.split('/').length))
  for (let depth = deepest; depth >= 0; depth--) {
    const files = depth === deepest ? parts.files : byFolder(parts.files, depth)
    const whole = text({ ...parts, files })
    if (Buffer.byteLength(whole) <= longest) return whole
  }
  return text({})
}

/** Reads the label of an image; null where it is none of ours. What it holds is the registry's word: shown, never obeyed. */
export function readStamp(text: string | undefined): ImageStamp | null {
  const value = text === undefined ? null : parsed(text)
  if (typeof value !== 'object' || value === null || !('version' in value) || value.version !== 1) return null
  const found = value as Record<string, unknown>
  const hex = (word: unknown) => (typeof word === 'string' && /^[0-9a-f]{32}$/.test(word) ? word : null)
  const parts = Object.entries(found).filter(([key, part]) => isPart(key, part))
  return { fingerprint: hex(found.fingerprint), inputs: hex(found.inputs), parts: Object.fromEntries(parts) }
}

/** What differs between what an earlier build says of itself and a fingerprint of today. */
export function changedParts(before: ImageStamp, now: Fingerprint): PartChange[] {
  const today = readStamp(stampText(now))?.parts ?? {}
  const shallow = sameDepth(before.parts.files ?? {}, today.files ?? {}, now.parts.files)
  const parts = { ...today, files: shallow }
  const keys = Object.keys(now.parts) as (keyof FingerprintParts)[]
  return keys.flatMap((part): PartChange[] => {
    const [then, here] = [before.parts[part], parts[part]]
    if (then === undefined || here === undefined || typeof then === 'string' || typeof here === 'string')
      return then === here || then === undefined ? [] : [{ part, name: '', how: 'changed' }]
    const names = [...new Set([...Object.keys(then), ...Object.keys(here)])].sort()
    return names.flatMap((name): PartChange[] => {
      if (then[name] === here[name]) return []
      const how = then[name] === undefined ? 'added' : here[name] === undefined ? 'removed' : 'changed'
      return [{ part, name, how }]
    })
  })
}

/** Today's files put together as the earlier build's are. */
function sameDepth(
  before: Readonly<Record<string, string>>,
  today: Readonly<Record<string, string>>,
  files: Readonly<Record<string, string>>,
): Readonly<Record<string, string>> {
  if (!Object.keys(before).some((name) => name.endsWith('/'))) return files
  const depth = Math.max(0, ...Object.keys(before).map((name) => name.replace(/\/$/, '').split('/').length))
  return Object.keys(today).length === 0 ? today : byFolder(files, depth)
}

/** Files at most `depth` folders deep by themselves, deeper ones as one `folder/` each; depth 0: all as `./`. */
function byFolder(files: Readonly<Record<string, string>>, depth: number): Record<string, string> {
  const groups = Map.groupBy(Object.entries(files), ([path]) => {
    const parts = path.split('/')
    if (parts.length <= depth) return path
    return depth === 0 ? './' : `${parts.slice(0, depth).join('/')}/`
  })
  return Object.fromEntries(
    [...groups].map(([name, list]) => [
      name,
      name.endsWith('/') ? hash('sha256', JSON.stringify(list)).slice(0, 12) : (list[0]?.[1] ?? ''),
    ]),
  )
}

function isPart(key: string, part: unknown): boolean {
  if (['dockerfile', 'target', 'platforms', 'tests'].includes(key)) return typeof part === 'string'
  if (!['files', 'lockSources', 'args', 'contexts', 'bases', 'parents'].includes(key)) return false
  return (
    typeof part === 'object' &&
    part !== null &&
    !Array.isArray(part) &&
    Object.values(part).every((value) => typeof value === 'string')
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
