import { canonicalReference } from '../stack/canonical.ts'
import type { Recorded, RecordedImage } from './recorded.ts'
import type { PublishedImage, StackFile } from './stack-file.ts'

/**
 * What a stack.json says of some images, each under the tag of its commit where it has that. What is no image of theirs in
 * its own repository is left out: whoever may push can write such a file.
 */
export function recordedFrom(
  { commit, created, images }: StackFile,
  expected: readonly { readonly name: string; readonly repository: string; readonly tag: string }[],
): Recorded {
  const found = expected.flatMap(({ name, repository, tag }) => {
    const own = images.find(({ image }) => image === name)
    return own && fits(own, repository) ? [recordedImage(own, { name, repository, tag })] : []
  })
  return { commit, created: Date.parse(created) || null, images: found }
}

function fits({ repositories, digest }: PublishedImage, repository: string): boolean {
  const known = Array.isArray(repositories) && repositories.includes(repository)
  return known && canonicalReference(`${repository}@${digest}`) !== null
}

function recordedImage(
  { digest, platforms, base, size, tags }: PublishedImage,
  { name, repository, tag }: { name: string; repository: string; tag: string },
): RecordedImage {
  const texts = (list: unknown): string[] =>
    Array.isArray(list) ? list.filter((one): one is string => typeof one === 'string') : []
  const named = typeof base?.name === 'string' ? { name: base.name, digest: digestOr(base.digest) } : null
  return {
    ...{ name, repository, digest, platforms: texts(platforms), base: named },
    tag: texts(tags).includes(tag) ? tag : null,
    size: typeof size === 'number' && size >= 0 ? size : null,
  }
}

function digestOr(digest: unknown): string | null {
  return typeof digest === 'string' && /^sha256:[0-9a-f]{64}$/.test(digest) ? digest : null
}
