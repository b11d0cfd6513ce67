import { ActionError } from '../errors.ts'
import type { OciPlatform } from './platform.ts'

/** An entry of an index: https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
export interface Descriptor {
  readonly mediaType: string
  readonly digest: string
  readonly size: number
  readonly platform?: OciPlatform
  readonly annotations?: Readonly<Record<string, string>>
}

/** One platform's image in a part. */
export interface PartImage {
  /** `linux/arm64`, as `platformName` gives it. */
  readonly platform: string
  readonly descriptor: Descriptor
  /** Uncompressed layer digests, base first. */
  readonly diffIds: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  /** Compressed layers and config, bytes. */
  readonly size: number
}

/** What one job pushed by digest: an index, or the manifest of one platform. */
export interface Part {
  readonly digest: string
  readonly images: readonly PartImage[]
  /** What BuildKit adds to an index about its images (provenance, SBOM). */
  readonly attestations: readonly Descriptor[]
  /** Of the index; empty for a manifest. */
  readonly annotations: Readonly<Record<string, string>>
  readonly isIndex: boolean
}

/** The parts of an image on their way to one index. */
export interface JoinQuestion {
  readonly name: string
  readonly parts: readonly Part[]
  /** The platforms that the index is to have, in this order. */
  readonly platforms: readonly string[]
}

/** The parts of an image, one image a platform, in the order that was asked for. */
export interface Joined {
  readonly images: readonly PartImage[]
  readonly attestations: readonly Descriptor[]
  readonly annotations: Readonly<Record<string, string>>
  /** Digest of the part that is all there is to join: it stays what it is. */
  readonly whole: string | null
}

/**
 * Which image of which part stands for each platform. Throws ActionError('registry') where one is missing, given twice with
 * different content, or was not asked for.
 */
export function joinParts({ name, parts, platforms }: JoinQuestion): Joined {
  const byPlatform = new Map<string, { image: PartImage; part: Part }>()
  for (const part of parts)
    for (const image of part.images) {
      const other = byPlatform.get(image.platform)
      if (other && other.image.descriptor.digest !== image.descriptor.digest)
        throw refused(name, `two jobs built it for ${image.platform}: ${other.part.digest} and ${part.digest}`, [
          'give the digests of one run alone, each platform built by one job',
        ])
      byPlatform.set(image.platform, other ?? { image, part })
    }
  const strange = [...byPlatform.keys()].find((platform) => !platforms.includes(platform))
  if (strange !== undefined)
    throw refused(name, `a digest is for ${strange}, which is not asked for`, [
      `asked for: ${platforms.join(', ')} (input platforms, or spec.yml)`,
    ])
  const missing = platforms.filter((platform) => !byPlatform.has(platform))
  if (missing.length > 0)
    throw refused(name, `no digest for ${missing.join(', ')}: nothing was written`, [
      'see whether the job of that platform failed, and whether its digests reached this one (artifacts, input digests)',
    ])
  const chosen = platforms.flatMap((platform) => byPlatform.get(platform) ?? [])
  return {
    images: chosen.map(({ image }) => image),
    attestations: chosen.flatMap(({ image, part }) => attestationsOf(image, part)),
    annotations: shared([...new Set(chosen.map(({ part }) => part))]),
    whole: parts.length === 1 ? (parts[0]?.digest ?? null) : null,
  }
}

function attestationsOf({ descriptor }: PartImage, part: Part): Descriptor[] {
  return part.attestations.filter(
    ({ annotations }) => annotations?.['vnd.docker.reference.digest'] === descriptor.digest,
  )
}

/** What all indexes say alike: what differs is of one platform, and no word on the whole. */
function shared(parts: readonly Part[]): Record<string, string> {
  const [first, ...others] = parts.filter((part) => part.isIndex)
  const entries = Object.entries(first?.annotations ?? {})
  return Object.fromEntries(entries.filter(([key, value]) => others.every((part) => part.annotations[key] === value)))
}

/** The document of an index, laid out as BuildKit does it: images first, then what attests them. */
export function indexDocument({ images, attestations, annotations }: Omit<Joined, 'whole'>): string {
  return JSON.stringify(
    {
      schemaVersion: 2,
      mediaType: 'application/vnd.oci.image.index.v1+json',
      manifests: [...images.map(({ descriptor }) => descriptor), ...attestations],
      ...(Object.keys(annotations).length > 0 ? { annotations } : {}),
    },
    null,
    2,
  )
}

/** Refuses a child that does not begin with its parent's layers, on any platform. Throws ActionError('build'). */
export function refuseOtherParent(child: string, above: Joined, parent: string, below: Joined): void {
  for (const { platform, diffIds } of above.images) {
    const base = below.images.find((image) => image.platform === platform)
    if (base?.diffIds.some((layer, at) => diffIds[at] !== layer))
      throw new ActionError('build', `${child} for ${platform} was not built on the ${parent} of this run`, [
        `its first ${base.diffIds.length} layers are not those of ${base.descriptor.digest}`,
        'the digests may be of different runs: run all jobs again',
      ])
  }
}

function refused(name: string, why: string, details: readonly string[]): ActionError {
  return new ActionError('registry', `${name} is not merged: ${why}`, details)
}
