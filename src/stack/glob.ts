/**
 * A pattern of .dockerignore (`deep`: `**` is any number of folders) or of a COPY source as a regular expression for a
 * whole path; null where Go's `filepath.Match` would call it bad, and where matching it could take for ever. Rules: github.com/moby/patternmatcher.
 */
export function globExpression(pattern: string): RegExp | null {
  if (isCostly(pattern)) return null
  let source = ''
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern[at] ?? ''
    if (char === '*' && pattern[at + 1] === '*') {
      at += pattern[at + 2] === '/' ? 2 : 1
      source += at + 1 >= pattern.length ? '.*' : '(?:.*/)?'
    } else if (char === '*') {
      source += '[^/]*'
    } else if (char === '?') {
      // One character to Go is one or two code units here.
      source += '(?:[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]|[^/])'
    } else if (char === '[') {
      const end = classEnd(pattern, at)
      if (end < 0) return null
      source += pattern.slice(at, end + 1)
      at = end
    } else if (char === '\\') {
      if (at + 1 >= pattern.length) return null
      source += escaped(pattern[++at] ?? '')
    } else {
      source += escaped(char)
    }
  }
  try {
    return new RegExp(`^${source}$`, 's')
  } catch {
    return null
  }
}

/** True when a pattern is more than a plain path. */
export function isGlob(pattern: string): boolean {
  return /[*?[\\]/.test(pattern)
}

/** True when what a glob matches may lie in `folder`: `a/*\/c` and `a/b`. */
export function onTheWay(pattern: string, folder: string): boolean {
  const parts = pattern.split('/')
  const deep = parts.findIndex((part) => part.includes('**'))
  const depth = folder.split('/').length
  if (deep >= 0 && depth > deep) return true
  return depth < parts.length && (globExpression(parts.slice(0, depth).join('/'))?.test(folder) ?? true)
}

/** Stars multiply the ways that a regular expression tries. Whoever asks takes null as doubt, so that nothing is missed. */
function isCostly(pattern: string): boolean {
  return pattern.split('**').length > 4 || pattern.split('/').some((part) => part.split(/\*+/).length > 4)
}

function classEnd(pattern: string, start: number): number {
  const match = /^\[\^?(?:\\.|[^\]\\])+\]/s.exec(pattern.slice(start))
  return match ? start + match[0].length - 1 : -1
}

function escaped(char: string): string {
  return char.replace(/[\\^$.*+?()[\]{}|/-]/, '\\$&')
}
