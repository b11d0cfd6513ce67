import { chmod, mkdir, mkdtemp, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { which } from '../../sandbox/world/run.ts'

/** A folder that is the whole PATH of a run: what is not in it is not installed. */
export interface ShimFolder {
  readonly folder: string
  /** The arguments of each call of a recorded command, in the order of their start. */
  calls(): Promise<readonly (readonly string[])[]>
}

/**
 * Makes a PATH with git, what git's helpers need, and the given commands: a path is linked, a script (`#!`) is written.
 * `record` commands write their arguments down and then are what they were.
 */
export async function makePath(
  dir: string,
  commands: Readonly<Record<string, string>>,
  record: readonly string[] = [],
): Promise<ShimFolder> {
  await mkdir(dir, { recursive: true })
  const folder = await mkdtemp(path.join(dir, 'path-'))
  const log = path.join(folder, 'calls')
  await mkdir(log)
  for (const [name, content] of Object.entries({ git: which('git') ?? '', ...commands })) {
    const script = record.includes(name) ? recorder(log, content) : content.startsWith('#!') ? content : null
    if (script === null) await symlink(content, path.join(folder, name))
    else await writeFile(path.join(folder, name), script)
    if (script !== null) await chmod(path.join(folder, name), 0o755)
  }
  return { folder, calls: async () => await readCalls(log) }
}

/** A file for each call; nanoseconds keep their order. Arguments hold no NUL, so it separates them. */
function recorder(log: string, target: string): string {
  return [
    '#!/bin/sh',
    `file="${log}/$(/bin/date +%s%N)-$$"`,
    `if [ $# -gt 0 ]; then printf '%s\\0' "$@" > "$file"; else : > "$file"; fi`,
    `exec "${target}" "$@"`,
    '',
  ].join('\n')
}

async function readCalls(log: string): Promise<string[][]> {
  const files = (await readdir(log)).toSorted()
  const texts = await Promise.all(files.map((file) => readFile(path.join(log, file), 'utf8')))
  return texts.map((text) => text.split('\0').slice(0, -1))
}
