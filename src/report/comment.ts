import { failureSections } from './failures.ts'
import { details, fence, inline, link } from './markdown.ts'
import { errorRest, headline, isRed } from './outcome.ts'
import { joinSections, type Section } from './sections.ts'
import { stackTable } from './stack-table.ts'
import type { RunResult } from './types.ts'

/** GitHub takes no more of a comment, characters; bytes are never fewer, and a little stays free. */
const COMMENT_LIMIT = 65_536 - 512

/** What a comment on a pull request says. */
export interface CommentFacts {
  /** The stack's name: a repository may have several, each with a comment of its own. */
  readonly stack: string
  /** Null where nothing was built (`/condalock`). */
  readonly result: RunResult | null
  /** What became of the locks or of a command, one plain sentence; null where there is nothing to say. */
  readonly locks: string | null
  /** Whether that is bad news. */
  readonly red: boolean
  /** How to take over locks that are not committed; Markdown. */
  readonly offer: string
  /** What changed in the locks, and why one could not be made. */
  readonly packages: readonly Section[]
  /** The run's page, null outside of GitHub. */
  readonly runUrl: string | null
}

/** The first line of our comment about a stack, hidden to readers: by it and its author the comment is found again. */
export function commentMarker(stack: string): string {
  // Nothing in it can end an HTML comment.
  return `<!-- buildx-action: ${encodeURIComponent(stack.toWellFormed()).replaceAll('-', '%2D')} -->`
}

/**
 * The comment as GitHub Markdown: the whole story in its first line, then what a reviewer decides on. What others wrote
 * is escaped: nobody is mentioned. Never longer than GitHub takes; what was cut is named.
 */
export function renderComment(facts: CommentFacts): string {
  const { result, offer, packages } = facts
  const sections: Section[] = [
    { rank: 0, name: 'title', markdown: `${commentMarker(facts.stack)}\n${title(facts)}` },
    { rank: 1, name: 'how to take the locks', markdown: offer },
    { rank: 2, name: 'the error in full', markdown: rest(result) },
    ...(result === null ? [] : failureSections(result)),
    ...packages,
    { rank: 4, name: 'the table of images', markdown: built(result) },
    { rank: 4, name: 'how to try the images', markdown: tryIt(result) },
    { rank: 0, name: 'the link', markdown: facts.runUrl === null ? '' : link('All of the run', facts.runUrl) },
  ]
  return joinSections(sections, COMMENT_LIMIT, link('The run’s summary has all of it.', facts.runUrl))
}

function title({ result, locks, red }: CommentFacts): string {
  const story = [...(result === null ? [] : [headline(result)]), ...(locks === null ? [] : [locks])].join(' · ')
  return `### ${red || (result !== null && isRed(result)) ? '❌' : '✅'} ${inline(story, 1000)}`
}

function rest(result: RunResult | null): string {
  return result === null || errorRest(result) === '' ? '' : fence(errorRest(result))
}

function built(result: RunResult | null): string {
  if (!result?.images.some((image) => image.outcome !== 'unchanged')) return ''
  return details('Images', stackTable(result))
}

/** Lines that run what this very run pushed. */
function tryIt(result: RunResult | null): string {
  if (!result?.pushed || isRed(result)) return ''
  const references = result.images.flatMap((image) => (image.outcome === 'built' ? image.tags.slice(0, 1) : []))
  const plain = references.filter((reference) => /^[\w.-]+(:\d+)?(\/[\w.-]+)+:[\w.-]+$/.test(reference))
  const lines = plain.map((reference) => `docker run -it --rm -p 8888:8888 ${reference}`)
  return lines.length === 0 ? '' : details('Try the images', fence(lines.join('\n'), 'sh'))
}
