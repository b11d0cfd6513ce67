import { appendFile, mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { run } from '../sandbox/world/run.ts'
import { type Size, writeStack } from './generated-stack.ts'

/**
 * Makes a git repository of a generated stack with two commits; the second one changes `changed` files, spread evenly over
 * all. `dir` is emptied first.
 */
export async function makeGeneratedRepository(dir: string, size: Size, changed: number): Promise<void> {
  await rm(dir, { recursive: true, force: true })
  await mkdir(dir, { recursive: true })
  const git = gitIn(dir)
  const files = await writeStack(dir, size)
  await git('init', '--quiet', '--initial-branch=main')
  await git('add', '--all')
  await git('commit', '--quiet', '--message', 'Add the stack')
  await changeFiles(dir, files, changed)
  await git('commit', '--quiet', '--all', '--message', 'Change some files')
}

/** git's upkeep would go on in the background while the clock runs. */
const settings = ['-c', 'gc.auto=0', '-c', 'maintenance.auto=false']

/** git in a folder, with nobody's configuration and an author of its own. */
export function gitIn(dir: string): (...args: string[]) => Promise<string> {
  const author = { GIT_AUTHOR_NAME: 'Bench', GIT_AUTHOR_EMAIL: 'bench@example.org' }
  const committer = { GIT_COMMITTER_NAME: 'Bench', GIT_COMMITTER_EMAIL: 'bench@example.org' }
  const env = { ...process.env, ...author, ...committer, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }
  return async (...args) => await run('git', ['-C', dir, ...settings, ...args], { env })
}

async function changeFiles(dir: string, files: readonly string[], changed: number): Promise<void> {
  const step = Math.floor(files.length / changed)
  // One further in each image than in the one before: not the same file of all of them.
  const chosen = Array.from({ length: changed }, (_, at) => files[at * step + (at % step)] ?? '')
  for (const file of chosen) await appendFile(path.join(dir, file), '\n')
}
