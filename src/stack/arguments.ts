import { type Dockerfile, fields, type Instruction } from './dockerfile.ts'
import { Doubt, expandWord } from './shell.ts'

/** Variables and their values; null where a variable has a value that the Dockerfile alone does not tell. */
export type Environment = Map<string, string | null>

/** Made once: `$PATH` of a base image is asked for in every second Dockerfile, and an error's stack costs time. */
const unknownValue = new Doubt('a variable of the base image')

/** What decides the values of a Dockerfile's arguments. */
export interface ArgumentOptions {
  /** `--build-arg`: over every default. */
  readonly args: Readonly<Record<string, string>>
  /** `os/architecture[/variant]`. */
  readonly platform: string
  /** Name of the target stage, null for the last one. */
  readonly target: string | null
}

/** The arguments before the first FROM, with the platform arguments that BuildKit predefines there. */
export function globalArguments(dockerfile: Dockerfile, options: ArgumentOptions): Environment {
  const environment = platformArguments(options)
  for (const instruction of dockerfile.instructions) {
    if (instruction.keyword === 'FROM') break
    if (instruction.keyword !== 'ARG') continue
    for (const { name, value } of declarations(instruction, dockerfile.escapeChar)) {
      const given = own(options.args, name)
      if (given !== undefined) environment.set(name, given)
      else if (value !== null) environment.set(name, evaluate(value, dockerfile.escapeChar, environment, true))
    }
  }
  return environment
}

/**
 * Applies an ARG of a stage: the build argument, else the default, else the global argument of that name. An ARG
 * without any of them leaves what the base has set.
 */
export function applyArg(
  stage: Environment,
  instruction: Instruction,
  scope: { global: Environment; args: Readonly<Record<string, string>>; escapeChar: string; closed: boolean },
): void {
  for (const { name, value } of declarations(instruction, scope.escapeChar)) {
    const given = own(scope.args, name)
    if (given !== undefined) stage.set(name, given)
    else if (value !== null) stage.set(name, evaluate(value, scope.escapeChar, stage, scope.closed))
    else if (scope.global.has(name)) stage.set(name, scope.global.get(name) ?? null)
  }
}

/** Applies an ENV of a stage: `NAME=value …` or `NAME value`. */
export function applyEnv(stage: Environment, instruction: Instruction, escapeChar: string, closed: boolean): void {
  const words = fields(instruction.rest, escapeChar)
  const first = words[0] ?? ''
  const pairs = first.includes('=')
    ? words.map((word) => pair(word))
    : [{ name: first, value: instruction.rest.slice(first.length).trim() }]
  // No pair sees another one of its own instruction.
  const values = pairs.map(({ value }) => evaluate(value ?? '', escapeChar, stage, closed))
  for (const [at, { name }] of pairs.entries()) if (name) stage.set(name, values[at] ?? null)
}

/**
 * Replaces the variables of a text. `closed`: a variable that is not there is empty (global scope, FROM scratch); else
 * the base image may have set it and the answer is null: in doubt.
 */
export function evaluate(text: string, escapeChar: string, environment: Environment, closed: boolean): string | null {
  try {
    return expandWord(text, escapeChar, (name) => {
      const value = environment.get(name)
      if (value === null || (value === undefined && !closed)) throw unknownValue
      return value
    })
  } catch (error) {
    // A RangeError is a nesting that no stack is deep enough for.
    if (error instanceof Doubt || error instanceof RangeError) return null
    throw error
  }
}

const predefined = new Map<string, Environment>()

function platformArguments(options: ArgumentOptions): Environment {
  const environment: Environment = new Map(predefined.get(options.platform) ?? predefine(options.platform))
  environment.set('TARGETSTAGE', options.target ?? 'default')
  for (const name of Object.keys(options.args))
    if (environment.has(name)) environment.set(name, options.args[name] ?? '')
  return environment
}

/** What BuildKit sets for a platform; the same for all Dockerfiles of a stack. */
function predefine(platform: string): Environment {
  const [os = '', architecture = '', variant = ''] = platform.split('/')
  const environment: Environment = new Map()
  for (const side of ['BUILD', 'TARGET']) {
    environment.set(`${side}PLATFORM`, platform)
    environment.set(`${side}OS`, os)
    environment.set(`${side}OSVERSION`, '')
    environment.set(`${side}ARCH`, architecture)
    environment.set(`${side}VARIANT`, variant)
  }
  predefined.set(platform, environment)
  return environment
}

/** `ARG A=1 B "C=x" # text`: to BuildKit `#` and `text` are arguments of these names, which does no harm. */
function declarations(instruction: Instruction, escapeChar: string): { name: string; value: string | null }[] {
  return fields(instruction.rest, escapeChar).map(pair)
}

function pair(word: string): { name: string; value: string | null } {
  const equals = word.indexOf('=')
  return equals < 0 ? { name: word, value: null } : { name: word.slice(0, equals), value: word.slice(equals + 1) }
}

function own(record: Readonly<Record<string, string>>, name: string): string | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}
