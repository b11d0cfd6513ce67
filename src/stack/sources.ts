import { posix } from 'node:path'
import { type Environment, evaluate } from './arguments.ts'
import { cacheMountOf } from './cache-mount.ts'
import { heredocName, type Instruction, listArguments } from './dockerfile.ts'
import { type Mount, mountsOf } from './mounts.ts'
import { findStage, fromsOf, isContext, type Stages } from './stages.ts'
import type { CacheMount, ParentEdge } from './types.ts'

/** A place where a Dockerfile names another image. */
export interface Reference {
  readonly reference: string
  readonly via: Exclude<ParentEdge['via'], 'spec'>
  readonly line: number
  /** True for the image at the bottom of the stage that is built. */
  readonly base: boolean
}

/** What is gathered while the instructions of a Dockerfile are read. */
export interface Draft {
  references: Reference[]
  sources: Set<string>
  doubt: boolean
  cacheMounts: CacheMount[]
  remarks: { line: number; text: string }[]
}

/** What an instruction's words mean where it stands. */
export interface CommandScope {
  readonly stages: Stages
  readonly contexts: ReadonlySet<string>
  readonly variables: Environment
  /** False where the base image may have set further variables. */
  readonly closed: boolean
  /** Absolute; null where the base image alone knows it. */
  readonly workdir: string | null
}

/** Adds what a COPY, ADD or RUN takes from other images and from the context. */
export function readCommand(draft: Draft, command: Instruction, scope: CommandScope): void {
  for (const from of fromsOf(command)) {
    if (findStage(scope.stages, from) !== null || from === 'scratch' || isContext(scope.contexts, from)) continue
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
  const { line } = command
  const read = cacheMountOf(mount, { line, workdir: scope.workdir, expand: (text) => expandedSource(text, scope) })
  const made = read.mount?.from && isMadeHere(read.mount.from, scope)
  const why = made ? `begins with ${read.mount?.from}, which is made here` : read.doubt
  if (why) draft.remarks.push({ line, text: `the cache mount ${mount.target ?? ''} ${why}: it is not brought back` })
  else if (read.mount) draft.cacheMounts.push(read.mount)
}

/** A stage, or what spec.yml puts in the place of an image: neither is there before the build. */
function isMadeHere(from: string, { stages, contexts }: CommandScope): boolean {
  return findStage(stages, from) !== null || isContext(contexts, from)
}

/** A path that is clean as it stands: most are. */
const plainPath = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)*$/

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
  const clean = plainPath.test(value) ? value : posix.join('/', value).slice(1).replace(/\/$/, '') || '.'
  draft.sources.add(clean)
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
