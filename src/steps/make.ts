import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { MountReport } from '../report/mounts.ts'
import type { ImageResult } from '../report/types.ts'
import type { Registry } from '../tools/registry.ts'
import { type Bases, findBases } from './bases.ts'
import { buildStack } from './build.ts'
import { needsOf, prepareBuilder, type Tools } from './builder.ts'
import { prepareMounts } from './cache-mounts.ts'
import { prepareCaches } from './caches.ts'
import type { Decision } from './decide.ts'
import type { Source } from './detect.ts'
import { observe, unbuiltResults } from './observe.ts'
import { publish } from './publish.ts'

/** What a run has to build, and with what. */
export interface MakeQuestion {
  readonly source: Source
  readonly decision: Decision
  readonly inputs: Inputs
  readonly host: Host
  readonly registry: Registry
  /** What is known of external images already; left out where nothing is. */
  readonly bases?: Bases
  readonly tools: Tools
  /** Puts in what became of images before any build: those without a lock. */
  readonly settle: (results: readonly ImageResult[]) => ImageResult[]
}

/** What was built and tagged. */
export interface Made {
  readonly results: readonly ImageResult[]
  readonly builder: string | null
  /** What went wrong after the builds; they are reported all the same. */
  readonly error: unknown
  /** What became of cache mounts; null or left out where none was touched. */
  readonly mounts?: MountReport | null
}

/** Builds what the plan says and sets the tags. Where nothing is to be built, it does not matter whether there is a buildx. */
export async function make(question: MakeQuestion): Promise<Made> {
  const { decision, inputs, host, tools, settle } = question
  const { plan } = decision
  if (inputs.command === 'merge') return await merge(question)
  const building = plan.images.filter((image) => image.action === 'build')
  const tagging = decision.push.push && plan.images.some((image) => image.action === 'reuse')
  const nothing = settle(unbuiltResults(plan))
  if (building.length === 0 && !tagging) return { results: nothing, builder: null, error: null }
  if (building.length === 0) return await setTags({ ...question, ...tools, builder: null, results: nothing })
  const bases = question.bases ?? findBases(question)
  const builder = await prepareBuilder({ inputs, host, tools, needs: needsOf(question) })
  const buildx = await tools.buildx()
  const caches = await prepareCaches({ ...question, builder })
  const cacheMounts = await prepareMounts({ ...question, buildx, builder })
  // Opened last: a run whose caches are refused before must not wait for it to be closed.
  const observer = await observe({ host, plan })
  const built = await buildStack({ ...question, bases, buildx, builder, observer, caches }).finally(observer.close)
  const results = await caches.settle(built)
  const mounts = await cacheMounts.settle(results)
  return { ...(await setTags({ ...question, ...tools, builder, results: settle(results) })), mounts }
}

/** Joins what other jobs pushed by digest, and sets the tags. No builder is needed. */
async function merge(question: MakeQuestion): Promise<Made> {
  const { mergeStack } = await import('./merge.ts')
  try {
    const results = await mergeStack(question)
    return await setTags({ ...question, ...question.tools, builder: null, results })
  } catch (error) {
    return { results: unbuiltResults(question.decision.plan), builder: null, error }
  }
}

async function setTags(question: Parameters<typeof publish>[0]): Promise<Made> {
  const builder = question.builder?.name ?? null
  if (question.inputs.pushByDigest && question.inputs.command !== 'merge')
    return { results: [...question.results], builder, error: null }
  try {
    return { results: await publish(question), builder, error: null }
  } catch (error) {
    return { results: [...question.results], builder, error }
  }
}
