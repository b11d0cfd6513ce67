import { type CanonicalReference, formatCanonical } from '../stack/canonical.ts'
import type { Registry, RemoteImage } from './registry.ts'

/** What a registry is asked, each time anew. */
export interface Asked {
  readonly digest: (reference: CanonicalReference) => Promise<string | null>
  readonly image: (reference: CanonicalReference) => Promise<RemoteImage | null>
}

/** The same with what a run was told before. Only what was there is remembered: what was not may be there a moment later. */
export function remembering(ask: Asked): Pick<Registry, 'digest' | 'image'> {
  const digests = new Map<string, string>()
  const images = new Map<string, Promise<RemoteImage | null>>()
  const read = async (reference: CanonicalReference, name: string) => {
    const found = await ask.image(reference).catch((error) => {
      images.delete(name)
      throw error
    })
    if (found === null) images.delete(name)
    return found
  }
  return {
    async digest(reference, { remembered = false } = {}) {
      const name = formatCanonical(reference)
      const before = remembered ? digests.get(name) : undefined
      if (before !== undefined) return before
      const found = await ask.digest(reference)
      if (found === null) digests.delete(name)
      else digests.set(name, found)
      return found
    },
    image(reference) {
      // What a tag points at may be another image a moment later; what a digest names cannot.
      if (!reference.digest) return ask.image(reference)
      const name = formatCanonical(reference)
      const reading = images.get(name) ?? read(reference, name)
      images.set(name, reading)
      return reading
    },
  }
}
