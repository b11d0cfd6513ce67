import { satisfies } from 'semver'
import { ActionError } from '../errors.ts'
import { execute } from './exec.ts'
import { findPrograms } from './programs.ts'
import type { UvQuestion } from './uv.ts'

/**
 * A Python interpreter of this machine whose version is in a range (semver's), by its own file and not by a wrapper's. Throws
 * ActionError('solve') where there is none; `purpose` begins its message.
 */
export async function findInterpreter(
  question: UvQuestion,
  { range = '>=3.8', purpose }: { readonly range?: string; readonly purpose: string },
): Promise<string> {
  const names = ['python3', 'python', ...[14, 13, 12, 11, 10].map((minor) => `python3.${minor}`)]
  for (const name of names)
    for (const file of await findPrograms(name, question)) {
      const { version, executable } = await askInterpreter(file, question)
      if (executable.startsWith('/') && satisfies(version, range)) return executable
    }
  throw new ActionError('solve', `${purpose} a Python ${range} on PATH, and there is none`, [
    'add actions/setup-python before this step, or install python3',
  ])
}

/** Its version and its own file; empty where it is no interpreter. */
async function askInterpreter(
  file: string,
  { env, temp, signal }: UvQuestion,
): Promise<{ version: string; executable: string }> {
  // -I: neither the folder that it runs in nor variables of the environment bring code in.
  const args = ['-I', '-c', 'import sys; print(*sys.version_info[:3], sep="."); print(sys.executable)']
  const command = { file, args, cwd: temp, env: { PATH: env.PATH, HOME: env.HOME }, signal, code: 'solve' as const }
  const ended = await execute(command).catch((error) => {
    if (signal?.aborted) throw error
    return null
  })
  const [version = '', executable = ''] = ended?.status === 0 ? ended.stdout.toString().trim().split('\n') : []
  return { version, executable }
}
