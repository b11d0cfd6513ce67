import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { lastPromoted, previousOf } from '../publish/previous.ts'
import type { MovingCommand, PastEntry, Target } from '../publish/types.ts'
import { missingInput } from '../publish-inputs.ts'
import { canonicalReference } from '../stack/canonical.ts'
import { findImage } from '../stack/select.ts'
import { imageNames, imageTag, isReservedTag, shortLength, tagOf } from '../stack/tags.ts'
import type { Image } from '../stack/types.ts'
import { createRegistry, type Registry } from '../tools/registry.ts'
import type { Trigger } from '../trigger/types.ts'
import type { Verdict } from './conclude.ts'
import { detect, type Source } from './detect.ts'
import { readJournals } from './journal-effects.ts'
import { type Moved, moveTags } from './move-tags.ts'
import { concludeMoves } from './moves-report.ts'
import { stackPlace } from './stack-place.ts'

interface Question {
  readonly trigger: Trigger
  readonly inputs: Inputs
  readonly host: Host
}

interface Scene {
  readonly source: Source
  readonly inputs: Inputs
  readonly host: Host
  readonly registry: Registry
  readonly images: readonly Image[]
}

/** Points a tag of the stack, or of the images named, at what another tag or a commit's tag points at. Nothing is built. */
export async function promote(question: Question): Promise<Verdict> {
  const started = Date.now()
  const { from, to } = question.inputs
  if (from === '') throw missingInput('promote', 'from', '--from 2639bd3')
  if (to === '') throw missingInput('promote', 'to', '--to stable')
  refuseTag(to)
  const scene = await sceneOf(question)
  const digests = await resolveAll(scene, shortCommit(from))
  const targets = scene.images.flatMap((image) => targetsOf(scene, image, to, digests.get(image.name) ?? ''))
  const request = withImages(`promote of ${to} from ${shortCommit(from)}`, question.inputs)
  return await finish(scene, { started, command: 'promote', request, targets: () => targets, fixed: true, tag: to })
}

/**
 * Points a tag (input `from`, else the one that was promoted last, else the default branch's) back at a tag, a commit, or at what it
 * was before.
 */
export async function revert(question: Question): Promise<Verdict> {
  const started = Date.now()
  const { to } = question.inputs
  if (to === '') throw missingInput('revert', 'to', '--to previous')
  if (question.inputs.from !== '') refuseTag(question.inputs.from)
  const scene = await sceneOf(question)
  const { places, stack } = await stackPlace(scene)
  const history = await readJournals(scene.registry, places, stack)
  const tag = question.inputs.from || lastPromoted(history) || branchTag(scene)
  const request = withImages(`revert of ${tag} to ${shortCommit(to)}`, question.inputs)
  const common = { started, command: 'revert' as const, request, tag }
  if (to !== 'previous') {
    const digests = await resolveAll(scene, shortCommit(to))
    const targets = scene.images.flatMap((image) => targetsOf(scene, image, tag, digests.get(image.name) ?? ''))
    return await finish(scene, { ...common, targets: () => targets, fixed: true })
  }
  const done = doneBefore(history, request, question.host)
  if (done) return await conclude(scene, { ...common, moved: { moves: [], same: done, recovered: [], resumed: false } })
  const tags = scene.images.flatMap((image) => targetsOf(scene, image, tag, ''))
  return await finish(scene, { ...common, targets: (past) => previousOf(past, tags), fixed: false })
}

/** A run that is started again must not go back one more step. */
function doneBefore(history: readonly PastEntry[], request: string, { env }: Host): readonly Target[] | null {
  const run = env.GITHUB_RUN_ID
  const own = history.findLast(
    ({ outcome, holder }) => outcome === 'done' && run && holder.startsWith(`github:${run}.`),
  )
  return own?.request === request ? own.moves : null
}

interface Task {
  readonly started: number
  readonly command: MovingCommand
  readonly request: string
  readonly tag: string
}

async function finish(
  scene: Scene,
  task: Task & Pick<Parameters<typeof moveTags>[0], 'targets' | 'fixed'>,
): Promise<Verdict> {
  if (!scene.inputs.dryRun) return await conclude(scene, { ...task, moved: await moveTags({ ...scene, ...task }) })
  const { places, stack } = await stackPlace(scene)
  const found = task.targets(await readJournals(scene.registry, places, stack))
  const targets = 'targets' in found ? found.targets : found
  const now = await Promise.all(targets.map(({ repository, tag }) => digestOf(scene.registry, `${repository}:${tag}`)))
  const moves = targets.map((target, at) => ({ ...target, from: now[at] ?? null }))
  const moved: Moved = {
    moves: moves.filter(({ from, to }) => from !== to),
    same: moves.filter(({ from, to }) => from === to),
    ...{ recovered: [], resumed: false },
  }
  return await conclude(scene, { ...task, moved })
}

async function conclude(scene: Scene, { moved, started, ...task }: Task & { readonly moved: Moved }): Promise<Verdict> {
  const { host, inputs, images } = scene
  const report = {
    ...task,
    moves: moved.moves,
    same: moved.same,
    dryRun: inputs.dryRun,
    started,
    completed: Date.now(),
  }
  return await concludeMoves({ report, images, inputs, host })
}

/** What is asked about, read from the files that are checked out; nobody untrusted gets here. */
async function sceneOf({ trigger, inputs, host }: Question): Promise<Scene> {
  refuseRun(trigger, inputs)
  const source = await detect({ trigger, inputs: { ...inputs, images: [] }, host })
  const registry = createRegistry({ env: host.env, login: true, signal: host.signal })
  const asked = inputs.images.length > 0 ? inputs.images : (trigger.images ?? [])
  const names = asked.length > 0 ? new Set(asked.map((text) => findImage(source.stack, text).name)) : null
  const images = source.stack.images.filter((image) => !image.skip && (names === null || names.has(image.name)))
  if (images.length === 0)
    throw new ActionError('input', 'there are no images whose tags could be moved', [
      'check the inputs path and images',
    ])
  return { source, inputs, host, registry, images }
}

/** Throws where tags may not be moved: by an untrusted run, for a pull request, without a registry. */
export function refuseRun(trigger: Trigger, { command, registry }: Inputs): void {
  if (trigger.trust === 'untrusted')
    throw new ActionError('input', `an untrusted run moves no tags: ${trigger.trustReason}`, [
      `start ${command} by a workflow_dispatch, or on the command line`,
    ])
  if (trigger.pullRequest || trigger.kind === 'merge_group' || trigger.kind === 'delete')
    throw new ActionError('input', `command: ${command} moves no tags for the event ${trigger.event}`, [
      'start it by a workflow_dispatch on a branch, a schedule, a push, or on the command line',
    ])
  if (registry.length === 0)
    throw new ActionError('input', `command: ${command} needs the input registry: it moves tags there`, [
      'for example `registry: quay.io/pangeo`',
    ])
}

/** Throws for what can be no moving tag, before anything is written. */
export function refuseTag(tag: string): void {
  if (!/^\w[\w.-]{0,95}$/.test(tag))
    throw new ActionError('input', `"${tag}" can be no tag of an image`, [
      'a tag has letters, digits, `_`, `.` and `-`, starts with none of the last two, and at most 96 of them here',
    ])
  if (isReservedTag(tag) || tag === 'journal' || tag === 'previous')
    throw new ActionError('input', `"${tag}" is a tag with a meaning of its own: it is never moved`, [
      'tags of commits, pull requests, fingerprints and caches are set by builds; name another one',
    ])
}

function branchTag({ source: { trigger } }: Scene): string {
  const branch = trigger.defaultBranch ?? trigger.branch
  if (branch) return tagOf(branch)
  throw missingInput('revert', 'from', '--from stable')
}

/** A commit's whole name is its tag's 7 characters; everything else is a tag. */
function shortCommit(text: string): string {
  return /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(text) ? text.slice(0, shortLength) : text
}

/** Digests by image, each resolved once. Throws where one is missing: nothing was written by then. */
export async function resolveAll({ registry, images, inputs }: Scene, tag: string): Promise<Map<string, string>> {
  const found = await Promise.all(
    images.map((image) => firstDigest(registry, imageNames(image, inputs.registry), imageTag(image, tag))),
  )
  const missing = images.filter((_, at) => found[at] === null).map(({ name }) => name)
  if (missing.length > 0)
    throw new ActionError(
      'input',
      `${missing.join(', ')} ${missing.length === 1 ? 'has' : 'have'} no tag ${tag}: no tag was moved`,
      [
        missing.length === images.length
          ? 'check the tag; a commit has one where its run on the default branch was green'
          : 'publish all images of that commit first, or name the images that have it',
      ],
    )
  return new Map(images.map((image, at) => [image.name, found[at] ?? '']))
}

async function firstDigest(registry: Registry, names: readonly string[], tag: string): Promise<string | null> {
  for (const name of names) {
    const digest = await digestOf(registry, `${name}:${tag}`)
    if (digest) return digest
  }
  return null
}

async function digestOf(registry: Registry, text: string): Promise<string | null> {
  const reference = canonicalReference(text)
  if (!reference) throw new ActionError('input', `"${text}" is no reference that a registry takes`)
  return await registry.digest(reference)
}

function targetsOf({ inputs }: Scene, image: Image, tag: string, to: string): Target[] {
  return imageNames(image, inputs.registry).map((repository) => ({ repository, tag: imageTag(image, tag), to }))
}

function withImages(request: string, { images }: Inputs): string {
  return `${request} for ${images.length > 0 ? images.toSorted().join(', ') : 'the stack'}`
}
