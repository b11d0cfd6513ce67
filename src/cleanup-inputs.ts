import { duration, invalid } from './input-values.ts'
import type { InputName } from './inputs.ts'
import type { ListSyntax } from './lists.ts'

/** The inputs of the command `cleanup`. */
export interface CleanupInputs {
  /** Milliseconds that a tag is kept in any case. */
  readonly olderThan: number
  /** How many of each kind are kept in any case, the newest. */
  readonly keepNTagged: number
  /** Globs of tags that are kept. */
  readonly excludeTags: readonly string[]
  /** Tags are removed: `dry-run: false` was said, not left out. */
  readonly removes: boolean
}

/** Names of the inputs of `cleanup`. */
export const cleanupInputNames = ['older-than', 'keep-n-tagged', 'exclude-tags'] as const

/** How the texts of the inputs are read. */
interface CleanupInputReader {
  readonly text: (name: InputName) => string
  readonly list: (name: InputName, syntax: ListSyntax) => string[]
}

/** Texts → checked values. Throws ActionError('input'). */
export function loadCleanupInputs({ text, list }: CleanupInputReader): CleanupInputs {
  const keep = text('keep-n-tagged') || '0'
  if (!/^\d{1,4}$/.test(keep)) throw invalid('keep-n-tagged', keep, ['it is a whole number, 0 for none'])
  const excludeTags = [...new Set(list('exclude-tags', { separator: 'lines-or-commas' }))]
  const long = excludeTags.find((glob) => glob.length > 128)
  if (long) throw invalid('exclude-tags', long, ['it is a tag, or a pattern of tags: `cache-release-*`'])
  return {
    olderThan: duration('older-than', text('older-than') || '30d') ?? 0,
    keepNTagged: Number(keep),
    excludeTags,
    removes: /^false$/i.test(text('dry-run')),
  }
}
