import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { TagFacts } from '../stack/tag-rules/index.ts'
import { type TagRules, tagRules } from '../stack/tags.ts'
import type { Image, Stack } from '../stack/types.ts'
import type { Source } from './detect.ts'

/** The tags of a run, which may differ from image to image by spec.yml. */
export interface RunTags {
  /** All that any image gets. The commit's own tag is the same for every one. */
  readonly all: TagRules
  readonly of: (image: Image) => TagRules
}

/** Gives the tags of the run; the argument is the date of a forced rebuild, null for a commit's first build. */
export type Tagger = (rebuild: string | null) => RunTags

/** Rules as they are written. */
type Written = Readonly<Record<'tags' | 'flavor', readonly string[]>>

/** The same tags for every image. */
export function sameTags(rules: TagRules): RunTags {
  return { all: rules, of: () => rules }
}

/**
 * Tags by the rules of spec.yml and the inputs `tags` and `flavor`, or the plain ones where there are none. An image's own
 * rules go before the inputs, the inputs before the stack's in spec.yml. Throws ActionError('input').
 */
export async function makeTagger(
  { source, inputs, host }: { source: Source; inputs: Inputs; host: Host },
  commit: string,
  factsOf: () => Promise<TagFacts>,
): Promise<Tagger> {
  const { trigger, stack } = source
  const written = new Map(stack.images.map((image) => [image.name, writtenFor(image, stack, inputs)]))
  const shared = writtenFor(null, stack, inputs)
  if ([shared, ...written.values()].every(({ tags, flavor }) => tags.length === 0 && flavor.length === 0))
    return (rebuild) => sameTags(tagRules(trigger, commit, rebuild))
  // Templates, dates and versions are loaded by runs that have rules.
  const { runTags } = await import('../stack/tag-rules/index.ts')
  const facts = await factsOf()
  const make = (rules: Written, rebuild: string | null) =>
    runTags({ ...facts, ...rules, trigger, commit, commitTime: facts.commitTime, rebuild })
  const notes = [...unique([shared, ...written.values()]).values()].flatMap((rules) => make(rules, null).notes)
  for (const note of new Set(notes)) host.out.notice(`no tag from ${note}`)
  return (rebuild) => {
    const made = new Map([...unique([shared, ...written.values()])].map(([key, rules]) => [key, make(rules, rebuild)]))
    const of = (image: Image) => made.get(keyOf(written.get(image.name) ?? shared)) ?? make(shared, rebuild)
    return { all: together(stack.images.length > 0 ? stack.images.map(of) : [make(shared, rebuild)]), of }
  }
}

/** What rules and templates may speak of, found out when first asked for: the commit's time is git's to tell. */
export function factsOf({ source }: { source: Source }): () => Promise<TagFacts> {
  let known: Promise<TagFacts> | null = null
  const find = async (): Promise<TagFacts> => {
    const { trigger, commit, git } = source
    const now = Date.now()
    const seconds = commit ? ((await git?.commitTime(commit)) ?? 0) : 0
    return { trigger, commit, commitTime: seconds > 0 ? seconds * 1000 : null, now }
  }
  return () => {
    known ??= find()
    return known
  }
}

function writtenFor(image: Image | null, { wording }: Stack, inputs: Inputs): Written {
  const chosen = (key: keyof Written) =>
    image?.wording?.[key] ?? (inputs[key].length > 0 ? inputs[key] : (wording?.[key] ?? []))
  return { tags: chosen('tags'), flavor: chosen('flavor') }
}

function unique(rules: readonly Written[]): Map<string, Written> {
  return new Map(rules.map((some) => [keyOf(some), some]))
}

function keyOf({ tags, flavor }: Written): string {
  return JSON.stringify([tags, flavor])
}

function together(rules: readonly TagRules[]): TagRules {
  return {
    immutable: rules[0]?.immutable ?? null,
    fixed: [...new Set(rules.flatMap((some) => some.fixed ?? []))],
    moving: [...new Set(rules.flatMap((some) => some.moving))],
  }
}
