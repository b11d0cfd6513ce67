import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { ActionError, explained, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import { annotate } from '../report/annotations.ts'
import type { MountReport } from '../report/mounts.ts'
import type { Section } from '../report/sections.ts'
import { renderSummary } from '../report/summary.ts'
import { renderPlanText, renderResultText } from '../report/text.ts'
import type { ImageResult, RunResult } from '../report/types.ts'
import { shorten } from '../report/visible.ts'
import { canonicalReference } from '../stack/canonical.ts'
import { jobMatrix, levelMatrices } from '../stack/matrix.ts'
import { imageReferences, shortLength } from '../stack/tags.ts'
import type { Plan } from '../stack/types.ts'
import type { Registry } from '../tools/registry.ts'
import type { Trigger } from '../trigger/types.ts'
import type { Decision } from './decide.ts'
import type { Source } from './detect.ts'
import { unbuiltResults } from './observe.ts'
import { viewOf } from './view.ts'

/** How a run ended: `message` is the first line of a red one, `details` say why and what to do about it. */
export interface Verdict {
  readonly ok: boolean
  readonly message: string
  readonly details: readonly string[]
}

/** What a run did with its locks, for its report. */
export interface LockReport {
  /** What became of them, one plain sentence; null where there was nothing to do. */
  readonly sentence: string | null
  /** What differs in them, and why one could not be made. */
  readonly sections: readonly Section[]
  /** How to take over what is not committed; Markdown. */
  readonly offer: string
  /** What differs in them, in the shape that `diff --format json` prints. */
  readonly diff: readonly unknown[]
  /** Told how the run ended: for the commit of locks and the pull request. */
  readonly tell: (result: RunResult, ok: boolean) => Promise<void>
}

interface Question {
  readonly source: Source
  readonly decision: Decision
  readonly inputs: Inputs
  readonly host: Host
}

/** Says at the start what the run is and whether it is trusted. */
export function announce({ trigger, host }: { trigger: Trigger; host: Host }): void {
  if (trigger.kind === 'local') return
  host.out.info(`${trigger.event} ${trigger.ref}: ${trigger.trust}, ${trigger.trustReason}`)
}

/** The plan for people and machines, with nothing built. */
export async function concludePlan({ source, decision, inputs, host }: Question): Promise<Verdict> {
  const { plan } = decision
  const { colour: color } = host.out
  const result = resultOf({
    source,
    decision,
    host,
    results: unbuiltResults(plan),
    started: Date.now(),
    builder: null,
    error: null,
    dryRun: true,
  })
  await host.out.result({
    json: { trigger: source.trigger, ...plan },
    get text() {
      return renderPlanText(plan, { color })
    },
    ...viewOf({ source, decision, inputs, host }),
    markdown: (limit) => renderSummary(result, { plan, limit }),
  })
  for (const note of source.stack.notes) host.out.debug(`${note.path}${note.line ? `:${note.line}` : ''}: ${note.text}`)
  if (inputs.dryRun)
    host.out.info(`dry run: ${decision.push.push ? 'would push' : 'would not push'}: ${decision.push.reason}`)
  setPlanOutputs(plan, source, host)
  host.out.output('levels', JSON.stringify(levelMatrices(plan)))
  return { ok: true, message: '', details: [] }
}

/** The whole run for people and machines. Red if an image failed, was cut off, or the run itself failed. */
export async function concludeRun(
  question: Question & {
    results: readonly ImageResult[]
    started: number
    builder: string | null
    error: unknown
    mounts?: MountReport | null
    locks: LockReport | null
  },
): Promise<Verdict> {
  const { source, decision, host, results, locks } = question
  const { plan } = decision
  // A signal that comes when all is done still ends the run red: its summary must not look green.
  const error =
    explained(question.error) ?? (host.signal.aborted ? new ActionError('cancelled', 'the run was cancelled') : null)
  const { mounts = null } = question
  const result = { ...resultOf({ ...question, error, dryRun: false }), mounts, locks: locks?.sentence ?? null }
  await host.out.result({
    json: { trigger: source.trigger, ...plan, results, ...(locks ? { locks: locks.diff } : {}) },
    text: renderResultText(result, { color: host.out.colour }),
    markdown: (limit) => renderSummary(result, { plan, limit, ...locks }),
  })
  const { annotations } = annotate(result)
  for (const { level, message, title, file, startLine } of annotations)
    host.out[level](message, { file, title, ...(startLine ? { line: startLine } : {}) })
  if (!decision.push.push && decision.rules.moving.length > 0 && host.kind === 'action')
    host.out.info(`nothing is pushed: ${decision.push.reason}`)
  setPlanOutputs(plan, source, host)
  await setResultOutputs(result, plan, host)
  if (question.inputs.pushByDigest) await keepDigests(result, host)
  if (results.some((one) => one.manifest)) {
    const { keepManifests } = await import('./keep-manifests.ts')
    host.out.output('manifests', (await keepManifests(results, host)) ?? '')
  }
  if (locks?.sentence) host.out.output('locks', JSON.stringify(locks.diff))
  const ended = verdict(result, error)
  await locks?.tell(result, ended.ok)
  return ended
}

/** Sizes of what was taken, and of what was there before: read when all else is done, as they decide nothing. */
export async function withSizes({
  results,
  source,
  inputs,
  registry,
  host,
}: {
  results: readonly ImageResult[]
  source: Source
  inputs: Inputs
  registry: Registry
  host: Host
}): Promise<ImageResult[]> {
  const { base } = source.changes
  if (inputs.registry.length === 0 || host.signal.aborted) return [...results]
  const sizeOf = async (reference: string | undefined) => {
    const parsed = reference ? canonicalReference(reference) : null
    const image = parsed ? await registry.image(parsed).catch(() => null) : null
    return image?.size ?? null
  }
  return await Promise.all(
    results.map(async (result) => {
      const image = source.stack.images.find((candidate) => candidate.name === result.name)
      if (!image || result.outcome !== 'built' || result.size === null || !base) return result
      const [before] = imageReferences(image, inputs.registry, [base.slice(0, shortLength)])
      return { ...result, previousSize: await sizeOf(before) }
    }),
  )
}

function resultOf(question: {
  source: Source
  decision: Decision
  host: Host
  results: readonly ImageResult[]
  started: number
  builder: string | null
  error: unknown
  dryRun: boolean
}): RunResult {
  const { source, host, error } = question
  const { env } = host
  const page = env.GITHUB_RUN_ID && source.trigger.repository
  return {
    trigger: source.trigger,
    images: question.results,
    started: question.started,
    completed: Date.now(),
    pushed: question.decision.push.push,
    dryRun: question.dryRun,
    builder: question.builder,
    error: error ? [messageOf(error), ...detailsOf(error)].join('\n') : null,
    runUrl: page ? `${env.GITHUB_SERVER_URL}/${env.GITHUB_REPOSITORY}/actions/runs/${env.GITHUB_RUN_ID}` : null,
  }
}

function setPlanOutputs(plan: Plan, source: Source, { kind, out }: Host): void {
  if (kind === 'cli') return
  const building = plan.images.filter((image) => image.action === 'build').map((image) => image.name)
  out.output('plan', JSON.stringify({ trigger: source.trigger, ...plan }))
  out.output('matrix', JSON.stringify(jobMatrix(plan)))
  out.output('changed', JSON.stringify(building))
}

async function setResultOutputs(result: RunResult, plan: Plan, host: Host): Promise<void> {
  const { out } = host
  const done = result.images.filter((image) => image.digest && ['built', 'reused'].includes(image.outcome))
  out.output(
    'built',
    JSON.stringify(result.images.filter((image) => image.outcome === 'built').map((image) => image.name)),
  )
  out.output('digests', JSON.stringify(Object.fromEntries(done.map((image) => [image.name, image.digest]))))
  out.output('tags', result.images.flatMap((image) => image.tags).join('\n'))
  out.output('references', [...new Set(done.flatMap(references))].join('\n'))
  const metadata = done.map((image) => [
    image.name,
    { 'containerimage.digest': image.digest, 'image.name': image.tags.join(',') },
  ])
  out.output('metadata', JSON.stringify(Object.fromEntries(metadata)))
  const file = path.join(host.kept, 'report.json')
  await writeFile(file, JSON.stringify({ ...result, plan }, null, 2)).catch(() => undefined)
  out.output('report', file)
}

/** What this run built, for the jobs after it. Named by its content: artifacts of many jobs are put into one folder. */
async function keepDigests({ images }: RunResult, host: Host): Promise<void> {
  const built = images.filter((image) => image.outcome === 'built' && image.digest)
  const text = JSON.stringify(Object.fromEntries(built.map(({ name, digest }) => [name, digest])))
  const folder = path.join(host.kept, 'digests')
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, `digests-${createHash('sha256').update(text).digest('hex').slice(0, 16)}.json`)
  await writeFile(file, `${text}\n`)
  host.out.output('digests-file', file)
}

/** An image in each repository that it was pushed to, by digest: what cosign and pull commands take. */
function references({ tags, digest }: ImageResult): string[] {
  return tags.filter((tag) => tag.includes('/')).map((tag) => `${tag.slice(0, tag.lastIndexOf(':'))}@${digest}`)
}

function verdict(result: RunResult, error: unknown): Verdict {
  if (error) return { ok: false, message: messageOf(error), details: detailsOf(error) }
  const failed = result.images.filter((image) => image.outcome === 'failed')
  const skipped = result.images.filter((image) => image.outcome === 'skipped').map((image) => image.name)
  if (failed.length === 0 && skipped.length === 0) return { ok: true, message: '', details: [] }
  const [first] = failed
  const what = failed.map((image) => image.name).join(', ') || 'an image'
  const why =
    failed.length === 1 && first?.failure ? `: ${shorten(first.failure.message.split('\n', 1)[0] ?? '', 300)}` : ''
  const rest = [
    ...(skipped.length ? [`${skipped.join(', ')} not built`] : []),
    ...(result.pushed ? ['no moving tag was changed'] : []),
  ]
  return { ok: false, message: [`${what} failed${why}`, ...rest].join('; '), details: [] }
}

function detailsOf(error: unknown): readonly string[] {
  return error instanceof ActionError ? error.details : []
}
