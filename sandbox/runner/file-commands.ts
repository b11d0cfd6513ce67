import { mkdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'

/** The files that a step writes its results to, by the end of their variable's name (`GITHUB_OUTPUT`, …). */
export interface CommandFiles {
  readonly OUTPUT: string
  readonly ENV: string
  readonly PATH: string
  readonly STATE: string
  readonly STEP_SUMMARY: string
}

/** Bytes: one more and the runner drops the whole summary. */
export const summaryLimit = 1024 * 1024

const blockedVariable = 'NODE_OPTIONS'

/** Makes the empty files for one step; `step` names them. */
export async function createCommandFiles(folder: string, step: string): Promise<CommandFiles> {
  await mkdir(folder, { recursive: true })
  const file = (name: string) => path.join(folder, `${name}_${step}`)
  const files = {
    OUTPUT: file('set_output'),
    ENV: file('set_env'),
    PATH: file('add_path'),
    STATE: file('save_state'),
    STEP_SUMMARY: file('step_summary'),
  }
  for (const name of Object.values(files)) await writeFile(name, '')
  return files
}

/** Removes the files of a step that has been read. */
export async function removeCommandFiles(files: CommandFiles): Promise<void> {
  for (const name of Object.values(files)) await rm(name, { force: true, recursive: true })
}

/** What a step's files said. `errors` are for the log; each `failures` entry makes the step fail. */
export interface FileCommands {
  readonly outputs: Readonly<Record<string, string>>
  readonly env: Readonly<Record<string, string>>
  readonly path: readonly string[]
  readonly state: Readonly<Record<string, string>>
  readonly summary: string
  readonly errors: readonly string[]
  readonly failures: readonly string[]
}

/** Reads the files when the step has ended. A file that cannot be read as the format says fails the step. */
export async function readCommandFiles(files: CommandFiles): Promise<FileCommands> {
  const errors: string[] = []
  const failures: string[] = []
  const pairs = async (kind: 'OUTPUT' | 'ENV' | 'STATE') => {
    try {
      return parseKeyValues(await readText(files[kind]))
    } catch (error) {
      failures.push(`Unable to process file command '${kind.toLowerCase()}' successfully.`, (error as Error).message)
      return {}
    }
  }
  const { [blockedVariable]: blocked, ...env } = await pairs('ENV')
  if (blocked !== undefined) errors.push(`Can't store ${blockedVariable} output parameter using '$GITHUB_ENV' command.`)
  return {
    outputs: await pairs('OUTPUT'),
    env,
    path: (await readText(files.PATH)).split(/\r?\n/).filter((line) => line !== ''),
    state: await pairs('STATE'),
    summary: await readSummary(files.STEP_SUMMARY, errors),
    errors,
    failures,
  }
}

/**
 * `NAME=VALUE` lines and `NAME<<DELIMITER … DELIMITER` blocks, as the runner reads them: only line feeds end a line, a
 * later name replaces an earlier one. Throws where a line is neither, or a delimiter does not come.
 */
export function parseKeyValues(text: string): Record<string, string> {
  const lines = text.endsWith('\n') ? text.slice(0, -1).split('\n') : text.split('\n')
  const pairs: [string, string][] = []
  for (let index = 0; index < lines.length; index += 1) {
    const line = lines[index]!
    if (line === '') continue
    const equals = line.indexOf('=')
    const heredoc = line.indexOf('<<')
    if (equals >= 0 && (heredoc < 0 || equals < heredoc)) {
      if (equals === 0) throw new Error(`Invalid format '${line}'. Name must not be empty`)
      pairs.push([line.slice(0, equals), line.slice(equals + 1)])
    } else if (heredoc >= 0) {
      const delimiter = line.slice(heredoc + 2)
      if (heredoc === 0 || delimiter === '') {
        throw new Error(`Invalid format '${line}'. Name must not be empty and delimiter must not be empty`)
      }
      const end = lines.indexOf(delimiter, index + 1)
      if (end < 0) throw new Error(`Invalid value. Matching delimiter not found '${delimiter}'`)
      pairs.push([line.slice(0, heredoc), lines.slice(index + 1, end).join('\n')])
      index = end
    } else throw new Error(`Invalid format '${line}'`)
  }
  return Object.fromEntries(pairs)
}

async function readText(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8')
  } catch (error) {
    // A step may remove its file: it then said nothing.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return ''
    throw error
  }
}

async function readSummary(file: string, errors: string[]): Promise<string> {
  const size = await stat(file).then(
    (found) => found.size,
    () => 0,
  )
  if (size <= summaryLimit) return readText(file)
  const limit = summaryLimit / 1024
  errors.push(
    `$GITHUB_STEP_SUMMARY upload aborted, supports content up to a size of ${limit}k, got ${Math.floor(size / 1024)}k.`,
  )
  return ''
}
