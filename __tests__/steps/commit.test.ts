import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { serverError } from '../../sandbox/github/failures.ts'
import { git } from '../../sandbox/github/git.ts'
import { commitFiles } from '../../sandbox/github/seed.ts'
import { commitLocks, type LockCommit } from '../../src/steps/commit.ts'
import { history, openPullScene, type PullScene, sources, tokens } from './pull-scene.ts'

const lock = 'a/conda-lock.yml'

function commitOf(scene: PullScene, overrides: Partial<LockCommit> = {}): LockCommit {
  return {
    target: { owner: 'pangeo', name: 'images', branch: 'topic', head: scene.topic, fork: false, pullRequest: 1 },
    files: [
      { path: lock, text: 'new\n' },
      { path: 'a/conda-linux-64.lock', text: 'explicit\n' },
    ],
    ...{ sources, images: ['a'], lines: [], template: '', people: [], asked: false },
    ...overrides,
  }
}

describe('commitLocks', () => {
  it('commits all files at once on top of the head, with its message', async () => {
    await using scene = await openPullScene()
    const people = [{ login: 'ann', id: 7 }]
    const result = await commitLocks({ ...scene.asker(), ...commitOf(scene, { people, lines: ['a: 1 added'] }) })
    const tip = await scene.tip(scene.base, 'topic')
    expect(result).toMatchObject({ kind: 'committed', sha: tip })
    expect(await scene.file(scene.base, 'topic', lock)).toBe('new\n')
    expect(await scene.file(scene.base, 'topic', 'a/conda-linux-64.lock')).toBe('explicit\n')
    const log = await git({ directory: scene.base }, 'log', '-1', '--format=%P%n%an%n%B', 'topic')
    expect(log).toMatch(
      new RegExp(
        `^${scene.topic}\ngithub-actions\\[bot\\]\nRelock a\n\n\\* a: 1 added\n\nLock-key: [0-9a-f]{32}\nCo-authored-by: ann <7\\+ann@users`,
      ),
    )
  })

  it('makes no commit of what is there already', async () => {
    await using scene = await openPullScene()
    const files = [{ path: lock, text: 'old\n' }]
    expect(await commitLocks({ ...scene.asker(), ...commitOf(scene, { files }) })).toMatchObject({ kind: 'unchanged' })
    expect(await scene.tip(scene.base, 'topic')).toBe(scene.topic)
  })

  // Broken by: answering a commit of ours with another one (a lock that never counts as fresh).
  it('does not follow its own commit with another one of the same sources, unless somebody asks', async () => {
    await using scene = await openPullScene()
    const first = await commitLocks({ ...scene.asker(), ...commitOf(scene) })
    const target = { ...commitOf(scene).target, head: 'sha' in first ? first.sha : '' }
    const again = { target, files: [{ path: lock, text: 'newer\n' }] }
    expect(await commitLocks({ ...scene.asker(), ...commitOf(scene, again) })).toMatchObject({ kind: 'looping' })
    const asked = await commitLocks({ ...scene.asker(), ...commitOf(scene, { ...again, asked: true }) })
    expect(asked.kind).toBe('committed')
  })

  it('ends a fight with somebody who changes the locks back', async () => {
    await using scene = await openPullScene()
    let head = scene.topic
    const kinds: string[] = []
    for (let round = 0; round < 5; round++) {
      const target = { ...commitOf(scene).target, head }
      kinds.push((await commitLocks({ ...scene.asker(), ...commitOf(scene, { target }) })).kind)
      head = await scene.push(scene.base, 'topic', { [lock]: 'old\n' })
    }
    expect(kinds).toEqual(['committed', 'committed', 'committed', 'looping', 'looping'])
  })

  it.each([
    ['a file that no lock depends on', { 'README.md': 'x\n' }, 'committed'],
    ['a source of the locks', { 'a/environment.yml': 'dependencies: []\n' }, 'moved'],
    ['a source that was not there', { 'spec.yml': null }, 'moved'],
    ['the lock itself', { [lock]: 'by hand\n' }, 'moved'],
    ['the very same locks', { [lock]: 'new\n', 'a/conda-linux-64.lock': 'explicit\n' }, 'unchanged'],
  ])('when %s is pushed meanwhile: %#', async (_title, files: Record<string, string | null>, kind) => {
    await using scene = await openPullScene()
    const pushed = await scene.push(scene.base, 'topic', files)
    const result = await commitLocks({ ...scene.asker(), ...commitOf(scene) })
    expect(result.kind).toBe(kind)
    const tip = (await scene.tip(scene.base, 'topic')) as string
    expect(await history(scene.base, tip)).toContain(pushed)
    if (kind !== 'committed') expect(tip).toBe(pushed)
  })

  it('does not bring back a branch that is gone', async () => {
    await using scene = await openPullScene({
      onRequest: async (_n, { path }) => {
        if (path === '/graphql') await git({ directory: scene.base }, 'update-ref', '-d', 'refs/heads/topic')
        return undefined
      },
    })
    expect(await commitLocks({ ...scene.asker(), ...commitOf(scene) })).toMatchObject({
      kind: expect.not.stringMatching('committed'),
    })
    expect(await scene.tip(scene.base, 'topic')).toBeNull()
  })

  // Broken by: sending the commit again, or calling it somebody else's, when GitHub's answer was lost on the way.
  it('knows its commit when the answer is lost', async () => {
    let lost = 0
    await using scene = await openPullScene({
      onAnswer: (_n, { path }) => {
        if (path === '/graphql' && lost++ === 0) throw new Error('lost')
      },
    })
    const result = await commitLocks({ ...scene.asker(), ...commitOf(scene) })
    expect(scene.github.takeProblems().every((problem) => problem.includes('lost'))).toBe(true)
    const tip = (await scene.tip(scene.base, 'topic')) as string
    expect(result).toMatchObject({ kind: 'committed', sha: tip })
    expect((await history(scene.base, tip)).size).toBe((await history(scene.base, scene.topic)).size + 1)
  })

  it('tries again when GitHub was not well', async () => {
    await using scene = await openPullScene()
    scene.github.fail({ path: '/graphql', failure: serverError(502) })
    expect(await commitLocks({ ...scene.asker(), ...commitOf(scene) })).toMatchObject({ kind: 'committed' })
  })

  it('says what GitHub says where it refuses', async () => {
    await using scene = await openPullScene()
    const result = await commitLocks({ ...scene.asker(tokens.reading), ...commitOf(scene) })
    expect(result).toEqual({
      kind: 'refused',
      reason: expect.stringContaining('Resource not accessible by integration'),
    })
  })

  // Broken by: a lock that is written through a folder or a file that a pull request made a link.
  it('writes through no link', async () => {
    await using scene = await openPullScene()
    const head = await commitFiles(scene.base, {
      branch: 'topic',
      files: { l: { link: 'a' }, 's.lock': { link: '.git/x' } },
    })
    const target = { ...commitOf(scene).target, head }
    for (const path of ['l/conda-lock.yml', 's.lock']) {
      const commit = commitLocks({ ...scene.asker(), ...commitOf(scene, { target, files: [{ path, text: 'x' }] }) })
      await expect(commit).rejects.toMatchObject({ code: 'lock' })
    }
    expect(await scene.tip(scene.base, 'topic')).toBe(head)
  })

  it('commits to a fork’s branch with a maintainer’s token', async () => {
    await using scene = await openPullScene()
    const target = { owner: 'mallory', name: 'images', branch: 'patch', head: scene.patch, fork: true, pullRequest: 2 }
    const commit = commitOf(scene, { target })
    expect(await commitLocks({ ...scene.asker(tokens.workflow), ...commit })).toMatchObject({ kind: 'refused' })
    expect(await commitLocks({ ...scene.asker(tokens.maintainer), ...commit })).toMatchObject({ kind: 'committed' })
    expect(await scene.file(scene.fork, 'patch', lock)).toBe('new\n')
  })
})

/** What somebody pushes while the run commits. */
const change = fc.constantFrom(
  { 'README.md': '1' },
  { 'a/environment.yml': 'dependencies: [xarray]\n' },
  { 'a/environment.yml': 'dependencies: [numpy]\n' },
  { [lock]: 'by hand\n' },
  { [lock]: 'new\n' },
  { 'a/conda-linux-64.lock': 'explicit\n' },
)

describe('whatever is pushed meanwhile', () => {
  // Broken by: a commit without the expected head, a retry that does not look at what was pushed.
  it('no commit of anybody is lost, and no lock is written over another’s sources or locks', async () => {
    const moment = fc.tuple(fc.constantFrom('before', 'after'), fc.nat(5), change)
    await fc.assert(
      fc.asyncProperty(fc.array(moment, { maxLength: 4 }), async (moments) => {
        const pushed: string[] = []
        let asked = 0
        const push = async (when: string) => {
          for (const [side, at, files] of moments)
            if (side === when && at === asked) pushed.push(await scene.push(scene.base, 'topic', files))
        }
        await using scene: PullScene = await openPullScene({
          onRequest: async () => {
            await push('before')
            return undefined
          },
          onAnswer: async () => {
            await push('after')
            asked += 1
          },
        })
        const result = await commitLocks({ ...scene.asker(), ...commitOf(scene) })
        const tip = (await scene.tip(scene.base, 'topic')) as string
        const known = await history(scene.base, tip)
        for (const sha of pushed) expect(known).toContain(sha)
        if (result.kind !== 'committed') return
        expect(known).toContain(result.sha)
        const parent = `${result.sha}^`
        const file = async (revision: string, name: string) => await scene.file(scene.base, revision, name)
        expect(await file(parent, 'a/environment.yml')).toBe(await file(scene.topic, 'a/environment.yml'))
        expect(['old\n', 'new\n']).toContain(await file(parent, lock))
      }),
      { numRuns: Number(process.env.RUNS ?? 25) },
    )
  }, 900_000)
})
