import { runInNewContext } from 'node:vm'
import { messageOf } from '../../errors.ts'
import { type Line, wrong } from './fields.ts'
import type { Pattern } from './types.ts'

/** Milliseconds that an expression of the workflow may take on a name that anybody chose. */
const timeLimit = 250

/** A regular expression, plain or as `/source/flags`; a wrong one is told with its line. */
export function patternOf(line: Line, text: string): Pattern {
  const [, source = text, flags = ''] = /^\/(.+)\/([a-z]*)$/s.exec(text) ?? []
  try {
    new RegExp(source, flags)
    return { source, flags }
  } catch (error) {
    throw wrong(line, messageOf(error), ['write a JavaScript regular expression; quote the field when it has a comma'])
  }
}

/**
 * What `String.match` gives, null for no match and for one that takes too long: names of branches and tags are
 * anybody's, and an expression such as `(a+)+$` may take years on some.
 */
export function matchPattern(pattern: Pattern, text: string): readonly (string | undefined)[] | null {
  try {
    const found: unknown = runInNewContext(
      'JSON.stringify(text.match(new RegExp(source, flags)))',
      { text, source: pattern.source, flags: pattern.flags },
      { timeout: timeLimit },
    )
    const groups = JSON.parse(String(found)) as (string | null)[] | null
    return groups?.map((group) => group ?? undefined) ?? null
  } catch {
    return null
  }
}
