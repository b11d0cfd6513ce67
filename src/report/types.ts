/** How an image ended. `unchanged` = planned as skip; `skipped` = not built because its parent failed or the run was cancelled. */
export type Outcome = 'built' | 'reused' | 'unchanged' | 'failed' | 'skipped'

/** One step of an image's build, from BuildKit's progress. Times in milliseconds since the epoch. */
export interface Step {
  /** `RUN micromamba create …` without BuildKit's `[image 7/12]`. */
  readonly name: string
  readonly number: number | null
  readonly total: number | null
  /** The stage as BuildKit names it (`stage-1` without `AS`) and the platform; absent or null where there is only one. */
  readonly stage?: string | null
  readonly platform?: string | null
  readonly started: number | null
  readonly completed: number | null
  readonly cached: boolean
  readonly error: string | null
}

/** A BuildKit check (`build --check` rule) that the image's Dockerfile broke. `line` is 1-based, null if unknown. */
export interface CheckWarning {
  readonly rule: string
  readonly message: string
  readonly url: string | null
  readonly file: string
  readonly line: number | null
}

/** Why an image failed: the step, its place, its last output lines. All text is untrusted. */
export interface Failure {
  readonly message: string
  readonly step: Step | null
  readonly dockerfile: string
  readonly line: number | null
  /** Last lines of the failed step, oldest first, at most 20. */
  readonly tail: readonly string[]
}

/** What became of one image. */
export interface ImageResult {
  readonly name: string
  readonly action: 'build' | 'reuse' | 'skip'
  readonly outcome: Outcome
  readonly reason: string
  readonly parents: readonly string[]
  /** Milliseconds since the epoch; null for what did not run. */
  readonly started: number | null
  readonly completed: number | null
  readonly steps: readonly Step[]
  readonly warnings: readonly CheckWarning[]
  readonly failure: Failure | null
  readonly digest: string | null
  /** Compressed size in the registry, bytes. */
  readonly size: number | null
  /** The same of the image that is there for the base commit. */
  readonly previousSize: number | null
  /** Full references that were pushed or moved. */
  readonly tags: readonly string[]
  /** How its tests ended; left out where none were asked for. */
  readonly tests?: import('../check/types.ts').TestReport
  /** What is in it; left out where it was not described. */
  readonly manifest?: import('../check/types.ts').Manifest
  /** What the layers of earlier runs did for it; left out where none were asked for. */
  readonly cache?: ImageCache
  /** Bytes of layers that BuildKit fetched for it; left out where nothing was built. */
  readonly downloaded?: number
}

/** Layers that were taken from earlier runs and are kept for later ones. */
export interface ImageCache {
  /** Bytes that were restored. */
  readonly restored: number
  /** Bytes that the post step has to save; 0 where nothing is new. */
  readonly kept: number
  /** Milliseconds that the cached steps took when they ran last. */
  readonly saved: number
}

/** All that the report is made of. */
export interface RunResult {
  readonly trigger: import('../trigger/types.ts').Trigger
  readonly images: readonly ImageResult[]
  readonly started: number
  readonly completed: number
  readonly pushed: boolean
  readonly dryRun: boolean
  readonly builder: string | null
  /** An error of the whole run (no builder, registry refuses), null when there is none. */
  readonly error: string | null
  /** What became of the locks, one plain sentence; null or left out where there was nothing to do. */
  readonly locks?: string | null
  /** What became of the cache mounts; null or left out where none was touched. */
  readonly mounts?: import('./mounts.ts').MountReport | null
  /** Link to the run's page, null outside of GitHub. */
  readonly runUrl: string | null
}
