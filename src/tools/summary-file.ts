import { appendFile, stat } from 'node:fs/promises'
import { messageOf } from '../errors.ts'
import { SUMMARY_LIMIT } from '../report/sections.ts'

/** A summary that is not worth writing: the title alone needs more. Bytes. */
const LEAST = 4096

/**
 * Appends Markdown to the file that GITHUB_STEP_SUMMARY names. `render` gets the bytes that are left below GitHub's
 * limit. Returns why nothing was written, null when it was: a run does not fail for its report.
 */
export async function appendSummary(path: string, render: (bytes: number) => string): Promise<string | null> {
  try {
    const { size } = await stat(path)
    const room = SUMMARY_LIMIT - size
    if (room < LEAST) return `no summary: ${size} bytes of GitHub's 1 MiB are used already`
    await appendFile(path, render(room), 'utf8')
    return null
  } catch (error) {
    return `no summary: ${messageOf(error)}`
  }
}
