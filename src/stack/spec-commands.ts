import { nearest } from '../nearest.ts'
import type { SpecFile } from './spec-file.ts'
import { objectOf, textOf, wordsOf } from './spec-values.ts'

/** `all_info_cmds`: `{NAME: {description, command}}`. */
export function namedCommands(value: unknown): Map<string, string> {
  return new Map(Object.entries(objectOf(value)).map(([name, entry]) => [name, textOf(objectOf(entry).command) ?? '']))
}

/** datahub's `info_cmds`: names of commands that the top of the file gives once for all images. */
export function infoCommands(
  source: SpecFile,
  key: string,
  value: unknown,
  commands: ReadonlyMap<string, string>,
): string[] {
  return wordsOf(value).map((name, at) => {
    const command = commands.get(name)
    if (command !== undefined) return command
    const near = nearest(name, [...commands.keys()])
    throw source.error(['images', key, 'info_cmds', at], `all_info_cmds has no command ${JSON.stringify(name)}`, [
      ...(near.length > 0 ? [`Did you mean ${near.join(' or ')}?`] : []),
      `Commands there: ${[...commands.keys()].join(', ') || 'none'}`,
    ])
  })
}
