import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { ImageResult } from '../report/types.ts'
import type { LockReport, Verdict } from './conclude.ts'
import type { Decision } from './decide.ts'
import type { Source } from './detect.ts'

/** What a run knows before its locks. */
export interface LockStageQuestion {
  readonly source: Source
  readonly decision: Decision
  readonly inputs: Inputs
  readonly host: Host
  /** False where nothing may be made or written: the plan only says which locks are stale. */
  readonly solves: boolean
}

/** How the run goes on. */
export interface LockStage {
  readonly source: Source
  readonly decision: Decision
  /** A check that failed ends the run. */
  readonly refused: Verdict | null
  readonly settle: (results: readonly ImageResult[]) => ImageResult[]
  readonly report: LockReport | null
}

/**
 * Makes the locks that the plan needs. Nothing of it is loaded for a stack without locks, or with `lock-mode: off`.
 */
export async function lockStage(question: LockStageQuestion): Promise<LockStage> {
  const { source, decision, inputs, solves } = question
  const passed: LockStage = { source, decision, refused: null, settle: (results) => [...results], report: null }
  // What is merged is built already, with the locks that there were.
  if (inputs.command === 'merge') return passed
  if (inputs.lockMode === 'off' || !source.stack.images.some(({ lockSources }) => lockSources.length > 0)) return passed
  if (!solves && decision.plan.images.every((image) => !image.relock)) return passed
  if (solves) return await (await import('./relock-stage.ts')).relockStage(question, passed)
  return { ...passed, decision: await (await import('./plan-relocks.ts')).planRelocks(question) }
}
