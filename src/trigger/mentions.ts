import { type Json, object } from './payload.ts'

/** Keys under which workflows hand on a pull request: `pr`, `pull_request`, `prNumber`, `pull-request-url`, … */
const pullKey =
  /^((pr|pull|pull[-_]?request)([-_]?(number|num|nr|no|id|ref|url|link|sha|head|branch|merge))?|prs|pulls|pull[-_]?requests)$/i
/** A pull request is an issue, too: slash-command-dispatch hands on the issue of the comment. */
const issueKey = /^issue[-_]?number$/i
const pullRef = /^(?:refs\/(?:remotes\/)?)?pull\/(\d+)(?:\/(?:head|merge))?$/
const pullUrl = /^https?:\/\/[^\s?#]+\/pulls?\/(\d+)\/?$/
const deepest = 16

/**
 * All pull requests that a dispatch's own fields name, at any depth, each once; null stands for one whose number cannot
 * be told. Empty inputs name none. Who dispatches chooses the shape, so in doubt a field counts: it costs trust only.
 */
export function mentionedPullRequests(fields: unknown): (number | null)[] {
  return [...new Set(scan(fields, 0))]
}

function scan(value: unknown, depth: number): (number | null)[] {
  if (typeof value === 'string') return numberInReference(value)
  if (typeof value !== 'object' || value === null) return []
  if (depth > deepest) return [null]
  if (Array.isArray(value)) return value.flatMap((item) => scan(item, depth + 1))
  return Object.entries(value).flatMap(([key, item]) => {
    if (pullKey.test(key) || issueKey.test(key)) return named(item)
    if (key === 'issue' && typeof item === 'object') return named(item)
    return scan(item, depth + 1)
  })
}

/** The value of a field that is called after a pull request. */
function named(value: unknown): (number | null)[] {
  if (isEmpty(value)) return []
  if (Array.isArray(value)) return value.flatMap(named)
  if (typeof value === 'object') return numberOf(object(value))
  return [positive(value) ?? (typeof value === 'string' ? numberInReference(value.trim())[0] : null) ?? null]
}

function numberOf(pull: Json): (number | null)[] {
  const url = Object.hasOwn(pull, 'url') ? pull.url : null
  const number = Object.hasOwn(pull, 'number') ? pull.number : null
  return [positive(number) ?? (typeof url === 'string' ? numberInReference(url)[0] : null) ?? null]
}

function numberInReference(text: string): (number | null)[] {
  const number = (pullRef.exec(text) ?? pullUrl.exec(text))?.[1]
  return number === undefined ? [] : [positive(number)]
}

function positive(value: unknown): number | null {
  const written = typeof value === 'string' && /^#?\d{1,15}$/.test(value.trim())
  const number = written ? Number(value.trim().replace('#', '')) : value
  return typeof number === 'number' && Number.isSafeInteger(number) && number > 0 ? number : null
}

/** What an input that was left out looks like. */
function isEmpty(value: unknown): boolean {
  if (typeof value === 'object' && value !== null) return Object.keys(value).length === 0
  return (
    value === undefined ||
    value === null ||
    value === false ||
    value === 0 ||
    /^\s*(|0|false|null|none)\s*$/i.test(String(value))
  )
}
