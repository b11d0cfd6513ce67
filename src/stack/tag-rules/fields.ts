import { parse } from 'csv-parse/sync'
import { ActionError, messageOf } from '../../errors.ts'
import { nearest } from '../../nearest.ts'
import { shorten } from '../../report/visible.ts'

/** One rule or flavor as it is written, and where it stands (`input tags`). */
export interface Line {
  readonly text: string
  readonly where: string
}

/** `key=value`, or a value alone: then `key` is null. */
export interface Field {
  readonly key: string | null
  readonly value: string
}

/**
 * The fields of a line in CSV: quotes keep the commas of a field together. A whole rule in quotes is read once more, as
 * metadata-action needs it for a comma; keys are of any case.
 */
export function readFields(line: Line): Field[] {
  const cells = readCells(line, line.text)
  const whole = cells.length === 1 && /^type\s*=[^,]*,/i.test(cells[0] ?? '')
  return (whole ? readCells(line, cells[0] ?? '') : cells).map((cell) => {
    const at = cell.indexOf('=')
    if (at < 1) return { key: null, value: cell.trim() }
    return { key: cell.slice(0, at).trim().toLowerCase(), value: cell.slice(at + 1).trim() }
  })
}

/** The items that say something: blank lines and those that start with `#` are left out. */
export function linesOf(items: readonly string[], where: string): Line[] {
  const texts = items.map((item) => item.trim())
  return texts.filter((text) => text !== '' && !text.startsWith('#')).map((text) => ({ text, where }))
}

/** An error in a line: what is wrong with it, and what to do. */
export function wrong(line: Line, what: string, remedies: readonly string[]): ActionError {
  return new ActionError('input', `${line.where}: ${JSON.stringify(shorten(line.text, 120))}: ${what}`, remedies)
}

/** Words that can stand somewhere, and the one that may have been meant. */
export function suggest(word: string, known: readonly string[]): string[] {
  const [near] = nearest(word, known)
  return [...(near ? [`did you mean ${near}?`] : []), `it can be ${known.join(', ')}`]
}

function readCells(line: Line, text: string): string[] {
  try {
    const [cells]: string[][] = parse(text, { relax_column_count: true, relax_quotes: true, skip_empty_lines: true })
    return cells ?? []
  } catch (error) {
    throw wrong(line, shorten(messageOf(error), 100), ['write it as CSV: key=value,"key=value, with a comma"'])
  }
}
