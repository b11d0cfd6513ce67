import { ActionError } from '../errors.ts'
import { execute } from './exec.ts'
import { findPrograms, type UvQuestion } from './uv.ts'

/**
 * A Python interpreter of this machine, by its own file and not by a wrapper's. uv wants one to begin with, whichever it resolves for.
 * Throws ActionError('solve') where there is none.
 */
export async function findInterpreter(question: UvQuestion): Promise<string> {
  const { env, temp, signal } = question
  const programs = [...(await findPrograms('python3', question)), ...(await findPrograms('python', question))]
  for (const file of programs) {
    // -I: neither the folder that it runs in nor variables of the environment bring code in.
    const args = ['-I', '-c', 'import sys; print(sys.executable) if sys.version_info >= (3, 8) else sys.exit(1)']
    const command = { file, args, cwd: temp, env: { PATH: env.PATH, HOME: env.HOME }, signal, code: 'solve' as const }
    const ended = await execute(command).catch((error) => {
      if (signal?.aborted) throw error
      return null
    })
    const found = ended?.status === 0 ? ended.stdout.toString().trim() : ''
    if (found.startsWith('/')) return found
  }
  throw new ActionError('solve', 'pip packages need a Python on PATH for uv to begin with, and there is none', [
    'add actions/setup-python before this step, or install python3; the version does not matter',
  ])
}
