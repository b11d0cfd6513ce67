import type { TestGroup } from '../stack/tests.ts'
import type { Command } from '../stack/types.ts'
import { harness, places } from './harness.ts'

/** Files that a check needs in the image, by their name below its folder `run`. */
export type Scripts = ReadonlyMap<string, string>

/** Whether tests need a shell: programs with their arguments alone do not. */
export function needsShell(groups: readonly TestGroup[]): boolean {
  return groups.some((group) => group.folder !== null || group.commands.some((command) => typeof command === 'string'))
}

/** The scripts of all groups, `<group>.sh`; a command that is a text is a file of its own, read by the image's /bin/sh. */
export function testScripts(groups: readonly TestGroup[]): Scripts {
  const files = groups.flatMap((group, at): [string, string][] => [
    [`${at}.sh`, groupScript(group, at)],
    ...group.commands.flatMap((command, number): [string, string][] =>
      typeof command === 'string' ? [[commandFile(at, number), `${command}\n`]] : [],
    ),
  ])
  return new Map([['harness.sh', harness], ...files])
}

function groupScript({ commands, folder }: TestGroup, at: number): string {
  const lines = commands.flatMap((command, number) => ['begin', `run ${commandLine(command, commandFile(at, number))}`])
  return [
    `group=${at}`,
    `. ${places.run}/harness.sh`,
    ...lines,
    ...(folder === null ? [] : ['folder']),
    `printf '%s' "$n" > "$out/${at}.done"`,
    '',
  ].join('\n')
}

/** A command as a line of a script: a text is read from a file by the image's /bin/sh. */
export function commandLine(command: Command, file: string): string {
  return typeof command === 'string' ? `/bin/sh ${places.run}/${file}` : command.map(quoted).join(' ')
}

function commandFile(group: number, command: number): string {
  return `${group}-${command}.command`
}

/** A word as the shell reads it back. */
function quoted(word: string): string {
  return `'${word.replaceAll("'", "'\\''")}'`
}
