import type { ErrorObject, ValidateFunction } from 'ajv'
import schema from '../../schema/spec.schema.json' with { type: 'json' }
import type { ActionError } from '../errors.ts'
import { nearest } from '../nearest.ts'
import type { SpecFile } from './spec-file.ts'

let compiled: Promise<ValidateFunction> | null = null

/**
 * Throws `ActionError('spec')` where the schema does not accept a spec, with the place, the nearest key and the known ones. ajv
 * takes tens of milliseconds to load and compile, so only a stack with a spec pays for it, and once.
 */
export async function validate(spec: SpecFile): Promise<void> {
  compiled ??= compile()
  const check = await compiled
  if (check(spec.data)) return
  const errors = check.errors ?? []
  throw explain(spec, errors.find((error) => error.keyword === 'additionalProperties') ?? deepest(errors))
}

async function compile(): Promise<ValidateFunction> {
  const { Ajv } = await import('ajv')
  return new Ajv({ allErrors: true, strict: false, verbose: true }).compile(schema)
}

/** Of a value that may have several shapes the complaint about the shape that it has comes first. */
function deepest(errors: readonly ErrorObject[]): ErrorObject | undefined {
  const rank = ({ keyword }: ErrorObject) => ['oneOf', 'type'].indexOf(keyword)
  return errors.toSorted(
    (a, b) =>
      b.instancePath.length - a.instancePath.length || rank(a) - rank(b) || a.schemaPath.length - b.schemaPath.length,
  )[0]
}

function explain(spec: SpecFile, error: ErrorObject | undefined): ActionError {
  const path = (error?.instancePath ?? '')
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
  if (error?.keyword !== 'additionalProperties') {
    const allowed = Array.isArray(error?.params.allowedValues) ? `: ${error.params.allowedValues.join(', ')}` : ''
    const about = typeof error?.parentSchema?.description === 'string' ? [error.parentSchema.description] : []
    return spec.error(
      path,
      `${error?.message ?? 'is not valid'}${allowed}, not ${JSON.stringify(error?.data)?.slice(0, 80)}`,
      [...about, 'Correct the value; schema/spec.schema.json says what it may be'],
    )
  }
  const key = String(error.params.additionalProperty)
  const properties: Record<string, { description?: string }> = error.parentSchema?.properties ?? {}
  const known = Object.keys(properties).filter(
    (name) => !/^(?:The same|Accepted)/.test(properties[name]?.description ?? ''),
  )
  const near = nearest(key, known)
  return spec.error([...path, key], 'unknown key', [
    ...(near.length > 0 ? [`Did you mean ${near.join(' or ')}?`] : []),
    `Known keys here: ${known.join(', ')}`,
  ])
}
