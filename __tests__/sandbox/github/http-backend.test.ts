import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, it, jest } from '@jest/globals'
import { gitEnvironment, resolveCommit } from '../../../sandbox/github/git.ts'
import { createScene, type Scene } from './world.ts'

// A shared machine may be slow: many git processes take their time.
jest.setTimeout(60_000)

const run = promisify(execFile)

let scene: Scene
beforeAll(async () => {
  scene = await createScene({
    tokens: { writer: { login: 'ann', write: ['contents'] }, reader: { login: 'github-actions[bot]', write: [] } },
  })
})
afterAll(() => scene.remove())

/** Git as a user has it, with a token in the address where one is given. */
async function git(cwd: string, ...args: readonly string[]) {
  const who = { GIT_AUTHOR_NAME: 'A', GIT_AUTHOR_EMAIL: 'a@b', GIT_COMMITTER_NAME: 'A', GIT_COMMITTER_EMAIL: 'a@b' }
  const { stdout } = await run('git', args, { cwd, env: gitEnvironment(who) })
  return stdout.trim()
}

function address(name: string, token?: string): string {
  const url = new URL(`${scene.github.serverUrl}/${name}.git`)
  if (token) [url.username, url.password] = ['x-access-token', token]
  return url.href
}

it('clones without a token, shallow, with the refs of pull requests, and by SHA', async () => {
  const clone = path.join(scene.folder, 'clone')
  await git(scene.folder, 'clone', '--quiet', '--depth=1', address('o/r'), clone)
  expect(await git(clone, 'rev-parse', 'HEAD')).toBe(scene.main)
  await git(clone, 'fetch', '--quiet', '--depth=2', 'origin', '+refs/pull/2/merge:refs/remotes/pull/2')
  const { mergeSha } = await scene.github.pull(2)
  expect(await git(clone, 'rev-parse', 'refs/remotes/pull/2')).toBe(mergeSha)
  await git(clone, 'fetch', '--quiet', 'origin', scene.topic)
  expect(await git(clone, 'rev-parse', 'FETCH_HEAD')).toBe(scene.topic)
  expect(await git(clone, 'ls-remote', address('mallory/r'), 'patch')).toContain(scene.forkHead)
  expect(scene.github.requests().some(({ operation }) => operation === 'git-upload-pack')).toBe(true)
})

it('takes a push with a token that may write, large ones too, and no other', async () => {
  const clone = path.join(scene.folder, 'push')
  await git(scene.folder, 'clone', '--quiet', address('o/r'), clone)
  await writeFile(
    path.join(clone, 'big'),
    Buffer.alloc(3_000_000).map((_, index) => (index * 7919) % 251),
  )
  await git(clone, 'add', 'big')
  await git(clone, 'commit', '--quiet', '-m', 'Big')
  const sha = await git(clone, 'rev-parse', 'HEAD')
  for (const token of [undefined, 'reader', 'unknown']) {
    await expect(git(clone, 'push', '--quiet', address('o/r', token), 'HEAD:refs/heads/new')).rejects.toThrow()
  }
  expect(await resolveCommit(scene.base, 'new')).toBeNull()
  await git(clone, 'push', '--quiet', address('o/r', 'writer'), 'HEAD:refs/heads/new')
  expect(await resolveCommit(scene.base, 'new')).toBe(sha)
})

it('refuses a repository that is not there', () =>
  expect(git(scene.folder, 'ls-remote', address('o/none'))).rejects.toThrow('not found'))
