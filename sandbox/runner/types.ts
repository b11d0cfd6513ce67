import type { WorkflowCommand } from './command-parser.ts'

/** What a step says about a place in the repository (or about the run as a whole, without `file`). */
export interface Annotation {
  readonly level: 'error' | 'warning' | 'notice'
  readonly message: string
  readonly title?: string
  readonly file?: string
  readonly line?: number
  readonly endLine?: number
  readonly column?: number
  readonly endColumn?: number
}

/** A folded part of the log with the lines that it holds. */
export interface LogGroup {
  readonly title: string
  readonly lines: string[]
}

/** When the run is cancelled: after so many milliseconds, at the first line of output that matches, or when a promise is kept. */
export interface CancelPlan {
  readonly when: number | RegExp | Promise<unknown>
  /** The step that is cancelled; default `main`. */
  readonly phase?: 'main' | 'post'
  /** Milliseconds that the runner waits after SIGINT (7,500), then after SIGTERM (2,500), before SIGKILL. */
  readonly interruptMs?: number
  readonly terminateMs?: number
}

/** A process that a step left behind. */
export interface Orphan {
  readonly pid: number
  readonly command: string
}

/** How a step ended, with all that the runner took from it. */
export interface StepResult {
  readonly outcome: 'success' | 'failure' | 'cancelled'
  /** The process's exit code, null where a signal ended it. */
  readonly exitCode: number | null
  readonly signal: NodeJS.Signals | null
  /** As written by the process, nothing masked. */
  readonly stdout: string
  readonly stderr: string
  /** What a reader of the log sees, masked, commands taken out. */
  readonly log: string
  readonly outputs: Readonly<Record<string, string>>
  /** Variables and paths for later steps. */
  readonly env: Readonly<Record<string, string>>
  readonly path: readonly string[]
  readonly state: Readonly<Record<string, string>>
  /** The job summary's markdown; empty where there is none, or where it was too large. */
  readonly summary: string
  /** Every command that was honoured, in order. */
  readonly commands: readonly WorkflowCommand[]
  readonly annotations: readonly Annotation[]
  readonly groups: readonly LogGroup[]
  readonly masks: readonly string[]
  readonly debug: readonly string[]
  /** Processes still there when the step's own process had ended. */
  readonly orphans: readonly Orphan[]
  readonly durationMs: number
}

/** The main step's result with its post step's; `post` is null where the action has none or its `post-if` says no. */
export interface ActionResult extends StepResult {
  readonly post: StepResult | null
}

/** What an action is run with. Only `actionDir`, `workspace`, `event` and `eventName` are needed. */
export interface RunOptions {
  /** The folder with action.yml. */
  readonly actionDir: string
  /** The checked-out repository: the process's working directory. */
  readonly workspace: string
  /** The webhook payload, written to GITHUB_EVENT_PATH. */
  readonly event: unknown
  readonly eventName: string
  /** `with:` of the step. */
  readonly inputs?: Readonly<Record<string, string | number | boolean>>
  /** Variables on top of PATH, HOME and LANG of this process, the only ones that are handed on. */
  readonly env?: Readonly<Record<string, string>>
  /** GITHUB_SHA and GITHUB_REF; by default what the event says. */
  readonly sha?: string
  readonly ref?: string
  /** `owner/name`; by default the event's. */
  readonly repository?: string
  /** What `${{ github.token }}` stands for. */
  readonly token?: string
  readonly apiUrl?: string
  readonly graphqlUrl?: string
  readonly serverUrl?: string
  readonly actor?: string
  readonly runId?: string
  readonly runAttempt?: string
  /** RUNNER_TEMP and RUNNER_TOOL_CACHE are made in here; by default in a new temporary folder that is removed. */
  readonly runnerDir?: string
  /** As with a re-run "with debug logging". */
  readonly debug?: boolean
  readonly signals?: CancelPlan
  /** Milliseconds after which the harness gives up, kills the process and throws; default 10 minutes. */
  readonly timeoutMs?: number
  /** Called with each line of the masked log as it comes. */
  readonly onLog?: (line: string) => void
}
