import { readContainers } from './spec-containers.ts'
import type { KeyPath, SpecFile } from './spec-file.ts'
import { objectOf, textOf, type Values } from './spec-values.ts'
import type { Command, Testing } from './types.ts'

/** What spec.yml says of an image's tests. `folder` undefined: the one beside its Dockerfile, if there is one. */
export interface SpecTests {
  readonly commands: readonly Command[]
  readonly testing: Omit<Testing, 'folder'>
  readonly folder: string | null | undefined
}

const units = { s: 1, m: 60, h: 3600 } as const
/** GitHub ends a job after six hours: a longer time-out would never be told as one. */
const longest = 6 * 3600

/**
 * The key `test` of an image, which the schema has accepted: a command, a list of them, false, or a mapping. `path` makes a
 * path of spec.yml one of the repository. Null where there is no such key.
 */
export function readTests(
  source: SpecFile,
  key: string,
  value: unknown,
  path: (at: KeyPath, text: unknown) => string | null,
): SpecTests | null {
  if (value === undefined || value === null) return null
  const at: KeyPath = ['images', key, 'test']
  const place = { file: source.file, line: source.line(at) }
  const plain = { network: 'none', timeout: null, allowFailure: false, inherit: true, place } as const
  if (value === false) return { commands: [], testing: { ...plain, inherit: false }, folder: null }
  if (typeof value !== 'object' || Array.isArray(value))
    return { commands: commandsOf(value), testing: plain, folder: undefined }
  const said = objectOf(value)
  const allowFailure = (said['allow-failure'] ?? said.allow_failure) === true
  const containers = readContainers(source, [...at, 'run'], said.run, { allowFailure, secondsOf: timeoutOf })
  return {
    commands: commandsOf(said.commands),
    testing: {
      network: said.network === 'default' ? 'default' : 'none',
      timeout: timeoutOf(source, [...at, 'timeout'], said.timeout),
      allowFailure,
      inherit: said.inherit !== false,
      place,
      ...(containers.length > 0 ? { containers } : {}),
    },
    folder: folderOf(said, at, path),
  }
}

/** Commands in any shape that the schema takes: one, or a list of texts and of programs with their arguments. */
export function commandsOf(value: unknown): Command[] {
  if (value === undefined || value === null || typeof value === 'boolean') return []
  return (Array.isArray(value) ? value : [value]).map((item) => (Array.isArray(item) ? item.map(String) : String(item)))
}

/** A command as it is shown: a text as it is, a program with its arguments as JSON. */
export function commandText(command: Command): string {
  return typeof command === 'string' ? command : JSON.stringify(command)
}

function folderOf(said: Values, at: KeyPath, path: (at: KeyPath, text: unknown) => string | null) {
  if (said.folder === undefined || said.folder === null) return undefined
  return said.folder === false ? null : path([...at, 'folder'], said.folder)
}

function timeoutOf(source: SpecFile, at: KeyPath, value: unknown): number | null {
  const text = textOf(value)
  if (text === null) return null
  const [, count = '', unit = ''] = /^(\d+)([smh])$/.exec(text) ?? []
  const seconds = Number(count) * (units[unit as keyof typeof units] ?? 0)
  if (seconds > 0 && seconds <= longest) return seconds
  throw source.error(at, `${JSON.stringify(text.slice(0, 80))} is no time of a test`, [
    'Write it as 90s, 20m or 2h; at most 6h, after which GitHub ends a job',
  ])
}
