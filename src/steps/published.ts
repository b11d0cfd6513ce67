import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { canonicalReference } from '../stack/canonical.ts'
import { imageReferences, shortLength } from '../stack/tags.ts'
import type { Image } from '../stack/types.ts'
import type { Registry } from '../tools/registry.ts'
import type { Source } from './detect.ts'

/** Where published images are looked for. */
export interface LookUpQuestion {
  readonly inputs: Inputs
  readonly host: Host
  readonly registry: Registry
}

/**
 * Finds an unchanged image where the base commit published it, else at the nearest first-parent ancestor without a change
 * to it or to what it is built on. An ancestor whose run failed, was cancelled or never started lacks the tag and is passed over;
 * what changed there counts, as it lies between the tag and the head. So an image is never older than the head's files,
 * whatever became of the runs between.
 */
export function publishedFinder(
  question: LookUpQuestion & { readonly source: Source },
): (image: Image) => Promise<string | null> {
  const { source } = question
  const commit = memoized(source.ancestors())
  return async (image) => {
    for (let at = 0; ; at++) {
      const sha = await commit(at)
      if (sha === null || (await source.changedSince(sha)).has(image.name)) return null
      const digest = await lookUp(question, image, sha.slice(0, shortLength))
      if (digest) return digest
    }
  }
}

/** The items of an iterable by place, each asked for once however many ask; null behind the last one. */
function memoized(items: AsyncIterable<string>): (at: number) => Promise<string | null> {
  const iterator = items[Symbol.asyncIterator]()
  const known: Promise<string | null>[] = []
  return (at) => {
    while (known.length <= at) known.push(iterator.next().then(({ done, value }) => (done ? null : value)))
    return known[at] ?? Promise.resolve(null)
  }
}

/** The digest of an image's tag, a commit's, in the first registry that has it. A registry that refuses to read has it not. */
export async function lookUp(
  { inputs, registry, host }: LookUpQuestion,
  image: Image,
  tag: string,
): Promise<string | null> {
  for (const text of imageReferences(image, inputs.registry, [tag])) {
    const reference = inputs.registry.length > 0 ? canonicalReference(text) : null
    if (!reference) continue
    try {
      // A commit's tag never moves.
      const digest = await registry.digest(reference, { remembered: true })
      if (digest) return digest
    } catch (error) {
      // Registries answer 401 or 403 for a repository that does not exist yet; a push will tell which it is.
      if (!(error instanceof ActionError) || !/refuses to read/.test(error.message)) throw error
      host.out.debug(error.message)
    }
  }
  return null
}
