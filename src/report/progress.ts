import { isCancellation, readErrorText, shortenError } from './buildx-error.ts'
import { parseSolveStatus } from './solve-status.ts'
import type { StepLog } from './step-log.ts'
import type { CheckWarning, Failure, Step } from './types.ts'
import { createMemory, fold, type Known, type Memory, ownName } from './vertex-memory.ts'
import { parseVertexName } from './vertex-name.ts'

/** A step with the output that it wrote. */
export interface LoggedStep extends Step {
  readonly log: StepLog
}

/** The picture of one target's build at a moment. */
export interface ProgressState {
  /** Numbered steps in the Dockerfile's order of execution, then the others (loading, exporting) as they came. */
  readonly steps: readonly Step[]
  /** The step that runs, the last that began if there are several. */
  readonly current: Step | null
  /** What the current step moves, summed over its transfers; null where nothing has a known size. */
  readonly bytes: { readonly current: number; readonly total: number } | null
  readonly warnings: readonly CheckWarning[]
  /** Lines that were no progress, as they came. */
  readonly text: readonly string[]
}

/** Folds buildx's progress lines of one target. */
export interface Progress {
  /** Takes one line of standard error, without its end. Never throws. */
  feed(line: string): void
  state(): ProgressState
  /** The steps with their output, in the order of `state().steps`. */
  log(): readonly LoggedStep[]
  /** Bytes of layers that BuildKit fetched from registries and caches, or of them for this target alone; what RUN downloads it does not tell. */
  downloaded(own?: boolean): number
  /** Where several targets were asked for: whether a step of this one failed, or buildx names it; null for neither. */
  failed(): 'step' | 'name' | null
  /** Why the build failed; to be asked only when buildx ended with an error. */
  failure(): Failure
}

interface Options {
  /** The Dockerfile's path from the repository's root, for warnings and failures. */
  readonly dockerfile?: string
  /** Targets of the same process that are built on this one. */
  readonly descendants?: ReadonlySet<string>
}

const TEXT_KEPT = 500
const TAIL = 20

/** Starts a fold for one bake target. Steps of linked parents, which run in the same process, are not counted. */
export function createProgress(target: string, options: Options = {}): Progress {
  const memory = createMemory(target, options.dockerfile ?? null, options.descendants ?? new Set())
  return {
    feed: (line) => {
      const status = parseSolveStatus(line)
      if (status !== null) fold(memory, status)
      else if (line.trim() !== '' && memory.text.length < TEXT_KEPT) memory.text.push(line)
    },
    state: () => stateOf(memory),
    log: () => ownSteps(memory).map(({ known, step }) => ({ ...step, log: known.log.read() })),
    downloaded: (own = false) => downloadedBytes(memory, own),
    failed: () => hasFailed(memory),
    failure: () => failureOf(memory),
  }
}

interface Own {
  readonly known: Known
  readonly step: Step
}

function ownSteps(memory: Memory): Own[] {
  const own = [...memory.known.values()].flatMap((known) => {
    const name = ownName(memory, known)
    return name === null ? [] : [{ known, step: toStep(known, name, memory.targets.size > 0) }]
  })
  const sorted = own.toSorted(
    (a, b) => rank(a.step) - rank(b.step) || begin(a.step) - begin(b.step) || order(a.step) - order(b.step),
  )
  return withoutRepeats(sorted)
}

/**
 * An image is built once and found in the cache by each later round, which sends its contexts anew: then BuildKit has other digests for
 * the same numbered steps. The first of a name is the one that tells what was done,
 * or that which failed.
 */
function withoutRepeats(own: readonly Own[]): Own[] {
  const keyOf = ({ step: { name, number, total, stage, platform } }: Own) =>
    JSON.stringify([name, number, total, stage, platform])
  const failed = new Map(own.filter(({ step }) => step.error !== null).map((one) => [keyOf(one), one]))
  const seen = new Set<string>()
  return own.filter((one) => {
    const key = keyOf(one)
    if (one.step.number === null) return true
    if (failed.has(key)) return failed.get(key) === one
    return !seen.has(key) && seen.add(key)
  })
}

function stateOf(memory: Memory): ProgressState {
  const own = ownSteps(memory)
  const running = own.filter(({ step }) => step.started !== null && step.completed === null)
  const current = running.findLast(({ step }) => step.number !== null) ?? running.at(-1)
  return {
    steps: own.map(({ step }) => step),
    current: current?.step ?? null,
    bytes: current === undefined ? null : bytesOf(current.known),
    warnings: ownWarnings(memory),
    text: memory.text,
  }
}

function toStep(known: Known, name: string, marked: boolean): Step {
  const { text, number, total, stage, platform } = parseVertexName(name, marked)
  const { started, completed, cached, error } = known.vertex
  return { name: text, number, total, stage, platform, started, completed, cached, error }
}

function rank(step: Step): number {
  return step.number === null ? 1 : 0
}

function begin(step: Step): number {
  return step.started ?? Number.MAX_SAFE_INTEGER
}

function order(step: Step): number {
  return step.number ?? 0
}

function bytesOf(known: Known): ProgressState['bytes'] {
  const sized = [...known.transfers.values()].filter((transfer) => (transfer.total ?? 0) > 0)
  if (sized.length === 0) return null
  return {
    current: sized.reduce((sum, transfer) => sum + transfer.current, 0),
    total: sized.reduce((sum, transfer) => sum + (transfer.total ?? 0), 0),
  }
}

/** Each layer once, whoever wanted it: its transfer is named by its digest. */
function downloadedBytes(memory: Memory, own: boolean): number {
  const layers = new Map<string, number>()
  for (const known of memory.known.values())
    for (const { id, current, total } of own && ownName(memory, known) === null ? [] : known.transfers.values())
      if (total !== null && /^sha256:[0-9a-f]{64}$/.test(id)) layers.set(id, current)
  return [...layers.values()].reduce((sum, bytes) => sum + bytes, 0)
}

/** A warning comes once a platform: the same rule on the same line is one. */
function ownWarnings(memory: Memory): CheckWarning[] {
  const unique = new Map<string, CheckWarning>()
  for (const { vertex, warning } of memory.warnings) {
    const known = memory.known.get(vertex)
    if (known !== undefined && known.names.size > 0 && ownName(memory, known) === null) continue
    unique.set(JSON.stringify([warning.rule, warning.line, warning.message]), warning)
  }
  return [...unique.values()].toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0))
}

function failureOf(memory: Memory): Failure {
  const text = readErrorText(memory.text)
  const failed = failedVertex(memory)
  const log = failed?.log.read().lines ?? []
  const marked = memory.targets.size > 0
  const name = failed === null ? null : (ownName(memory, failed) ?? failed.vertex.name)
  const error = failed?.vertex.error ?? null
  const message = text.message ?? (error === null ? silence(memory) : shortenError(error))
  const parent = text.target === null || text.target === memory.target ? '' : `in its parent ${text.target}: `
  return {
    message: parent + message,
    step: failed === null || name === null ? null : toStep(failed, name, marked),
    dockerfile: memory.dockerfile ?? 'Dockerfile',
    line: parent === '' ? text.line : null,
    tail: log.slice(-TAIL),
  }
}

/** buildx may name another target that had the failed step, too. */
function hasFailed(memory: Memory): 'step' | 'name' | null {
  if ([...memory.known.values()].some((known) => isFailure(known) && ownName(memory, known) !== null)) return 'step'
  return readErrorText(memory.text).target === memory.target ? 'name' : null
}

/** Of its own accord. */
function isFailure({ vertex: { error, name } }: Known): boolean {
  return error !== null && !isCancellation(error) && !isCacheImport(name)
}

/** A cache that cannot be read ends nothing. */
function isCacheImport(name: string): boolean {
  return /^(\[[^\]]+\] )?importing cache manifest/.test(name)
}

/** Own steps before a parent's, causes before what was cancelled for them. */
function failedVertex(memory: Memory): Known | null {
  const failed = [...memory.known.values()].filter(
    ({ vertex: { error, name } }) => error !== null && !isCacheImport(name),
  )
  const weight = (known: Known): number => {
    return (isCancellation(known.vertex.error ?? '') ? 2 : 0) + (ownName(memory, known) === null ? 1 : 0)
  }
  return failed.toSorted((a, b) => weight(a) - weight(b))[0] ?? null
}

function silence(memory: Memory): string {
  return memory.text.at(-1) ?? 'buildx ended without a reason'
}
