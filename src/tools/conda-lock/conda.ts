import path from 'node:path'
import { ActionError } from '../../errors.ts'
import { findPrograms, isExecutable, isOfRepository, type ProgramQuestion } from '../programs.ts'

/**
 * The conda that conda-lock solves with: CONDA_EXE's, $CONDA's (GitHub's runners have it), MAMBA_EXE's, else micromamba, mamba or conda
 * on PATH. Throws ActionError('solve') where there is none.
 */
export async function findConda(question: ProgramQuestion): Promise<string> {
  const { env, repository } = question
  const installed = ['condabin/conda', 'bin/conda'].map((file) => env.CONDA && path.join(env.CONDA, file))
  for (const file of [env.CONDA_EXE, ...installed, env.MAMBA_EXE])
    if (file && path.isAbsolute(file) && (await isExecutable(file)) && !(await isOfRepository(repository, file)))
      return file
  for (const name of ['micromamba', 'mamba', 'conda']) {
    const [file] = await findPrograms(name, question)
    if (file) return file
  }
  throw new ActionError('solve', 'lock-engine: conda-lock needs a conda, and none is found', [
    'looked for CONDA_EXE, CONDA, MAMBA_EXE and for micromamba, mamba and conda on PATH',
    'add mamba-org/setup-micromamba before this step, or use lock-engine: embedded, which needs none',
  ])
}
