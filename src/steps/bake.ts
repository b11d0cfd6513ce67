import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { type CachePlaces, noPlaces } from '../cache/types.ts'
import { TestsFailed } from '../check/failed.ts'
import { ActionError, explained, fullDisk, messageOf } from '../errors.ts'
import type { Progress } from '../report/progress.ts'
import type { Failure } from '../report/types.ts'
import { bakeArguments, bakeDefinition } from '../stack/bake.ts'
import { imageNames } from '../stack/tags.ts'
import type { PlannedImage } from '../stack/types.ts'
import { failure as childFailure } from '../tools/exec.ts'
import { isTransient } from '../tools/transient.ts'
import type { BuildQuestion } from './build.ts'
import type { Checked } from './check-image.ts'
import { type Checks, checksOf, isTested } from './checks.ts'
import { type BuildFacts, describeImages, tagsOfBuild } from './describe.ts'
import { namedOutput, type Outputs } from './outputs.ts'
import { isAsTested, verifyImage } from './verify.ts'

/** One image that is built: its decision, its target in the bake file, and what all builds share. */
export interface Build {
  readonly question: BuildQuestion
  readonly planned: PlannedImage
  readonly target: string
  readonly facts: BuildFacts
  /** Told when nothing is left but to compress and send: another image may begin. */
  readonly release: () => void
}

/**
 * One image by bake, and what was pushed of it. Each output is a round of its own, the later ones from the builder's
 * cache: of several at once buildx tells one digest only, and an annotation that one output cannot hold ends them all.
 * Tests run when it is in the builder's cache, before the first output. Throws TestsFailed where they fail.
 */
export async function bakeOne(
  build: Build,
  progress: Progress,
): Promise<{ digest: string | null; image: { size: number } | null; checked: Checked | null }> {
  const { question, planned, facts } = build
  const afresh = question.inputs.noCache || planned.afresh === true
  const { outputs } = facts
  // A merge group's image that has no fingerprint has no name to be pushed by.
  const push = outputs.push && (outputs.byDigest || pushedTags(build, facts.outputs).length > 0)
  const checks = await checksOf(build)
  let checked: Checked | null = null
  let pushed: string | null = null
  for (const [round, output] of roundsOf(push || !outputs.push ? outputs.rounds : [cacheOnly], checks).entries()) {
    const digest = await bakeRound(build, progress, { output, first: round === 0, noCache: round === 0 && afresh })
    if (push && output === outputs.rounds[0]) pushed = digest
    if (isTested(checks) && round === 0) checked = await check(build, checks)
  }
  if (checks && !isTested(checks)) checked = await check(build, checks)
  // Without it nothing could be verified or tagged.
  if (push && !pushed)
    throw new ActionError(
      'build',
      `buildx ended well but did not tell the digest of what it pushed for ${planned.name}`,
      ['its version may be too old for `bake --metadata-file`: update buildx'],
    )
  const image = pushed ? await verifyImage({ ...question, planned, digest: pushed, facts }) : null
  if (isTested(checks) && !isAsTested(image, checked?.tested ?? null)) checked = await checkAgain(build, checks, pushed)
  return { digest: pushed, image, checked }
}

/** BuildKit may build again what it has just built, above all where builds of one parent run side by side. */
async function checkAgain(build: Build, checks: Checks, digest: string | null): Promise<Checked> {
  const { question, planned } = build
  question.host.out.info(
    `${planned.name}: the builder built it anew for the push, so its tests run again, on what was pushed`,
  )
  const [name] = namesOf(question, planned)
  return await check(build, checks, `${name}@${digest}`)
}

const cacheOnly = 'type=cacheonly'

/** An image with tests is in the builder's cache alone until they have passed. */
function roundsOf(rounds: readonly string[], checks: Checks | null): readonly string[] {
  return !isTested(checks) || rounds[0] === cacheOnly ? rounds : [cacheOnly, ...rounds]
}

async function check(build: Build, checks: Checks, pushed?: string): Promise<Checked> {
  const { checkImage } = await import('./check-image.ts')
  return await checkImage(build, { ...checks, ...(pushed ? { pushed } : {}) })
}

function pushedTags({ question, planned }: Build, outputs: Outputs): string[] {
  const image = question.source.stack.images.find(({ name }) => name === planned.name)
  return image ? tagsOfBuild(question.decision, planned, image, outputs) : []
}

/** ignore-error does not help where BuildKit cannot even begin with a cache: a token that has expired, an address that is none. */
const noCacheToBeHad = /^failed to configure \S+ cache (exporter|importer)\b/

async function bakeRound(
  build: Build,
  progress: Progress,
  { first, ...round }: { output: string; first: boolean; noCache: boolean },
): Promise<string | null> {
  const { question, planned } = build
  // Later rounds find all in the builder.
  const cache = first ? await question.caches.of(planned.name) : noPlaces
  try {
    return await bakeWith(build, progress, { ...round, cache })
  } catch (error) {
    if (!(error instanceof BakeError && noCacheToBeHad.test(error.failure.message))) throw error
    question.host.out.warning(`${planned.name} is built without a cache from run to run: ${error.failure.message}`)
    return await bakeWith(build, progress, { ...round, cache: noPlaces })
  }
}

async function bakeWith(
  { question, planned, target, facts, release }: Build,
  progress: Progress,
  { output, noCache, cache }: { output: string; noCache: boolean; cache: CachePlaces },
): Promise<string | null> {
  const { host, buildx, builder, inputs, observer } = question
  const folder = path.join(host.temp, 'bake')
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, `${target}.json`)
  const metadataFile = path.join(folder, `${target}.metadata.json`)
  const { images, allowRead } = describeImages({ ...question, facts })
  const fitting = output === 'type=docker' ? images.map(forEngine) : images
  await writeFile(file, JSON.stringify(bakeDefinition(fitting, facts.targets), null, 2))
  const args = bakeArguments({
    builder: builder.name,
    file,
    metadataFile,
    target,
    outputs: [namedOutput(output, namesOf(question, planned), facts.outputs)],
    noCache,
    pull: inputs.pull,
    allowRead,
    allowSsh: facts.secrets.ssh.length > 0,
    cache,
    attest: /\bpush=true\b/.test(output) ? inputs.attest : [],
  })
  host.out.debug(`buildx bake ${args.join(' ')}`)
  const feed = (line: string) => {
    progress.feed(line)
    observer.progressed(planned.name, progress)
    if (line.includes('"name":"exporting to image"')) release()
  }
  const ended = await buildx.bake(args, feed, { ...facts.secrets.env, ...cache.env })
  if (ended.status !== 0) {
    const { message } = childFailure({ file: 'buildx', args: ['bake'] }, ended)
    throw new BakeError(message, ended.signal, progress.failure())
  }
  return await readDigest(metadataFile, target)
}

/** Where an image is pushed. */
function namesOf({ source, inputs }: BuildQuestion, { name }: PlannedImage): string[] {
  const image = source.stack.images.find((candidate) => candidate.name === name)
  return image ? imageNames(image, inputs.registry) : []
}

/** What an engine loads has no index: BuildKit refuses annotations of one, and several platforms. */
function forEngine<T extends { readonly annotations: readonly string[]; readonly platforms: readonly string[] }>(
  image: T,
): T {
  return {
    ...image,
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
    this.transient = failure.step?.number === null && failure.tail.some(isTransient)
  }
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

/** Only the digest is read: buildx puts the event's payload and build arguments into the same file. */
async function readDigest(file: string, target: string): Promise<string | null> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '{}'
    throw error
  })
  const metadata = JSON.parse(text) as Record<string, Record<string, unknown> | undefined>
  const digest = metadata[target]?.['containerimage.digest']
  return typeof digest === 'string' ? digest : null
}
