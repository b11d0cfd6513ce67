import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

/** A JSON value whose shape the description tells. */
export type Json = Readonly<Record<string, unknown>>

/** One call of the REST API as GitHub describes it. */
export interface Operation {
  readonly id: string
  readonly method: string
  readonly template: string
  readonly parameters: readonly Parameter[]
  readonly requestBody: Json | null
  readonly responses: Readonly<Record<string, Json>>
}

/** A parameter of a call. */
export interface Parameter {
  readonly name: string
  readonly in: 'path' | 'query' | 'header'
  readonly required?: boolean
  readonly schema: Json
  readonly 'x-multi-segment'?: boolean
}

interface Description {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Json>>>>
  readonly components: Readonly<Record<string, Readonly<Record<string, Json>>>>
}

interface Route {
  readonly operation: Operation
  readonly pattern: RegExp
  readonly literals: number
}

let description: Description | undefined
let routes: ReadonlyMap<string, readonly Route[]> | undefined

/** GitHub's OpenAPI description of api.github.com, read at the first use (13 MB). */
export function loadDescription(): Description {
  if (!description) {
    const file = createRequire(import.meta.url).resolve('@octokit/openapi/generated/api.github.com.json')
    description = JSON.parse(readFileSync(file, 'utf8')) as Description
  }
  return description
}

/** The operation of a method and path with the path's decoded parameters; null where GitHub has none. */
export function findOperation(
  method: string,
  path: string,
): { operation: Operation; values: Record<string, string> } | null {
  routes ??= createRoutes()
  const found = (routes.get(method) ?? [])
    .map((route) => ({ route, match: route.pattern.exec(path) }))
    .filter(({ match }) => match !== null)
    .toSorted((a, b) => b.route.literals - a.route.literals)[0]
  if (!found) return null
  const values = Object.entries(found.match?.groups ?? {}).map(([name, value]) => [name, decodeURIComponent(value)])
  return { operation: found.route.operation, values: Object.fromEntries(values) }
}

/** A fresh copy of a named example of the description: a complete real answer to start from. */
export function example<T extends object>(name: string): T {
  const found = loadDescription().components.examples?.[name]?.value
  if (found === undefined) throw new Error(`GitHub's description has no example ${name}`)
  return structuredClone(found) as T
}

/** What `$ref` points at, or the value itself. */
export function dereference(value: Json): Json {
  if (typeof value.$ref !== 'string') return value
  const [, , kind, name] = value.$ref.split('/')
  return loadDescription().components[kind!]![name!]!
}

function createRoutes(): Map<string, Route[]> {
  const found = new Map<string, Route[]>()
  for (const [template, methods] of Object.entries(loadDescription().paths)) {
    for (const [method, raw] of Object.entries(methods)) {
      const operation = readOperation(method.toUpperCase(), template, raw)
      const route = { operation, pattern: pathPattern(operation), literals: literalSegments(template) }
      found.set(operation.method, [...(found.get(operation.method) ?? []), route])
    }
  }
  return found
}

function readOperation(method: string, template: string, raw: Json): Operation {
  const parameters = ((raw.parameters ?? []) as Json[]).map(
    (parameter) => dereference(parameter) as unknown as Parameter,
  )
  return {
    id: String(raw.operationId),
    method,
    template,
    parameters,
    requestBody: raw.requestBody ? dereference(raw.requestBody as Json) : null,
    responses: raw.responses as Readonly<Record<string, Json>>,
  }
}

function pathPattern({ template, parameters }: Operation): RegExp {
  const pattern = template.replace(/[.*+?^$()|[\]\\]/g, '\\$&').replace(/\{([^}]+)\}/g, (_, name: string) => {
    const many = parameters.some((parameter) => parameter.name === name && parameter['x-multi-segment'])
    return `(?<${name.replaceAll('-', '_')}>${many ? '.+' : '[^/]+'})`
  })
  return new RegExp(`^${pattern}$`)
}

function literalSegments(template: string): number {
  return template.split('/').filter((segment) => segment !== '' && !segment.includes('{')).length
}
