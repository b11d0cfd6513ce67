import type { Host } from './host.ts'
import type { Inputs } from './inputs.ts'
import { buildStack } from './steps/build.ts'
import { findTools, prepareBuilder, type Tools } from './steps/builder.ts'
import { announce, concludePlan, concludeRun, type Verdict, withSizes } from './steps/conclude.ts'
import { type Decision, decide } from './steps/decide.ts'
import { detect, readEvent, type Source } from './steps/detect.ts'
import { observe, unbuiltResults } from './steps/observe.ts'
import { publish } from './steps/publish.ts'
import { createRegistry, type Registry } from './tools/registry.ts'
import type { Trigger } from './trigger/types.ts'

/** The whole story: event → trigger → stack and changes → plan → builds → tags → report. */
export async function run(inputs: Inputs, host: Host): Promise<Verdict> {
  const started = Date.now()
  const trigger = await readEvent({ inputs, host })
  announce({ trigger, host })
  const answered = await answerComment({ trigger, inputs, host })
  if (answered) return answered
  if (inputs.command === 'diff') return await (await import('./steps/diff.ts')).diff({ trigger, inputs, host })
  if (inputs.command === 'lock') return await (await import('./steps/lock.ts')).lock({ trigger, inputs, host })
  const tools = inputs.command === 'plan' || inputs.dryRun ? null : findTools({ trigger, host })
  const source = await detect({ trigger, inputs, host })
  const registry = createRegistry({ env: host.env, login: trigger.trust === 'trusted', signal: host.signal })
  const decision = await decide({ source, inputs, host, registry })
  if (!tools) return await concludePlan({ source, decision, inputs, host })
  const made = await make({ source, decision, inputs, host, registry, tools })
  const results = await withSizes({ results: made.results, source, inputs, host, registry })
  return await concludeRun({ source, decision, inputs, host, ...made, results, started })
}

/** A comment or dispatch that asks for locks gets them and nothing else; null for every other run. */
async function answerComment(question: { trigger: Trigger; inputs: Inputs; host: Host }): Promise<Verdict | null> {
  if (!['issue_comment', 'workflow_dispatch'].includes(question.trigger.kind)) return null
  return await (await import('./steps/condalock-run.ts')).answerLockRequest(question)
}

interface Made {
  readonly results: Awaited<ReturnType<typeof buildStack>>
  readonly builder: string | null
  /** What went wrong after the builds; they are reported all the same. */
  readonly error: unknown
}

/** Builds what the plan says and sets the tags. Where nothing is to be built, it does not matter whether there is a buildx. */
async function make(question: {
  source: Source
  decision: Decision
  inputs: Inputs
  host: Host
  registry: Registry
  tools: Tools
}): Promise<Made> {
  const { source, decision, inputs, host, tools } = question
  const { plan } = decision
  const building = plan.images.filter((image) => image.action === 'build')
  const tagging = decision.push.push && plan.images.some((image) => image.action === 'reuse')
  if (building.length === 0 && !tagging) return { results: unbuiltResults(plan), builder: null, error: null }
  if (building.length === 0)
    return await setTags({ ...question, ...tools, builder: null, results: unbuiltResults(plan) })
  const names = new Set(building.map((image) => image.name))
  const platforms =
    inputs.platforms.length > 0
      ? inputs.platforms
      : [...new Set(source.stack.images.filter((image) => names.has(image.name)).flatMap((image) => image.platforms))]
  const builder = await prepareBuilder({ inputs, host, tools, platforms })
  const observer = await observe({ host, plan })
  const buildx = await tools.buildx()
  const results = await buildStack({ ...question, buildx, builder, observer }).finally(observer.close)
  return await setTags({ ...question, ...tools, builder, results })
}

async function setTags(question: Parameters<typeof publish>[0]): Promise<Made> {
  const builder = question.builder?.name ?? null
  try {
    return { results: await publish(question), builder, error: null }
  } catch (error) {
    return { results: [...question.results], builder, error }
  }
}
