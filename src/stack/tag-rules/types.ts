import type { Trigger } from '../../trigger/types.ts'

/** One `{{name …}}` of a template. */
export interface Expression {
  readonly name: string
  /** The format of a date, the number of characters of `sha`; null where none is given. */
  readonly argument: string | number | null
  /** `tz='…'` of a date, null for UTC. */
  readonly zone: string | null
}

/** `{{#if name}}…{{else}}…{{/if}}`; `unless` has its two sides exchanged. */
export interface Condition {
  readonly when: Expression
  readonly then: Template
  readonly otherwise: Template
}

/** A compiled template: text, expressions and conditions, one after the other. Plain data. */
export type Template = readonly (string | Expression | Condition)[]

/** Where git's ref must point for a `type=ref` rule to give a tag. */
export type RefEvent = 'branch' | 'tag' | 'pr'

/** What all rules have. A prefix or suffix that is null is the flavor's; an empty one is none. */
interface Common {
  /** The rule as it was written, for messages. */
  readonly text: string
  readonly enable: Template
  /** Higher comes first in the list of tags. */
  readonly priority: number
  readonly prefix: Template | null
  readonly suffix: Template | null
}

/** A regular expression of a rule; it is checked when the rule is read. */
export interface Pattern {
  readonly source: string
  readonly flags: string
}

/** `type=schedule`: a tag for runs that a schedule starts. */
export interface ScheduleRule extends Common {
  readonly type: 'schedule'
  readonly pattern: Template
}

/** `type=semver` and `type=pep440`: tags from the version that a git tag, or `value`, is. */
export interface VersionRule extends Common {
  readonly type: 'semver' | 'pep440'
  readonly pattern: Template
  /** Null: the git tag. */
  readonly value: Template | null
  readonly match: Pattern | null
}

/** `type=match`: the part of a git tag, or of `value`, that a regular expression finds. */
export interface MatchRule extends Common {
  readonly type: 'match'
  readonly pattern: Pattern
  readonly group: number
  /** Null: the git tag. */
  readonly value: Template | null
}

/** `type=edge`: `edge` for the newest commit of a branch; null is the default branch. */
export interface EdgeRule extends Common {
  readonly type: 'edge'
  readonly branch: string | null
}

/** `type=ref`: the name of the branch or git tag, or `pr-<number>`. */
export interface RefRule extends Common {
  readonly type: 'ref'
  readonly event: RefEvent
}

/** `type=raw`: any text. */
export interface RawRule extends Common {
  readonly type: 'raw'
  readonly value: Template
}

/** `type=sha`: the commit; `length` characters of it, null for 7, or all of them. */
export interface ShaRule extends Common {
  readonly type: 'sha'
  readonly format: 'short' | 'long'
  readonly length: number | null
}

/** A rule for tags, as docker/metadata-action's `tags` input has them (docs/tag-rules.md). */
export type TagRule = ScheduleRule | VersionRule | MatchRule | EdgeRule | RefRule | RawRule | ShaRule

/** The word after `type=`. */
export type RuleType = TagRule['type']

/** What holds for all rules: whether there is a `latest` tag, and the prefix and suffix of rules without their own. */
export interface Flavor {
  readonly latest: 'auto' | boolean
  readonly prefix: Template
  readonly prefixOnLatest: boolean
  readonly suffix: Template
  readonly suffixOnLatest: boolean
}

/** What is known when tags are made. */
export interface TagFacts {
  readonly trigger: Pick<Trigger, 'event' | 'ref' | 'defaultBranch' | 'pullRequest' | 'tagBase'>
  /** Full name of the commit that is built, null without one. */
  readonly commit: string | null
  /** Milliseconds since 1970; null where it is not known: then `now` stands for it. */
  readonly commitTime: number | null
  /** Milliseconds since 1970. */
  readonly now: number
  /** Characters of a short commit, 7 unless told. */
  readonly shortLength?: number
}

/** Tags of a run, without registry, image name and variant. */
export interface TagSet {
  /** All of them, each once; highest priority first, `latest` last. */
  readonly tags: readonly string[]
  /** Those that hold the commit's name: they are pushed first and never moved. */
  readonly immutable: readonly string[]
  readonly moving: readonly string[]
  /** Whether `latest` is among them by the flavor. */
  readonly latest: boolean
  /** The first tag: the version of the image in its labels. */
  readonly version: string | null
  /** Rules that gave no tag though their event was there, a sentence each. */
  readonly notes: readonly string[]
}
