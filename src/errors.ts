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
