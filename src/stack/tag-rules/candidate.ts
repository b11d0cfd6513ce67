import { globalValue, isDefaultBranch, type Place, placeOf, shortCommit } from './expressions.ts'
import { matchPattern } from './pattern.ts'
import { fillTemplate } from './template.ts'
import type { EdgeRule, MatchRule, TagFacts, TagRule, Template, VersionRule } from './types.ts'
import { readVersion, type Version } from './versions.ts'

/** What a rule gives before prefix, suffix and cleaning. */
export interface Candidate {
  readonly text: string
  /** Whether the commit's name is in it. */
  readonly sha: boolean
  /** Whether `latest=auto` makes it `latest` too. */
  readonly latest: boolean
}

/** A rule that could have given a tag and did not: the reason. */
export interface Note {
  readonly note: string
}

/** What a rule gives for the run, null where it is for other events. */
export function candidate(rule: TagRule, facts: TagFacts): Candidate | Note | null {
  const place = placeOf(facts)
  const plain = (text: string | null, latest = false) => (text === null ? null : { text, sha: false, latest })
  switch (rule.type) {
    case 'schedule':
      return facts.trigger.event === 'schedule' ? fill(rule.pattern, facts) : null
    case 'semver':
    case 'pep440':
      return version(rule, facts, place)
    case 'match':
      return match(rule, facts, place)
    case 'edge':
      return isEdge(rule, facts, place) ? plain('edge') : null
    case 'ref':
      if (rule.event === 'pr') return plain(place.pullRequest)
      return rule.event === 'tag' ? plain(place.tag, true) : plain(place.branch)
    case 'raw':
      return fill(rule.value, facts)
    case 'sha':
      return { text: shortCommit(facts, rule.format === 'long' ? 64 : rule.length), sha: true, latest: false }
  }
}

/** The text of a template, and whether the commit's name is in it. */
export function fill(template: Template, facts: TagFacts, version: Version | null = null): Candidate {
  let sha = false
  const text = fillTemplate(template, (expression) => {
    if (expression.name === 'sha') sha = true
    const { name } = expression
    if (version && (name === 'raw' || name === 'version')) return version[name]
    if (version && (name === 'major' || name === 'minor' || name === 'patch')) return String(version[name])
    return globalValue(expression, facts)
  })
  return { text, sha, latest: false }
}

function isEdge({ branch }: EdgeRule, facts: TagFacts, place: Place): boolean {
  return place.branch !== null && (branch === null ? isDefaultBranch(facts) : place.branch === branch)
}

function version(rule: VersionRule, facts: TagFacts, place: Place): Candidate | Note | null {
  const text = rule.value ? fill(rule.value, facts).text : place.tag
  if (text === null) return null
  const found = readVersion(rule, text)
  if (!found) return { note: `${JSON.stringify(text)} is no version of the kind ${rule.type}` }
  // An alpha or a post-release must not move `1.2`: it gets its own version, or its raw text where only that is asked.
  if (!found.final) return { text: isRaw(rule.pattern) ? found.raw : found.version, sha: false, latest: false }
  return { ...fill(rule.pattern, facts, found), latest: true }
}

function isRaw([first, ...rest]: Template): boolean {
  return rest.length === 0 && typeof first === 'object' && 'name' in first && first.name === 'raw'
}

function match(rule: MatchRule, facts: TagFacts, place: Place): Candidate | Note | null {
  const text = rule.value ? fill(rule.value, facts).text : place.tag
  if (text === null) return null
  const found = matchPattern(rule.pattern, text)
  if (!found) return { note: `the pattern does not match ${JSON.stringify(text)}` }
  const part = found[rule.group]
  if (part === undefined) return { note: `the match in ${JSON.stringify(text)} has no group ${rule.group}` }
  return { text: part, sha: false, latest: true }
}
