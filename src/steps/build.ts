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
import { runTasks } from '../stack/schedule.ts'
import type { Image, PlannedImage } from '../stack/types.ts'
import type { Buildx } from '../tools/buildx.ts'
import { isInside } from '../tools/inside.ts'
import type { Registry } from '../tools/registry.ts'
import { retryTransient } from '../tools/transient.ts'
import { type Build, bakeOne, failureOf } from './bake.ts'
import type { Bases } from './bases.ts'
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
 * Builds what the plan says, in order, `jobs` at once. An image that fails takes its descendants out and nothing else.
 * Gives a result for every image of the plan, in its order. Throws only for what concerns the whole run.
 */
export async function buildStack(question: BuildQuestion): Promise<ImageResult[]> {
  const { plan } = question.decision
  const builds = plan.images.filter((image) => image.action === 'build')
  const facts = await gatherFacts(question, builds)
  const planned = new Map(builds.map((image) => [image.name, image]))
  const results = await runTasks<ImageResult>(await orderBuilds(builds, question.host.cwd), {
    jobs: question.inputs.jobs,
    run: async (name, release) => {
      const image = planned.get(name) as PlannedImage
      const target = facts.targets.get(name) ?? name
      const result = await buildImage({ question, planned: image, target, facts, release })
      return { ok: result.outcome === 'built', value: result }
    },
    skip: (name, because) => {
      const result = unbuilt(planned.get(name) as PlannedImage, 'skipped', `its parent ${because} was not built`)
      question.observer.finished(result, [])
      return result
    },
  })
  return plan.images.map(
    (image) =>
      results.get(image.name) ?? unbuilt(image, image.action === 'reuse' ? 'reused' : 'unchanged', image.reason),
  )
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

async function buildImage(build: Build): Promise<ImageResult> {
  const { question, planned, target } = build
  const { observer } = question
  const started = Date.now()
  let progress = createProgress(target, { dockerfile: planned.dockerfile })
  observer.started(planned.name)
  const finish = (extra: Partial<ImageResult>): ImageResult => {
    const { steps, warnings } = progress.state()
    const base = unbuilt(planned, 'built', planned.reason)
    const downloaded = progress.downloaded()
    return { ...base, started, completed: Date.now(), steps, warnings, downloaded, ...extra }
  }
  let result: ImageResult
  let log: readonly LoggedStep[] = []
  try {
    await refuseTaken(build)
    // A push that a registry turned away for now is tried again: the build itself comes from BuildKit's cache.
    const { digest, image, checked } = await retryTransient(
      () => {
        progress = createProgress(target, { dockerfile: planned.dockerfile })
        return bakeOne(build, progress)
      },
      {
        signal: question.host.signal,
        onRetry: (message, wait) =>
          question.host.out.notice(`${planned.name}: ${message}; again in ${Math.round(wait / 1000)} s`),
      },
    )
    if (digest) build.facts.digests.set(planned.name, digest)
    log = checked?.log ?? []
    const tags = build.facts.outputs.push ? builtTags(build) : []
    result = finish({ digest, size: image?.size ?? null, tags, ...found(checked?.report, checked?.manifest) })
  } catch (error) {
    if (question.host.signal.aborted) result = finish({ outcome: 'skipped', reason: 'the run was cancelled' })
    else {
      const told = error instanceof TestsFailed ? found(error.report, error.manifest) : {}
      result = finish({ outcome: 'failed', failure: failureOf(error, planned), ...told })
    }
  }
  observer.finished(result, [...progress.log(), ...log])
  return result
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
