import { appendFile, stat } from 'node:fs/promises'
import { messageOf } from '../errors.ts'
import { SUMMARY_LIMIT } from '../report/sections.ts'
import { renderSummary, type SummaryOptions } from '../report/summary.ts'
import type { RunResult } from '../report/types.ts'

/** A summary that is not worth writing: the title alone needs more. */
const LEAST = 4096

/**
 * Appends the run's summary to the file that GITHUB_STEP_SUMMARY names, in the room that is left below GitHub's limit.
 * Returns why nothing was written, null when it was: a run does not fail for its report.
 */
export async function appendSummary(
  path: string,
  result: RunResult,
  options: SummaryOptions = {},
): Promise<string | null> {
  try {
    const { size } = await stat(path)
    const limit = Math.min(options.limit ?? SUMMARY_LIMIT, SUMMARY_LIMIT - size)
    if (limit < LEAST) return `no summary: ${size} bytes of GitHub's 1 MiB are used already`
    await appendFile(path, renderSummary(result, { ...options, limit }), 'utf8')
    return null
  } catch (error) {
    return `no summary: ${messageOf(error)}`
  }
}
