import { rawWords } from './shell.ts'

/** One instruction of a Dockerfile, its continued lines joined, its heredocs taken away. */
export interface Instruction {
  /** In capitals: `COPY`. */
  readonly keyword: string
  /** The words that begin with `--`, without quotes: `--from=build`. */
  readonly flags: readonly string[]
  /** What follows the flags, as it is written. */
  readonly rest: string
  /** 1-based line of its first line. */
  readonly line: number
}

/** A Dockerfile as BuildKit's parser sees it. `escapeChar` is `\` or, by directive, a backtick. */
export interface Dockerfile {
  readonly escapeChar: string
  readonly instructions: readonly Instruction[]
}

/** Where the parser is: the text is not divided first, as most of a line's cost is what is made of it. */
interface Cursor {
  readonly text: string
  at: number
  /** Lines that were taken. */
  line: number
}

const backslashWord = wordExpression('\\\\')
const backtickWord = wordExpression('`')

/**
 * Takes a Dockerfile apart by the rules of BuildKit's own parser: comments between continued lines, empty continuation
 * lines, CRLF, `# escape=`, heredocs. Never throws: what BuildKit would refuse is BuildKit's to report.
 */
export function parseDockerfile(text: string): Dockerfile {
  const known = parsed.get(text)
  if (known) return known
  if (parsed.size >= keptTexts) parsed.clear()
  const dockerfile = parse(text)
  parsed.set(text, dockerfile)
  return dockerfile
}

/** The head's and the base's stack share most of their Dockerfiles, and none of them is to be taken apart twice. */
const parsed = new Map<string, Dockerfile>()
const keptTexts = 10_000

function parse(text: string): Dockerfile {
  const cursor: Cursor = { text: text.charCodeAt(0) === 0xfeff ? text.slice(1) : text, at: 0, line: 0 }
  const escapeChar = readDirectives(cursor.text)
  const instructions: Instruction[] = []
  while (cursor.at <= cursor.text.length) {
    const line = cursor.line + 1
    const logical = takeLogicalLine(cursor, escapeChar).trim()
    if (logical === '') continue
    const instruction = splitInstruction(logical, escapeChar, line)
    instructions.push(instruction)
    if (takesHeredocs.has(instruction.keyword) && logical.includes('<<')) skipHeredocs(cursor, logical)
  }
  return { escapeChar, instructions }
}

/** The instruction behind an ONBUILD; null when there is none. */
export function triggerOf(onbuild: Instruction, escapeChar: string): Instruction | null {
  return onbuild.rest ? splitInstruction(onbuild.rest.trim(), escapeChar, onbuild.line) : null
}

/** The words of ARG and ENV: divided at white space outside quotes, quotes and escapes kept. */
export function fields(text: string, escapeChar: string): string[] {
  const word = escapeChar === '`' ? backtickWord : backslashWord
  return text.match(word) ?? []
}

/** The arguments of COPY and ADD: a JSON array, or words divided at white space. */
export function listArguments(rest: string): string[] {
  if (rest.startsWith('[')) {
    try {
      const values: unknown = JSON.parse(rest)
      if (Array.isArray(values) && values.every((value) => typeof value === 'string')) return values
    } catch {
      // Not JSON: BuildKit reads it as plain words too.
    }
  }
  return rest.split(/[\t\v\f\r ]+/).filter(Boolean)
}

/** The name behind `<<` when the word begins a heredoc, else null. */
export function heredocName(word: string): { name: string; tabs: boolean } | null {
  const match = /^\d*<<(-?)\s*([^<]+)$/.exec(word)
  if (!match) return null
  const name = (match[2] ?? '').replace(/\\(.)|['"]/g, '$1')
  return /\s/.test(name.trim()) || !name ? null : { name, tabs: match[1] === '-' }
}

/** Only the first word: an instruction of a megabyte of flags must not be divided anew for each of them. */
function firstField(text: string, escapeChar: string): string {
  const word = escapeChar === '`' ? backtickWord : backslashWord
  word.lastIndex = 0
  const first = word.exec(text)?.[0] ?? text
  word.lastIndex = 0
  return first
}

function wordExpression(escaped: string): RegExp {
  return new RegExp(
    `(?:${escaped}[\\s\\S]|"(?:${escaped}[\\s\\S]|[^"${escaped}])*"?|'[^']*'?|[^\\s"'${escaped}])+`,
    'g',
  )
}

function readDirectives(text: string): string {
  const seen = new Map<string, string>()
  for (const cursor: Cursor = { text, at: 0, line: 0 }; cursor.at <= text.length; ) {
    const line = takeLine(cursor)
    if (!line.trimStart().startsWith('#')) break
    const match = /^\s*#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/.exec(line)
    const name = match?.[1]?.toLowerCase() ?? ''
    if (!['syntax', 'escape', 'check'].includes(name) || seen.has(name)) break
    seen.set(name, match?.[2] ?? '')
  }
  return seen.get('escape') === '`' ? '`' : '\\'
}

/** The next line, without what ends it. */
function takeLine(cursor: Cursor): string {
  const { text, at } = cursor
  const found = text.indexOf('\n', at)
  let end = found < 0 ? text.length : found
  cursor.at = end + 1
  cursor.line++
  while (end > at && text.charCodeAt(end - 1) === 13) end--
  return text.slice(at, end)
}

function takeLogicalLine(cursor: Cursor, escapeChar: string): string {
  let logical = ''
  for (let first = true; cursor.at <= cursor.text.length; first = false) {
    const line = takeLine(cursor)
    const start = line.trimStart()
    const comment = start.startsWith('#')
    if (!first && (comment || start === '')) continue
    const body = comment ? '' : first ? start : line
    const end = continuation(body, escapeChar)
    if (end < 0) return logical + body
    logical += body.slice(0, end)
  }
  return logical
}

/** Index of the escape that continues a line: the last character before blanks, and not escaped itself. -1 without one. */
function continuation(line: string, escapeChar: string): number {
  let end = line.length - 1
  while (line[end] === ' ' || line[end] === '\t') end--
  return line[end] === escapeChar && line[end - 1] !== escapeChar ? end : -1
}

function splitInstruction(text: string, escapeChar: string, line: number): Instruction {
  const space = text.search(/\s/)
  const keyword = (space < 0 ? text : text.slice(0, space)).toUpperCase()
  let rest = space < 0 ? '' : text.slice(space).trimStart()
  if (!rest.startsWith('--')) return { keyword, flags: noFlags, rest, line }
  const flags: string[] = []
  while (rest.startsWith('--')) {
    const word = firstField(rest, escapeChar)
    rest = rest.slice(word.length).trimStart()
    if (word === '--') break
    flags.push(unquoted(word, escapeChar))
  }
  return { keyword, flags, rest, line }
}

function unquoted(word: string, escapeChar: string): string {
  return word.replace(escapeChar === '\\' ? /\\([\s\S])|["']/g : /`([\s\S])|["']/g, '$1')
}

const noFlags: readonly string[] = []
const takesHeredocs = new Set(['ADD', 'COPY', 'RUN', 'ONBUILD'])

function skipHeredocs(cursor: Cursor, logical: string): void {
  for (const word of rawWords(logical)) {
    const heredoc = heredocName(word)
    if (!heredoc) continue
    while (cursor.at <= cursor.text.length) {
      const line = takeLine(cursor)
      if ((heredoc.tabs ? line.replace(/^\t+/, '') : line) === heredoc.name) break
    }
  }
}
