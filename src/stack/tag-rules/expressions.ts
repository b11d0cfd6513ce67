import { formatDate } from './dates.ts'
import { compileTemplate, fillTemplate, globalNames } from './template.ts'
import type { Expression, TagFacts } from './types.ts'

/** Characters of a short commit unless something else is asked for. */
const shortLength = 7

/** Where the run is: on a branch, a git tag or a pull request; the others are null. */
export interface Place {
  readonly branch: string | null
  readonly tag: string | null
  readonly pullRequest: string | null
}

/** A text with `{{expressions}}` filled in, for labels and annotations. Throws ActionError('input') as rules do. */
export function renderTemplate(text: string, facts: TagFacts, where = 'template'): string {
  return fillTemplate(compileTemplate(text, { names: globalNames, where }), (expression) =>
    globalValue(expression, facts),
  )
}

/** Throws the error that `renderTemplate` would, without the facts of a run. */
export function checkTemplate(text: string, where: string): void {
  compileTemplate(text, { names: globalNames, where })
}

/** What the run's ref is. A pull request that is named by a comment or dispatch is one, whatever the ref says. */
export function placeOf({ trigger }: TagFacts): Place {
  const after = (prefix: string) => (trigger.ref.startsWith(prefix) ? trigger.ref.slice(prefix.length) : null)
  const pullRequest = trigger.pullRequest
    ? String(trigger.pullRequest.number)
    : (after('refs/pull/')?.replace(/\/merge$/, '') ?? null)
  if (pullRequest !== null) return { branch: null, tag: null, pullRequest }
  return { branch: after('refs/heads/'), tag: after('refs/tags/'), pullRequest: null }
}

/** The value of an expression that holds in every template. */
export function globalValue({ name, argument, zone }: Expression, facts: TagFacts): string {
  const place = placeOf(facts)
  const format = typeof argument === 'string' ? argument : null
  switch (name) {
    case 'branch':
      return place.branch ?? ''
    case 'tag':
      return place.tag ?? ''
    case 'sha':
      return shortCommit(facts, typeof argument === 'number' ? argument : null)
    case 'base_ref':
      return baseOf(facts, place)
    case 'is_default_branch':
      return String(isDefaultBranch(facts))
    case 'is_not_default_branch':
      return String(!isDefaultBranch(facts))
    case 'date':
      return formatDate(facts.now, format, zone)
    case 'commit_date':
      return formatDate(facts.commitTime ?? facts.now, format, zone)
    default:
      return ''
  }
}

/** The first characters of the commit, '' without one. */
export function shortCommit(facts: TagFacts, length: number | null): string {
  return (facts.commit ?? '').slice(0, length ?? facts.shortLength ?? shortLength)
}

/** Whether the run is on the default branch; false for a git tag or pull request. */
export function isDefaultBranch(facts: TagFacts): boolean {
  const { branch } = placeOf(facts)
  const { event, defaultBranch } = facts.trigger
  // The payload of a schedule names no repository; it always runs on the default branch.
  return branch !== null && (defaultBranch === null ? event === 'schedule' : branch === defaultBranch)
}

function baseOf(facts: TagFacts, place: Place): string {
  if (place.tag !== null) return facts.trigger.tagBase ?? ''
  return place.pullRequest === null ? '' : (facts.trigger.pullRequest?.baseRef ?? '')
}
