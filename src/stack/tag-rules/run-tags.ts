import type { Trigger } from '../../trigger/types.ts'
import { type TagRules, tagOf, tagRules } from '../tags.ts'
import { parseFlavor } from './parse-flavor.ts'
import { parseTagRules } from './parse-rules.ts'
import { tagsOf } from './tags-of.ts'
import type { TagRule } from './types.ts'

/** Characters that stay free for a variant's name before the tag. */
const reserve = 32

/** Rules of a stack and the run that they are for. Times are milliseconds since 1970. */
export interface RunTagsQuestion {
  /** Items of the inputs `tags` and `flavor`; without rules those of pangeo hold. */
  readonly tags: readonly string[]
  readonly flavor: readonly string[]
  readonly trigger: Trigger
  readonly commit: string
  readonly commitTime: number | null
  readonly now: number
  /** The date of a forced rebuild, null for a commit's first build. */
  readonly rebuild: string | null
}

/**
 * The tags of a run by rules. The commit's own tag stays beside them: reuse, release and revert rest on it. A pull
 * request gets what `type=ref,event=pr` gives and nothing else, another untrusted run the commit's own. `notes` say why
 * a rule gave no tag.
 */
export function runTags(question: RunTagsQuestion): TagRules & { readonly notes: readonly string[] } {
  const { trigger, commit, rebuild } = question
  const plain = tagRules(trigger, commit, rebuild)
  const rules = parseTagRules(question.tags.length > 0 ? question.tags : ['preset=pangeo'])
  const flavor = parseFlavor(question.flavor)
  // What a run was caused by is not on the branch that its ref names: tagRules has seen so.
  const ref = plain.moving.length === 0 && trigger.branch !== null ? '' : trigger.ref
  const facts = { ...question, trigger: { ...trigger, ref } }
  if (trigger.pullRequest) {
    const found = tagsOf({ rules: rules.filter(isForPulls), flavor: { ...flavor, latest: false }, facts, reserve })
    const moving = found.tags.length > 0 ? found.tags : plain.moving
    return { ...plain, moving, version: moving[0] ?? null, notes: found.notes }
  }
  if (trigger.kind === 'merge_group') return { ...plain, version: null, notes: [] }
  if (trigger.trust === 'untrusted') return { ...plain, version: plain.immutable, notes: [] }
  const found = tagsOf({ rules, flavor, facts, reserve })
  // The tags with the commit's name are those of its first build: a forced one must not take them over.
  const fixed = rebuild === null ? found.immutable.filter((tag) => tag !== plain.immutable) : []
  const moving = [...new Set(found.moving.map(tagOf))].filter((tag) => tag !== plain.immutable && !fixed.includes(tag))
  const given = new Set([plain.immutable, ...fixed, ...moving])
  const version = found.tags.flatMap((tag) => [tag, tagOf(tag)]).find((tag) => given.has(tag)) ?? plain.immutable
  return { immutable: plain.immutable, fixed, moving, version, notes: found.notes }
}

function isForPulls(rule: TagRule): boolean {
  return rule.type === 'ref' && rule.event === 'pr'
}
