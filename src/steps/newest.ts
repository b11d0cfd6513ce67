import { ActionError } from '../errors.ts'
import { canonicalReference } from '../stack/canonical.ts'
import { type DueImages, dueImages, type NewestBuild, saysRebuild } from '../stack/rebuild.ts'
import { imageReferences, type TagRules } from '../stack/tags.ts'
import type { Image } from '../stack/types.ts'
import type { RemoteImage } from '../tools/registry.ts'
import type { Source } from './detect.ts'
import type { LookUpQuestion } from './published.ts'
import type { RunTags } from './tagger.ts'

type Question = LookUpQuestion & { readonly source: Source }

/** Finds the newest build of an image that holds the files of this run; null where there is none. */
export type NewestFinder = (image: Image) => Promise<NewestBuild | null>

/**
 * Looks behind the moving tags of an image: its labels name the commit that built it, and the files must be the same since.
 * Only for a stack with `rebuild` in spec.yml on the default branch, where a commit's own tag may hold an older build than
 * the branch's; null for all others, which need not pay for three requests an image.
 */
export function newestFinder(question: Question, tags: RunTags): NewestFinder | null {
  const { source, inputs } = question
  const { trigger, stack } = source
  const onDefault = trigger.branch !== null && trigger.branch === trigger.defaultBranch && !trigger.pullRequest
  if (!onDefault || inputs.registry.length === 0 || !saysRebuild(stack)) return null
  const known = new Map<string, Promise<NewestBuild | null>>()
  return (image) => {
    const found = known.get(image.name) ?? findBehind(question, image, tags.of(image))
    known.set(image.name, found)
    return found
  }
}

/** What a schedule's run builds; null where no `rebuild` decides, and then all is built. */
export async function findDue(
  { source: { trigger, stack } }: Question,
  newest: NewestFinder | null,
  now: number,
): Promise<DueImages | null> {
  if (trigger.kind !== 'schedule' || newest === null) return null
  const found = await Promise.all(stack.images.map(async (image) => [image.name, await newest(image)] as const))
  return dueImages(stack, new Map(found), now)
}

/** Rules may give no moving tag: then the commit's own is what there is. */
async function findBehind(question: Question, image: Image, { moving, immutable }: TagRules) {
  const found = await findNewest(question, image, moving)
  return found ?? (immutable ? await findNewest(question, image, [immutable]) : null)
}

async function findNewest(question: Question, image: Image, tags: readonly string[]): Promise<NewestBuild | null> {
  const found = await Promise.all(
    imageReferences(image, question.inputs.registry, tags).map((reference) => read(question, reference)),
  )
  const usable: NewestBuild[] = []
  for (const remote of found) {
    const revision = remote?.labels['org.opencontainers.image.revision'] ?? ''
    if (!remote || !/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(revision)) continue
    if ((await question.source.changedSince(revision)).has(image.name)) continue
    usable.push({ digest: remote.digest, made: remote.created })
  }
  return usable.sort((a, b) => (b.made ?? 0) - (a.made ?? 0))[0] ?? null
}

/** As `lookUp` does: a registry that refuses to read has it not. */
async function read({ registry, host }: Question, text: string): Promise<RemoteImage | null> {
  const reference = canonicalReference(text)
  try {
    return reference ? await registry.image(reference) : null
  } catch (error) {
    if (!(error instanceof ActionError) || !/refuses to read/.test(error.message)) throw error
    host.out.debug(error.message)
    return null
  }
}
