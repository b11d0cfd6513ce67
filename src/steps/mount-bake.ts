import { randomUUID } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { MountBuild } from '../cache/mount-builds.ts'
import { mountScripts } from '../cache/mount-scripts.ts'
import { createProgress } from '../report/progress.ts'
import { escaped } from '../stack/bake.ts'
import type { BuilderFacts } from '../stack/builder.ts'
import { canonicalReference, formatCanonical } from '../stack/canonical.ts'
import type { Buildx } from '../tools/buildx.ts'

/** What a build on the side of the run's own ones needs. */
export interface MountBake {
  readonly buildx: Buildx
  readonly builder: BuilderFacts
  /** The utility image as it is named in the build. */
  readonly utility: string
}

/** A new argument for each build: BuildKit's cache has none of its steps. */
export function nonce(): string {
  return randomUUID()
}

/** Makes the folder of a build's context, with its scripts. */
export async function prepareContext(folder: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  for (const [name, text] of Object.entries(mountScripts)) await writeFile(path.join(folder, name), text)
  return folder
}

/**
 * One throw-away build; what it made is in `output`. Gives the utility image pinned to the digest that BuildKit took. Throws where it
 * fails, with what its step said last.
 */
export async function bakeMounts(
  { buildx, builder, utility }: MountBake,
  { build, context, output }: { build: MountBuild; context: string; output: string },
): Promise<string> {
  const file = `${context}.json`
  await mkdir(output, { recursive: true })
  const target = {
    context,
    'dockerfile-inline': build.dockerfile,
    args: build.args,
    output: [{ type: 'local', dest: output }],
  }
  await writeFile(file, JSON.stringify(escaped({ target: { mounts: target } })))
  const progress = createProgress('mounts')
  let digest: string | null = null
  const feed = (line: string) => {
    progress.feed(line)
    digest ??= digestIn(line, utility)
  }
  const allow = ['--allow', `fs.read=${context}`, '--allow', `fs.write=${output}`]
  const args = ['--builder', builder.name, '--file', file, '--progress', 'rawjson', ...allow, 'mounts']
  // It is nobody's image: no provenance, and nothing that git knows.
  const env = { BUILDX_GIT_INFO: 'false', BUILDX_NO_DEFAULT_ATTESTATIONS: '1' }
  const ended = await buildx.bake(args, feed, env)
  if (ended.status === 0) return digest === null || utility.includes('@') ? utility : `${utility}@${digest}`
  const { message, tail } = progress.failure()
  throw new Error([message, ...tail.slice(-1)].join(': '))
}

/** The progress names what a FROM was resolved to. */
function digestIn(line: string, utility: string): string | null {
  const reference = canonicalReference(utility)
  if (reference === null || reference.digest) return null
  const name = formatCanonical(reference)
  for (const [, found, digest] of line.matchAll(/FROM (\S+?)@(sha256:[0-9a-f]{64})/g))
    if (found === name) return digest ?? null
  return null
}
