import { mkdir, rm, symlink, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { makeStackRepository } from '../conda/stack.ts'
import { git } from '../github/git.ts'
import { run } from '../world/run.ts'
import type { Change, Files, StageOptions } from './types.ts'

/** The repository on the server, its fork, and a person's clone from which both are pushed to. */
export interface Repositories {
  readonly base: string
  readonly fork: string
  readonly clone: string
}

/** Makes them in `dir`, with a first commit on `main`. */
export async function makeRepositories(
  dir: string,
  { repository: content, solvable = false }: Pick<StageOptions, 'repository' | 'solvable'>,
  channel: string | null,
): Promise<Repositories> {
  const clone = path.join(dir, 'clone')
  if (content === undefined || typeof content === 'string') {
    if (!channel) throw new Error('the reference stack needs a world with a channel')
    await makeStackRepository(clone, { channelUrl: channel, small: content !== 'full', solvable })
  } else await makeFirst(clone, content)
  const [base, fork] = [path.join(dir, 'base.git'), path.join(dir, 'fork.git')]
  for (const directory of [base, fork]) {
    await run('git', ['clone', '--quiet', '--bare', clone, directory])
    // GitHub hands out any commit that it has.
    await git({ directory }, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
  }
  return { base, fork, clone }
}

/** Commits a change to a branch as a person would, and pushes it. Gives the branch's commits before and after. */
export async function commitChange(
  { base, fork, clone }: Repositories,
  change: Change & { readonly branch: string; readonly fork?: boolean },
): Promise<{ before: string | null; after: string }> {
  const target = change.fork ? fork : base
  const before = await head(target, change.branch)
  const start = before ?? (await head(base, 'main'))
  await inside(clone, 'fetch', '--quiet', target, start ?? 'main')
  await inside(clone, 'checkout', '--quiet', '--force', '--detach', start ?? 'FETCH_HEAD')
  if (change.merge) {
    await inside(clone, 'fetch', '--quiet', base, `refs/heads/${change.merge}`)
    await inside(clone, 'merge', '--quiet', '--no-ff', '--message', `Merge ${change.merge}`, 'FETCH_HEAD')
  }
  await writeFiles(clone, change.files ?? {})
  await inside(clone, 'add', '--all')
  if (change.files || !change.merge)
    await inside(clone, 'commit', '--quiet', '--allow-empty', '--message', change.message ?? 'Change files')
  await inside(clone, 'push', '--quiet', target, `HEAD:refs/heads/${change.branch}`)
  return { before, after: (await inside(clone, 'rev-parse', 'HEAD')).trim() }
}

/**
 * A clone as actions/checkout makes it: one ref fetched by its commit, nothing else where the depth is 1, and the
 * whole history for 0.
 */
export async function checkout(options: {
  readonly url: string
  readonly folder: string
  readonly ref: string
  readonly commit: string
  readonly depth: 0 | 1
}): Promise<void> {
  const { url, folder, ref, commit, depth } = options
  const tracking = ref.replace(/^refs\/heads\//, 'refs/remotes/origin/').replace(/^refs\/pull\//, 'refs/remotes/pull/')
  await mkdir(folder, { recursive: true })
  await inside(folder, 'init', '--quiet')
  await inside(folder, 'remote', 'add', 'origin', url)
  const fetch = ['fetch', '--quiet', '--no-tags', '--prune', ...(depth === 1 ? ['--depth=1'] : []), 'origin']
  if (depth === 0) await inside(folder, ...fetch, '+refs/heads/*:refs/remotes/origin/*', '+refs/tags/*:refs/tags/*')
  // A branch may have moved on since the event.
  await inside(folder, ...fetch.filter((word) => word !== '--prune'), `+${commit}:${tracking}`)
  const branch = ref.startsWith('refs/heads/') ? ['-B', ref.slice('refs/heads/'.length)] : ['--detach']
  await inside(folder, 'checkout', '--quiet', '--force', ...branch, tracking)
}

async function makeFirst(clone: string, files: Files): Promise<void> {
  await mkdir(clone, { recursive: true })
  await inside(clone, 'init', '--quiet', '--initial-branch=main')
  await inside(clone, 'config', 'user.name', 'Ann')
  await inside(clone, 'config', 'user.email', 'ann@example.org')
  await writeFiles(clone, files)
  await inside(clone, 'add', '--all')
  await inside(clone, 'commit', '--quiet', '--message', 'First')
}

async function writeFiles(folder: string, files: Files): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name)
    await mkdir(path.dirname(file), { recursive: true })
    if (content === null) await rm(file)
    else if (typeof content === 'string') await writeFile(file, content)
    else await symlink(content.link, file)
  }
}

async function head(directory: string, branch: string): Promise<string | null> {
  const found = await git({ directory }, 'for-each-ref', '--format=%(objectname)', `refs/heads/${branch}`)
  return found.trim() || null
}

/** git in a work tree, with nothing of the machine's own configuration. */
async function inside(folder: string, ...args: readonly string[]): Promise<string> {
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1', GIT_TERMINAL_PROMPT: '0' }
  return await run('git', ['-C', folder, ...args], { env })
}
