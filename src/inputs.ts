import { type CacheInputs, cacheInputNames, loadCacheInputs, refuseHomelessCache } from './cache-inputs.ts'
import { type CheckInputs, checkInputNames, loadCheckInputs } from './check-inputs.ts'
import { type CleanupInputs, cleanupInputNames, loadCleanupInputs } from './cleanup-inputs.ts'
import { ActionError } from './errors.ts'
import { type HistoryInputs, historyInputNames, loadHistoryInputs } from './history-inputs.ts'
import {
  annotations,
  attempt,
  autoOrBoolean,
  boolean,
  choice,
  count,
  duration,
  platform,
  registryPrefix,
  repositoryPath,
} from './input-values.ts'
import { type ListSyntax, readList, readPairs } from './lists.ts'
import { type LockInputs, loadLockInputs, lockInputNames } from './lock-inputs.ts'
import { loadMatrixInputs, type MatrixInputs, matrixInputNames } from './matrix-inputs.ts'
import { loadMountInputs, type MountInputs, mountInputNames } from './mount-inputs.ts'
import { loadPublishInputs, type PublishInputs, publishInputNames } from './publish-inputs.ts'

/** What the run is to do: `auto` builds and, on the default branch, publishes; `plan` only decides; `lock` relocks; `diff` compares locks; `merge` joins what jobs pushed by digest. */
export type Command =
  | 'auto'
  | 'plan'
  | 'build'
  | 'merge'
  | 'lock'
  | 'diff'
  | 'release'
  | 'promote'
  | 'revert'
  | 'history'
  | 'cleanup'

/** A secret for the build as buildx takes it: its id and where the value comes from. */
export interface Secret {
  readonly id: string
  readonly source: { readonly value: string } | { readonly file: string } | { readonly env: string }
}

/** All inputs, read and checked. One field for each input of action.yml. */
export interface Inputs
  extends LockInputs,
    HistoryInputs,
    CheckInputs,
    MountInputs,
    CacheInputs,
    MatrixInputs,
    PublishInputs,
    CleanupInputs {
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
  /** Tag rules as they are written; empty for the plain ones. */
  readonly tags: readonly string[]
  readonly flavor: readonly string[]
  readonly builder: string
  readonly push: 'auto' | boolean
  readonly load: 'auto' | boolean
  readonly noCache: boolean
  readonly pull: boolean
  /** Whether a run takes what another branch's or pull request's run built. */
  readonly reuse: 'all' | 'branch'
  /** Milliseconds after which an image is built afresh; null: never for its age. */
  readonly maxAge: number | null
  readonly target: string
  readonly jobs: number
  /** Where any image is built, all of the stack are, by one bake process: all or none. */
  readonly monolithic: boolean
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
  'tags',
  'flavor',
  'builder',
  'push',
  'load',
  'no-cache',
  'pull',
  'reuse',
  'max-age',
  'target',
  'jobs',
  'monolithic',
  ...matrixInputNames,
  ...cacheInputNames,
  ...mountInputNames,
  ...checkInputNames,
  ...publishInputNames,
  ...lockInputNames,
  ...cleanupInputNames,
  ...historyInputNames,
  'dry-run',
  'github-token',
] as const

/** The name of an input. */
export type InputName = (typeof inputNames)[number]

/** Inputs that are true or false; on the command line they are flags without a value. */
export const booleanInputs: readonly InputName[] = [
  'push',
  'push-by-digest',
  'load',
  'no-cache',
  'pull',
  'monolithic',
  'tests',
  'manifests',
  'wiki',
  'dry-run',
]

const lines: ListSyntax = { separator: 'lines' }
const linesOrCommas: ListSyntax = { separator: 'lines-or-commas' }
// The quotes of a rule are read with the rule.
const linesWithQuotes: ListSyntax = { separator: 'lines', quote: false }
const linesAsTheyAre: ListSyntax = { separator: 'lines', trim: false }

/**
 * Texts of the inputs → checked values; `read` gives '' for what was not set. `cores` is the default of `jobs`.
 * Throws ActionError('input') that names the input, the value and the remedy.
 */
export function loadInputs(read: (name: InputName) => string, cores: number): Inputs {
  const text = (name: InputName) => read(name).trim()
  const list = (name: InputName, syntax: ListSyntax) =>
    attempt(
      name,
      () => readList(read(name), syntax),
      'one item a line; quotes as in CSV: close them, or leave them out',
    )
  const unique = (name: InputName) => [...new Set(list(name, linesOrCommas))]
  const pairs = (name: InputName) => attempt(name, () => readPairs(list(name, lines)), 'write one KEY=VALUE a line')
  const inputs: Inputs = {
    path: repositoryPath('path', text('path'), 'it is a folder below the repository, for example `images`'),
    images: unique('images'),
    spec: repositoryPath('spec', text('spec'), 'it is a file of the repository, for example `images/spec.yml`'),
    registry: [...new Set(unique('registry').map(registryPrefix))],
    command: choice('command', text('command') || 'auto', [
      'auto',
      'plan',
      'build',
      'merge',
      'lock',
      'diff',
      'release',
      'promote',
      'revert',
      'history',
      'cleanup',
    ]),
    platforms: [...new Set(unique('platforms').map(platform))],
    buildArgs: pairs('build-args'),
    buildContexts: pairs('build-contexts'),
    secrets: readSecrets(list),
    ssh: list('ssh', linesOrCommas),
    labels: pairs('labels'),
    annotations: annotations(list('annotations', lines)),
    tags: list('tags', linesWithQuotes),
    flavor: list('flavor', linesWithQuotes),
    builder: text('builder'),
    push: autoOrBoolean('push', text('push')),
    load: autoOrBoolean('load', text('load')),
    noCache: boolean('no-cache', text('no-cache') || 'false'),
    pull: boolean('pull', text('pull') || 'false'),
    reuse: choice('reuse', text('reuse') || 'all', ['all', 'branch']),
    maxAge: duration('max-age', text('max-age')),
    target: text('target'),
    jobs: count('jobs', text('jobs'), cores),
    monolithic: boolean('monolithic', text('monolithic') || 'false'),
    ...loadMatrixInputs({ text }),
    ...loadPublishInputs(text),
    ...loadCacheInputs({ text, list }),
    ...loadMountInputs({ text }),
    ...loadCheckInputs({ text }),
    ...loadLockInputs({ text, list, pairs }),
    ...loadHistoryInputs({ text, list }),
    ...loadCleanupInputs({ text, list }),
    dryRun: boolean('dry-run', text('dry-run') || 'false'),
    githubToken: text('github-token'),
  }
  refuseContradictions(inputs)
  return inputs
}

function refuseContradictions(inputs: Inputs): void {
  refuseHomelessCache(inputs, inputs.registry)
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
  const spread = inputs.pushByDigest ? 'push-by-digest' : inputs.digests === '' ? null : 'digests'
  if (inputs.monolithic && (spread || inputs.command === 'merge')) {
    throw new ActionError('input', `input monolithic: true, and ${spread ? `input ${spread}` : 'command merge'}`, [
      'one process builds all images, or several jobs share them: leave one of the two out',
    ])
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
      if (item.slice(0, Math.max(0, at)).trim() === '')
        throw new ActionError('input', `input ${name}: an item has no id`, ['write each item as ID=VALUE'])
      return [item.slice(0, at).trim(), item.slice(at + 1)]
    })
  return [
    ...entries('secrets', linesAsTheyAre).map(([id, value]) => ({ id, source: { value } })),
    ...entries('secret-files', lines).map(([id, file]) => ({ id, source: { file } })),
    ...entries('secret-envs', linesOrCommas).map(([id, env]) => ({ id, source: { env } })),
  ]
}
