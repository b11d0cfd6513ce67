import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type CachePlaces, noPlaces } from '../cache/types.ts'
import { TestsFailed } from '../check/failed.ts'
import { ActionError, explained, fullDisk, messageOf } from '../errors.ts'
import type { Failure } from '../report/types.ts'
import { type BakeImage, bakeArguments, bakeDefinition } from '../stack/bake.ts'
import type { PlannedImage } from '../stack/types.ts'
import { failure as childFailure, type Ended } from '../tools/exec.ts'
import { isTransient } from '../tools/transient.ts'
import { readMetadata } from './bake-metadata.ts'
import { type Batch, type Build, each, errorOf, refuseFailed } from './batch.ts'
import { describeImages, namesOf } from './describe.ts'
import { namedOutput } from './outputs.ts'

interface Round {
  readonly output: string
  /** Later ones find all in the builder. */
  readonly first: boolean
}

type PlacesOf = ReadonlyMap<Build, CachePlaces>

/** ignore-error does not help where BuildKit cannot even begin with a cache: a token that has expired, an address that is none. */
const noCacheToBeHad = /^failed to configure \S+ cache (exporter|importer)\b/

/** One bake process: the batch with one output. Gives the digests that buildx tells. */
export async function bakeRound(batch: Batch, round: Round): Promise<ReadonlyMap<Build, string | null>> {
  const [{ question }] = batch
  const caches = round.first ? await each(batch, ({ planned }) => question.caches.of(planned.name)) : new Map()
  try {
    return await bakeByLevels(batch, round, caches)
  } catch (error) {
    const told = batch.map((build) => ({ build, error: errorOf(error, build) }))
    const lacking = told.flatMap(({ build, error }) =>
      error instanceof BakeError && noCacheToBeHad.test(error.failure.message) ? [{ build, error }] : [],
    )
    if (lacking.length === 0) throw error
    for (const { build, error } of lacking)
      question.host.out.warning(
        `${build.planned.name} is built without a cache from run to run: ${error.failure.message}`,
      )
    return await bakeWith(batch, round, new Map())
  }
}

/**
 * A step that comes from an imported cache is no key to the steps on top of it for other targets of the same process (BuildKit 0.31):
 * children would be built anew. So parents come into the builder first, by a process a level, and all of the batch after them.
 */
async function bakeByLevels(batch: Batch, round: Round, caches: PlacesOf): Promise<ReadonlyMap<Build, string | null>> {
  const imports = [...caches.values()].some(({ from }) => from.length > 0)
  if (batch.length === 1 || !imports) return await bakeWith(batch, round, caches)
  for (const level of levelsOf(batch)) await bakeWith(level, round, caches)
  return await bakeWith(batch, { ...round, first: false }, new Map())
}

function levelsOf(batch: Batch): Batch[] {
  const levels: Batch[] = []
  let open: readonly Build[] = batch
  while (open.length > 0) {
    const names = new Set(open.map(({ planned }) => planned.name))
    const [first, ...others] = open.filter(({ planned }) => !planned.parents.some((name) => names.has(name)))
    if (!first) return [...levels, batch]
    levels.push([first, ...others])
    open = open.filter((build) => build !== first && !others.includes(build))
  }
  return levels
}

async function bakeWith(batch: Batch, round: Round, caches: PlacesOf): Promise<ReadonlyMap<Build, string | null>> {
  const [{ question, facts, target }] = batch
  const { host, buildx, observer } = question
  const folder = path.join(host.temp, 'bake')
  await mkdir(folder, { recursive: true })
  const [file, metadataFile] = [path.join(folder, `${target}.json`), path.join(folder, `${target}.metadata.json`)]
  const args = await writeRequest(batch, round, { caches, file, metadataFile })
  host.out.debug(`buildx bake ${args.join(' ')}`)
  const feed = (line: string) => {
    for (const { progress, planned, release } of batch) {
      progress.feed(line)
      observer.progressed(planned.name, progress)
      if (line.includes('"name":"exporting to image"')) release()
    }
  }
  const env = Object.assign({}, facts.secrets.env, ...batch.map((build) => caches.get(build)?.env ?? {}))
  const ended = await buildx.bake(args, feed, env)
  if (ended.status !== 0) refuseEnded(batch, ended)
  const told = await readMetadata(metadataFile)
  return new Map(batch.map((build) => [build, told(build.target, 'containerimage.digest')]))
}

/** Writes the bake file; gives the arguments. */
async function writeRequest(
  batch: Batch,
  { output, first }: Round,
  { caches, file, metadataFile }: { caches: PlacesOf; file: string; metadataFile: string },
): Promise<string[]> {
  const [{ question, facts }] = batch
  const { builder, inputs } = question
  const { images, allowRead } = describeImages({ ...question, facts })
  const fitting = output === 'type=docker' ? images.map((image) => forEngine(image, batch)) : images
  await writeFile(file, JSON.stringify(bakeDefinition(fitting, facts.targets), null, 2))
  return bakeArguments({
    builder: builder.name,
    file,
    metadataFile,
    targets: batch.map((build) => ({
      target: build.target,
      outputs: [namedOutput(output, namesOf(question, build.planned), facts.outputs)],
      noCache: first && (inputs.noCache || build.planned.afresh === true),
      cache: caches.get(build) ?? noPlaces,
      attest: /\bpush=true\b/.test(output) ? inputs.attest : [],
    })),
    pull: inputs.pull,
    allowRead,
    allowSsh: facts.secrets.ssh.length > 0,
  })
}

/** What an engine loads has no index: BuildKit refuses annotations of one, and several platforms. */
function forEngine(image: BakeImage, batch: Batch): BakeImage {
  const planned = batch.find(({ planned }) => planned.name === image.image.name)?.planned
  return {
    ...image,
    // What is pushed by digest alone has its tags here.
    tags: image.tags.length > 0 ? image.tags : (planned?.tags ?? []),
    annotations: image.annotations.filter((annotation) => !/^[a-z-,]*\bindex\b/.test(annotation)),
    platforms: image.platforms.length > 1 ? [] : image.platforms,
  }
}

/** bake ended with an error: what failed is told by its progress. */
class BakeError extends Error {
  readonly endedBy: NodeJS.Signals | null
  readonly failure: Failure
  /** A registry's own word for a fault hides its status, which only the log of the push still names. */
  readonly transient: boolean

  constructor(message: string, endedBy: NodeJS.Signals | null, failure: Failure) {
    super(message)
    this.endedBy = endedBy
    this.failure = failure
    this.transient = isTransient(message) || (failure.step?.number === null && failure.tail.some(isTransient))
  }
}

/** Of a batch those that failed by themselves: bake ends the others with them. All, where nobody can tell. */
function refuseEnded(batch: Batch, ended: Ended): never {
  const { message } = childFailure({ file: 'buildx', args: ['bake'] }, ended)
  const told = (how: 'step' | 'name') => batch.filter(({ progress }) => progress.failed() === how)
  const failed = [told('step'), told('name'), batch].find((builds) => builds.length > 0) ?? batch
  refuseFailed(
    failed.map((build) => ({ build, error: new BakeError(message, ended.signal, build.progress.failure()) })),
  )
  throw new Error(message)
}

/** Why an image failed, from whatever was thrown. */
export function failureOf(error: unknown, planned: PlannedImage): Failure {
  if (error instanceof TestsFailed) return error.failure
  if (error instanceof BakeError && !error.endedBy) return inWords(error.failure)
  const told = explained(error)
  const details = told instanceof ActionError ? [...told.details] : []
  return { message: messageOf(told), step: null, dockerfile: planned.dockerfile, line: null, tail: details }
}

/** Two causes that the last message alone does not tell. */
function inWords(failure: Failure): Failure {
  const said = (words: string) => ({ ...failure, message: `${words}: ${failure.message}` })
  if ([failure.message, ...failure.tail].some((line) => fullDisk.test(line))) return said('no space is left on a disk')
  // Which of them it is depends on the moment: buildx gives up at once, or after it has asked for an answer in vain.
  const gone = /code = Unavailable|error reading from server|closing transport|^context deadline exceeded$/.test(
    failure.message,
  )
  return gone ? said('the builder stopped answering') : failure
}
