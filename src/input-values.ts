import { ActionError, messageOf } from './errors.ts'
import { nearest } from './nearest.ts'
import { shorten } from './report/visible.ts'
import { canonicalReference } from './stack/canonical.ts'

/** What an annotation can stand on, as buildx has it; several are separated by commas. */
const annotationLevels = ['manifest', 'index', 'manifest-descriptor', 'index-descriptor']

/** One of the words that an input can be; a slip is told with the nearest one. */
export function choice<const T extends string>(name: string, value: string, values: readonly T[]): T {
  const found = values.find((known) => known === value)
  if (found === undefined) throw invalid(name, value, [`it can be ${values.join(', ')}`, ...didYouMean(value, values)])
  return found
}

/** True or false, in the words of the YAML 1.2 core schema, as core.getBooleanInput takes them. */
export function boolean(name: string, value: string): boolean {
  if (/^(true|True|TRUE)$/.test(value)) return true
  if (/^(false|False|FALSE)$/.test(value)) return false
  throw invalid(name, value, ['it can be true or false'])
}

/** The same, or `auto` for what was not set. */
export function autoOrBoolean(name: string, value: string): 'auto' | boolean {
  if (value === '' || value === 'auto') return 'auto'
  if (!/^(true|false)$/i.test(value)) throw invalid(name, value, ['it can be auto, true or false'])
  return boolean(name, value)
}

/** A whole number from 1 to 9999. */
export function count(name: string, value: string, fallback: number): number {
  if (value === '') return fallback
  if (!/^[1-9]\d{0,3}$/.test(value))
    throw invalid(name, value, ['it is a whole number from 1; leave it out for the number of cores'])
  return Number(value)
}

/** Bytes, in decimal units (`6GB`, `500 MB`) or binary ones (`2GiB`). */
export function size(name: string, value: string, fallback: number): number {
  if (value === '') return fallback
  const [, number, unit = ''] = /^(\d{1,9}(?:\.\d{1,3})?) ?([kmgt]?i?b)$/i.exec(value) ?? []
  if (number === undefined || (unit.length === 2 && /^i/i.test(unit)))
    throw invalid(name, value, ['write it with a unit, for example 6GB, 500MB or 2GiB'])
  const power = ['b', 'k', 'm', 'g', 't'].indexOf((unit[0] as string).toLowerCase())
  return Math.round(Number(number) * (unit.length === 3 ? 1024 : 1000) ** power)
}

const durations = { m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 } as const

/** A time span, `36h`, `7d`, `2w`, in milliseconds; null where nothing is given. */
export function duration(name: string, value: string): number | null {
  if (value === '') return null
  const [, number = '', unit = ''] = /^([1-9]\d{0,3})([mhdw])$/.exec(value) ?? []
  if (unit === '') throw invalid(name, value, ['write it as a whole number with m, h, d or w: 36h, 7d'])
  return Number(number) * durations[unit as keyof typeof durations]
}

/** A path below the repository's root in its plain POSIX form, without a slash at its end; '' = find out. */
export function repositoryPath(name: string, value: string, remedy: string): string {
  const parts = value.split('/').filter((part) => part !== '' && part !== '.')
  if (value.startsWith('/') || parts.includes('..')) throw invalid(name, value, [remedy])
  return value !== '' && parts.length === 0 ? '.' : parts.join('/')
}

/** `host[:port]/path` or a Docker Hub organisation; lower case, as the registries ask for. */
export function registryPrefix(value: string): string {
  const prefix = value.replace(/\/+$/, '')
  if (prefix !== prefix.toLowerCase() || canonicalReference(`${prefix}/image`) === null) {
    throw invalid('registry', value, [
      'it is a prefix of image names in lower case, for example `quay.io/pangeo`, without https:// and without a tag',
    ])
  }
  return prefix
}

/** `os/architecture[/variant]` in lower case. */
export function platform(value: string): string {
  if (!/^[a-z0-9_]+(\/[a-z0-9_.]+){1,2}$/i.test(value))
    throw invalid('platforms', value, ['write it as os/architecture[/variant], for example linux/amd64'])
  return value.toLowerCase()
}

/** Annotations as buildx takes them, each checked, as they were written. */
export function annotations(items: readonly string[]): readonly string[] {
  const wrong = items.find((item) => !isAnnotation(item))
  if (wrong === undefined) return items
  throw invalid('annotations', wrong, [
    `write it as [LEVEL:]KEY=VALUE; a level is one of ${annotationLevels.join(', ')}`,
  ])
}

/** Whether a text is `[LEVEL:]KEY=VALUE`. */
export function isAnnotation(text: string): boolean {
  const level = `(?:${annotationLevels.join('|')})(?:\\[[\\w/.-]+\\])?`
  return new RegExp(`^(?:${level}(?:,${level})*:)?[^=:\\s]+=`).test(text)
}

/** The name of a package, of conda or Python, in lower case. */
export function packageName(name: string, value: string): string {
  if (!/^[a-z0-9_][\w.-]*$/i.test(value)) throw invalid(name, value, ['it is the name of a package, without a version'])
  return value.toLowerCase()
}

/**
 * `YYYY-MM-DD`, which holds to the end of that day in UTC, or a moment as RFC 3339 writes it; in milliseconds since 1970. Null
 * where nothing is given.
 */
export function date(name: string, value: string): number | null {
  if (value === '') return null
  const day = /^\d{4}-\d\d-\d\d$/.test(value)
  const moment = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/i.test(value)
  const time = day ? Date.parse(`${value}T23:59:59.999Z`) : moment ? Date.parse(value) : Number.NaN
  if (Number.isNaN(time) || (day && !new Date(time).toISOString().startsWith(value)))
    throw invalid(name, value, ['write it as 2026-01-31, or with a time: 2026-01-31T12:00:00Z'])
  return time
}

/** Two inputs that do not go together. */
export function conflict(message: string, details: readonly string[]): ActionError {
  return new ActionError('input', message, details)
}

/** What `read` gives; its error is told with the input's name. A secret's text is in no message and no cause. */
export function attempt<T>(name: string, read: () => T, remedy: string): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof ActionError) throw error
    const secret = name.startsWith('secret')
    const what = secret ? 'its text cannot be read as a list' : shorten(messageOf(error), 200)
    throw new ActionError('input', `input ${name}: ${what}`, [remedy], secret ? {} : { cause: error })
  }
}

/** The error about a value that an input cannot have. */
export function invalid(name: string, value: string, details: readonly string[]): ActionError {
  return new ActionError('input', `input ${name}: ${JSON.stringify(shorten(value, 100))} is not a value of it`, details)
}

function didYouMean(value: string, values: readonly string[]): string[] {
  const found = nearest(value, values)
  return found.length ? [`did you mean ${found.join(' or ')}?`] : []
}
