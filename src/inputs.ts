import { ActionError, messageOf } from './errors.ts'
import { type ListSyntax, readList, readPairs } from './lists.ts'
import { nearest } from './nearest.ts'

/** What the run is to do: `auto` builds and, on the default branch, publishes; `plan` only decides. */
export type Command = 'auto' | 'plan' | 'build'

/** A secret for the build as buildx takes it: its id and where the value comes from. */
export interface Secret {
  readonly id: string
  readonly source: { readonly value: string } | { readonly file: string } | { readonly env: string }
}

/** All inputs, read and checked. One field for each input of action.yml. */
export interface Inputs {
  readonly path: string
  readonly images: readonly string[]
  readonly spec: string
  readonly registry: readonly string[]
  readonly command: Command
  readonly platforms: readonly string[]
  readonly buildArgs: Readonly<Record<string, string>>
  readonly buildContexts: Readonly<Record<string, string>>
  readonly secrets: readonly Secret[]
  readonly ssh: readonly string[]
  readonly labels: Readonly<Record<string, string>>
  readonly annotations: readonly string[]
  readonly builder: string
  readonly push: 'auto' | boolean
  readonly load: 'auto' | boolean
  readonly noCache: boolean
  readonly pull: boolean
  readonly target: string
  readonly jobs: number
  readonly dryRun: boolean
  readonly githubToken: string
}

/** Names of the inputs, as in action.yml; the command line has a flag of each name. */
export const inputNames = [
  'path',
  'images',
  'spec',
  'registry',
  'command',
  'platforms',
  'build-args',
  'build-contexts',
  'secrets',
  'secret-files',
  'secret-envs',
  'ssh',
  'labels',
  'annotations',
  'builder',
  'push',
  'load',
  'no-cache',
  'pull',
  'target',
  'jobs',
  'dry-run',
  'github-token',
] as const

/** The name of an input. */
export type InputName = (typeof inputNames)[number]

/** Inputs that are true or false; on the command line they are flags without a value. */
export const booleanInputs: readonly InputName[] = ['push', 'load', 'no-cache', 'pull', 'dry-run']

const lines: ListSyntax = { separator: 'lines' }
const linesOrCommas: ListSyntax = { separator: 'lines-or-commas' }

/**
 * Texts of the inputs → checked values; `read` gives '' for what was not set. `cores` is the default of `jobs`.
 * Throws ActionError('input') that names the input, the value and the remedy.
 */
export function loadInputs(read: (name: InputName) => string, cores: number): Inputs {
  const text = (name: InputName) => read(name).trim()
  const list = (name: InputName, syntax: ListSyntax) => attempt(name, read(name), () => readList(read(name), syntax))
  const pairs = (name: InputName) => attempt(name, read(name), () => readPairs(list(name, lines)))
  const inputs: Inputs = {
    path: folder('path', text('path')),
    images: list('images', linesOrCommas),
    spec: text('spec'),
    registry: list('registry', linesOrCommas).map(registryPrefix),
    command: choice('command', text('command') || 'auto', ['auto', 'plan', 'build']),
    platforms: list('platforms', linesOrCommas).map(platform),
    buildArgs: pairs('build-args'),
    buildContexts: pairs('build-contexts'),
    secrets: readSecrets(list),
    ssh: list('ssh', linesOrCommas),
    labels: pairs('labels'),
    annotations: annotations(list('annotations', lines)),
    builder: text('builder'),
    push: autoOrBoolean('push', text('push')),
    load: autoOrBoolean('load', text('load')),
    noCache: boolean('no-cache', text('no-cache') || 'false'),
    pull: boolean('pull', text('pull') || 'false'),
    target: text('target'),
    jobs: count('jobs', text('jobs'), cores),
    dryRun: boolean('dry-run', text('dry-run') || 'false'),
    githubToken: text('github-token'),
  }
  refuseContradictions(inputs)
  return inputs
}

function refuseContradictions(inputs: Inputs): void {
  if (inputs.push === true && inputs.registry.length === 0) {
    throw new ActionError('input', 'input push: true, but registry is empty: there is nowhere to push to', [
      'set registry, for example `registry: quay.io/pangeo`, or leave push to its default',
    ])
  }
  if (inputs.load === true && inputs.platforms.length > 1) {
    throw new ActionError(
      'input',
      `input load: true, but platforms names ${inputs.platforms.length}: ${inputs.platforms.join(', ')}`,
      ['an engine loads one platform: name one, or leave load out'],
    )
  }
  const ids = inputs.secrets.map((secret) => secret.id)
  const twice = ids.find((id, at) => ids.indexOf(id) !== at)
  if (twice)
    throw new ActionError('input', `the secret id "${twice}" is given twice in secrets, secret-files and secret-envs`, [
      'give each id once',
    ])
}

function readSecrets(list: (name: InputName, syntax: ListSyntax) => string[]): Secret[] {
  const entries = (name: InputName, syntax: ListSyntax): [string, string][] =>
    // A secret's value is never part of a message.
    list(name, syntax).map((item) => {
      const at = item.indexOf('=')
      if (at <= 0) throw new ActionError('input', `input ${name}: an item has no id`, ['write each item as ID=VALUE'])
      return [item.slice(0, at), item.slice(at + 1)]
    })
  return [
    ...entries('secrets', lines).map(([id, value]) => ({ id, source: { value } })),
    ...entries('secret-files', lines).map(([id, file]) => ({ id, source: { file } })),
    ...entries('secret-envs', linesOrCommas).map(([id, env]) => ({ id, source: { env } })),
  ]
}

function choice<const T extends string>(name: InputName, value: string, values: readonly T[]): T {
  const found = values.find((known) => known === value)
  if (found === undefined) throw invalid(name, value, [`it can be ${values.join(', ')}`, ...didYouMean(value, values)])
  return found
}

function boolean(name: InputName, value: string): boolean {
  // The YAML 1.2 core schema's words, as core.getBooleanInput takes them.
  if (/^(true|True|TRUE)$/.test(value)) return true
  if (/^(false|False|FALSE)$/.test(value)) return false
  throw invalid(name, value, ['it can be true or false'])
}

function autoOrBoolean(name: InputName, value: string): 'auto' | boolean {
  if (value === '' || value === 'auto') return 'auto'
  if (!/^(true|false)$/i.test(value)) throw invalid(name, value, ['it can be auto, true or false'])
  return boolean(name, value)
}

function count(name: InputName, value: string, fallback: number): number {
  if (value === '') return fallback
  if (!/^[1-9]\d{0,3}$/.test(value))
    throw invalid(name, value, ['it is a whole number from 1; leave it out for the number of cores'])
  return Number(value)
}

/** A folder below the repository's root, as POSIX path without a slash at its end; '' = find out. */
function folder(name: InputName, value: string): string {
  const path = value.replace(/^(\.\/)+/, '').replace(/\/+$/, '')
  if (path.startsWith('/') || path.split('/').includes('..'))
    throw invalid(name, value, ['it is a folder below the repository, for example `images`'])
  return value !== '' && path === '' ? '.' : path
}

/** `host[:port]/path` or a Docker Hub organisation; lower case, as the registries ask for. */
function registryPrefix(value: string): string {
  const prefix = value.replace(/\/+$/, '')
  if (!/^[a-z0-9]+([._-]+[a-z0-9]+)*(:\d+)?(\/[a-z0-9]+([._-]+[a-z0-9]+)*)*$/.test(prefix)) {
    throw invalid('registry', value, [
      'it is a prefix of image names in lower case, for example `quay.io/pangeo`, without https:// and without a tag',
    ])
  }
  return prefix
}

function platform(value: string): string {
  if (!/^[a-z0-9_]+(\/[a-z0-9_]+){0,2}$/i.test(value))
    throw invalid('platforms', value, ['write it as os/architecture, for example linux/amd64'])
  return value.toLowerCase()
}

function annotations(items: readonly string[]): readonly string[] {
  const wrong = items.find((item) => !/^([a-z,-]+(\[[^\]]*\])?:)?[^=:\s]+=/.test(item))
  if (wrong !== undefined) throw invalid('annotations', wrong, ['write it as [index:|manifest:]KEY=VALUE'])
  return items
}

function attempt<T>(name: InputName, value: string, read: () => T): T {
  try {
    return read()
  } catch (error) {
    if (error instanceof ActionError) throw error
    const shown = name.startsWith('secret') ? 'its text' : messageOf(error)
    throw new ActionError(
      'input',
      `input ${name}: ${shown} cannot be read as a list`,
      ['one item a line; quotes as in CSV'],
      { cause: value ? error : undefined },
    )
  }
}

function invalid(name: InputName, value: string, details: readonly string[]): ActionError {
  return new ActionError('input', `input ${name}: "${value}" is not a value of it`, details)
}

function didYouMean(value: string, values: readonly string[]): string[] {
  const found = nearest(value, values)
  return found.length ? [`did you mean ${found.join(' or ')}?`] : []
}
