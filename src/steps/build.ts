import path from 'node:path'
import { TestsFailed } from '../check/failed.ts'
import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { createProgress, type LoggedStep } from '../report/progress.ts'
import type { ImageResult } from '../report/types.ts'
import { isAddress } from '../stack/address.ts'
import { targetNames } from '../stack/bake.ts'
import type { BuilderFacts } from '../stack/builder.ts'
import { canonicalReference } from '../stack/canonical.ts'
import { externalReferences } from '../stack/fingerprint.ts'
import { ancestors } from '../stack/graph.ts'
import { runTasks } from '../stack/schedule.ts'
import type { Image, PlannedImage } from '../stack/types.ts'
import type { Buildx } from '../tools/buildx.ts'
import { isInside } from '../tools/inside.ts'
import type { Registry } from '../tools/registry.ts'
import { retryTransient } from '../tools/transient.ts'
import { type Baked, bakeTogether } from './bake.ts'
import { failureOf } from './bake-round.ts'
import type { Bases } from './bases.ts'
import { type Batch, BatchFailed, type Build, each, errorOf } from './batch.ts'
import { orderBuilds } from './build-order.ts'
import type { Caches } from './caches.ts'
import type { Decision } from './decide.ts'
import type { BuildFacts } from './describe.ts'
import type { Source } from './detect.ts'
import { type BuildObserver, unbuilt } from './observe.ts'
import { chooseOutputs } from './outputs.ts'
import { prepareSecrets } from './secrets.ts'

/** What the builds of a run share. */
export interface BuildQuestion {
  readonly source: Source
  readonly decision: Decision
  readonly inputs: Inputs
  readonly host: Host
  readonly buildx: Buildx
  readonly builder: BuilderFacts
  readonly registry: Registry
  readonly observer: BuildObserver
  readonly caches: Caches
  readonly bases: Bases
}

/**
 * Builds what the plan says, in order, `jobs` at once; with `monolithic` all together. An image that fails takes its descendants
 * out and nothing else. Gives a result for every image of the plan, in its order. Throws only for what concerns the whole run.
 */
export async function buildStack(question: BuildQuestion): Promise<ImageResult[]> {
  const { plan } = question.decision
  const builds = plan.images.filter((image) => image.action === 'build')
  const facts = await gatherFacts(question, builds)
  const draft = (planned: PlannedImage, release: () => void): Draft => ({
    ...{ question, planned, facts, release },
    target: facts.targets.get(planned.name) ?? planned.name,
  })
  const results = question.inputs.monolithic
    ? await buildTogether(builds.map((planned) => draft(planned, () => undefined)))
    : await buildInOrder(question, builds, draft)
  return plan.images.map(
    (image) =>
      results.get(image.name) ?? unbuilt(image, image.action === 'reuse' ? 'reused' : 'unchanged', image.reason),
  )
}

async function buildInOrder(
  { inputs, observer, host }: BuildQuestion,
  builds: readonly PlannedImage[],
  draft: (planned: PlannedImage, release: () => void) => Draft,
): Promise<ReadonlyMap<string, ImageResult>> {
  const planned = new Map(builds.map((image) => [image.name, image]))
  return await runTasks<ImageResult>(await orderBuilds(builds, host.cwd), {
    jobs: inputs.jobs,
    run: async (name, release) => {
      const results = await buildTogether([draft(planned.get(name) as PlannedImage, release)])
      const result = results.get(name) as ImageResult
      return { ok: result.outcome === 'built', value: result }
    },
    skip: (name, because) => {
      const result = unbuilt(planned.get(name) as PlannedImage, 'skipped', `its parent ${because} was not built`)
      observer.finished(result, [])
      return result
    },
  })
}

async function gatherFacts(question: BuildQuestion, builds: readonly PlannedImage[]): Promise<BuildFacts> {
  const { source, inputs, host } = question
  const names = new Set(builds.map((image) => image.name))
  const images = source.stack.images.filter((image) => names.has(image.name))
  await refuseOutside(images, host.cwd)
  const contexts = (image: Image) => ({ ...image.contexts, ...inputs.buildContexts })
  const [pins, secrets, outputs] = await Promise.all([
    question.bases.pins([...new Set(images.flatMap((image) => externalReferences(image, contexts(image))))], question),
    prepareSecrets({ inputs, host, trust: source.trigger.trust }),
    chooseOutputs(question),
  ])
  const [created, remote] = await Promise.all([
    source.commit && source.git ? source.git.commitTime(source.commit) : null,
    source.git?.remoteUrl() ?? null,
  ])
  return {
    targets: targetNames(builds.map((image) => image.name)),
    pins,
    secrets,
    outputs,
    created,
    remote,
    digests: new Map(),
  }
}

/** A link in a submodule is not seen in the plan, and buildx would follow it: a build reads no other files of the machine. */
async function refuseOutside(images: readonly Image[], cwd: string): Promise<void> {
  for (const image of images)
    for (const context of [image.context, ...Object.values(image.contexts)])
      if (!isAddress(context) && !(await isInside(cwd, path.resolve(cwd, context))))
        throw new ActionError('stack', `${image.name}: its context ${context} leads out of the repository`, [
          'a symbolic link is on the way: give a folder of the repository itself',
        ])
}

type Draft = Omit<Build, 'progress'>

/** Images by one bake process; of several all are built, or none. */
async function buildTogether(drafts: readonly Draft[]): Promise<ReadonlyMap<string, ImageResult>> {
  const [first] = drafts
  if (!first) return new Map()
  const { host, observer } = first.question
  const started = Date.now()
  let batch = begin(drafts)
  for (const { planned } of drafts) observer.started(planned.name)
  const end = (of: (build: Build) => Partial<ImageResult>, logOf: (build: Build) => readonly LoggedStep[]) =>
    batch.map((build): [string, ImageResult] => {
      const result = { ...resultOf(build, { started, alone: batch.length === 1 }), ...of(build) }
      observer.finished(result, [...build.progress.log(), ...logOf(build)])
      return [build.planned.name, result]
    })
  try {
    await each(batch, refuseTaken)
    // A push that a registry turned away for now is tried again: the build itself comes from BuildKit's cache.
    const baked = await retryTransient(
      () => {
        batch = begin(drafts)
        return bakeTogether(batch)
      },
      {
        signal: host.signal,
        onRetry: (message, wait) => {
          const names = drafts.map(({ planned }) => planned.name).join(', ')
          host.out.notice(`${names}: ${message}; again in ${Math.round(wait / 1000)} s`)
        },
      },
    )
    for (const [{ facts, planned }, { digest }] of baked) if (digest) facts.digests.set(planned.name, digest)
    const done = (build: Build) => baked.get(build) as Baked
    return new Map(
      end(
        (build) => madeOf(build, done(build)),
        (build) => done(build).checked?.log ?? [],
      ),
    )
  } catch (error) {
    return new Map(
      end(
        (build) => failedOf(build, error),
        () => [],
      ),
    )
  }
}

function begin(drafts: readonly Draft[]): Batch {
  const images = drafts.map(({ planned: { name, parents } }) => ({ name, parents: parents.map((name) => ({ name })) }))
  const descendants = (name: string) =>
    new Set(drafts.flatMap(({ planned, target }) => (ancestors(images, [planned.name]).has(name) ? [target] : [])))
  const [first, ...others] = drafts.map(
    (draft): Build => ({
      ...draft,
      progress: createProgress(draft.target, {
        dockerfile: draft.planned.dockerfile,
        descendants: descendants(draft.planned.name),
      }),
    }),
  )
  if (!first) throw new Error('a batch of no images')
  return [first, ...others]
}

/** What the progress tells. In a batch an image's time is that of its own steps. */
function resultOf(
  { planned, progress }: Build,
  { started, alone }: { readonly started: number; readonly alone: boolean },
): ImageResult {
  const { steps, warnings } = progress.state()
  const times = alone ? [] : steps.flatMap((step) => [step.started ?? [], step.completed ?? []].flat())
  const time =
    times.length > 0
      ? { started: Math.min(...times), completed: Math.max(...times) }
      : { started, completed: Date.now() }
  const downloaded = progress.downloaded(!alone)
  return { ...unbuilt(planned, 'built', planned.reason), ...time, steps, warnings, downloaded }
}

function madeOf(build: Build, { digest, image, checked }: Baked): Partial<ImageResult> {
  const tags = build.facts.outputs.push ? builtTags(build) : []
  return { digest, size: image?.size ?? null, tags, ...found(checked?.report, checked?.manifest) }
}

function failedOf(build: Build, error: unknown): Partial<ImageResult> {
  if (build.question.host.signal.aborted) return { outcome: 'skipped', reason: 'the run was cancelled' }
  const own = errorOf(error, build)
  if (own === undefined && error instanceof BatchFailed) {
    const names = [...error.errors.keys()].join(', ')
    return { outcome: 'skipped', reason: `${names} failed, and monolithic builds all images or none` }
  }
  const told = own instanceof TestsFailed ? found(own.report, own.manifest) : {}
  return { outcome: 'failed', failure: failureOf(own, build.planned), ...told }
}

/** What is known of an image besides its build; nothing where nothing was found out. */
function found(
  tests: ImageResult['tests'] | null,
  manifest: ImageResult['manifest'] | null,
): Pick<ImageResult, 'tests' | 'manifest'> {
  return { ...(tests ? { tests } : {}), ...(manifest ? { manifest } : {}) }
}

/** The references that the build itself gives; those of the branch follow when the whole stack is done. */
function builtTags({ question, planned, facts }: Pick<Build, 'question' | 'planned' | 'facts'>): string[] {
  const image = question.source.stack.images.find((candidate) => candidate.name === planned.name)
  return image ? planned.tags.filter((reference) => facts.outputs.builds(image, reference)) : []
}

/** The commit's tag was free when the plan was made; a run of the same commit may have set it since. */
async function refuseTaken({ question, planned, facts }: Build): Promise<void> {
  const { decision, registry } = question
  if (!facts.outputs.push || decision.rules.immutable === null) return
  for (const text of builtTags({ question, planned, facts })) {
    const reference = canonicalReference(text)
    if (reference && (await registry.digest(reference).catch(() => null))) {
      throw new ActionError('registry', `${text} is there by now: it is never overwritten`, [
        'another run published this commit meanwhile: run again, and use a concurrency group',
      ])
    }
  }
}
