import { execFileSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { Git } from '../../src/tools/git.ts'
import { createTemporary } from './temporary.ts'

/** A real git repository in a temporary folder, removed at the end of the block (`await using`). */
export interface Repository extends AsyncDisposable {
  readonly folder: string
  readonly git: Git
  /** Runs git here and gives its output, without the line end. */
  run(...args: readonly string[]): string
  /** Writes files below the folder. */
  write(files: Readonly<Record<string, string | Buffer>>): void
  /** Writes files, commits all there is, and gives the commit. */
  commit(files?: Readonly<Record<string, string | Buffer>>): string
}

/** No configuration of this machine or its user counts. */
export const gitEnvironment = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_AUTHOR_NAME: 'Ann',
  GIT_AUTHOR_EMAIL: 'ann@example.org',
  GIT_AUTHOR_DATE: '1700000000 +0200',
  GIT_COMMITTER_NAME: 'Bob',
  GIT_COMMITTER_EMAIL: 'bob@example.org',
  GIT_COMMITTER_DATE: '1700000001 +0000',
}

/** Makes an empty repository with the branch `main`. */
export async function createRepository(): Promise<Repository> {
  const temporary = await createTemporary()
  execFileSync('git', ['init', '--quiet', '--initial-branch=main', temporary.folder], { env: gitEnvironment })
  return openRepository(temporary.folder, async () => await temporary[Symbol.asyncDispose]())
}

/** A clone of depth 1, as actions/checkout makes it. */
export async function cloneShallow(origin: Repository): Promise<Repository> {
  const temporary = await createTemporary()
  const args = ['clone', '--quiet', '--depth=1', `file://${origin.folder}`, temporary.folder]
  execFileSync('git', args, { env: gitEnvironment })
  return openRepository(temporary.folder, async () => await temporary[Symbol.asyncDispose]())
}

function openRepository(folder: string, dispose: () => Promise<void>): Repository {
  const run = (...args: readonly string[]) =>
    execFileSync('git', args, { cwd: folder, env: gitEnvironment }).toString().replace(/\n$/, '')
  const write = (files: Readonly<Record<string, string | Buffer>>) => {
    for (const [name, content] of Object.entries(files)) {
      mkdirSync(path.dirname(path.join(folder, name)), { recursive: true })
      writeFileSync(path.join(folder, name), content)
    }
  }
  const commit = (files: Readonly<Record<string, string | Buffer>> = {}) => {
    write(files)
    run('add', '--all')
    run('commit', '--quiet', '--allow-empty', '--message=x')
    return run('rev-parse', 'HEAD')
  }
  const git = new Git({ cwd: folder, env: gitEnvironment })
  return { folder, git, run, write, commit, [Symbol.asyncDispose]: dispose }
}
