/** What kind of failure it is: decides the exit code (usage → 2, all else → 1) and whether a retry makes sense. */
export type ErrorCode =
  | 'usage'
  | 'input'
  | 'spec'
  | 'stack'
  | 'git'
  | 'github'
  | 'builder'
  | 'build'
  | 'registry'
  | 'disk'
  | 'lock'
  | 'solve'
  | 'cancelled'

/**
 * An error that a person can act on. `message` is one line: what was wrong, with file, line and value. `details` say
 * why and what to do about it, a line each.
 */
export class ActionError extends Error {
  readonly code: ErrorCode
  readonly details: readonly string[]

  constructor(code: ErrorCode, message: string, details: readonly string[] = [], options?: ErrorOptions) {
    super(message, options)
    this.name = 'ActionError'
    this.code = code
    this.details = details
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

/** The error in a person's words where a full disk is behind it; any other one as it is. */
export function explained(error: unknown): unknown {
  const message = messageOf(error)
  if (error instanceof ActionError || !fullDisk.test(message)) return error
  const remedy = 'remove what the job does not need before this step, or take a runner with a larger disk'
  return new ActionError('disk', `no space is left on the disk: ${message}`, [remedy], { cause: error })
}

/** How Node, buildx and BuildKit tell of a full disk. */
export const fullDisk: RegExp = /ENOSPC|no space left on device/i
