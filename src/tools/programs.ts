import { constants } from 'node:fs'
import { access, realpath } from 'node:fs/promises'
import path from 'node:path'
import { isBelow } from './inside.ts'

/** Where programs are looked for. */
export interface ProgramQuestion {
  readonly env: Readonly<Record<string, string | undefined>>
  /** The repository's root: no program of it is taken, whatever PATH says. */
  readonly repository: string
}

/** All programs of a name on PATH, in its order, but those that the repository brings. */
export async function findPrograms(name: string, { env, repository }: ProgramQuestion): Promise<string[]> {
  const folders = (env.PATH ?? '').split(path.delimiter).filter(path.isAbsolute)
  const files = await Promise.all(
    folders.map(async (folder) => {
      const file = path.join(folder, name)
      return (await isExecutable(file)) && !(await isOfRepository(repository, file)) ? [file] : []
    }),
  )
  return files.flat()
}

/** Whether a file is one of the repository's, by its own name or by what it links to. */
export async function isOfRepository(repository: string, file: string): Promise<boolean> {
  const root = await realpath(repository)
  return [path.resolve(file), await realpath(file)].some((one) => isBelow(root, one))
}

/** Whether a program on PATH has this name, wherever it comes from. */
export async function isOnPath(name: string, { PATH = '' }: ProgramQuestion['env']): Promise<boolean> {
  const folders = PATH.split(path.delimiter).filter(Boolean)
  for (const folder of folders) if (await isExecutable(path.join(folder, name))) return true
  return false
}

/** Whether a file can be started. */
export async function isExecutable(file: string): Promise<boolean> {
  return await access(file, constants.X_OK).then(
    () => true,
    () => false,
  )
}
