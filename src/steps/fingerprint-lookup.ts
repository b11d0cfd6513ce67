import { createHash } from 'node:crypto'
import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { canonicalReference } from '../stack/canonical.ts'
import { fingerprintLabel, type ImageStamp, readStamp } from '../stack/fingerprint-label.ts'
import { imageNames, imageReferences, imageTag, shortLength, tagOf } from '../stack/tags.ts'
import type { Image } from '../stack/types.ts'
import type { Registry, RemoteImage } from '../tools/registry.ts'
import type { Trigger } from '../trigger/types.ts'

/** A published image, as the registry tells of it. */
export interface Found {
  readonly digest: string
  /** The repository that has it, with its registry. */
  readonly home: string
}

/** What a found image says of itself. */
export interface Described extends Found {
  readonly stamp: ImageStamp | null
  /** When it was built, milliseconds since 1970; null where it does not tell. */
  readonly created: number | null
  /** First characters of the commit that built it; null where it does not tell. */
  readonly revision: string | null
}

interface Question {
  readonly inputs: Inputs
  readonly host: Host
  readonly registry: Registry
  readonly trigger: Trigger
}

/** Asks the registries of a run for images by fingerprint or tag. What goes wrong is told once and means: not there. */
export interface Lookup {
  /** The image of a fingerprint: this run's own scope first, then what everybody may take. */
  byFingerprint(image: Image, fingerprint: string): Promise<Found | null>
  byTag(image: Image, tag: string): Promise<Found | null>
  byDigest(image: Image, digest: string): Promise<Found | null>
  describe(found: Found): Promise<Described | null>
  /** The tag under which this run leaves a fingerprint; no prefix stands before it, as it names contents. */
  tagFor(fingerprint: string): string
}

/** Looks in all registries of an image, in their order. Throws only where the run is cancelled. */
export function createLookup(question: Question): Lookup {
  const { inputs, host, registry } = question
  const scope = scopeOf(question)
  let failed = false
  const asked = async <T>(ask: () => Promise<T | null>): Promise<T | null> => {
    try {
      // A registry that does not answer once is not waited for again and again.
      return failed ? null : await ask()
    } catch (error) {
      if (error instanceof ActionError && error.code === 'cancelled') throw error
      // Registries answer 401 or 403 for a repository that does not exist yet.
      const refused = /refuses to read/.test(messageOf(error))
      if (refused || failed) host.out.debug(messageOf(error))
      else host.out.warning(`what is not found is built, as fingerprints cannot be looked up: ${messageOf(error)}`)
      failed ||= !refused
      return null
    }
  }
  const find = async (image: Image, what: string): Promise<Found | null> => {
    for (const home of imageNames(image, inputs.registry)) {
      const reference = canonicalReference(`${home}${what}`)
      const digest = reference && (await asked(() => registry.digest(reference, { remembered: true })))
      if (digest) return { digest, home }
    }
    return null
  }
  const byTag = (image: Image, tag: string) => find(image, `:${imageTag(image, tag)}`)
  const described = new Map<string, Promise<Described | null>>()
  return {
    byTag,
    byDigest: (image, digest) => find(image, `@${digest}`),
    byFingerprint: async (image, fingerprint) =>
      (scope === '' ? null : await find(image, `:fp-${fingerprint}${scope}`)) ??
      (await find(image, `:fp-${fingerprint}`)),
    describe: (found) => {
      const name = `${found.home}@${found.digest}`
      const reference = canonicalReference(name)
      const before = described.get(name)
      if (before || !reference) return before ?? Promise.resolve(null)
      const reading = asked(() => registry.image(reference)).then((image) => image && descriptionOf(found, image))
      described.set(name, reading)
      return reading
    },
    tagFor: (fingerprint) => `fp-${fingerprint}${scope}`,
  }
}

/** Full references of a fingerprint in all registries of an image. */
export function fingerprintReferences(image: Image, { inputs }: { inputs: Inputs }, tag: string): string[] {
  return imageReferences({ ...image, tagPrefix: '' }, inputs.registry, [tag])
}

function descriptionOf(found: Found, { labels, created }: RemoteImage): Described {
  const revision = labels['org.opencontainers.image.revision'] ?? ''
  return {
    ...found,
    stamp: readStamp(labels[fingerprintLabel]),
    created,
    revision: /^[0-9a-f]{40,64}(-dirty)?$/.test(revision) ? revision.slice(0, shortLength) : null,
  }
}

/** What a pull request or a branch leaves for itself alone with `reuse: branch`; a merge group is what the branch will be. */
function scopeOf({ inputs, trigger }: Question): string {
  if (inputs.reuse === 'all') return ''
  if (trigger.pullRequest) return `-pr-${trigger.pullRequest.number}`
  const { branch, defaultBranch, kind } = trigger
  if (kind === 'merge_group' || branch === null || branch === defaultBranch) return ''
  const sum = createHash('sha256').update(branch).digest('hex').slice(0, 8)
  return `-${tagOf(branch).slice(0, 32)}-${sum}`
}
