import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { World } from '../../sandbox/world/index.ts'
import { chance, layeredStack, openCacheScene, scopes } from './cache-scene.ts'
import { startTestWorld } from './small-stack.ts'

jest.setTimeout(10 * 60_000)

let world: World

beforeAll(async () => {
  world = await startTestWorld()
})

afterAll(async () => {
  await world?.stop()
})

describe('layers in the Actions cache', () => {
  it('are kept after a build, and a builder that knows nothing takes them up, stages that are not in the image too', async () => {
    await using scene = await openCacheScene(world)
    const first = await scene.play((stage, options) => stage.push({}, options))
    expect([first.run.outcome, first.run.post?.outcome, first.warnings]).toEqual(['success', 'success', []])
    expect(first.cached).toEqual({ base: '0/3', child: '0/5' })
    expect(first.run.log).toMatch(/layers: .* new for 2 images/)
    const kept = scene.service.entries()
    expect(kept.map(({ ref }) => ref)).toEqual(['refs/heads/main', 'refs/heads/main'])
    // A layer is stored once: the child's entry leaves its parent's layers to the parent's.
    expect(kept[0]!.content.length).toBeGreaterThan(1_000_000)
    expect(kept[1]!.content.length).toBeLessThan(10_000)

    // Only the last of its steps reads what changed.
    const files = { 'images/child/word': 'two\n' }
    const second = await scene.play((stage, options) => stage.push({ files }, options))
    expect([second.run.outcome, second.run.post?.outcome, second.warnings]).toEqual(['success', 'success', []])
    // Broken by: an export without mode=max, a folder that is not restored, a parent's layers that are not put in.
    expect(second.cached).toEqual({ child: '3/5' })
    expect(second.run.log).toMatch(/child +built .* layers: .* restored/)
    expect(second.run.log).toMatch(/layers: .* restored for 1 image, .* new for 1 image/)
    expect(second.run.summary).toMatch(/layers: .* restored for 1 image/)
    expect(JSON.parse(second.run.outputs.built ?? '')).toEqual(['child'])
    // What it takes the place of goes, and nothing else.
    expect(scene.service.entries()).toHaveLength(2)
    expect(scene.service.entries()[0]).toEqual(kept[0])

    // A run that builds nothing asks for nothing.
    const third = await scene.play((stage, options) => stage.push({ files: { 'README.md': 'x' } }, options))
    expect([third.run.outcome, third.calls]).toEqual(['success', []])
    expect(scene.service.problems()).toEqual([])
  })

  it('are not saved again where nothing in them is new', async () => {
    await using scene = await openCacheScene(world)
    const inputs = { push: 'false', registry: '' }
    const files = { 'images/base/word': 'two\n' }
    const first = await scene.play((stage, options) => stage.push({ files }, options), { inputs })
    const kept = scene.service.entries()
    expect(kept).toHaveLength(2)
    const again = await scene.play((stage, options) => stage.again(first.run.occasion, options), { inputs })
    expect([again.run.outcome, again.warnings]).toEqual(['success', []])
    // Broken by: a content that counts times or an order: the whole cache would be uploaded by each run.
    expect(again.cached).toEqual({ base: '3/3', child: '5/5' })
    expect(again.run.log).toContain('nothing new to keep')
    expect(scene.service.entries()).toEqual(kept)
    expect(again.calls.map(({ method }) => method)).not.toContain('CreateCacheEntry')
  })

  it('of the base are a pull request’s start; it keeps its own where it takes the room of nobody, and main never takes those', async () => {
    await using scene = await openCacheScene(world)
    await scene.play((stage, options) => stage.push({}, options))
    const main = scene.service.entries()
    const files = { 'images/child/word': 'pull\n' }
    const pull = await scene.play((stage, options) => stage.pullRequest({ branch: 'topic', files }, options), {
      scope: scopes.pull(1),
    })
    expect([pull.run.outcome, pull.warnings, pull.cached]).toEqual(['success', [], { child: '3/5' }])
    const [own, ...more] = scene.service.entries().slice(main.length)
    expect([own?.ref, more]).toEqual(['refs/pull/1/merge', []])
    expect(own?.key).toMatch(/^buildx-action-layers-1-child-[0-9a-f]{12}-p1-/)
    expect(scene.service.entries().slice(0, main.length)).toEqual(main)

    // With a token that cannot read how full the cache is, and one that cannot delete, nothing of a pull request's is kept.
    const more1 = { 'images/child/word': 'pull again\n' }
    const blind = await scene.play((stage, options) => stage.pullRequest({ branch: 'topic', files: more1 }, options), {
      scope: scopes.pull(1),
      inputs: { 'github-token': '' },
    })
    expect([blind.run.outcome, blind.warnings]).toEqual(['success', []])
    expect(blind.run.post?.log).toContain('kept by runs of the default branch alone')
    expect(blind.calls.map(({ method }) => method)).not.toContain('CreateCacheEntry')
  })

  it('are restored by a fork’s run and never kept by it', async () => {
    await using scene = await openCacheScene(world)
    await scene.play((stage, options) => stage.push({}, options))
    const before = scene.service.entries()
    const files = { 'images/child/word': 'fork\n' }
    const fork = await scene.play(
      (stage, options) => stage.pullRequest({ branch: 'patch', fork: true, files }, options),
      // A service that would let it write shows that the run does not try.
      { scope: scopes.main },
    )
    expect([fork.run.outcome, fork.warnings]).toEqual(['success', []])
    expect(fork.cached.child).toBe('3/5')
    expect(fork.calls.map(({ method }) => method)).not.toContain('CreateCacheEntry')
    expect(scene.service.entries()).toEqual(before)
  })

  it('of an image that was built are kept though another one failed; a cancelled run keeps none', async () => {
    await using scene = await openCacheScene(world)
    const bad = layeredStack['images/child/Dockerfile'].replace('RUN cat', 'RUN false && cat')
    const red = await scene.play((stage, options) => stage.push({ files: { 'images/child/Dockerfile': bad } }, options))
    expect(red.run.outcome).toBe('failure')
    expect(scene.service.entries().map(({ key }) => key.split('-')[4])).toEqual(['base'])

    const slow = {
      'images/child/Dockerfile': layeredStack['images/child/Dockerfile'].replace('RUN cat', 'RUN sleep 20; cat'),
    }
    const files = { ...slow, 'images/base/word': 'two\n' }
    const before = scene.service.entries()
    const cancelled = await scene.play((stage, options) => stage.push({ files }, options), {
      signals: { when: /child: started/ },
    })
    expect(cancelled.run.outcome).toBe('cancelled')
    expect(cancelled.calls.map(({ method }) => method)).not.toContain('CreateCacheEntry')
    expect(scene.service.entries()).toEqual(before)
  })

  it('stay within cache-size: what saves the least time for its size is left out, and said', async () => {
    await using scene = await openCacheScene(world)
    const run = await scene.play((stage, options) => stage.push({}, options), { inputs: { 'cache-size': '1MB' } })
    expect([run.run.outcome, run.warnings]).toEqual(['success', []])
    expect(run.run.post?.log).toContain('layers of base, child: left out, cache-size is 1.0 MB for the stack')
    expect(scene.service.entries()).toEqual([])
  })
})

describe('D25: a cache does not grow for ever', () => {
  it('20 rebuilds with changes: within the quota, and no more than 1.2 × the layers that are in use', async () => {
    const noise = (size: number) => `dd if=/dev/urandom bs=1000 count=${size} 2>/dev/null`
    const dockerfile = `FROM busybox\nRUN ${noise(2000)} > /stays\nCOPY word /word\nRUN ${noise(500)} > /changes && ${chance} > /id\n`
    const repository = { 'images/one/Dockerfile': dockerfile, 'images/one/word': '0\n' }
    await using scene = await openCacheScene(world, { repository })
    const quota = 6_000_000
    const sizes: number[] = []
    for (let at = 0; at <= 20; at++) {
      const files = { 'images/one/word': `${at}\n` }
      const inputs = { 'cache-size': `${quota}B` }
      const { run, cached, warnings } = await scene.play((stage, options) => stage.push({ files }, options), { inputs })
      expect([run.outcome, warnings, cached]).toEqual(['success', [], { one: at === 0 ? '0/3' : '1/3' }])
      sizes.push(scene.service.entries().reduce((sum, { content }) => sum + content.length, 0))
    }
    const image = await scene.stage.image('one:main')
    const live = image!.manifest.layers.reduce((sum, { size }) => sum + size, 0)
    // Broken by: an export into the folder of the one before: each rebuild would leave half a megabyte in it.
    expect(Math.max(...sizes)).toBeLessThanOrEqual(quota)
    expect(Math.max(...sizes) / live).toBeLessThanOrEqual(1.2)
    expect(scene.service.entries()).toHaveLength(1)
  })
})
