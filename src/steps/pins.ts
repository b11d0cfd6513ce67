import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { BuilderFacts } from '../stack/builder.ts'
import { type CanonicalReference, canonicalReference, formatCanonical } from '../stack/canonical.ts'
import type { Buildx } from '../tools/buildx.ts'

/** Bases may be asked for beside the plan and once more for the builds. */
let asked = 0

/**
 * Resolves external base images to digests once for the run, so that a tag that moves meanwhile cannot give two images
 * different bases. The builder itself is asked (its mirrors and credentials count): a `FROM` alone loads no layer, and
 * its progress names the digest. What cannot be resolved is left as it is; the build will tell.
 */
export async function resolvePins({
  references,
  host,
  buildx,
  builder,
}: {
  references: readonly string[]
  host: Host
  buildx: Buildx
  builder: BuilderFacts
}): Promise<Map<string, string>> {
  const parsed = references.flatMap((text) => {
    const reference = canonicalReference(text)
    return reference && !reference.digest ? [{ text, reference }] : []
  })
  if (parsed.length === 0) return new Map()
  const file = path.join(host.temp, `pins-${++asked}.json`)
  const targets = parsed.map(({ text }, at) => [
    `pin${at}`,
    { 'dockerfile-inline': `FROM ${text}`, context: host.temp, output: ['type=cacheonly'] },
  ])
  await writeFile(
    file,
    JSON.stringify({
      group: { default: { targets: targets.map(([name]) => name) } },
      target: Object.fromEntries(targets),
    }),
  )
  const digests = new Map<string, string>()
  const read = (line: string) => {
    for (const [, name, digest] of line.matchAll(/FROM (\S+?)@(sha256:[0-9a-f]{64})/g))
      if (name && digest) digests.set(name, digest)
  }
  const args = ['--builder', builder.name, '--file', file, '--progress', 'rawjson', '--allow', `fs.read=${host.temp}`]
  // Nothing is kept of this build: what git knows of the folder need not be asked.
  await buildx.bake(args, read, { BUILDX_GIT_INFO: 'false' }).catch((error) => {
    if (error instanceof ActionError && error.code === 'cancelled') throw error
  })
  return new Map(
    parsed.flatMap(({ text, reference }) => {
      const digest = digests.get(formatCanonical(reference))
      return digest ? [[text, pinOf(reference, digest)]] : []
    }),
  )
}

/** A reference that cannot move: `docker.io/library/debian:12@sha256:…`. */
export function pinOf({ registry, repository, tag }: CanonicalReference, digest: string): string {
  return `${registry}/${repository}:${tag}@${digest}`
}
