import { readFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Played, Stage } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { json, plainTags, writesOf } from './flow.ts'
import { openSmallStage, smallImages, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

const label = 'org.opencontainers.image'
let world: World
beforeAll(async () => {
  world = await startTestWorld()
})
afterAll(() => world?.stop())

describe('pushes to the default branch, one after the other', () => {
  let stage: Stage
  let first: Played
  let second: Played
  let writes: string[]
  beforeAll(async () => {
    stage = await openSmallStage(world)
    first = await stage.push()
  })
  afterAll(async () => await stage?.[Symbol.asyncDispose]())

  // Fails if an image is left out, gets another digest than the outputs say, or lacks one of the two tags.
  it('publishes every image of the stack under the commit and the branch', async () => {
    expect(first).toMatchObject({ outcome: 'success', orphans: [], stderr: '' })
    const digests = json(first.outputs.digests)
    expect(Object.keys(digests)).toEqual([...smallImages])
    const both = (digest: string) => ({ [first.sha7]: digest, main: digest })
    expect(plainTags(await stage.tags())).toEqual(
      Object.fromEntries(smallImages.map((name) => [name, both(digests[name])])),
    )
    expect(first.post?.outcome).toBe('success')
  })

  it('sets all outputs in the documented shapes', async () => {
    const { outputs, sha7 } = first
    expect(Object.keys(outputs).sort()).toEqual([
      'built',
      'changed',
      'digests',
      'manifests',
      'matrix',
      'metadata',
      'plan',
      'references',
      'report',
      'stack',
      'tags',
    ])
    expect(json(outputs.changed)).toEqual([...smallImages])
    expect(json(outputs.built)).toEqual([...smallImages])
    expect(outputs.tags?.split('\n').sort()).toEqual(
      smallImages.flatMap((name) => [sha7, 'main'].map((tag) => `${stage.prefix}/${name}:${tag}`)).sort(),
    )
    expect(json(outputs.matrix)).toEqual({
      include: smallImages.map((image) => ({
        image,
        level: { base: 0, child: 1, sibling: 1, grandchild: 2 }[image],
      })),
    })
    const plan = json(outputs.plan)
    expect(plan).toMatchObject({
      trigger: { kind: 'push', trust: 'trusted', head: first.commit },
      order: [...smallImages],
    })
    expect(plan.images[1]).toMatchObject({
      name: 'child',
      dockerfile: 'images/child/Dockerfile',
      path: 'images/child',
      parents: ['base'],
      external: [],
      action: 'build',
      relock: false,
      lockSources: [],
      fingerprint: expect.stringMatching(/^[0-9a-f]{32}$/),
    })
    const metadata = json(outputs.metadata)
    expect(metadata.child['containerimage.digest']).toBe(json(outputs.digests).child)
    expect(metadata.child['image.name'].split(',')).toContain(`${stage.prefix}/child:main`)
    const report = json(await readFile(outputs.report!, 'utf8'))
    expect(report).toMatchObject({ pushed: true, dryRun: false, error: null, plan: { order: [...smallImages] } })
    expect(report.images.map((image: { name: string; outcome: string }) => [image.name, image.outcome])).toEqual(
      smallImages.map((name) => [name, 'built']),
    )
  })

  // Fails if a child is built on anything but what was pushed as its parent in this run.
  it('builds each child on the exact parent of this run', async () => {
    for (const [child, parent] of [
      ['child', 'base'],
      ['grandchild', 'child'],
      ['sibling', 'base'],
    ]) {
      const below = (await stage.image(`${parent}:main`))!.config.rootfs.diff_ids
      const above = (await stage.image(`${child}:main`))!.config.rootfs.diff_ids
      expect(above.slice(0, below.length)).toEqual(below)
      expect(above.length).toBeGreaterThan(below.length)
    }
  })

  it('says in labels and annotations where an image comes from and what it stands on', async () => {
    const image = (await stage.image('child:main'))!
    const { owner, name } = stage.repository
    const expected = {
      [`${label}.revision`]: first.commit,
      [`${label}.source`]: `https://github.com/${owner}/${name}`,
      [`${label}.created`]: expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\d(\.000)?Z$/),
      [`${label}.base.name`]: `${stage.prefix}/base:${first.sha7}`,
      [`${label}.base.digest`]: json(first.outputs.digests).base,
    }
    expect(image.config.config.Labels).toMatchObject(expected)
    expect(image.annotations).toMatchObject(expected)
    expect(image.manifest.annotations).toMatchObject(expected)
    const base = (await stage.image('base:main'))!.config.config.Labels!
    expect(base[`${label}.base.name`]).toMatch(/busybox/)
    expect(base[`${label}.base.digest`]).toMatch(/^sha256:[0-9a-f]{64}$/)
  })

  // Fails if an unchanged image is built or uploaded again, or left without the new commit's tag.
  it('builds what changed and its children, and only retags the rest', async () => {
    const before = await stage.tags()
    writes = await writesOf(stage, async () => {
      second = await stage.push({ files: { 'images/child/word': 'two\n' }, message: 'Change child' })
    })
    expect(second.outcome).toBe('success')
    expect(json(second.outputs.built)).toEqual(['child', 'grandchild'])
    const after = plainTags(await stage.tags())
    for (const name of ['base', 'sibling']) {
      const digest = before[name]!.main!
      expect(after[name]).toEqual({ [first.sha7]: digest, [second.sha7]: digest, main: digest })
      expect(writes.filter((write) => write.includes(` ${name}/`))).toEqual([`PUT ${name}/manifests/${second.sha7}`])
    }
    expect(after.child!.main).not.toBe(before.child!.main)
    expect(after.child![first.sha7]).toBe(before.child!.main)
    const below = (await stage.image('base:main'))!.config.rootfs.diff_ids
    expect((await stage.image('child:main'))!.config.rootfs.diff_ids.slice(0, below.length)).toEqual(below)
  })

  // Fails if the branch's tag moves while another image of the stack does not have the commit's tag yet.
  it('moves the branch tags only when every image has the commit’s', () => {
    const tags = writes.filter((write) => /manifests\/(?!sha256:|fp-)/.test(write))
    const lastCommit = tags.findLastIndex((write) => write.endsWith(second.sha7))
    expect(tags.findIndex((write) => write.endsWith('/main'))).toBeGreaterThan(lastCommit)
    expect(tags).toHaveLength(6)
  })

  it('asks GitHub what changed, as a checkout of depth 1 cannot tell', () => {
    const asked = stage.github.requests().map(({ operation }) => operation)
    expect(asked).toContain('repos/compare-commits-with-basehead')
    expect(stage.github.problems()).toEqual([])
  })

  // Fails if a re-run builds, uploads or moves anything.
  it('does nothing when the same commit runs again', async () => {
    const before = await stage.tags()
    const repeated = await writesOf(stage, async () => {
      const played = await stage.again(second.occasion)
      expect(played).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
      expect(json(played.outputs.digests)).toEqual(json(second.outputs.digests))
    })
    expect(repeated).toEqual([])
    expect(await stage.tags()).toEqual(before)
  })

  // Fails if a commit's tag that somebody has pushed is overwritten.
  it('takes a commit’s tag that is there as that commit’s build', async () => {
    const occasion = await stage.prepare({ files: { 'images/sibling/word': 'two\n' } })
    const sha7 = occasion.commit.slice(0, 7)
    const [host, ...rest] = stage.prefix.split('/')
    const url = `http://${host}/v2/${rest.join('/')}/sibling/manifests`
    const accept = 'application/vnd.oci.image.index.v1+json'
    const theirs = await (await fetch(`${url}/${first.sha7}`, { headers: { accept } })).text()
    await fetch(`${url}/${sha7}`, { method: 'PUT', body: theirs, headers: { 'content-type': accept } })
    const played = await stage.again(occasion)
    expect(played).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
    const { sibling } = await stage.tags()
    expect(sibling![sha7]).toBe(sibling![first.sha7])
  })

  // Fails if a deliberate rebuild of a published commit overwrites its tag.
  it('gives a rebuild without cache a tag with the date, then .2', async () => {
    const before = await stage.tags()
    const days: string[] = []
    for (const _ of [1, 2]) {
      const played = await stage.again(second.occasion, { inputs: { 'no-cache': true }, depth: 0 })
      expect(played.outcome).toBe('success')
      days.push(new Date().toISOString().slice(0, 10).replaceAll('-', ''))
    }
    const after = await stage.tags()
    const [day] = days
    const dated = [`${second.sha7}-${day}`, `${second.sha7}-${day}.2`]
    for (const name of smallImages) {
      expect(after[name]).toMatchObject({ [second.sha7]: before[name]![second.sha7]! })
      expect(Object.keys(after[name]!)).toEqual(expect.arrayContaining(dated))
    }
    expect(after.child![dated[0]!]).not.toBe(after.child![dated[1]!])
  })
})
