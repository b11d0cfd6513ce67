import { styleText } from 'node:util'
import type { Outcome } from './types.ts'

/** How text for a terminal may look. */
export interface TextOptions {
  readonly color: boolean
}

/** A format of `styleText`. */
export type Style = Parameters<typeof styleText>[0]

/** Colours by the habits of terminals: never with NO_COLOR, always with FORCE_COLOR, else on a TTY that is not dumb. */
export function wantsColor(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  if (env.NO_COLOR !== undefined && env.NO_COLOR !== '') return false
  if (env.FORCE_COLOR !== undefined && env.FORCE_COLOR !== '') return env.FORCE_COLOR !== '0'
  return stream.isTTY === true && env.TERM !== 'dumb'
}

/** Colours a text where that is wanted. */
export function paint(style: Style, text: string, options: TextOptions): string {
  return options.color ? styleText(style, text, { validateStream: false }) : text
}

/** The colour of an outcome, and of a plan's action. */
export const STYLES: Readonly<Record<Outcome | 'build' | 'reuse' | 'skip', Style>> = {
  built: 'green',
  build: 'green',
  reused: 'cyan',
  reuse: 'cyan',
  unchanged: 'dim',
  skip: 'dim',
  failed: 'red',
  skipped: 'yellow',
}

/** Pads every cell of a column to the widest; the last column is left as it is. */
export function columns(rows: readonly (readonly string[])[]): string[][] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(0, ...rows.map((row) => row[column]?.length ?? 0)))
  return rows.map((row) =>
    row.map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0))),
  )
}
