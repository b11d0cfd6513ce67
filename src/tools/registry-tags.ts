import { ActionError } from '../errors.ts'
import type { CanonicalReference } from '../stack/canonical.ts'
import { createAuthorizer } from './registry-auth.ts'
import { askRegistry, type RequestOptions } from './registry-request.ts'

const page = 1000
const mostPages = 100

/**
 * All tags of a repository, in the registry's order; none where it is not there. By pages, as the OCI distribution spec has it
 * ("Listing Tags": `n` and `last`). Throws ActionError('registry').
 */
export async function listTags(reference: CanonicalReference, options: RequestOptions): Promise<string[]> {
  const authorizer = createAuthorizer(options)
  const tags = new Set<string>()
  for (let pages = 0; pages < mostPages; pages++) {
    const last = [...tags].at(-1)
    const what = `list?n=${page}${last === undefined ? '' : `&last=${encodeURIComponent(last)}`}`
    const answer = await askRegistry({ options, authorizer, reference, method: 'GET', kind: 'tags', what })
    const found = answer ? tagsIn(answer.body, reference) : []
    const before = tags.size
    for (const tag of found) tags.add(tag)
    // A registry that knows no pages gives all at once, and again.
    if (found.length === 0 || tags.size === before || found.length < page / 10) break
  }
  return [...tags]
}

function tagsIn(body: Buffer, { registry, repository }: CanonicalReference): string[] {
  try {
    const { tags } = JSON.parse(body.toString()) as { tags?: unknown }
    return Array.isArray(tags) ? tags.filter((tag): tag is string => typeof tag === 'string') : []
  } catch (cause) {
    throw new ActionError(
      'registry',
      `registry ${registry} lists no tags of ${registry}/${repository}: what it answers is no JSON`,
      ['a proxy or a login page may answer in its place'],
      { cause },
    )
  }
}
