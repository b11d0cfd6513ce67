/** What a variable holds; undefined when it is not set. May throw `Doubt`. */
export type Lookup = (name: string) => string | undefined

/** Thrown where the value of a word cannot be known from the Dockerfile alone, or where its syntax is wrong. */
export class Doubt extends Error {}

const plainText = /[\w.:=-]+/y
const plainWord = /[\w.:=/-]+/y

interface Cursor {
  readonly text: string
  readonly escapeChar: string
  at: number
}

/**
 * Replaces the variables of a word and takes its quotes away, as BuildKit's `shell.Lex` does: `$X`, `${X}`, `:-`, `-`,
 * `:+`, `+`, `:?`, `?`, `#`, `##`, `%`, `%%`, `/` and `//`. Throws `Doubt` for what BuildKit refuses.
 */
export function expandWord(text: string, escapeChar: string, lookup: Lookup): string {
  if (!/['"$\\`]/.test(text)) return text
  return expandUntil({ text, escapeChar, at: 0 }, '', lookup)
}

/**
 * The words of a command as they are written, quotes and escapes kept: what BuildKit looks for heredocs in. Empty when
 * a quote is not closed or a substitution is none of Dockerfile's: BuildKit sees no heredoc in such a line either.
 */
export function rawWords(text: string): string[] {
  const cursor: Cursor = { text, escapeChar: '\\', at: 0 }
  const words: string[] = []
  let start = -1
  try {
    while (cursor.at < text.length) {
      if (start >= 0 && skipPlain(cursor, plainWord)) continue
      const space = isSpace(text[cursor.at])
      if (space && start >= 0) words.push(text.slice(start, cursor.at))
      start = space ? -1 : start < 0 ? cursor.at : start
      if (text.startsWith('<<', cursor.at)) cursor.at += /^<<[ \t]*/.exec(text.slice(cursor.at))?.[0].length ?? 2
      else takePiece(cursor, () => 'x', false)
    }
  } catch {
    return []
  }
  return start < 0 ? words : [...words, text.slice(start)]
}

function expandUntil(cursor: Cursor, stop: string, lookup: Lookup, keepEscapes = false): string {
  let result = ''
  while (cursor.at < cursor.text.length) {
    if (stop && cursor.text[cursor.at] === stop) {
      cursor.at++
      return result
    }
    result += skipPlain(cursor, plainText) || takePiece(cursor, lookup, keepEscapes)
  }
  if (stop) throw new Doubt(`no closing ${stop}`)
  return result
}

/** Takes what means nothing but itself at once; empty where the next character may mean more. */
function skipPlain(cursor: Cursor, plain: RegExp): string {
  plain.lastIndex = cursor.at
  const text = plain.exec(cursor.text)?.[0] ?? ''
  cursor.at += text.length
  return text
}

/** One quoted text, substitution, escaped character or plain character. */
function takePiece(cursor: Cursor, lookup: Lookup, keepEscapes: boolean): string {
  const char = cursor.text[cursor.at] ?? ''
  if (char === "'") return takeSingleQuoted(cursor)
  if (char === '"') return takeDoubleQuoted(cursor, lookup)
  if (char === '$') return takeSubstitution(cursor, lookup)
  cursor.at++
  if (char !== cursor.escapeChar) return char
  const next = cursor.text[cursor.at++] ?? ''
  return keepEscapes ? char + next : next
}

function takeSingleQuoted(cursor: Cursor): string {
  const end = cursor.text.indexOf("'", cursor.at + 1)
  if (end < 0) throw new Doubt("no closing '")
  const result = cursor.text.slice(cursor.at + 1, end)
  cursor.at = end + 1
  return result
}

function takeDoubleQuoted(cursor: Cursor, lookup: Lookup): string {
  let result = ''
  cursor.at++
  while (cursor.at < cursor.text.length) {
    const char = cursor.text[cursor.at] ?? ''
    if (char === '$') {
      result += takeSubstitution(cursor, lookup)
      continue
    }
    cursor.at++
    if (char === '"') return result
    const next = cursor.text[cursor.at] ?? ''
    if (char === cursor.escapeChar && (next === '"' || next === '$' || next === cursor.escapeChar)) {
      result += next
      cursor.at++
    } else {
      result += char
    }
  }
  throw new Doubt('no closing "')
}

function takeSubstitution(cursor: Cursor, lookup: Lookup): string {
  cursor.at++
  if (cursor.text[cursor.at] !== '{') {
    const name = takeName(cursor)
    return name ? (lookup(name) ?? '') : '$'
  }
  cursor.at++
  if (/^[{}:]?$/.test(cursor.text[cursor.at] ?? '')) throw new Doubt('bad substitution')
  const name = takeName(cursor)
  const char = cursor.text[cursor.at++] ?? ''
  if (char === '}') return lookup(name) ?? ''
  if (char === '/') return replaceIn(cursor, lookup(name) ?? '', lookup)
  const operator = char === ':' ? char + (cursor.text[cursor.at++] ?? '') : char
  if (!/^:?[-+?]$|^[#%]$/.test(operator)) throw new Doubt(`unsupported modifier ${operator}`)
  const trims = operator === '#' || operator === '%'
  const word = expandUntil(cursor, '}', lookup, trims)
  return trims ? trimmed(lookup(name) ?? '', operator, word) : chosen(lookup, name, operator, word)
}

function takeName(cursor: Cursor): string {
  const name = /^(?:\d+|[@*#?\-$!]|[\p{L}_][\p{L}\p{Nd}_]*)/u.exec(cursor.text.slice(cursor.at))?.[0] ?? ''
  cursor.at += name.length
  return name
}

function chosen(lookup: Lookup, name: string, operator: string, word: string): string {
  const value = lookup(name)
  const set = value !== undefined && (operator.length === 1 || value !== '')
  if (operator.endsWith('-')) return set ? (value ?? '') : word
  if (operator.endsWith('+')) return set ? word : ''
  if (!set) throw new Doubt(`${name} has no value`)
  return value ?? ''
}

function replaceIn(cursor: Cursor, value: string, lookup: Lookup): string {
  const every = cursor.text[cursor.at] === '/'
  if (every) cursor.at++
  const pattern = expandUntil(cursor, '/', lookup, true)
  const replacement = expandUntil(cursor, '}', lookup, true)
  return value.replace(new RegExp(shellPattern(pattern, true), every ? 'gu' : 'u'), () => replacement)
}

function trimmed(value: string, operator: string, word: string): string {
  const greedy = word.startsWith(operator)
  const source = shellPattern(greedy ? word.slice(1) : word, greedy)
  if (operator === '#') return value.replace(new RegExp(`^${source}`, 'u'), '')
  for (let at = greedy ? 0 : value.length; at >= 0 && at <= value.length; at += greedy ? 1 : -1) {
    if (new RegExp(`^${source}$`, 'u').test(value.slice(at))) return value.slice(0, at)
  }
  return value
}

function shellPattern(pattern: string, greedy: boolean): string {
  return pattern.replace(/\\?[\s\S]/gu, (token) => {
    if (token === '*') return greedy ? '[\\s\\S]*' : '[\\s\\S]*?'
    if (token === '?') return '[\\s\\S]'
    return (token.length > 1 && token.startsWith('\\') ? token.slice(1) : token).replace(
      /[\\^$.*+?()[\]{}|/-]/g,
      '\\$&',
    )
  })
}

function isSpace(char: string | undefined): boolean {
  return char !== undefined && /\s/u.test(char)
}
