import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { type TagRules, tagRules } from '../stack/tags.ts'
import type { Source } from './detect.ts'

/** Gives the tags of the run; the argument is the date of a forced rebuild, null for a commit's first build. */
export type Tagger = (rebuild: string | null) => TagRules

/** Tags by the inputs `tags` and `flavor`, or the plain ones where neither is set. Throws ActionError('input'). */
export async function makeTagger(
  { source, inputs, host }: { source: Source; inputs: Inputs; host: Host },
  commit: string,
): Promise<Tagger> {
  const { tags, flavor } = inputs
  const { trigger, git } = source
  if (tags.length === 0 && flavor.length === 0) return (rebuild) => tagRules(trigger, commit, rebuild)
  // Templates, dates and versions are loaded by runs that have rules.
  const { runTags } = await import('../stack/tag-rules/index.ts')
  const seconds = (await git?.commitTime(commit)) ?? 0
  const facts = { tags, flavor, trigger, commit, commitTime: seconds > 0 ? seconds * 1000 : null, now: Date.now() }
  for (const note of runTags({ ...facts, rebuild: null }).notes) host.out.notice(`no tag from ${note}`)
  return (rebuild) => runTags({ ...facts, rebuild })
}
