import { shortLength, tagOf } from '../stack/tags.ts'
import type { Source } from './detect.ts'
import { type LookUpQuestion, lookUp } from './published.ts'

/** Why nothing is built or taken by an event that only names what is there; null for all others. */
export function idleReason({ trigger }: Source): string | null {
  if (trigger.kind === 'delete') return 'a branch or tag was deleted: nothing is built'
  return trigger.kind === 'tag' ? 'a tag builds nothing: a release takes what its commit published' : null
}

/** Says of a tag whether the images are there that a release of it takes: those that its commit published. */
export async function foretellRelease(question: LookUpQuestion & { readonly source: Source }): Promise<void> {
  const { source, inputs, host } = question
  const { trigger, stack, commit } = source
  if (trigger.kind !== 'tag' || commit === null || inputs.registry.length === 0) return
  const images = stack.images.filter((image) => !image.skip)
  const sha = commit.slice(0, shortLength)
  const name = trigger.ref.replace(/^refs\/tags\//, '')
  const digests = await Promise.all(images.map((image) => lookUp(question, image, sha)))
  const missing = images.filter((_, at) => digests[at] === null).map((image) => image.name)
  const what = `tag ${name} is on ${sha}: nothing is built.`
  if (images.length === 0) host.out.notice(`${what} The commit holds no images, so there is nothing to release`)
  else if (missing.length === 0)
    host.out.notice(
      `${what} All ${images.length} images of the commit are published: a release gives them the tag ${tagOf(name)}`,
    )
  else
    host.out.notice(
      `${what} A release of it has to wait: ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not published as ${sha}; run the workflow on that commit first`,
    )
}
