import { posix } from 'node:path'
import { applyArg, applyEnv, type Environment, evaluate } from './arguments.ts'
import type { Dockerfile, Instruction } from './dockerfile.ts'
import { type Draft, type Reference, readCommand } from './sources.ts'
import {
  isContext,
  type ReadOptions,
  reachableStages,
  readStages,
  type Stages,
  targetStage,
  triggersOf,
} from './stages.ts'
import type { CacheMount } from './types.ts'

/** What a Dockerfile takes from outside, as far as the stages go that BuildKit builds for the target. */
export interface Reading {
  readonly references: readonly Reference[]
  /** The base of the stage that is built: a reference, or null for `scratch`. */
  readonly base: string | null
  /** Sources in the build context, cleaned, without a leading slash; `.` is the whole context. */
  readonly sources: readonly string[]
  /** True where a source could not be told: then the whole context counts. */
  readonly doubt: boolean
  readonly cacheMounts: readonly CacheMount[]
  /** ONBUILD triggers that the image leaves to its children. */
  readonly triggers: readonly Instruction[]
  /** True when nothing follows the FROM of the stage that is built: then it can only be there for its base's ONBUILD. */
  readonly bare: boolean
  readonly remarks: readonly { readonly line: number; readonly text: string }[]
  /** Names of the stages, to suggest one for a target that is not there; the target is -1 then. */
  readonly stageNames: readonly string[]
  readonly target: number
}

/** Reads what the target of a Dockerfile takes from other images and from its context, for one platform. */
export function readReads(dockerfile: Dockerfile, options: ReadOptions): Reading {
  const stages = readStages(dockerfile, options)
  const target = targetStage(stages, options.target)
  const draft: Draft = { references: [], sources: new Set(), doubt: false, cacheMounts: [], remarks: [] }
  const reachable = reachableStages(stages, target, options.contexts)
  const bottom = bottomStage(stages, target)
  const environments: StageScope['environments'] = new Map()
  const expands = reachable.some((index) => stages.list[index]?.commands.some(asksVariable))
  for (const index of reachable) readStage(draft, { stages, index, bottom, environments, expands, options })
  const built = new Set(reachable)
  for (const stage of stages.list) {
    if (built.has(stage.index)) continue
    draft.remarks.push({
      line: stage.line,
      text: `stage ${stage.name ?? stage.index} is not built: what it names does not count`,
    })
  }
  const last = stages.list[target]
  const base = stages.list[bottom]?.base ?? null
  return {
    ...draft,
    sources: [...draft.sources],
    base: base === 'scratch' ? null : base,
    triggers: last ? triggersOf(last, dockerfile.escapeChar) : [],
    bare: last !== undefined && last.baseStage === null && !stages.working.has(target),
    stageNames: stages.list.flatMap((stage) => stage.name ?? []),
    target,
  }
}

/** Whether a source or a mount is told by a variable: few are, and else no ARG or ENV of a stage matters here. */
function asksVariable({ keyword, flags, rest }: Instruction): boolean {
  if (keyword === 'RUN') return flags.some((flag) => flag.includes('$'))
  return (keyword === 'COPY' || keyword === 'ADD') && rest.includes('$')
}

function bottomStage(stages: Stages, target: number): number {
  let at = target
  for (let next = stages.list[at]?.baseStage; next !== null && next !== undefined; next = stages.list[at]?.baseStage)
    at = next
  return at
}

/** What a stage leaves to those that are built on it. */
interface Inherited {
  readonly variables: Environment
  readonly closed: boolean
  workdir: string | null
}

interface StageScope {
  readonly stages: Stages
  readonly index: number
  readonly bottom: number
  readonly environments: Map<number, Inherited>
  readonly expands: boolean
  readonly options: ReadOptions
}

function readStage(draft: Draft, scope: StageScope): void {
  const { stages, index, environments, options } = scope
  const stage = stages.list[index]
  if (!stage || (stage.name && options.contexts.has(stage.name))) return
  if (stage.base === null) {
    draft.remarks.push({
      line: stage.line,
      text: 'FROM has no value that can be pulled: give the build argument (args in spec.yml), or a default in the Dockerfile',
    })
  } else if (stage.baseStage === null && stage.base !== 'scratch' && !isContext(options.contexts, stage.base)) {
    draft.references.push({ reference: stage.base, via: 'FROM', line: stage.line, base: index === scope.bottom })
  }
  const inherited = stage.baseStage === null ? undefined : environments.get(stage.baseStage)
  const variables: Environment = new Map(inherited?.variables)
  const closed = inherited?.closed ?? stage.base === 'scratch'
  const own: Inherited = { variables, closed, workdir: inherited ? inherited.workdir : closed ? '/' : null }
  environments.set(index, own)
  for (const command of stage.commands) {
    const { global, escapeChar } = stages
    const { keyword } = command
    if (keyword === 'COPY' || keyword === 'ADD' || keyword === 'RUN')
      readCommand(draft, command, { stages, contexts: options.contexts, variables, closed, workdir: own.workdir })
    else if (keyword === 'WORKDIR') own.workdir = workdirAfter(own, command, escapeChar)
    else if (!scope.expands) continue
    else if (keyword === 'ARG') applyArg(variables, command, { global, args: options.args, escapeChar, closed })
    else if (keyword === 'ENV') applyEnv(variables, command, escapeChar, closed)
  }
}

/** Only a variable of the Dockerfile is known where no source is told by one: then WORKDIR's own are not either. */
function workdirAfter(
  { variables, closed, workdir }: Inherited,
  { rest }: Instruction,
  escapeChar: string,
): string | null {
  const value = rest.includes('$') ? evaluate(rest, escapeChar, variables, closed) : rest
  if (value === null) return null
  return posix.isAbsolute(value) ? posix.normalize(value) : workdir && posix.join(workdir, value)
}
