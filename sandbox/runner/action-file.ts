import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parse } from 'yaml'

/** The parts of an action.yml that a runner needs for an action written in JavaScript. */
export interface ActionFile {
  readonly main: string
  readonly post: string | null
  readonly postIf: string
  readonly inputs: Readonly<Record<string, InputSpec>>
}

/** One input as declared. */
export interface InputSpec {
  readonly default: string
  readonly deprecationMessage: string | null
}

/** Reads `action.yml` (or `action.yaml`) of a folder. Throws where it is not a JavaScript action that Node 24 runs. */
export async function readActionFile(folder: string): Promise<ActionFile> {
  const text = await readFile(path.join(folder, 'action.yml'), 'utf8').catch(() =>
    readFile(path.join(folder, 'action.yaml'), 'utf8'),
  )
  const action = parse(text) as {
    runs?: Record<string, unknown>
    inputs?: Record<string, Record<string, unknown> | null>
  }
  refuseExpressions(folder, action)
  const runs = action.runs ?? {}
  if (runs.using !== 'node24') throw new Error(`${folder}/action.yml: runs.using is ${runs.using}, not node24`)
  if (typeof runs.main !== 'string') throw new Error(`${folder}/action.yml: runs.main is missing`)
  return {
    main: path.resolve(folder, runs.main),
    post: typeof runs.post === 'string' ? path.resolve(folder, runs.post) : null,
    postIf: typeof runs['post-if'] === 'string' ? runs['post-if'] : 'always()',
    inputs: Object.fromEntries(
      Object.entries(action.inputs ?? {}).map(([name, spec]) => [name, readInput(spec ?? {})]),
    ),
  }
}

/** The context values that a default may name: `github.token`, `runner.temp`, …. */
export type ExpressionContext = Readonly<Record<string, string>>

/**
 * `INPUT_*` for the process: the given values, else the defaults with their expressions resolved. Names are upper-cased,
 * spaces become underscores, dashes stay. `warnings` tell of inputs that the action does not declare.
 */
export function inputVariables(
  action: ActionFile,
  given: Readonly<Record<string, string | number | boolean>>,
  context: ExpressionContext,
): { readonly variables: Record<string, string>; readonly warnings: string[] } {
  const values = new Map(
    Object.entries(action.inputs).map(([name, spec]) => [
      name.toLowerCase(),
      resolveExpressions(spec.default, context),
    ]),
  )
  const warnings: string[] = []
  for (const [name, value] of Object.entries(given)) {
    const spec = Object.entries(action.inputs).find(([known]) => known.toLowerCase() === name.toLowerCase())?.[1]
    if (!spec) warnings.push(unexpected(name, action))
    else if (spec.deprecationMessage)
      warnings.push(`Input '${name}' has been deprecated with message: ${spec.deprecationMessage}`)
    values.set(name.toLowerCase(), String(value))
  }
  const variables = [...values].map(([name, value]) => [`INPUT_${name.replaceAll(' ', '_').toUpperCase()}`, value])
  return { variables: Object.fromEntries(variables), warnings }
}

/** Text with each `${{ name.of.a.value }}` replaced. Operators and functions are beyond this harness: they throw. */
function resolveExpressions(text: string, context: ExpressionContext): string {
  return text.replace(/\$\{\{(.*?)\}\}/gs, (whole, expression: string) => {
    const value = context[expression.trim()]
    if (value === undefined)
      throw new Error(`the runner harness cannot resolve ${whole}; it knows ${Object.keys(context)}`)
    return value
  })
}

/** The runner does not load an action with an expression anywhere but in a default, not even in a description. */
function refuseExpressions(folder: string, action: unknown): void {
  JSON.stringify(action, (key, value) => {
    if (key !== 'default' && typeof value === 'string' && value.includes('${{'))
      throw new Error(`${folder}/action.yml: a template expression is not allowed in ${key}: ${value}`)
    return value
  })
}

function readInput(spec: Readonly<Record<string, unknown>>): InputSpec {
  return {
    default: spec.default === undefined || spec.default === null ? '' : String(spec.default),
    deprecationMessage: typeof spec.deprecationMessage === 'string' ? spec.deprecationMessage : null,
  }
}

function unexpected(name: string, action: ActionFile): string {
  const valid = Object.keys(action.inputs).map((known) => `'${known}'`)
  return `Unexpected input(s) '${name}', valid inputs are [${valid.join(', ')}]`
}
