import type { LockDiff } from '../lock/diff-types.ts'
import { count, formatDuration } from './format.ts'
import { lockDiffMarkdown } from './lock-markdown.ts'
import { fence, inline } from './markdown.ts'
import { joinSections, type Section, SUMMARY_LIMIT } from './sections.ts'

/** What a relock gave, as far as a report tells it. */
export interface ReportedRelock {
  readonly images: readonly {
    readonly image: string
    readonly diffs: readonly LockDiff[]
    readonly files: readonly { readonly path: string }[]
    readonly error: { readonly message: string; readonly details: readonly string[] } | null
  }[]
  readonly files: readonly { readonly path: string }[]
  /** Milliseconds. */
  readonly took: number
}

/** Packages of an image's table in a summary. */
const rows = 300

/** The whole of a relock in one line: `2 locks made in 1.9 s, 1 failed`. */
export function relockHeadline({ images, files, took }: ReportedRelock): string {
  const failed = images.filter((image) => image.error !== null).length
  const made = images.filter((image) => image.error === null && image.files.length > 0).length
  if (files.length === 0 && failed === 0) return 'all locks are fresh'
  const parts = [
    ...(made > 0 ? [`${count(made, 'lock')} made${took > 0 ? ` in ${formatDuration(took)}` : ''}`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ]
  return parts.join(', ')
}

/** A relock as a job summary: its headline, why locks failed, what changed. */
export function relockMarkdown(
  relock: ReportedRelock,
  { interest, limit }: { readonly interest: readonly string[]; readonly limit: number },
): string {
  const failed = relock.images.some((image) => image.error !== null)
  return joinSections(
    [
      { rank: 0, name: 'title', markdown: `## ${failed ? '❌' : '✅'} ${inline(relockHeadline(relock))}` },
      ...relockSections(relock, interest),
    ],
    Math.min(limit, SUMMARY_LIMIT),
    'The log has all of it.',
  )
}

/** Sections for a summary or comment: failures, which are kept longest, then a folded table an image. */
export function relockSections({ images }: ReportedRelock, interest: readonly string[]): Section[] {
  const failures = images.flatMap(({ image, error }): Section[] => {
    if (!error) return []
    const text = [error.message, ...error.details].join('\n')
    return [
      { rank: 1, name: `why ${image} has no lock`, markdown: `### ❌ The lock of ${inline(image)}\n\n${fence(text)}` },
    ]
  })
  const diffs = images.map(({ image, diffs }): Section => {
    const markdown = lockDiffMarkdown(diffs, { interest, rows })
    return { rank: 3, name: `packages of ${image}`, markdown }
  })
  return [...failures, ...diffs]
}
