import { type Environment, evaluate, globalArguments } from './arguments.ts'
import { contextKey } from './canonical.ts'
import { type Dockerfile, type Instruction, triggerOf } from './dockerfile.ts'
import { mountsOf } from './mounts.ts'

/** One stage of a Dockerfile. */
export interface Stage {
  readonly index: number
  /** In small letters, as BuildKit compares it; null without AS. */
  readonly name: string | null
  /** The reference after FROM with its variables replaced; null when they have no value. */
  readonly base: string | null
  /** Index of the earlier stage that `base` names, else null. */
  readonly baseStage: number | null
  readonly line: number
  /** Those that can name something outside or set a variable. */
  readonly commands: readonly Instruction[]
}

/** The stages of a Dockerfile and the arguments before the first of them. */
export interface Stages {
  readonly list: readonly Stage[]
  /** Names in small letters → index; of stages with one name the last. */
  readonly byName: ReadonlyMap<string, number>
  readonly global: Environment
  readonly escapeChar: string
  /** Indexes of the stages that have more than ARG after FROM. */
  readonly working: ReadonlySet<number>
}

/** What of the outside decides how a Dockerfile is read. */
export interface ReadOptions {
  readonly args: Readonly<Record<string, string>>
  readonly platform: string
  readonly target: string | null
  /** Names that spec.yml's `contexts` puts in place of a stage or a reference. */
  readonly contexts: ReadonlySet<string>
  /** ONBUILD triggers of other images of the stack, by the reference to them. */
  readonly triggers: ReadonlyMap<string, readonly Instruction[]>
}

/** Divides a Dockerfile into its stages and tells which stage each is based on. */
export function readStages(dockerfile: Dockerfile, options: ReadOptions): Stages {
  const global = globalArguments(dockerfile, options)
  const list: Stage[] = []
  const known = new Map<string, number>()
  const working = new Set<number>()
  let commands: Instruction[] = []
  for (const instruction of dockerfile.instructions) {
    if (instruction.keyword === 'FROM') {
      commands = []
      const stage = readFrom(instruction, list.length, { global, known, commands, escapeChar: dockerfile.escapeChar })
      list.push(stage)
      if (stage.name) known.set(stage.name, stage.index)
    } else {
      if (instruction.keyword !== 'ARG') working.add(list.length - 1)
      if (matters(instruction)) commands.push(instruction)
    }
  }
  return {
    list: list.map((stage) => withTriggers(stage, list, dockerfile.escapeChar, options)),
    byName: known,
    global,
    escapeChar: dockerfile.escapeChar,
    working,
  }
}

/** Index of the stage that is built: the target by name or number, else the last one; -1 when there is no such stage. */
export function targetStage(stages: Stages, target: string | null): number {
  return target === null ? stages.list.length - 1 : (findStage(stages, target) ?? -1)
}

/** The stage that a `from` names: its name, or for COPY its number. Null when it is a reference to an image. */
export function findStage(stages: Stages, from: string): number | null {
  const index = stages.byName.get(from.toLowerCase())
  if (index !== undefined) return index
  return /^\d+$/.test(from) && Number(from) < stages.list.length ? Number(from) : null
}

/** Indexes of the stages that BuildKit builds for a target, in the order of the file. */
export function reachableStages(stages: Stages, target: number, contexts: ReadonlySet<string>): number[] {
  const seen = new Set<number>()
  const queue = [target]
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    const stage = stages.list[at]
    if (!stage || seen.has(at)) continue
    seen.add(at)
    if (stage.name && contexts.has(stage.name)) continue
    if (stage.baseStage !== null) queue.push(stage.baseStage)
    for (const from of stage.commands.flatMap(fromsOf)) {
      const found = isContext(contexts, from) ? null : findStage(stages, from)
      if (found !== null) queue.push(found)
    }
  }
  return [...seen].sort((a, b) => a - b)
}

/** The `from` of a COPY or of the mounts of a RUN, as written. */
export function fromsOf(command: Instruction): string[] {
  if (command.keyword === 'COPY')
    return command.flags.filter((flag) => flag.startsWith('--from=')).map((flag) => flag.slice(7))
  if (command.keyword === 'RUN') return mountsOf(command).flatMap((mount) => (mount.from ? [mount.from] : []))
  return []
}

/** True where spec.yml's contexts put something in the place of this reference, as BuildKit compares them. */
export function isContext(contexts: ReadonlySet<string>, reference: string): boolean {
  return contexts.size > 0 && (contexts.has(reference) || contexts.has(contextKey(reference)))
}

const meaningful = new Set(['ARG', 'ENV', 'COPY', 'ADD', 'ONBUILD', 'WORKDIR'])

/** Most of a Dockerfile is RUN without a mount, which takes nothing from outside. */
function matters({ keyword, flags }: Instruction): boolean {
  return keyword === 'RUN' ? flags.length > 0 : meaningful.has(keyword)
}

function readFrom(
  instruction: Instruction,
  index: number,
  scope: { global: Environment; known: Map<string, number>; commands: Instruction[]; escapeChar: string },
): Stage {
  const words = instruction.rest.split(/\s+/)
  const value = evaluate(words[0] ?? '', scope.escapeChar, scope.global, true)
  // An empty argument in the middle, `:$TAG`, names nothing; nor does a default that asks for a value, `<base>`.
  const base = value && /^\w[\w.:/@+-]*$/.test(value) && !value.endsWith('/') ? value : null
  const name = words[1]?.toLowerCase() === 'as' ? (words[2]?.toLowerCase() ?? null) : null
  const baseStage = base === null ? null : (scope.known.get(base) ?? null)
  return { index, name, base, baseStage, line: instruction.line, commands: scope.commands }
}

/** ONBUILD of the base stage, or of the image of the stack that is the base, runs first in this stage. */
function withTriggers(stage: Stage, list: readonly Stage[], escapeChar: string, options: ReadOptions): Stage {
  const base = stage.baseStage === null ? undefined : list[stage.baseStage]
  const triggers = base ? triggersOf(base, escapeChar) : (options.triggers.get(stage.base ?? '') ?? [])
  if (triggers.length === 0) return stage
  return { ...stage, commands: [...triggers.map((trigger) => ({ ...trigger, line: stage.line })), ...stage.commands] }
}

/** The instructions that a stage leaves to those that are built on it. */
export function triggersOf(stage: Stage, escapeChar: string): Instruction[] {
  return stage.commands
    .filter((command) => command.keyword === 'ONBUILD')
    .flatMap((command) => triggerOf(command, escapeChar) ?? [])
}
