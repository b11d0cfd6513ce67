import { randomUUID } from 'node:crypto'
import { ActionError } from '../errors.ts'
import type { Host } from '../host.ts'
import type { Inputs } from '../inputs.ts'
import type { Recovered } from '../publish/recover.ts'
import { type TransactionPlan, type TransactionResult, transaction } from '../publish/transaction.ts'
import type { Move, MovingCommand, Target } from '../publish/types.ts'
import type { Registry } from '../tools/registry.ts'
import type { Source } from './detect.ts'
import { createEffects } from './journal-effects.ts'
import { runUrl } from './stack-name.ts'
import { holderOf, type StackPlace, stackPlace } from './stack-place.ts'

/** Tags that are to move together, and why. */
export interface MoveQuestion {
  readonly source: Pick<Source, 'stack' | 'trigger' | 'git' | 'commit'>
  readonly inputs: Inputs
  readonly host: Host
  readonly registry: Registry
  readonly command: MovingCommand
  /** What was asked for, in one line; the same for a run that is repeated. */
  readonly request: string
  readonly targets: TransactionPlan['targets']
  /** Whether the targets do not depend on what was moved before. */
  readonly fixed: boolean
}

/** Tags that were moved, and those that were right already. */
export interface Moved {
  readonly moves: readonly Move[]
  readonly same: readonly Target[]
  /** What another run had left half done. */
  readonly recovered: readonly Recovered[]
  /** Whether this very request was what another run had left. */
  readonly resumed: boolean
}

/**
 * Moves tags for all images in all registries or for none (docs/publish.md). Throws ActionError('registry') that says which tag could
 * not be moved and what became of the others.
 */
export async function moveTags(question: MoveQuestion): Promise<Moved> {
  const { source, inputs, host, registry } = question
  const place = await stackPlace(question)
  const takeLock = async () => {
    const { repository, head } = source.trigger
    const commit = head ?? source.commit
    if (!inputs.githubToken || !repository || !commit) return null
    const lock = await import('../tools/github-lock.ts')
    return await lock.takeLock({ host, inputs, repository, commit, name: place.stack, holder: holderOf(host) })
  }
  const carryOut = createEffects({ host, registry, ...place, holder: holderOf(host), takeLock })
  const steps = transaction({
    cause: causeOf(question, place),
    targets: question.targets,
    fixed: question.fixed,
    now: () => new Date().toISOString(),
  })
  let step = steps.next()
  while (!step.done) {
    const answer = await carryOut(step.value).then(
      (value) => ({ value }),
      (error: unknown) => ({ error }),
    )
    step = 'error' in answer ? steps.throw(answer.error) : steps.next(answer.value)
  }
  return conclude(step.value, host)
}

function causeOf({ source, host, command, request }: MoveQuestion, { places }: StackPlace): TransactionPlan['cause'] {
  return {
    id: randomUUID(),
    ...{ command, request, places, holder: holderOf(host), commit: source.commit },
    by: host.env.GITHUB_ACTOR || host.env.USER || 'unknown',
    run: runUrl(host),
    started: new Date().toISOString(),
  }
}

function conclude(result: TransactionResult, host: Host): Moved {
  for (const one of result.recovered) tellRecovered(one, host)
  if (result.kind === 'moved' || result.kind === 'resumed')
    return { moves: result.moves, same: result.same, recovered: result.recovered, resumed: result.kind === 'resumed' }
  if (result.kind === 'missing') {
    const [first] = result.targets
    const more = result.targets.length > 1 ? ` and ${result.targets.length - 1} more` : ''
    throw new ActionError('registry', `${first?.repository}@${first?.to}${more} is not there: no tag was moved`, [
      'it was removed, or never copied to that registry: build it, or name another commit',
    ])
  }
  const after =
    result.left.length === 0 ? 'no tag of the stack was left moved' : `not taken back: ${names(result.left)}`
  if (result.kind === 'failed') {
    const { move, why } = result.failures.find((one) => !one.why.startsWith('it was not tried')) ?? result.failures[0]!
    const [message, ...details] = why.split('\n')
    throw new ActionError('registry', `${move.repository}:${move.tag} could not be set: ${message}`, [
      ...details,
      result.left.length === 0 ? after : `${after}; run again to complete it`,
    ])
  }
  const [first] = result.foreign
  const what = first
    ? `${first.move.repository}:${first.move.tag} is ${first.now ?? 'missing'} after it was set to ${first.move.to}`
    : 'another run moved tags of this stack at the same time'
  throw new ActionError('registry', what, [
    `another run may set the same tag: use a concurrency group, and run again; ${after}`,
  ])
}

function tellRecovered({ entry, outcome, left }: Recovered, host: Host): void {
  const what = `${entry.request} (${entry.started}, ${entry.run ?? entry.by}) was interrupted`
  if (outcome === 'done') host.out.notice(`${what}: it is completed now`)
  else if (outcome === 'undone') host.out.notice(`${what}: it is undone now`)
  else host.out.warning(`${what} and can neither be completed nor undone: ${names(left)} stay as they are`)
}

function names(moves: readonly Move[]): string {
  return moves.map(({ repository, tag }) => `${repository}:${tag}`).join(', ')
}
