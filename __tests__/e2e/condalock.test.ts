import { describe, expect, it } from '@jest/globals'
import { git } from '../../sandbox/github/git.ts'
import { environment, type LockScene, openLockScene, tokens } from './locks-scene.ts'

const lock = 'a/conda-lock.yml'
const explicit = 'a/conda-linux-64.lock'

describe('/condalock', () => {
  it('locks the head of a maintainer’s pull request, commits it and answers', async () => {
    await using scene = await openLockScene()
    const head = await scene.push({ branch: 'topic', files: { 'a/environment.yml': environment('zlib', 'xz') } })
    await scene.open('topic')
    const run = await scene.comment('maintainer', '/condalock')
    expect(run.log).toContain('locks of 1 image committed')
    expect(run.outcome).toBe('success')
    const { base } = scene.repositories
    expect(await scene.file(base, 'topic', lock)).toContain('name: xz')
    expect(await scene.file(base, 'topic', explicit)).toContain('@EXPLICIT')
    const log = await git({ directory: base }, 'log', '-1', '--format=%P%n%B', 'topic')
    expect(log).toMatch(new RegExp(`^${head}\nRelock a\n\n.*\nLock-key: [0-9a-f]+\nCo-authored-by: maintainer <`, 's'))
    expect(scene.github.reactions(run.id).map(({ content }) => content)).toEqual(['eyes', 'rocket'])
    const [, answer, ...more] = scene.github.comments(1)
    expect(more).toEqual([])
    expect(answer?.body).toContain('locks of 1 image committed')
    expect(answer?.body).toContain('xz')

    const again = await scene.comment('maintainer', '/condalock')
    expect(again.outcome).toBe('success')
    expect(scene.github.comments(1)).toHaveLength(3)
    expect(scene.github.comments(1)[1]?.body).toContain('all locks are fresh')
  }, 120_000)

  // Broken by: a run that goes on after the refusal, or that answers in a comment whoever asks.
  it('does nothing for a reader but a face', async () => {
    await using scene = await openLockScene()
    await scene.push({ branch: 'topic', files: { 'a/environment.yml': environment('xz') } })
    await scene.open('topic')
    const before = await scene.tip(scene.repositories.base, 'topic')
    const run = await scene.comment('mallory', '/condalock refresh')
    expect(run.outcome).toBe('success')
    expect(run.annotations).toEqual([expect.objectContaining({ level: 'notice' })])
    expect(scene.github.reactions(run.id).map(({ content }) => content)).toEqual(['confused'])
    expect(scene.github.comments(1)).toHaveLength(1)
    expect(await scene.tip(scene.repositories.base, 'topic')).toBe(before)
    expect(scene.channel.accessLog()).toEqual([])
  }, 60_000)

  it('hands the locks of a fork over where the token has no place there', async () => {
    await using scene = await openLockScene()
    const head = await scene.push({ branch: 'patch', fork: true, files: { 'a/environment.yml': environment('xz') } })
    await scene.open('patch', { fork: true, edits: true })
    const run = await scene.comment('maintainer', `/condalock ${head.slice(0, 7)}`)
    expect(run.outcome).toBe('success')
    expect(await scene.tip(scene.repositories.fork, 'patch')).toBe(head)
    const [artifact] = scene.artifacts.artifacts()
    expect(artifact?.files['locks.patch']).toContain('+++ b/a/conda-lock.yml')
    expect(scene.github.comments(1)[1]?.body).toMatch(/not committed: .*comes from a fork.*gh run download/s)
  }, 60_000)

  it('commits to a fork that allows it with a maintainer’s token, and reads its files as data', async () => {
    await using scene = await openLockScene()
    const evil = { 'a/Dockerfile': 'FROM scratch\nRUN touch /tmp/ran\n', 'a/environment.yml': environment('xz') }
    await scene.push({ branch: 'patch', fork: true, files: evil })
    await scene.open('patch', { fork: true, edits: true })
    const run = await scene.comment('maintainer', '/condalock', { token: tokens.maintainer })
    expect(run.outcome).toBe('success')
    expect(await scene.file(scene.repositories.fork, 'patch', lock)).toContain('name: xz')
  }, 60_000)

  // Broken by: following a link of the pull request, on this machine or in git.
  it('refuses an environment that is a link', async () => {
    await using scene = await openLockScene()
    await scene.push({ branch: 'patch', fork: true, files: { 'a/environment.yml': null } })
    await scene.push({ branch: 'patch', fork: true, files: { 'a/environment.yml': { link: '/proc/self/environ' } } })
    await scene.open('patch', { fork: true })
    const run = await scene.comment('maintainer', '/condalock')
    expect(run.outcome).toBe('failure')
    expect(scene.github.reactions(run.id).map(({ content }) => content)).toEqual(['eyes', 'confused'])
    expect(scene.github.comments(1)[1]?.body).toMatch(/symlink/)
  }, 60_000)

  it.each<[string, Record<string, string>, string]>([
    ['a file that no lock depends on', { 'README.md': 'x\n' }, 'success'],
    ['another environment', { 'a/environment.yml': environment('bzip2') }, 'failure'],
  ])(
    'looks at what is pushed while it solves: %s',
    async (_title, files, outcome) => {
      let pushed: string | null = null
      await using scene: LockScene = await openLockScene({
        onRequest: async (_n, { body }) => {
          if (pushed === null && JSON.stringify(body)?.includes('createCommitOnBranch'))
            pushed = await scene.push({ branch: 'topic', files })
          return undefined
        },
      })
      await scene.push({ branch: 'topic', files: { 'a/environment.yml': environment('xz') } })
      await scene.open('topic')
      const run = await scene.comment('maintainer', '/condalock')
      expect(run.outcome).toBe(outcome)
      const { base } = scene.repositories
      const known = await git({ directory: base }, 'rev-list', 'topic')
      expect(known.split('\n')).toContain(pushed)
      expect((await scene.file(base, 'topic', lock)) !== null).toBe(outcome === 'success')
      expect(scene.github.comments(1)[1]?.body).toContain(outcome === 'success' ? 'on top of' : 'was pushed meanwhile')
    },
    60_000,
  )
})

describe('lock-mode: refresh on a schedule', () => {
  it('opens one pull request, and leaves it where nothing is newer', async () => {
    await using scene = await openLockScene()
    const inputs = { command: 'lock', 'lock-mode': 'refresh' }
    const run = await scene.schedule({ inputs })
    expect(run.log).toContain('opened')
    const [pull] = scene.github.pulls()
    expect(pull).toMatchObject({ head: { branch: 'buildx-action/refresh-locks' }, title: 'Refresh the locks of a' })
    const { base } = scene.repositories
    const tip = await scene.tip(base, 'buildx-action/refresh-locks')
    expect(await scene.file(base, tip as string, lock)).toContain('name: zlib')
    const again = await scene.schedule({ inputs })
    expect(again.outcome).toBe('success')
    expect(await scene.tip(base, 'buildx-action/refresh-locks')).toBe(tip)
    expect(scene.github.pulls()).toHaveLength(1)
  }, 120_000)
})
