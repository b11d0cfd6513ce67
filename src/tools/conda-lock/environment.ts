import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { output } from '../exec.ts'
import { networkEnvironment } from '../pip-environment.ts'
import { findInterpreter } from '../python.ts'
import { indexOf, pypi } from '../python-index.ts'
import { installTool } from '../tool-download.ts'
import type { UvQuestion } from '../uv.ts'
import { requirements } from './requirements.ts'
import { condaLockVersion } from './version.ts'

/** The Pythons that requirements.ts has wheels for. */
const pythons = '>=3.10 <3.15'

/**
 * The Python of an environment that holds conda-lock, made by uv from pinned wheels whose hashes are known, once for each state of the
 * pins and interpreter. To be called as `python -I -m conda_lock`. Throws ActionError('solve').
 */
export async function condaLockPython(question: UvQuestion & { readonly uv: () => Promise<string> }): Promise<string> {
  const { env, temp, signal } = question
  const interpreter = await findInterpreter(question, { range: pythons, purpose: 'conda-lock needs' })
  const state = createHash('sha256').update(`${requirements}${interpreter}`).digest('hex').slice(0, 16)
  const tool = { name: 'conda-lock', version: condaLockVersion, arch: `${process.arch}-${state}` }
  const folder = await installTool({ env, tool }, async (work) => {
    const list = path.join(work, 'requirements.txt')
    await writeFile(list, requirements)
    const index = indexOf(env)
    const child = {
      ...networkEnvironment(env),
      ...{
        PATH: env.PATH,
        HOME: env.HOME,
        TMPDIR: temp,
        UV_CACHE_DIR: path.join(temp, 'uv-cache'),
        UV_LINK_MODE: 'copy',
      },
      ...(index === pypi ? {} : { UV_DEFAULT_INDEX: index }),
    }
    const uv = await question.uv()
    const common = { file: uv, cwd: temp, env: child, signal, code: 'solve' as const, title: 'uv, for conda-lock,' }
    const quiet = ['--no-config', '--no-python-downloads', '--quiet']
    const target = path.join(work, 'env')
    await output({ ...common, args: ['venv', ...quiet, '--relocatable', '--python', interpreter, target] })
    const checked = ['--require-hashes', '--only-binary', ':all:', '--no-deps', '-r', list]
    await output({
      ...common,
      args: ['pip', 'install', ...quiet, '--python', path.join(target, 'bin/python'), ...checked],
    })
  })
  return path.join(folder, 'env/bin/python')
}
