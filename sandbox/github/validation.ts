import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { dereference, type Json, loadDescription, type Operation } from './description.ts'

let ajv: Ajv | undefined
const named = new Map<string, Json>()
const compiled = new WeakMap<object, ValidateFunction>()

/** What GitHub's description finds wrong with a request; an unknown query parameter or body field is wrong too. */
export function requestProblems(
  operation: Operation,
  request: { readonly values: Json; readonly query: Readonly<Record<string, string>>; readonly body: unknown },
): string[] {
  const problems: string[] = []
  for (const parameter of operation.parameters) {
    const value =
      parameter.in === 'path' ? request.values[parameter.name.replaceAll('-', '_')] : request.query[parameter.name]
    if (parameter.in === 'header') continue
    if (value === undefined) {
      if (parameter.required) problems.push(`the ${parameter.in} parameter ${parameter.name} is missing`)
    } else problems.push(...check(parameter.schema, coerce(value, parameter.schema), `parameter ${parameter.name}`))
  }
  const known = new Set(operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name))
  for (const name of Object.keys(request.query)) if (!known.has(name)) problems.push(`unknown query parameter ${name}`)
  return [...problems, ...bodyProblems(operation, request.body)]
}

/** What the description finds wrong with an answer of the double. */
export function answerProblems(
  operation: Operation,
  status: number,
  body: unknown,
  type = 'application/json',
): string[] {
  const response = operation.responses[String(status)]
  if (!response && status < 400) return [`${operation.id} does not answer ${status}`]
  const content = (response ? (dereference(response).content ?? {}) : {}) as Readonly<Record<string, Json>>
  // Of many errors the description tells the status at most; they all have the same body.
  if (status >= 400 && !content['application/json']) {
    return check({ $ref: '#/components/schemas/basic-error' }, body, `answer ${status}`)
  }
  if (Object.keys(content).length === 0) return body === null ? [] : [`${operation.id} ${status} has no body`]
  // Other media types (a bare SHA, a diff, raw files) are text of which the description says nothing.
  if (type !== 'application/json') return []
  return check(content['application/json']?.schema as Json, body, `answer ${status}`)
}

/** What is wrong with a value by a schema of the description's components: `webhook-push`, `full-repository`, …. */
export function schemaProblems(name: string, value: unknown): string[] {
  let schema = named.get(name)
  if (!schema) {
    schema = { $ref: `#/components/schemas/${name}` }
    named.set(name, schema)
  }
  return check(schema, value, name)
}

function bodyProblems(operation: Operation, body: unknown): string[] {
  const content = (operation.requestBody?.content ?? {}) as Readonly<Record<string, Json>>
  const schema = content['application/json']?.schema as Json | undefined
  if (!schema) return body === null ? [] : ['a body that this call does not take']
  if (body === null) return operation.requestBody?.required ? ['the body is missing'] : []
  const properties = schema.properties as Json | undefined
  const unknown = properties ? Object.keys(body as object).filter((name) => !Object.hasOwn(properties, name)) : []
  return [...check(schema, body, 'body'), ...unknown.map((name) => `unknown field ${name} in the body`)]
}

function check(schema: Json, value: unknown, what: string): string[] {
  const validate = validator(schema)
  if (validate(value)) return []
  return (validate.errors ?? []).map((error) => `${what}${error.instancePath} ${error.message}`)
}

/** Compiles a schema once; references are resolved within the description, of which only the parts needed are compiled. */
function validator(schema: Json): ValidateFunction {
  if (!ajv) {
    ajv = new Ajv({ strict: false, allErrors: true, logger: false })
    addFormats.default(ajv)
    const { components } = loadDescription()
    normalize(components.schemas)
    allowDeletedForks(components.schemas ?? {})
    ajv.addSchema({ $id: 'github', components } as object)
  }
  let validate = compiled.get(schema)
  if (!validate) {
    validate = ajv.compile(withBase(schema) as object)
    compiled.set(schema, validate)
  }
  return validate
}

/** A copy of an operation's own schema whose references lead into the whole description. */
function withBase(schema: Json): unknown {
  const copy = JSON.parse(JSON.stringify(schema), (key, value) =>
    key === '$ref' && typeof value === 'string' ? value.replace(/^#/, 'github#') : value,
  )
  normalize(copy)
  return copy
}

/** OpenAPI 3.0's `nullable`, which ajv knows only beside a type, as JSON Schema says it. */
function normalize(value: unknown): void {
  if (typeof value !== 'object' || value === null) return
  for (const child of Object.values(value)) normalize(child)
  const schema = value as Record<string, unknown>
  if (schema.nullable !== true) return
  if (Array.isArray(schema.enum) && !schema.enum.includes(null)) schema.enum = [...schema.enum, null]
  if (schema.type !== undefined) return
  const { nullable: _, ...rest } = schema
  for (const key of Object.keys(schema)) delete schema[key]
  schema.anyOf = [{ type: 'null' }, rest]
}

/** A pull request whose fork was deleted has no head repository; the description forgets that. */
function allowDeletedForks(schemas: Record<string, Json>): void {
  const properties = (schemas['pull-request'] as { properties: { head: { properties: Record<string, Json> } } })
    .properties
  const { head } = properties
  head.properties.repo = { anyOf: [{ type: 'null' }, head.properties.repo!] }
  const user = head.properties.user!
  head.properties.user = { anyOf: [{ type: 'null' }, user] }
}

/** Path and query hold text; a number or a boolean is compared as what it says. */
function coerce(value: unknown, schema: Json): unknown {
  const { type } = dereference(schema)
  if ((type === 'integer' || type === 'number') && /^-?\d+$/.test(String(value))) return Number(value)
  if (type === 'boolean' && (value === 'true' || value === 'false')) return value === 'true'
  return value
}
