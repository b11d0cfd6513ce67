import { posix } from 'node:path'
import type { ActionError } from '../errors.ts'
import { isAddress } from './address.ts'
import type { KeyPath, SpecFile } from './spec-file.ts'
import type { Declared } from './types.ts'

/** One of the versions that a folder is built in. */
export interface SpecVariant {
  readonly name: string
  readonly tag: string
  readonly args: Readonly<Record<string, string>>
  readonly platforms: readonly string[]
  readonly target: string | null
  readonly skip: boolean | null
}

/** What spec.yml says of one image. Paths are relative to the repository's root; null where it says nothing. */
export interface SpecEntry {
  readonly key: string
  readonly publishedName: string | null
  readonly tag: string | null
  readonly path: string | null
  readonly dockerfile: string | null
  /** A folder, or an address as buildx takes it. */
  readonly context: string | null
  readonly target: string | null
  readonly args: Readonly<Record<string, string>>
  readonly platforms: readonly string[]
  readonly dependsOn: readonly string[]
  readonly contexts: Readonly<Record<string, string>>
  readonly lockSources: readonly string[] | null
  readonly variants: readonly SpecVariant[]
  readonly skip: boolean
  /** Prefixes that this image is pushed under instead of the run's; empty where it says nothing. */
  readonly registries: readonly string[]
  readonly declared: Declared
  readonly error: (key: string, message: string, details: readonly string[]) => ActionError
  readonly line: (key: string) => number
}

/** A mapping of a spec as it came from YAML. */
type Values = Readonly<Record<string, unknown>>

/** Reads what a spec says of one image, which the schema has accepted. */
export function readEntry(source: SpecFile, key: string, value: Values): SpecEntry {
  const error = (name: string, message: string, details: readonly string[]) =>
    source.error(keyPath(key, value, name), message, details)
  const path = (name: string, text: unknown) => repositoryPath(source, keyPath(key, value, name), text)
  const context = textOf(value.context)
  const sources = objectOf(value.lock).sources
  return {
    key,
    publishedName: textOf(value.name) ?? textOf(value.image_name),
    tag: textOf(value.tag),
    path: path('path', value.path),
    dockerfile: path('dockerfile', ownFile(value.dockerfile, error)),
    context: context !== null && isAddress(context) ? context : path('context', value.context),
    target: textOf(value.target),
    args: { ...textsOf(value.build_args), ...textsOf(value.args) },
    platforms: wordsOf(value.platforms),
    dependsOn: [...wordsOf(value.depends_on), ...wordsOf(value.depend_on)],
    contexts: Object.fromEntries(
      Object.entries(textsOf(value.contexts)).map(([name, text]) => [
        name,
        isAddress(text) ? text : (path('contexts', text) ?? text),
      ]),
    ),
    lockSources: sources === undefined ? null : wordsOf(sources).map((text) => path('lock', text) ?? text),
    variants: (Array.isArray(value.variants) ? value.variants : []).map((variant) => readVariant(objectOf(variant))),
    skip: value.skip === true,
    registries: wordsOf(value.registry).map((prefix) => prefix.replace(/\/+$/, '')),
    declared: {
      test: commandsOf(value.test),
      manifests: commandsOf(value.manifests),
      rebuild: value.rebuild === 'daily' || value.rebuild === 'weekly' ? value.rebuild : null,
      lockPlatforms: wordsOf(objectOf(value.lock).platforms),
    },
    error,
    line: (name) => source.line(keyPath(key, value, name)),
  }
}

/** BuildKit could read a Dockerfile from elsewhere, bake cannot, and nobody could tell here what it builds on. */
function ownFile(text: unknown, error: SpecEntry['error']): unknown {
  if (typeof text !== 'string' || !isAddress(text)) return text
  throw error('dockerfile', 'it is an address: a Dockerfile must be a file of this repository', [
    'Only context may be an address: put a Dockerfile here and give context: https://…',
  ])
}

function readVariant(value: Values): SpecVariant {
  const name = textOf(value.name) ?? ''
  return {
    name,
    tag: textOf(value.tag) ?? name,
    args: textsOf(value.args),
    platforms: wordsOf(value.platforms),
    target: textOf(value.target),
    skip: typeof value.skip === 'boolean' ? value.skip : null,
  }
}

/** A path of spec.yml, relative to its folder, as one of the repository. Outside of it is an error. */
function repositoryPath(source: SpecFile, at: KeyPath, text: unknown): string | null {
  if (typeof text !== 'string') return null
  const path = posix.join(posix.dirname(source.file), text).replace(/(?<=.)\/$/, '')
  const inside =
    !posix.isAbsolute(text) &&
    path !== '..' &&
    !path.startsWith('../') &&
    !/^\.git(?:\/|$)/.test(path) &&
    !text.includes('\0')
  if (inside) return path
  throw source.error(at, `${JSON.stringify(text)} is outside of the repository`, [
    'Paths are relative to the folder of spec.yml and must stay in the repository',
  ])
}

/** The path of an entry's key, also where the older name of the key was used. */
function keyPath(key: string, value: Values, name: string): KeyPath {
  const alias = { depends_on: 'depend_on', args: 'build_args', name: 'image_name' }[name]
  return name === ''
    ? ['images', key]
    : ['images', key, alias && !Object.hasOwn(value, name) && Object.hasOwn(value, alias) ? alias : name]
}

/** A mapping of the spec; empty where it is none. */
export function objectOf(value: unknown): Values {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {}
}

function textOf(value: unknown): string | null {
  return value === undefined || value === null ? null : String(value)
}

function textsOf(value: unknown): Record<string, string> {
  return Object.fromEntries(Object.entries(objectOf(value)).map(([key, text]) => [key, String(text)]))
}

/** Commands in any shape that the schema takes; what is no text is kept as JSON. */
function commandsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]
  return list.map((item) => (typeof item === 'object' ? JSON.stringify(item) : String(item)))
}

/** A text or a list of texts as a list. */
export function wordsOf(value: unknown): string[] {
  return (Array.isArray(value) ? value : value === undefined || value === null ? [] : [value]).map(String)
}
