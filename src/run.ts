import type { Host } from './host.ts'
import type { Inputs } from './inputs.ts'
import { findBases } from './steps/bases.ts'
import { findTools } from './steps/builder.ts'
import { announce, concludePlan, concludeRun, type Verdict, withSizes } from './steps/conclude.ts'
import { decide } from './steps/decide.ts'
import { detect, readEvent } from './steps/detect.ts'
import { fingerprintStage } from './steps/fingerprint-stage.ts'
import { lockStage } from './steps/lock-stage.ts'
import { make } from './steps/make.ts'
import { createRegistry } from './tools/registry.ts'
import type { Trigger } from './trigger/types.ts'

/** The whole story: event → trigger → stack and changes → plan → locks → builds → tags → report. */
export async function run(inputs: Inputs, host: Host): Promise<Verdict> {
  const started = Date.now()
  const trigger = await readEvent({ inputs, host })
  announce({ trigger, host })
  const done = await otherCommand({ trigger, inputs, host })
  if (done) return done
  const tools = inputs.command === 'plan' || inputs.dryRun ? null : findTools({ trigger, host })
  const detected = await detect({ trigger, inputs, host })
  const asker = { env: host.env, login: trigger.trust === 'trusted', signal: host.signal }
  const registry = createRegistry(asker)
  const hasty = createRegistry({ ...asker, retries: 1, timeout: 5_000 })
  const bases = findBases({ source: detected, inputs, host, tools, registry: hasty })
  const decided = await decide({ source: detected, inputs, host, registry, ...(tools ? { bases } : {}) })
  const locks = await lockStage({ source: detected, decision: decided, inputs, host, solves: tools !== null })
  if (locks.refused) return locks.refused
  const { source } = locks
  const decision = await fingerprintStage({ ...locks, inputs, host, registry, bases, builds: tools !== null })
  if (!tools) return await concludePlan({ source, decision, inputs, host })
  const made = await make({ source, decision, inputs, host, registry, bases, tools, settle: locks.settle })
  const results = await withSizes({ results: made.results, source, inputs, host, registry })
  return await concludeRun({ source, decision, inputs, host, ...made, results, started, locks: locks.report })
}

/** What has a story of its own: comparing and making locks, and a comment or dispatch that asks for them. Null for a build. */
async function otherCommand(question: { trigger: Trigger; inputs: Inputs; host: Host }): Promise<Verdict | null> {
  const { command } = question.inputs
  if (['issue_comment', 'workflow_dispatch'].includes(question.trigger.kind)) {
    const { answerLockRequest } = await import('./steps/condalock-run.ts')
    const answered = await answerLockRequest(question)
    if (answered) return answered
  }
  if (command === 'diff') return await (await import('./steps/diff.ts')).diff(question)
  if (command === 'release' || (question.trigger.kind === 'tag' && (await isRelease(question))))
    return await (await import('./steps/release.ts')).release(question)
  if (command === 'promote' || command === 'revert') return await (await import('./steps/retag.ts'))[command](question)
  if (command === 'history') return await (await import('./steps/tell-history.ts')).tellHistory(question)
  if (command === 'lock') return await (await import('./steps/lock.ts')).lock(question)
  if (command === 'cleanup') return await (await import('./steps/cleanup.ts')).cleanup(question)
  return null
}

/** A pushed git tag is released where something can be pushed; else the run only tells what a release would find. */
async function isRelease(question: { trigger: Trigger; inputs: Inputs; host: Host }): Promise<boolean> {
  return (await import('./steps/release.ts')).isReleaseEvent(question)
}
