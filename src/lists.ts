import { parse } from 'csv-parse/sync'

/**
 * How an input's text becomes a list, as docker's own actions read theirs: `lines` = one item a line (commas belong to
 * the item), `lines-or-commas` = both separate. Quotes as in CSV unless `quote` is false; `trim` false keeps the white
 * space around an item, which may belong to a secret.
 */
export interface ListSyntax {
  readonly separator: 'lines' | 'lines-or-commas'
  readonly quote?: boolean
  readonly trim?: boolean
}

/** Items of a list input, empty ones left out. Throws where quotes do not close. */
export function readList(text: string, { separator, quote = true, trim = true }: ListSyntax): string[] {
  if (text.trim() === '') return []
  const records: string[][] = parse(text, {
    columns: false,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    ...(quote ? {} : { quote: false }),
  })
  const items = records.flatMap((record) => {
    if (separator === 'lines') return [record.join(',')]
    // A line that is one quoted cell is taken apart all the same; beside other cells its commas are its own.
    return record.length === 1 ? (record[0] ?? '').split(',') : record
  })
  return items.filter((item) => item.trim() !== '').map((item) => (trim ? item.trim() : item))
}

/** `key=value` items as a record; the value may hold `=`. Throws `Error` with the item for one without `=`. */
export function readPairs(items: readonly string[]): Record<string, string> {
  const pairs: [string, string][] = items.map((item) => {
    const at = item.indexOf('=')
    if (at <= 0) throw new Error(`${JSON.stringify(item)} is not KEY=VALUE`)
    return [item.slice(0, at).trim(), item.slice(at + 1)]
  })
  return Object.fromEntries(pairs)
}
