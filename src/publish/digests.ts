import { ActionError } from '../errors.ts'
import { shorten } from '../report/visible.ts'

/** Image → the digests that jobs pushed of it, each once, in the order that they were given. */
export type GivenDigests = ReadonlyMap<string, readonly string[]>

const digestGrammar = /^sha256:[0-9a-f]{64}$/
const mostDigests = 10_000

/**
 * Joins what jobs say that they pushed: texts of JSON objects `{"image": "sha256:…"}`, one a line or one over several, as the
 * output `digests` has it. `where` names a text for messages. Throws ActionError('input').
 */
export function readDigests(texts: readonly { readonly where: string; readonly text: string }[]): GivenDigests {
  const given = new Map<string, string[]>()
  let count = 0
  for (const { where, text } of texts)
    for (const [image, digest] of documentsOf(text, where).flatMap((document) => entriesOf(document, where))) {
      count += 1
      if (count > mostDigests) throw refused(where, `more than ${mostDigests} digests`)
      const known = given.get(image) ?? []
      if (!known.includes(digest)) given.set(image, [...known, digest])
    }
  return given
}

/** One document, or one a line. */
function documentsOf(text: string, where: string): unknown[] {
  if (text.trim() === '') return []
  try {
    return [JSON.parse(text)]
  } catch {
    const lines = text.split('\n').filter((line) => line.trim() !== '')
    return lines.map((line) => {
      try {
        return JSON.parse(line) as unknown
      } catch {
        throw refused(where, `${JSON.stringify(shorten(line.trim(), 80))} is no JSON`)
      }
    })
  }
}

function entriesOf(document: unknown, where: string): [string, string][] {
  if (typeof document !== 'object' || document === null || Array.isArray(document))
    throw refused(where, `${shorten(JSON.stringify(document), 80)} is no object`)
  return Object.entries(document).map(([image, digest]) => {
    if (typeof digest !== 'string' || !digestGrammar.test(digest))
      throw refused(
        where,
        `${shorten(JSON.stringify(digest), 80)}, of ${JSON.stringify(shorten(image, 80))}, is no digest`,
      )
    return [image, digest]
  })
}

function refused(where: string, what: string): ActionError {
  return new ActionError('input', `input digests: ${where}: ${what}`, [
    'give what the output digests or the file of the output digests-file holds: {"base-image": "sha256:…"}',
  ])
}
