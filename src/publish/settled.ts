import { canonicalReference } from '../stack/canonical.ts'
import type { PublishedImage, StackFile } from './stack-file.ts'

/** An image as a run would publish it now. */
export interface ExpectedImage {
  readonly name: string
  /** Full names, one in each registry. */
  readonly repositories: readonly string[]
  /** Tags that stay where they are, its own prefix included: the commit's. */
  readonly tags: readonly string[]
  readonly fingerprint: string | null
}

/**
 * The digests under which a commit's stack.json, as each registry has it, says that all images are published as this run would
 * publish them: of this stack and commit, made from the same inputs, in the same places. Null where one of them says anything else;
 * whoever may push can write such a file.
 */
export function settledDigests(
  files: readonly (StackFile | null)[],
  expected: { readonly stack: string; readonly commit: string; readonly images: readonly ExpectedImage[] },
): ReadonlyMap<string, string> | null {
  const { stack, commit, images } = expected
  if (files.length === 0 || images.length === 0) return null
  const fitting = files.every((file) => file?.stack === stack && file.commit === commit)
  if (!fitting) return null
  const digests = images.map((image) => {
    const said = files.map((file) => digestIn(file?.images ?? [], image))
    return said.every((digest) => digest === said[0]) ? (said[0] ?? null) : null
  })
  if (digests.includes(null)) return null
  return new Map(images.map(({ name }, at) => [name, digests[at] ?? '']))
}

/** What a file says of an image; null where it does not say that it is the one that is expected. */
function digestIn(published: readonly PublishedImage[], expected: ExpectedImage): string | null {
  const own = published.filter(({ image }) => image === expected.name)
  const [said] = own
  if (!said || own.length > 1 || expected.fingerprint === null || said.fingerprint !== expected.fingerprint) return null
  if (!holds(said.repositories, expected.repositories) || !holds(said.tags, expected.tags)) return null
  const named = canonicalReference(`${expected.repositories[0]}@${said.digest}`)
  return named?.digest ?? null
}

function holds(list: unknown, wanted: readonly string[]): boolean {
  return Array.isArray(list) && wanted.length > 0 && wanted.every((one) => list.includes(one))
}
