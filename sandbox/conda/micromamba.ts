import { access, copyFile, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { ensureCommand } from '../world/debian.ts'
import { withLock } from '../world/lock.ts'
import { cacheDir } from '../world/paths.ts'
import { run } from '../world/run.ts'
import type { WorldImage } from '../world/types.ts'
import { digest } from './archive.ts'

/** The version that images/ name and that the stand-in says it is. */
export const micromambaVersion = '2.3.3'

const source = join(import.meta.dirname, 'micromamba')

/**
 * The stand-in for micromamba's image (micromamba/README.md), for a world's docker.io mirror. The executable is made
 * once for each state of its source, half a minute, and kept in the cache outside of the repository.
 */
export async function micromambaImage(env: NodeJS.ProcessEnv = process.env): Promise<WorldImage> {
  const python = await ensureCommand('python3')
  const cache = join(cacheDir(env), 'micromamba')
  const context = join(cache, await contextKey(python))
  if (!(await exists(context))) await withLock(context, () => makeContext(python, cache, context))
  const refs = ['2', 'latest'].map((tag) => `mambaorg/micromamba:${tag}`)
  return { ref: `mambaorg/micromamba:${micromambaVersion}`, also: refs, context }
}

async function contextKey(python: string): Promise<string> {
  const version = await run(python, ['--version'])
  const names = ['micromamba.py', 'environments.py', 'requirements.txt', 'Dockerfile']
  const hashes = names.map(async (name) => digest('sha256', await readFile(join(source, name))))
  return digest('sha256', ['stripped', version, process.arch, ...(await Promise.all(hashes))].join(' ')).slice(0, 16)
}

async function makeContext(python: string, cache: string, context: string): Promise<void> {
  if (await exists(context)) return
  process.stderr.write('sandbox: making the stand-in for micromamba …\n')
  await mkdir(cache, { recursive: true })
  const work = await mkdtemp(`${context}.`)
  try {
    await mkdir(join(work, 'context'))
    await copyFile(join(source, 'Dockerfile'), join(work, 'context', 'Dockerfile'))
    await pack(python, work)
    await rename(join(work, 'context'), context)
  } finally {
    await rm(work, { recursive: true, force: true })
  }
}

/** The script, Python itself and the libraries as one executable that needs a C library only. */
async function pack(python: string, work: string): Promise<void> {
  const virtual = join(work, 'python')
  // A virtual environment keeps the machine's own packages out. Debian's python has no ensurepip: pip works from outside.
  await run(python, ['-m', 'venv', '--without-pip', virtual])
  const own = join(virtual, 'bin/python')
  const install = ['install', '-q', '--require-hashes', '--no-deps', '--only-binary', ':all:']
  await run(python, ['-m', 'pip', '--python', own, ...install, '-r', join(source, 'requirements.txt')])
  const paths = ['--distpath', join(work, 'context'), '--workpath', join(work, 'build'), '--specpath', work]
  // Without symbols it is a third smaller: nearer to the real one, which every base image holds.
  await ensureCommand('strip')
  const options = ['--onefile', '--strip', '--name', 'micromamba', '--log-level', 'ERROR', ...paths]
  await run(own, ['-m', 'PyInstaller', ...options, join(source, 'micromamba.py')])
}

async function exists(path: string): Promise<boolean> {
  return await access(path).then(
    () => true,
    () => false,
  )
}
