import { ActionError } from '../errors.ts'
import { originOf } from './origin.ts'
import type { Provided } from './pip-constraints.ts'
import type { PipRequest, PipSpec } from './types.ts'

/**
 * The error of a request that uv did not resolve, from what it says. No solution is the specs' fault; what else uv fails for (an index
 * that cannot be reached) is not.
 */
export function resolveError(
  request: PipRequest,
  provided: readonly Provided[],
  explanation: readonly string[],
): ActionError {
  if (explanation.some((line) => line.startsWith('No solution found')))
    return unsolvable(request, provided, explanation)
  const [reason = '', ...details] = explanation
  return new ActionError('solve', `uv cannot resolve the pip packages of ${request.platform}: ${reason}`, details)
}

/** uv's words, then the lines of the environment files that ask for what they name. */
function unsolvable(request: PipRequest, provided: readonly Provided[], explanation: readonly string[]): ActionError {
  const words = new Set(
    explanation
      .join(' ')
      .split(/[^A-Za-z0-9._-]+|[<>=!~[\]]/)
      .map((word) => word.replace(/\.$/, '')),
  )
  const named = request.specs.filter(({ name }) => words.has(name))
  const shown = named.length > 0 ? named : request.specs
  const [first] = shown
  const asks = ({ name, version }: PipSpec) => `asks for ${name}${version}`
  const from = provided
    .filter(({ name }) => words.has(name))
    .map((one) => `${one.name} ${one.version} comes from conda`)
  return new ActionError(
    'solve',
    `the pip packages of ${request.platform} do not fit together${first ? `: ${originOf(first)} ${asks(first)}` : ''}`,
    [
      ...explanation,
      ...from,
      ...shown.slice(1).map((spec) => `${originOf(spec)} ${asks(spec)}`),
      remedyOf(explanation),
    ],
  )
}

function remedyOf(explanation: readonly string[]): string {
  return explanation.some((line) => /no (usable )?wheels|building from source/i.test(line))
    ? 'only wheels are taken, nothing is built: take the package from conda, or a version that has a wheel'
    : 'loosen one of these, or take the package from conda'
}
