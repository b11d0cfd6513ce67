import pLimit from 'p-limit'
import { createdIn, readManifest } from '../cleanup/read-manifest.ts'
import type { KnownManifest, RepositoryContent } from '../cleanup/types.ts'
import { ActionError, messageOf } from '../errors.ts'
import { type CanonicalReference, canonicalReference } from '../stack/canonical.ts'
import { createAuthorizer } from './registry-auth.ts'
import { digestOfBytes } from './registry-digest.ts'
import { type Answer, askRegistry, baseUrl, type Question, type RequestOptions } from './registry-request.ts'
import { StatusError } from './registry-status.ts'

/** A repository whose tags are listed and removed (OCI distribution spec 1.1). Each throws ActionError('registry') or ('cancelled'). */
export interface RepositoryClient {
  readonly registry: string
  /** All tags and all manifests that they reach. In doubt it throws: half a list would let go what the other half needs. */
  content(created: (tag: string) => boolean): Promise<RepositoryContent>
  /** The digest of a tag now; null where it is gone. */
  digest(tag: string): Promise<string | null>
  /** Removes a tag, or a manifest with all its tags. `unsupported`: the registry does not remove in this way. */
  remove(what: string): Promise<'removed' | 'unsupported'>
}

const pageSize = 1000
const mostPages = 200

/** `name` as `registry/repository`. */
export function openRepository(options: RequestOptions, name: string): RepositoryClient {
  const parsed = canonicalReference(name)
  if (!parsed) throw new ActionError('registry', `${name} is no name of a repository`)
  const authorizer = createAuthorizer(options)
  const ask = async (question: Omit<Question, 'options' | 'authorizer' | 'reference'>) =>
    await askRegistry({ options, authorizer, reference: parsed, ...question })
  const head = async (tag: string) => (await ask({ method: 'HEAD', kind: 'manifests', what: tag }))?.digest ?? null
  return {
    registry: parsed.registry,
    content: async (created) => await readContent(ask, parsed, { name, created }),
    digest: head,
    async remove(what) {
      try {
        await ask({ method: 'DELETE', kind: 'manifests', what })
        return 'removed'
      } catch (error) {
        // 400: registries that take digests alone call a tag none; 405 and 501: they remove nothing at all.
        if (
          error instanceof ActionError &&
          error.cause instanceof StatusError &&
          [400, 404, 405, 501].includes(error.cause.status)
        )
          return 'unsupported'
        throw error
      }
    },
  }
}

type Ask = (question: Omit<Question, 'options' | 'authorizer' | 'reference'>) => Promise<Answer | null>

async function readContent(
  ask: Ask,
  reference: CanonicalReference,
  { name, created }: { name: string; created: (tag: string) => boolean },
): Promise<RepositoryContent> {
  const limit = pLimit(8)
  const manifests = new Map<string, KnownManifest>()
  const pending = new Map<string, Promise<void>>()
  const known = (digest: string, text: string | null, dated: boolean): Promise<void> => {
    const begun = pending.get(digest) ?? Promise.resolve()
    const done = begun.then(async () => {
      const before = manifests.get(digest)
      if (before && !(dated && before.created === null)) return
      const body = text ?? (await limit(() => get(ask, 'manifests', digest)))
      // What an index names and the registry no longer has cannot be needed by anybody.
      if (body === null) return
      if (digestOfBytes(Buffer.from(body)) !== digest) throw unreadable(reference, `${digest} has other content`)
      const { config, ...read } = parsed(reference, () => readManifest(digest, body))
      const needed = dated && read.created === null && config !== null
      const configText = needed ? await limit(() => get(ask, 'blobs', config)) : null
      const own = configText === null ? null : parsed(reference, () => createdIn(configText))
      manifests.set(digest, { ...read, created: read.created ?? own })
      await Promise.all(read.needs.map((next) => known(next, null, dated && config === null)))
      if (dated && config === null) manifests.set(digest, { ...read, created: read.created ?? newest(read, manifests) })
    })
    pending.set(digest, done)
    return done
  }
  const tags = new Map<string, string>()
  const read = async (tag: string) => {
    const answer = await limit(() => ask({ method: 'GET', kind: 'manifests', what: tag }))
    if (!answer) return
    const digest = digestOfBytes(answer.body)
    tags.set(tag, digest)
    await known(digest, answer.body.toString(), created(tag))
  }
  await Promise.all((await listTags(ask, reference)).map(read))
  return { repository: name, tags, manifests }
}

/** An index is as old as the newest of what it holds. */
function newest({ needs }: KnownManifest, manifests: ReadonlyMap<string, KnownManifest>): number | null {
  const times = needs.flatMap((digest) => manifests.get(digest)?.created ?? [])
  return times.length === 0 ? null : Math.max(...times)
}

async function get(ask: Ask, kind: string, what: string): Promise<string | null> {
  return (await ask({ method: 'GET', kind, what }))?.body.toString() ?? null
}

/** Page by page: a list goes on where its Link says so (OCI distribution spec, "Listing Tags"). */
async function listTags(ask: Ask, reference: CanonicalReference): Promise<string[]> {
  const found = new Set<string>()
  let url: string | null = null
  for (let page = 0; page < mostPages; page++) {
    const answer: Answer | null = await ask({
      ...{ method: 'GET', kind: 'tags', what: `list?n=${pageSize}` },
      ...(url === null ? {} : { url }),
    })
    if (!answer && url === null) return []
    if (!answer) throw unreadable(reference, 'a page of its tags is not there')
    const tags = parsed(reference, () => (JSON.parse(answer.body.toString()) as { tags?: string[] | null }).tags ?? [])
    for (const tag of tags) if (typeof tag === 'string' && /^\w[\w.-]{0,127}$/.test(tag)) found.add(tag)
    url = nextPage(answer.link ?? null, reference)
    if (url === null) return [...found]
  }
  throw unreadable(reference, 'its list of tags does not end')
}

/** The credentials of this registry go nowhere else. */
function nextPage(link: string | null, reference: CanonicalReference): string | null {
  const next = /<([^>]+)>\s*;\s*rel="?next"?/i.exec(link ?? '')?.[1]
  if (next === undefined) return null
  const base = baseUrl(reference.registry)
  const url = new URL(next, `${base}/v2/${reference.repository}/tags/list`)
  if (url.origin !== new URL(base).origin) throw unreadable(reference, `its tags go on at ${url.host}`)
  return url.href
}

function parsed<T>(reference: CanonicalReference, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw unreadable(reference, messageOf(cause), cause)
  }
}

function unreadable({ registry, repository }: CanonicalReference, why: string, cause?: unknown): ActionError {
  return new ActionError(
    'registry',
    `the registry's answer for ${registry}/${repository} cannot be read: ${why}`,
    ['nothing of this repository is removed: run again'],
    { cause },
  )
}
