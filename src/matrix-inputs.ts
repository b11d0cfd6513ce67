import { boolean } from './input-values.ts'
import type { InputName } from './inputs.ts'

/** The inputs of a build that is spread over several jobs. */
export interface MatrixInputs {
  /** What is built is pushed without a tag; `command: merge` gives them. */
  readonly pushByDigest: boolean
  /** What earlier jobs pushed: JSON as in the output `digests`, one object a line, or a folder of such files. */
  readonly digests: string
}

/** Names of the inputs of a build that is spread over several jobs. */
export const matrixInputNames = ['push-by-digest', 'digests'] as const

/** Texts → checked values; what `digests` holds is read later, when it is a folder. Throws ActionError('input'). */
export function loadMatrixInputs({ text }: { readonly text: (name: InputName) => string }): MatrixInputs {
  return { pushByDigest: boolean('push-by-digest', text('push-by-digest') || 'false'), digests: text('digests') }
}
