import { mkdir, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { noPlaces } from '../cache/types.ts'
import { createProgress } from '../report/progress.ts'
import type { Failure } from '../report/types.ts'
import { bakeArguments, bakeDefinition, withoutAttestation } from '../stack/bake.ts'
import { isBelow } from '../tools/inside.ts'
import { readMetadata } from './bake-metadata.ts'
import type { Build } from './batch.ts'
import type { Checks } from './checks.ts'
import { describeImages } from './describe.ts'

/** An image that came into the engine, with the digest of its config; or why it did not. */
export type Loaded = { readonly config: string | null } | { readonly failure: Failure }

/**
 * Brings the image that the builder holds, or what was pushed of it, into the engine under a name of its own. Docker's own
 * driver has it there already; others send all of it.
 */
export async function loadTested(build: Build, checks: Checks, name: string): Promise<Loaded> {
  const { question, planned, target, facts } = build
  const { host, buildx, builder, observer } = question
  const folder = path.join(host.temp, 'loads', target)
  await rm(folder, { recursive: true, force: true })
  await mkdir(folder, { recursive: true })
  const [file, metadataFile] = [path.join(folder, 'bake.json'), path.join(folder, 'metadata.json')]
  const { images, allowRead } = describeImages({ ...question, facts })
  const platforms = checks.platform ? [checks.platform] : []
  const fitting = images.map((one) =>
    one.image.name === checks.image.name ? { ...one, tags: [name], annotations: [], platforms } : one,
  )
  const definition = checks.pushed
    ? { target: { [target]: pushedTarget(folder, checks.pushed, { name, platforms }) } }
    : bakeDefinition(fitting, facts.targets)
  await writeFile(file, JSON.stringify(definition, null, 2))
  const args = bakeArguments({
    ...{ builder: builder.name, file, metadataFile, pull: false, allowSsh: facts.secrets.ssh.length > 0 },
    allowRead: [...allowRead, ...(isBelow(host.cwd, folder) ? [] : [folder])],
    targets: [{ target, outputs: ['type=docker'], noCache: false, cache: noPlaces, attest: withoutAttestation }],
  })
  host.out.debug(`buildx bake ${args.join(' ')}`)
  const progress = createProgress(target, { dockerfile: planned.dockerfile })
  const feed = (line: string) => {
    progress.feed(line)
    observer.progressed(planned.name, progress)
  }
  const ended = await buildx.bake(args, feed, facts.secrets.env)
  if (ended.status !== 0) return { failure: progress.failure() }
  const told = await readMetadata(metadataFile)
  return { config: told(target, 'containerimage.config.digest') }
}

/** What is pushed, without a step more: its layers and its config are the same. */
function pushedTarget(
  context: string,
  pushed: string,
  { name, platforms }: { readonly name: string; readonly platforms: readonly string[] },
) {
  return {
    context,
    contexts: { image: `docker-image://${pushed}` },
    'dockerfile-inline': 'FROM image\n',
    tags: [name],
    ...(platforms.length > 0 ? { platforms } : {}),
  }
}
