import type { Spec } from './types.ts'

/** Where a person wrote a spec, as messages name it: `file:line`. */
export function originOf({ origin }: Pick<Spec, 'origin'>): string {
  return `${origin.file}:${origin.line}`
}
