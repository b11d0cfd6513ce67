import { posix } from 'node:path'
import { applyArg, applyEnv, type Environment, evaluate } from './arguments.ts'
import { type Dockerfile, heredocName, type Instruction, listArguments } from './dockerfile.ts'
import { type Mount, mountsOf } from './mounts.ts'
import {
  findStage,
  fromsOf,
  isContext,
  type ReadOptions,
  reachableStages,
  readStages,
  type Stages,
  targetStage,
  triggersOf,
} from './stages.ts'
import type { CacheMount, ParentEdge } from './types.ts'

/** A place where a Dockerfile names another image. */
export interface Reference {
  readonly reference: string
  readonly via: Exclude<ParentEdge['via'], 'spec'>
  readonly line: number
  /** True for the image at the bottom of the stage that is built. */
  readonly base: boolean
}

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

interface Draft {
  references: Reference[]
  sources: string[]
  doubt: boolean
  cacheMounts: CacheMount[]
  remarks: { line: number; text: string }[]
}

/** Reads what the target of a Dockerfile takes from other images and from its context, for one platform. */
export function readReads(dockerfile: Dockerfile, options: ReadOptions): Reading {
  const stages = readStages(dockerfile, options)
  const target = targetStage(stages, options.target)
  const draft: Draft = { references: [], sources: [], doubt: false, cacheMounts: [], remarks: [] }
  const reachable = reachableStages(stages, target, options.contexts)
  const bottom = bottomStage(stages, target)
  const environments = new Map<number, { variables: Environment; closed: boolean }>()
  for (const index of reachable) readStage(draft, { stages, index, bottom, environments, options })
  for (const stage of stages.list) {
    if (reachable.includes(stage.index)) continue
    draft.remarks.push({
      line: stage.line,
      text: `stage ${stage.name ?? stage.index} is not built: what it names does not count`,
    })
  }
  const built = stages.list[target]
  const base = stages.list[bottom]?.base ?? null
  return {
    ...draft,
    base: base === 'scratch' ? null : base,
    triggers: built ? triggersOf(built, dockerfile.escapeChar) : [],
    bare: built !== undefined && built.baseStage === null && !stages.working.has(target),
    stageNames: stages.list.flatMap((stage) => stage.name ?? []),
    target,
  }
}

function bottomStage(stages: Stages, target: number): number {
  let at = target
  for (let next = stages.list[at]?.baseStage; next !== null && next !== undefined; next = stages.list[at]?.baseStage)
    at = next
  return at
}

interface StageScope {
  readonly stages: Stages
  readonly index: number
  readonly bottom: number
  readonly environments: Map<number, { variables: Environment; closed: boolean }>
  readonly options: ReadOptions
}

function readStage(draft: Draft, scope: StageScope): void {
  const { stages, index, environments, options } = scope
  const stage = stages.list[index]
  if (!stage || (stage.name && options.contexts.has(stage.name))) return
  if (stage.base === null) {
    draft.remarks.push({
      line: stage.line,
      text: 'FROM has no value: give the build argument, or a default in the Dockerfile',
    })
  } else if (stage.baseStage === null && stage.base !== 'scratch' && !isContext(options.contexts, stage.base)) {
    draft.references.push({ reference: stage.base, via: 'FROM', line: stage.line, base: index === scope.bottom })
  }
  const inherited = stage.baseStage === null ? undefined : environments.get(stage.baseStage)
  const variables: Environment = new Map(inherited?.variables)
  const closed = inherited?.closed ?? stage.base === 'scratch'
  environments.set(index, { variables, closed })
  for (const command of stage.commands) {
    const { global, escapeChar } = stages
    if (command.keyword === 'ARG') applyArg(variables, command, { global, args: options.args, escapeChar, closed })
    else if (command.keyword === 'ENV') applyEnv(variables, command, escapeChar, closed)
    else if (/^(COPY|ADD|RUN)$/.test(command.keyword)) readCommand(draft, command, { ...scope, variables, closed })
  }
}

interface CommandScope extends StageScope {
  readonly variables: Environment
  readonly closed: boolean
}

function readCommand(draft: Draft, command: Instruction, scope: CommandScope): void {
  for (const from of fromsOf(command)) {
    if (findStage(scope.stages, from) !== null || from === 'scratch' || isContext(scope.options.contexts, from))
      continue
    draft.references.push({
      reference: from,
      via: command.keyword === 'RUN' ? 'MOUNT' : 'COPY',
      line: command.line,
      base: false,
    })
  }
  if (command.keyword === 'RUN') {
    for (const mount of mountsOf(command)) readMount(draft, command, mount, scope)
  } else if (!command.flags.some((flag) => flag.startsWith('--from='))) {
    for (const source of listArguments(command.rest).slice(0, -1)) {
      if (heredocName(source) || (command.keyword === 'ADD' && isRemote(source))) continue
      addSource(draft, source, command, scope)
    }
  }
}

function readMount(draft: Draft, command: Instruction, mount: Mount, scope: CommandScope): void {
  const type = mount.type.includes('$') ? 'bind' : mount.type
  if (type === 'bind' && !mount.from) addSource(draft, mount.source ?? '.', command, scope)
  if (type !== 'cache') return
  const target = posix.resolve('/', expandedSource(mount.target ?? '', scope) ?? mount.target ?? '')
  draft.cacheMounts.push({ id: (mount.id && expandedSource(mount.id, scope)) || target, target, line: command.line })
}

function addSource(draft: Draft, source: string, command: Instruction, scope: CommandScope): void {
  const value = expandedSource(source, scope)
  if (value === null) {
    draft.doubt = true
    draft.remarks.push({
      line: command.line,
      text: `${source} depends on the base image's variables: the whole context counts`,
    })
    return
  }
  if (command.keyword === 'ADD' && isRemote(value)) return
  const clean = posix.join('/', value).slice(1).replace(/\/$/, '') || '.'
  if (!draft.sources.includes(clean)) draft.sources.push(clean)
}

function expandedSource(text: string, scope: CommandScope): string | null {
  return text.includes('$') || /['"\\`]/.test(text) ? evaluateSource(text, scope) : text
}

/** A backslash before a character of a glob stays for the glob, so only variables and quotes are replaced here. */
function evaluateSource(text: string, scope: CommandScope): string | null {
  return evaluate(text.replace(/\\(?=[*?[\]\\])/g, '\\\\'), scope.stages.escapeChar, scope.variables, scope.closed)
}

function isRemote(source: string): boolean {
  return /^(?:https?|git|ssh):\/\/|^git@|^github\.com\//.test(source)
}
