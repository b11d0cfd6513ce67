import { ActionError } from '../../errors.ts'
import { type Candidate, candidate, fill, type Note } from './candidate.ts'
import { tagName } from './tag-name.ts'
import type { Flavor, TagFacts, TagRule, TagSet, Template } from './types.ts'

interface Made {
  readonly tag: string
  readonly immutable: boolean
}

/** The rules, what holds for all of them, and what they are about. */
export interface TagQuestion {
  readonly rules: readonly TagRule[]
  readonly flavor: Flavor
  readonly facts: TagFacts
  /** Characters to leave free for a variant's name before the tag. */
  readonly reserve?: number
}

/** The tags of a run. Throws ActionError('input') where `enable` is neither true nor false. */
export function tagsOf(question: TagQuestion): TagSet {
  const { rules, flavor } = question
  const made: Made[] = []
  const notes: string[] = []
  let latest: boolean | null = null
  for (const rule of rules) {
    const found = isEnabled(rule, question.facts) ? candidate(rule, question.facts) : null
    if (!found) continue
    const named = 'note' in found ? found : finish(rule, found, question)
    if (named && 'note' in named) notes.push(`${rule.text}: ${named.note}`)
    if ('note' in found || !named || 'note' in named) continue
    made.push(named)
    // The first rule that gives a tag decides, as in metadata-action.
    latest ??= flavor.latest === 'auto' ? found.latest : flavor.latest
  }
  return tagSet(question, { made, notes, latest: latest ?? false })
}

function tagSet(
  question: TagQuestion,
  { made, notes, latest }: { made: Made[]; notes: string[]; latest: boolean },
): TagSet {
  const { flavor, facts, reserve } = question
  const global = (template: Template, on: boolean) => (on ? fill(template, facts).text : '')
  const text = `${global(flavor.prefix, flavor.prefixOnLatest)}latest${global(flavor.suffix, flavor.suffixOnLatest)}`
  const name = latest ? tagName(text, reserve) : null
  const all = name && 'tag' in name ? [...made, { tag: name.tag, immutable: false }] : made
  const tags = [...new Set(all.map(({ tag }) => tag))]
  const fixed = new Set(all.filter(({ immutable }) => immutable).map(({ tag }) => tag))
  return {
    tags,
    immutable: tags.filter((tag) => fixed.has(tag)),
    moving: tags.filter((tag) => !fixed.has(tag)),
    latest,
    version: tags[0] ?? null,
    notes,
  }
}

function isEnabled(rule: TagRule, facts: TagFacts): boolean {
  const value = fill(rule.enable, facts).text
  if (value === 'true' || value === 'false') return value === 'true'
  throw new ActionError('input', `the tag rule ${JSON.stringify(rule.text)}: enable is ${JSON.stringify(value)}`, [
    "it must come out as true or false, for example enable={{is_default_branch}} or an expression of the workflow's",
  ])
}

/** Prefix, text and suffix as a tag. A text and affixes that are all empty give none and need no note. */
function finish(rule: TagRule, found: Candidate, { flavor, facts, reserve }: TagQuestion): Made | Note | null {
  const prefix = fill(rule.prefix ?? flavor.prefix, facts)
  const suffix = fill(rule.suffix ?? flavor.suffix, facts)
  // Without a commit there is nothing that a prefix could stand before.
  const text = rule.type === 'sha' && found.text === '' ? '' : `${prefix.text}${found.text}${suffix.text}`
  if (text === '') return null
  const name = tagName(text, reserve)
  if ('refused' in name) return { note: `${JSON.stringify(text)} gives no tag: ${name.refused}` }
  // Two commits may share what is left of a tag that was cut.
  return {
    tag: name.tag,
    immutable: !name.cut && facts.commit !== null && [found, prefix, suffix].some(({ sha }) => sha),
  }
}
