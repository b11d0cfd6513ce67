import { afterEach, describe, expect, it, jest } from '@jest/globals'
import { git, tryGit } from '../../sandbox/github/git.ts'
import { holderMilliseconds } from '../../src/publish/holder.ts'
import { takeLock } from '../../src/tools/github-lock.ts'
import { openPullScene, type PullScene, tokens } from '../steps/pull-scene.ts'

jest.setTimeout(60_000)
afterEach(() => void jest.restoreAllMocks())

const repository = { owner: 'pangeo', name: 'images' }
const ref = 'refs/buildx-action/images'

const take = (scene: PullScene, holder: string, signal?: AbortSignal) => {
  const asker = scene.asker()
  const host = signal ? { ...asker.host, signal } : asker.host
  return takeLock({ ...asker, host, repository, name: 'images', holder, commit: scene.topic })
}

/** The lock as a run leaves it that was killed: its tag object says who and since when. */
async function leave({ base, topic }: PullScene, holder: string, age: number): Promise<void> {
  const message = JSON.stringify({ holder, started: new Date(Date.now() - age).toISOString() })
  const tagger = `a <a@b> ${Math.floor(Date.now() / 1000)} +0000`
  const input = `object ${topic}\ntype commit\ntag buildx-action/images\ntagger ${tagger}\n\n${message}`
  const sha = (await git({ directory: base, input }, 'hash-object', '-t', 'tag', '-w', '--stdin')).trim()
  await git({ directory: base }, 'update-ref', ref, sha)
}

/** Who has the lock; null where it is free. */
async function holding({ base }: PullScene): Promise<string | null> {
  const text = await tryGit({ directory: base }, 'cat-file', 'tag', ref)
  return text && (JSON.parse(text.split('\n\n')[1] ?? '{}') as { holder: string }).holder
}

describe('the lock of moving tags', () => {
  // Broken by: a ref that is made over the other's, or a wait that ends before the other is done.
  it('is held by one run alone: another waits until it is given back', async () => {
    await using scene = await openPullScene()
    const first = await take(scene, 'github:7.1')
    let taken = false
    const second = take(scene, 'github:8.1').then((lock) => {
      taken = true
      return lock
    })
    await new Promise((resolve) => setTimeout(resolve, 2500))
    expect([taken, await holding(scene)]).toEqual([false, 'github:7.1'])
    await first?.release()
    const lock = await second
    expect(await holding(scene)).toBe('github:8.1')
    await lock?.release()
    expect(await holding(scene)).toBeNull()
  })

  // Broken by: a holder that is never given up, whose stack could not be published any more.
  it.each([
    ['a run that was killed minutes ago', 'github:7.1', holderMilliseconds + 1000],
    ['an earlier attempt of the same run', 'github:8.1', 1000],
  ])('is taken over from %s', async (_title, holder, age) => {
    await using scene = await openPullScene()
    await leave(scene, holder, age)
    const lock = await take(scene, 'github:8.2')
    expect(await holding(scene)).toBe('github:8.2')
    await lock?.release()
    expect(await holding(scene)).toBeNull()
  })

  it('of a run that was killed goes to one of two that come at once, then to the other', async () => {
    await using scene = await openPullScene()
    await leave(scene, 'github:7.1', holderMilliseconds + 1000)
    const order: string[] = []
    const one = async (holder: string) => {
      const lock = await take(scene, holder)
      order.push(`${holder} has it`)
      await new Promise((resolve) => setTimeout(resolve, 300))
      expect(await holding(scene)).toBe(holder)
      order.push(`${holder} gives it back`)
      await lock?.release()
    }
    await Promise.all([one('github:8.1'), one('github:9.1')])
    const [first = '', , third = ''] = order.map((line) => line.split(' ')[0] ?? '')
    expect(order).toEqual([first, third].flatMap((holder) => [`${holder} has it`, `${holder} gives it back`]))
  })

  // Broken by: giving back a lock that somebody else took over meanwhile.
  it('that was taken over is not given back by who had it before', async () => {
    await using scene = await openPullScene()
    const first = await take(scene, 'github:7.1')
    await leave(scene, 'github:9.1', 0)
    await first?.release()
    expect(await holding(scene)).toBe('github:9.1')
  })

  // Broken by: a wait without an end.
  it('that others hold for longer than a run waits ends it, with the name of the one that has it', async () => {
    await using scene = await openPullScene()
    await leave(scene, 'github:7.1', 0)
    const waiting = take(scene, 'github:8.1')
    waiting.catch(() => undefined)
    await new Promise((resolve) => setTimeout(resolve, 500))
    const late = Date.now() + holderMilliseconds + 61_000
    jest.spyOn(Date, 'now').mockImplementation(() => late)
    await leave(scene, 'github:9.1', 0)
    await expect(waiting).rejects.toMatchObject({
      code: 'github',
      message: 'another run moves tags: github:9.1',
      details: [expect.any(String), expect.stringContaining(`git push --delete origin ${ref}`)],
    })
    expect(await holding(scene)).toBe('github:9.1')
  })

  it('is not waited for by a run that is cancelled, and asked for by none that may not have it', async () => {
    await using scene = await openPullScene()
    await leave(scene, 'github:7.1', 0)
    await expect(take(scene, 'github:8.1', AbortSignal.timeout(500))).rejects.toMatchObject({ code: 'cancelled' })
    const reading = {
      ...scene.asker(tokens.reading),
      repository,
      name: 'images',
      holder: 'github:8.1',
      commit: scene.topic,
    }
    expect(await takeLock(reading)).toBeNull()
    expect(await holding(scene)).toBe('github:7.1')
  })
})
