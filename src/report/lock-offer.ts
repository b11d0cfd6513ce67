import { details, fence, inline } from './markdown.ts'

/** Locks that a person has to take over themselves. */
export interface LockOffer {
  /** Why they were not committed, and what would help; plain text. */
  readonly reason: string
  readonly remedy: string | null
  /** Lines for a shell, ours; null where there is no artifact. */
  readonly lines: { readonly gh: string; readonly curl: string } | null
  readonly patch: string
}

/** A patch up to this size stands in the report itself, characters. */
const shownPatch = 12_000

/** The offer as Markdown: why there is no commit, and how the locks get into the branch all the same. */
export function lockOfferMarkdown({ reason, remedy, lines, patch }: LockOffer): string {
  const first = `⚠️ The locks are not committed: ${inline(reason)}${remedy === null ? '' : `; ${inline(remedy)}`}.`
  const take = lines && [
    'To take them, with the pull request’s branch checked out:',
    fence(lines.gh, 'sh'),
    details('without <code>gh</code>', fence(lines.curl, 'sh')),
  ]
  const shown = patch.length <= shownPatch ? details('The patch', fence(patch, 'diff')) : null
  const none = lines || shown ? [] : ['Lock them in a clone with <code>make lock</code>, and commit the files.']
  return [first, ...(take ?? []), ...(shown === null ? [] : [shown]), ...none].join('\n\n')
}
