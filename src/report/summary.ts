import { criticalPath } from './critical-path.ts'
import { graphDiagram, timelineDiagram } from './diagrams.ts'
import { failureSections } from './failures.ts'
import { layersSentence } from './layers.ts'
import { manifestsPart } from './manifests.ts'
import { details, fence, inline } from './markdown.ts'
import { mountSentence } from './mounts.ts'
import { errorRest, headline, isRed } from './outcome.ts'
import { planPart, pullPart, slowStepsPart, warningsPart } from './parts.ts'
import { joinSections, type Section, SUMMARY_LIMIT } from './sections.ts'
import { stackTable } from './stack-table.ts'
import { testSections } from './tests.ts'
import type { RunResult } from './types.ts'

/** What else a summary may hold. */
export interface SummaryOptions {
  /** The plan as `plan --format json` prints it. */
  readonly plan?: unknown
  /** What differs in locks, and why one could not be made; shown below the failures. */
  readonly sections?: readonly Section[]
  /** How to take over locks that are not committed; Markdown. */
  readonly offer?: string
  /** Bytes that may be used. */
  readonly limit?: number
}

/**
 * The job summary as GitHub Markdown: the whole story in the first line, one table for the stack, what failed, then
 * folded details. Never longer than the limit; what was cut is named.
 */
export function renderSummary(result: RunResult, options: SummaryOptions = {}): string {
  const critical = criticalPath(result.images).length > 0 ? ' (strong: the critical path)' : ''
  const sections: Section[] = [
    { rank: 0, name: 'title', markdown: title(result) },
    { rank: 2, name: 'the table of images', markdown: stackTable(result) },
    { rank: 3, name: 'the layers', markdown: layersSentence(result.images) ?? '' },
    { rank: 3, name: 'cache mounts', markdown: mountsLine(result) },
    { rank: 1, name: 'the error in full', markdown: errorRest(result) === '' ? '' : fence(errorRest(result)) },
    ...failureSections(result),
    ...testSections(result),
    { rank: 2, name: 'how to take the locks', markdown: options.offer ?? '' },
    ...(options.sections ?? []),
    { rank: 4, name: 'Dockerfile checks', markdown: warningsPart(result) },
    { rank: 5, name: 'the slowest steps', markdown: slowStepsPart(result) },
    { rank: 7, name: 'the graph', markdown: diagram(`Graph${critical}`, graphDiagram(result.images)) },
    {
      rank: 8,
      name: 'the timeline',
      markdown: diagram(`Timeline${critical}`, timelineDiagram(result.images, result.started)),
    },
    { rank: 6, name: 'what is in the images', markdown: manifestsPart(result) },
    { rank: 6, name: 'pull commands', markdown: pullPart(result) },
    { rank: 9, name: 'the plan', markdown: planPart(options.plan) },
  ]
  return joinSections(sections, options.limit ?? SUMMARY_LIMIT, 'The log has all of it.')
}

function title(result: RunResult): string {
  const first = `## ${isRed(result) ? '❌' : result.dryRun ? '📝' : '✅'} ${inline(headline(result), 1000)}`
  return result.trigger.trust === 'trusted' ? first : `${first}\n\nWhy untrusted: ${inline(result.trigger.trustReason)}`
}

function mountsLine({ mounts }: RunResult): string {
  const sentence = mounts ? mountSentence(mounts) : null
  return sentence === null ? '' : `${sentence.charAt(0).toUpperCase()}${sentence.slice(1)}.`
}

function diagram(name: string, mermaid: string | null): string {
  return mermaid === null ? '' : details(name, fence(mermaid, 'mermaid'))
}
