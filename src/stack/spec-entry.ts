import { posix } from 'node:path'
import type { ActionError } from '../errors.ts'
import { isAddress } from './address.ts'
import { namedAddress, sourceAddress } from './spec-addresses.ts'
import { infoCommands } from './spec-commands.ts'
import type { KeyPath, SpecFile } from './spec-file.ts'
import { commandsOf, readTests, type SpecTests } from './spec-tests.ts'
import { objectOf, textOf, textsOf, type Values, wordsOf } from './spec-values.ts'
import { checkedTag, readVariants, type SpecVariant } from './spec-variants.ts'
import { readWording } from './spec-wording.ts'
import type { Declared, Wording } from './types.ts'

/** What the top of a spec says for all images. */
export interface Shared {
  readonly rebuild: Declared['rebuild']
  /** datahub's `all_info_cmds`: commands by the names that `info_cmds` uses. */
  readonly commands: ReadonlyMap<string, string>
}

/** What spec.yml says of one image. Paths are relative to the repository's root; null where it says nothing. */
export interface SpecEntry {
  readonly key: string
  readonly publishedName: string | null
  readonly tag: string | null
  readonly path: string | null
  readonly dockerfile: string | null
  /** The same as it is written: the path in a context that is an address. */
  readonly writtenDockerfile: string | null
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
  /** What `test` says; null where it is not there. */
  readonly tests: SpecTests | null
  readonly wording: Wording | null
  readonly error: (key: string, message: string, details: readonly string[]) => ActionError
  readonly line: (key: string) => number
}

/** Reads what a spec says of one image, which the schema has accepted. `shared` is what holds for all images. */
export async function readEntry(source: SpecFile, key: string, value: Values, shared: Shared): Promise<SpecEntry> {
  const error = (name: string, message: string, details: readonly string[]) =>
    source.error(keyPath(key, value, name), message, details)
  const path = (name: string, text: unknown) => repositoryPath(source, keyPath(key, value, name), text)
  const context = textOf(value.context)
  const sources = objectOf(value.lock).sources
  const tests = readTests(source, key, value.test, (at, text) => repositoryPath(source, at, text))
  return {
    key,
    publishedName: textOf(value.name) ?? textOf(value.image_name),
    tag: checkedTag(source, ['images', key, 'tag'], textOf(value.tag)),
    path: path('path', value.path),
    dockerfile: path('dockerfile', ownFile(value.dockerfile, error)),
    writtenDockerfile: textOf(value.dockerfile),
    context: context !== null && isAddress(context) ? sourceAddress(context, error) : path('context', value.context),
    target: textOf(value.target),
    args: { ...textsOf(value.build_args), ...textsOf(value.args) },
    platforms: wordsOf(value.platforms),
    dependsOn: [...wordsOf(value.depends_on), ...wordsOf(value.depend_on)],
    contexts: Object.fromEntries(
      Object.entries(textsOf(value.contexts)).map(([name, text]) => [
        name,
        isAddress(text) ? namedAddress(text, error) : (path('contexts', text) ?? text),
      ]),
    ),
    lockSources: sources === undefined ? null : wordsOf(sources).map((text) => path('lock', text) ?? text),
    variants: readVariants(source, ['images', key, 'variants'], value.variants),
    skip: value.skip === true,
    registries: wordsOf(value.registry).map((prefix) => prefix.replace(/\/+$/, '')),
    declared: {
      test: tests?.commands ?? [],
      manifests: [...commandsOf(value.manifests), ...infoCommands(source, key, value.info_cmds, shared.commands)],
      rebuild: rebuildOf(value.rebuild) ?? shared.rebuild,
      lockPlatforms: wordsOf(objectOf(value.lock).platforms),
      ...(value.manifests === false ? { undescribed: true } : {}),
    },
    tests,
    wording: await readWording(source, ['images', key], value),
    error,
    line: (name) => source.line(keyPath(key, value, name)),
  }
}

/** Bake joins such an address to the context's path. A Dockerfile inside a context that is an address works. */
function ownFile(text: unknown, error: SpecEntry['error']): unknown {
  if (typeof text !== 'string' || !isAddress(text)) return text
  throw error('dockerfile', 'it is an address: a Dockerfile is a file of this repository or of its context', [
    'Only context may be an address: give context: https://…, and as dockerfile the path in it or of a file here',
  ])
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

/** `rebuild` as the schema has it; null where there is none. */
export function rebuildOf(value: unknown): Declared['rebuild'] {
  return value === 'daily' || value === 'weekly' ? value : null
}

/** The path of an entry's key, also where the older name of the key was used. */
function keyPath(key: string, value: Values, name: string): KeyPath {
  const alias = { depends_on: 'depend_on', args: 'build_args', name: 'image_name' }[name]
  return name === ''
    ? ['images', key]
    : ['images', key, alias && !Object.hasOwn(value, name) && Object.hasOwn(value, alias) ? alias : name]
}
