import { ActionError, messageOf } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { Registry } from '../tools/registry.ts'
import type { Bases } from './bases.ts'
import type { Decision } from './decide.ts'
import type { Source } from './detect.ts'

/** What a run knows when its locks are made. */
export interface FingerprintQuestion {
  readonly source: Source
  readonly decision: Decision
  readonly inputs: Inputs
  readonly host: Host
  readonly registry: Registry
  readonly bases: Bases
  /** False for a plan. */
  readonly builds: boolean
}

/**
 * Takes what some run built from the same inputs instead of building it once more. Nothing of it is loaded for a run without
 * registry, or one that neither builds nor tags. What goes wrong here is told, and then git alone decides.
 */
export async function fingerprintStage(question: FingerprintQuestion): Promise<Decision> {
  const { decision, host } = question
  if (!isWorthAsking(question)) return decision
  const { decideByFingerprints } = await import('./fingerprints.ts')
  try {
    return await decideByFingerprints(question)
  } catch (error) {
    if (host.signal.aborted || (error instanceof ActionError && error.code === 'cancelled')) throw error
    host.out.warning(`built without fingerprints: ${messageOf(error)}`)
    return decision
  }
}

function isWorthAsking({ decision, inputs, host, builds }: FingerprintQuestion): boolean {
  const { plan, push } = decision
  if (decision.settled) return false
  if (inputs.registry.length === 0) return false
  // The jobs of one build have to decide alike, and each of them sees other platforms.
  if (inputs.pushByDigest) return false
  // The files of a commit that somebody names are planned with; what is built is the work tree.
  if (builds && host.event.head !== null) return false
  if (!builds && host.view?.explain) return true
  if (!plan.images.some(({ action }) => action === 'build' || (action === 'reuse' && push.publishes))) return false
  return !builds || push.push || !(inputs.noCache || buildsAnyway({ decision, inputs, host }))
}

/** Whether a run builds what it could take: what is loaded into an engine is not what a registry holds. */
export function buildsAnyway({
  decision,
  inputs,
  host,
}: Pick<FingerprintQuestion, 'decision' | 'inputs' | 'host'>): boolean {
  if (inputs.load !== 'auto') return inputs.load
  return host.kind === 'cli' && !decision.push.push
}
