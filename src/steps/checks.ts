import { lstat } from 'node:fs/promises'
import path from 'node:path'
import { needsShell } from '../check/test-scripts.ts'
import { ActionError } from '../errors.ts'
import { plannedPlatforms } from '../stack/platforms.ts'
import { type ImageContainer, type ImageTests, testsOf } from '../stack/tests.ts'
import type { Command, Image } from '../stack/types.ts'
import type { Engine } from '../tools/engine.ts'
import { isInside } from '../tools/inside.ts'
import type { Build } from './bake.ts'

/** What is to be checked of an image that is built here. */
export interface Checks {
  readonly image: Image
  /** Null where nothing tests it in BuildKit, or nothing can. */
  readonly tests: ImageTests | null
  /** Containers that test it, in `engine`; none where there is no engine. */
  readonly containers: readonly ImageContainer[]
  readonly engine: Engine | null
  /** Absolute folder of each group's files. */
  readonly folders: readonly (string | null)[]
  /** Commands that describe it; null where it is not described. */
  readonly manifest: readonly Command[] | null
  /** The platform that it is checked on; null: the builder's own. */
  readonly platform: string | null
  /** What was pushed, `name@sha256:…`, where it is checked in place of what the builder holds. */
  readonly pushed?: string
  /** What is left out, and why. */
  readonly notes: readonly string[]
}

/** Decides what is checked, by the inputs `tests` and `manifests`; null for nothing. Throws ActionError where `tests: true` cannot be. */
export async function checksOf({ question, planned }: Build): Promise<Checks | null> {
  const { source, inputs, host } = question
  const image = source.stack.images.find(({ name }) => name === planned.name)
  if (!image) return null
  const { platform, foreign, notes } = platformOf(image, question)
  const all = testsOf(source.stack, image)
  const wanted = inputs.tests === false ? [] : [...all.groups, ...all.containers]
  const trusted = source.trigger.trust === 'trusted'
  const allowed = foreign ? [] : wanted.filter(({ network }) => trusted || network === 'none')
  const refused = foreign ? [] : wanted.filter((one) => !allowed.includes(one))
  const groups = all.groups.filter((group) => allowed.includes(group))
  const tests = groups.length > 0 ? { ...all, groups } : null
  const outside = await engineFor(question, {
    containers: all.containers.filter((one) => allowed.includes(one)),
    platform,
  })
  const left = [...notes, ...refusedNotes(refused), ...outside.notes]
  if (inputs.tests === true && !tests && outside.containers.length === 0)
    throw untested(image.name, wanted.length > 0 ? left : [])
  const described = inputs.manifests === 'auto' ? host.kind === 'action' : inputs.manifests
  const manifest = described && !image.declared.undescribed && !foreign ? image.declared.manifests : null
  if (!manifest && wanted.length === 0) return null
  const folders = await Promise.all(groups.map(({ folder }) => folderOf(folder, host.cwd)))
  return { image, tests, ...outside, folders, manifest, platform, notes: wanted.length > 0 ? left : [] }
}

/** A line for each image whose tests ask for the network. */
function refusedNotes(refused: readonly { readonly image: string }[]): string[] {
  return [...new Set(refused.map(({ image }) => image))].map(
    (image) => `the tests of ${image} ask for the network, which those of an untrusted run do not get`,
  )
}

/** The engine that containers are started in, and why there is none. Nothing is asked for where nothing needs it. */
async function engineFor(
  { buildx, builder }: Build['question'],
  { containers, platform }: { readonly containers: readonly ImageContainer[]; readonly platform: string | null },
): Promise<Pick<Checks, 'containers' | 'engine' | 'notes'>> {
  const none = (why: string) => ({ containers: [], engine: null, notes: [`its containers were not started: ${why}`] })
  if (containers.length === 0) return { containers, engine: null, notes: [] }
  const { findEngine } = await import('../tools/engine.ts')
  const engine = await findEngine(buildx.surroundings)
  if (!engine) return none('no Docker engine answers')
  const own = platform ?? builder.platforms[0]
  const fits = !own || own === engine.platform || own.startsWith(`${engine.platform}/`)
  return fits ? { containers, engine, notes: [] } : none(`the engine is ${engine.platform}, and the image ${own}`)
}

/** Whether tests of an image run at all, so that it is pushed after them. */
export function isTested(checks: Checks | null): checks is Checks {
  return checks !== null && (checks.tests !== null || checks.containers.length > 0)
}

/** Whether the tests and the description can share a process: the script that describes needs a shell. */
export function canShare(checks: Checks): boolean {
  return checks.tests !== null && checks.manifest !== null && needsShell(checks.tests.groups)
}

/** Tests run where nothing is emulated: on the builder's own platform, the first that it names. */
function platformOf(image: Image, { inputs, builder }: Build['question']) {
  const planned = plannedPlatforms(image, inputs.platforms)
  const [own] = builder.platforms
  const plain = (platform: string) => platform.replace(/^(linux\/arm64)\/v8$/, '$1')
  const platform = own === undefined ? planned[0] : planned.find((one) => plain(one) === plain(own))
  const foreign = planned.length > 0 && platform === undefined
  const others = planned.filter((one) => one !== platform)
  const notes = others.map((one) => `not tested on ${one}: this builder's own platform is ${own ?? 'not known'}`)
  return { platform: platform ?? null, foreign, notes }
}

function untested(name: string, notes: readonly string[]): ActionError {
  const why =
    notes.length > 0
      ? notes
      : ['nothing tests it: write test in spec.yml, or put tests into a folder tests beside its Dockerfile']
  return new ActionError('build', `${name} has no test that can run here, and input tests is true`, why)
}

/** A folder of test files as buildx takes it; a link on the way may lead anywhere. */
async function folderOf(folder: string | null, cwd: string): Promise<string | null> {
  if (folder === null) return null
  const absolute = path.resolve(cwd, folder)
  const found = await lstat(absolute).catch(() => null)
  if (!found?.isDirectory() || !(await isInside(cwd, absolute)))
    throw new ActionError('stack', `${folder}: the folder of tests is no folder in the repository`, [
      'it may be gone, or a symbolic link is on the way: give a folder of the repository itself',
    ])
  if (folder === folder.normalize('NFC')) return absolute
  throw new ActionError('stack', `${folder}: its path is not in Unicode's composed form (NFC)`, [
    'bake cannot be told of such a path: rename the folder, for example with `git mv`',
  ])
}
