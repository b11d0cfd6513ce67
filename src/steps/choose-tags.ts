import type { TagFacts } from '../stack/tag-rules/index.ts'
import { dateTag, type PushDecision, type TagRules } from '../stack/tags.ts'
import type { Source } from './detect.ts'
import { type LookUpQuestion, lookUp } from './published.ts'
import { makeTagger, type RunTags, sameTags, type Tagger } from './tagger.ts'

type Question = LookUpQuestion & { readonly source: Source }

/**
 * How this run makes its tags: by rules for a commit; `latest` for what a person builds for the engine. Throws
 * ActionError('input') where a rule is wrong, also in a run that takes none.
 */
export async function chooseTagger(
  question: Question,
  push: PushDecision,
  facts: () => Promise<TagFacts>,
): Promise<Tagger> {
  const { trigger, commit } = question.source
  await checkRules(question.inputs)
  if (!push.push && trigger.kind === 'local') return () => sameTags({ immutable: null, moving: ['latest'] })
  if (commit === null) return () => sameTags({ immutable: null, moving: [] })
  return await makeTagger(question, commit, facts)
}

/** spec.yml's rules were checked when it was read. */
async function checkRules({ tags, flavor }: Question['inputs']): Promise<void> {
  if (tags.length === 0 && flavor.length === 0) return
  const { parseFlavor, parseTagRules } = await import('../stack/tag-rules/index.ts')
  parseTagRules(tags)
  parseFlavor(flavor)
}

/** A forced rebuild of a commit that is published already gets a tag of its own: `<sha7>-<date>`, then `.2`, `.3`. */
export async function chooseTags(question: Question, tagger: Tagger, forced: boolean): Promise<RunTags> {
  const plain = tagger(null)
  if (!forced || !plain.all.immutable) return plain
  const date = dateTag(Date.now())
  for (let count = 1; ; count++) {
    const tags = count === 1 ? plain : tagger(count === 2 ? date : `${date}.${count - 1}`)
    const { immutable } = tags.all
    const images = question.source.stack.images
    const found = await Promise.all(images.map((image) => lookUp(question, image, immutable ?? '')))
    if (found.every((digest) => digest === null)) return tags
    question.host.out.debug(`${immutable} is published already`)
  }
}

/** All tags of an image, the commit's own first. */
export function allTags({ immutable, fixed = [], moving }: TagRules): string[] {
  return [...(immutable ? [immutable] : []), ...fixed, ...moving]
}
