/**
 * Scalars as PyYAML writes them, which is what conda-lock uses: YAML 1.1's types (yaml/resolver.py) and PyYAML's choice
 * of style (yaml/emitter.py). A YAML 1.2 emitter quotes other ones.
 */

const words = new Set(['', '~', '=', '<<'])
for (const word of ['null', 'yes', 'no', 'true', 'false', 'on', 'off'])
  for (const form of [word, word.toUpperCase(), word[0]?.toUpperCase() + word.slice(1)]) words.add(form)

const digits = /^[-+.0-9]/
const integer = /^[-+]?(?:0b[01_]+|0[0-7_]+|0|[1-9][0-9_]*|0x[0-9a-fA-F_]+|[1-9][0-9_]*(?::[0-5]?[0-9])+)$/
const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/
const date = /^\d{4}-\d\d-\d\d$/
const moment = /^\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?$/

/** Whether YAML 1.1 reads this plain scalar as something other than a string: null, a boolean, a number, a date. */
export function isTyped(text: string): boolean {
  if (words.has(text)) return true
  if (!digits.test(text)) return false
  return integer.test(text) || float.test(text) || date.test(text) || moment.test(text)
}

const indicators = /^(?:[,[\]{}#&*!|>'"%@`]|[-?:](?: |$)|---|\.\.\.)/
const printable = /^[ -~]*$/

/** Whether a text can stand in a block without quotes, as far as its characters go: its type is `isTyped`'s question. */
export function isPlain(text: string): boolean {
  return (
    !indicators.test(text) &&
    !text.includes(': ') &&
    !text.includes(' #') &&
    !text.endsWith(':') &&
    !text.startsWith(' ') &&
    !text.endsWith(' ') &&
    printable.test(text)
  )
}

/** Columns after which PyYAML breaks a line, at a space. */
const width = 80

/**
 * A string as PyYAML writes it in a block: plain if it can be, else in single quotes, else (not ASCII, control characters) in
 * double quotes. `column` is where it begins, `indent` the spaces before its further lines. Line breaks, which
 * PyYAML would keep in single quotes, become `\n`: any reader reads the same.
 */
export function writeScalar(text: string, column = 0, indent = 0): string {
  if (!printable.test(text)) return double(text, column, indent)
  return fold(text, column, indent, isPlain(text) && !isTyped(text) ? '' : "'")
}

/** Breaks at a space that stands alone and beyond the width; in quotes not at the first or last character. */
function fold(text: string, column: number, indent: number, quote: string): string {
  const quoted = quote === '' ? text : text.replaceAll("'", "''")
  if (column + quoted.length < width || !text.includes(' ')) return quote + quoted + quote
  let written = quote
  let at = column + quote.length
  for (const { 0: run, index } of text.matchAll(/ +|[^ ]+/g)) {
    const inside = index > 0 && index + run.length < text.length
    if (run === ' ' && at > width && inside) {
      written += `\n${' '.repeat(indent)}`
      at = indent
    } else {
      const part = quote === '' ? run : run.replaceAll("'", "''")
      written += part
      at += part.length
    }
  }
  return written + quote
}

const named: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
}

/** In double quotes a break is a backslash at the line's end, and one before a space at the next line's beginning. */
function double(text: string, column: number, indent: number): string {
  const characters = [...text]
  let written = '"'
  let at = column + 1
  let pending = ''
  const flush = (part: string) => {
    written += pending + part
    at += pending.length + part.length
    pending = ''
  }
  for (const [index, character] of characters.entries()) {
    const escaped = escapeOf(character)
    const isEscape = escaped !== character
    if (isEscape) flush(escaped)
    const inside = index > 0 && index < characters.length - 1 && (character === ' ' || pending === '')
    // PyYAML counts a character less right after an escape.
    if (inside && at + pending.length - (isEscape ? 1 : 0) > width) {
      flush(`\\\n${' '.repeat(indent)}`)
      at = indent
      if ((isEscape ? characters[index + 1] : character) === ' ') flush('\\')
    }
    if (!isEscape) pending += character
  }
  flush('"')
  return written
}

function escapeOf(character: string): string {
  const name = named[character]
  if (name !== undefined) return `\\${name}`
  if (/^[ -~]$/.test(character)) return character
  const code = character.codePointAt(0) ?? 0
  const [letter, size] = code <= 0xff ? ['x', 2] : code <= 0xffff ? ['u', 4] : ['U', 8]
  return `\\${letter}${code.toString(16).toUpperCase().padStart(Number(size), '0')}`
}
