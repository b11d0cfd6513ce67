import type { GraphKind } from './report/graph.ts'
import type { ImageResult } from './report/types.ts'

/** The doors' side of a run: where it reads from and speaks to. The action and the command line each have one. */
export interface Host {
  /** Who is asking decides defaults: a local run loads into the engine, the action writes outputs. */
  readonly kind: 'action' | 'cli'
  readonly env: Readonly<Record<string, string | undefined>>
  /** The repository's root, absolute. */
  readonly cwd: string
  /** Folder for files of this run alone, absolute; removed at its end. */
  readonly temp: string
  /** Folder for what outlives the run (the report), absolute. */
  readonly kept: string
  readonly event: EventSource
  /** Fires when the run is cancelled (SIGINT, SIGTERM). */
  readonly signal: AbortSignal
  readonly out: Out
  /** What a person wants to see of a plan instead of all of it. */
  readonly view?: View
}

/** `explain`: all about an image; an empty name is what was found and left out. `graph`: a drawing, as text. */
export interface View {
  readonly explain: string | null
  readonly graph: GraphKind | null
}

/** Where the event comes from; `path` null = a local run. `base` and `head` are revisions that a person names. */
export interface EventSource {
  readonly name: string
  readonly path: string | null
  readonly ref: string
  readonly sha: string
  readonly base: string | null
  readonly head: string | null
}

/** What a run says. Text of children and of pull requests is made harmless by the door; nothing is printed past it. */
export interface Out {
  /** A line for people. */
  info(line: string): void
  notice(line: string): void
  warning(line: string, place?: Place): void
  error(line: string, place?: Place): void
  debug(line: string): void
  /** An image's log, folded where the place can. */
  imageLog(result: ImageResult, lines: readonly string[]): void
  /** A value that must never be shown. */
  mask(value: string): void
  /** An output of the action. */
  output(name: string, value: string): void
  /** The run's result in its three forms; each door shows its own. Markdown is cut to the bytes that there is room for. */
  result(forms: {
    readonly json: unknown
    readonly text: string
    readonly markdown: (bytes: number) => string
  }): Promise<void>
  /** Kept for the post step. */
  state(name: string, value: string): void
  /** Where live progress goes, null where none is wanted. */
  readonly live: NodeJS.WriteStream | null
  readonly colour: boolean
}

/** A place in a file of the repository; lines are 1-based. */
export interface Place {
  readonly file: string
  readonly line?: number
  readonly title?: string
}
