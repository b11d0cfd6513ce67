import { posix } from 'node:path'
import { globExpression, isGlob } from './glob.ts'

/** Tells whether BuildKit leaves a file, relative to the context, out of the context. */
export type Ignores = (path: string) => boolean

interface Rule {
  readonly negated: boolean
  readonly matches: (path: string) => boolean
}

/** The patterns of a .dockerignore, cleaned as BuildKit cleans them: no comments, no leading slash, `!` kept. */
export function readIgnoreFile(text: string): string[] {
  return text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .filter((line) => !line.startsWith('#') && line.trim() !== '')
    .map((line) => {
      const negated = line.trim().startsWith('!')
      const pattern = line
        .trim()
        .slice(negated ? 1 : 0)
        .trim()
      return (negated ? '!' : '') + (pattern && clean(pattern).replace(/^\/(?=.)/, ''))
    })
}

/**
 * A matcher for .dockerignore patterns with the results of moby's `MatchesUsingParentResults`, which BuildKit walks
 * the context with: the last matching pattern decides, and a pattern that matched a folder matches all in it. In doubt a
 * file counts: a pattern that is bad (BuildKit refuses the build) or too costly to match ignores nothing, with `!` it keeps all.
 */
export function ignoreMatcher(patterns: readonly string[]): Ignores {
  const rules = patterns.flatMap((pattern) => readRule(pattern) ?? [])
  if (rules.length === 0) return () => false
  const known = new Map<string, readonly boolean[]>()
  return (path) => {
    const verdict = resultsFor(path, rules, known)
    return rules.reduce((ignored, rule, at) => (verdict[at] ? !rule.negated : ignored), false)
  }
}

function readRule(line: string): Rule | null {
  const cleaned = clean(line.trim())
  const negated = cleaned.startsWith('!')
  const pattern = negated ? cleaned.slice(1) : cleaned
  if (!pattern) return null
  if (!isGlob(pattern)) return { negated, matches: (path) => path === pattern }
  if (pattern.startsWith('**') && !isGlob(pattern.slice(2)))
    return { negated, matches: suffixMatcher(pattern.slice(2)) }
  const expression = globExpression(pattern)
  if (expression) return { negated, matches: (path) => expression.test(path) }
  return negated ? { negated, matches: () => true } : null
}

/** moby compares `**` and a plain rest as a suffix: `**.txt` matches `a/b.txt`, `**\/foo` matches `foo` too. */
function suffixMatcher(suffix: string): (path: string) => boolean {
  return (path) => path.endsWith(suffix) || (suffix.startsWith('/') && path === suffix.slice(1))
}

/** For every rule whether it matched the path or a folder above it. A rule that cannot change the verdict is not asked. */
function resultsFor(path: string, rules: readonly Rule[], known: Map<string, readonly boolean[]>): readonly boolean[] {
  const slash = path.lastIndexOf('/')
  const folder = slash > 0 ? path.slice(0, slash) : null
  const above = folder === null ? [] : (known.get(folder) ?? resultsFor(folder, rules, known))
  if (folder !== null) known.set(folder, above)
  let ignored = false
  return rules.map((rule, at) => {
    const matched = above[at] || (rule.negated === ignored && rule.matches(path))
    if (matched) ignored = !rule.negated
    return matched
  })
}

/** Go's `filepath.Clean`. */
function clean(path: string): string {
  const normal = posix.normalize(path)
  return normal.length > 1 ? normal.replace(/\/$/, '') : normal
}
