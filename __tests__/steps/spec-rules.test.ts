import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { pullRequestEvent, pushEvent, scheduleEvent, tagEvent } from '../../sandbox/github/events.ts'
import type { RemoteImage } from '../../src/tools/registry.ts'
import { openScene, type Planned, repository, type Scene } from './scene.ts'

jest.setTimeout(120_000)

const files = {
  'images/base/Dockerfile': 'FROM debian:12\nCOPY start /\n',
  'images/base/start': '1',
  'images/child/Dockerfile': 'FROM registry.test/team/base:main\nCOPY word /\n',
  'images/child/word': '1',
  'images/alone/Dockerfile': 'FROM debian:12\nCOPY tool /\n',
  'images/alone/tool': '1',
}
const rules = `tags: [preset=pangeo, "type=raw,value=stack"]
labels: {team: all, who: stack, branch: "{{branch}}"}
annotations: ["manifest:a={{sha}}"]
images:
  alone:
    tags: |
      type=raw,value=own,priority=900
      type=raw,value={{branch}}-{{sha}}
    labels: {who: alone}
    annotations: ["manifest:a=b"]
  child:
    flavor: prefix=c-
    tag: x
`

let scene: Scene
beforeAll(async () => {
  scene = await openScene({
    first: { on: [], files },
    plain: { on: ['first'], files: { 'images/child/word': '2' } },
    rules: { on: ['first'], files: { 'images/spec.yml': rules } },
    prefix: { on: ['first'], files: { 'images/spec.yml': 'tag: {prefix: "2026.3"}\n' } },
    shared: {
      on: ['first'],
      files: {
        'images/spec.yml': 'images: {base: {variants: [{name: a, tag: ""}, {name: main}]}, alone: {tags: x}}\n',
      },
    },
    rebuild: {
      on: ['first'],
      files: { 'images/spec.yml': 'images: {base: {rebuild: daily}, alone: {rebuild: weekly}}\n' },
    },
    later: { on: ['rebuild'], files: { 'README.md': '2' } },
    word: { on: ['later'], files: { 'images/child/word': '2' } },
  })
})
afterAll(async () => await scene[Symbol.asyncDispose]())

const remote = new Map<string, RemoteImage>()
beforeEach(() => {
  scene.store.tags.clear()
  remote.clear()
  scene.store.image = async ({ registry, repository, tag }) => remote.get(`${registry}/${repository}:${tag}`) ?? null
})

const sha = (name: string) => scene.sha[name] ?? ''
const short = (name: string) => sha(name).slice(0, 7)
const push = (at: string, before: string | null, inputs: object = {}) =>
  scene.plan({
    event: 'push',
    payload: pushEvent({ repository, before: before && sha(before), after: sha(at) }),
    at,
    inputs,
  })
const schedule = (at: string, inputs: object = {}) =>
  scene.plan({ event: 'schedule', payload: scheduleEvent({ repository }), at, inputs })
const tags = ({ decision }: Planned) =>
  Object.fromEntries(
    decision.plan.images.map((image) => [image.name, image.tags.map((tag) => tag.replace('registry.test/team/', ''))]),
  )
const decided = ({ decision }: Planned) =>
  Object.fromEntries(decision.plan.images.map(({ name, action, digest }) => [name, digest ?? action]))

describe('tag rules of spec.yml', () => {
  it('an image’s own stand in place of the stack’s, rules and flavor each for itself', async () => {
    const found = await push('rules', null)
    const name = short('rules')
    expect(tags(found)).toEqual({
      alone: [`alone:${name}`, `alone:main-${name}`, 'alone:own'],
      base: [`base:${name}`, 'base:main', 'base:stack'],
      child: [`child:x-${name}`, 'child:x-c-main', 'child:x-c-stack'],
    })
    expect(found.decision.rules).toMatchObject({ immutable: name, fixed: [`main-${name}`] })
    expect([...found.decision.rules.moving].sort()).toEqual(['c-main', 'c-stack', 'main', 'own', 'stack'])
  })

  it('the inputs go before the stack’s and behind an image’s own', async () => {
    const found = await push('rules', null, { tags: ['type=raw,value=input'], flavor: ['suffix=-f'] })
    expect(tags(found)).toMatchObject({
      alone: expect.arrayContaining(['alone:own-f']),
      base: [`base:${short('rules')}`, 'base:input-f'],
      child: [`child:x-${short('rules')}`, 'child:x-c-input'],
    })
  })

  it('datahub’s prefix stands before all tags, the commit’s too', async () => {
    const name = short('prefix')
    expect(tags(await push('prefix', null)).base).toEqual([`base:2026.3-${name}`, 'base:2026.3-main'])
  })

  it('a pull request gets its own tag only, whatever its spec.yml says', async () => {
    const payload = pullRequestEvent({
      repository,
      number: 7,
      head: { ref: 'topic', sha: sha('rules') },
      base: { sha: sha('first') },
    })
    const occasion = { event: 'pull_request', payload, at: 'rules', ref: 'refs/pull/7/merge' }
    const found = tags(await scene.plan({ ...occasion, inputs: { push: true } }))
    expect(found).toEqual({ alone: ['alone:pr-7'], base: ['base:pr-7'], child: ['child:x-pr-7'] })
  })

  it('two images never share a reference', async () => {
    await expect(
      push('shared', null, { tags: ['type=raw,value=main-main', 'type=ref,event=branch'] }),
    ).rejects.toMatchObject({
      code: 'stack',
      message: 'base and base/main would both be registry.test/team/base:main-main',
    })
  })
})

describe('labels and annotations', () => {
  it('are filled in; of one key the image’s goes before the stack’s and the input before both', async () => {
    const inputs = { labels: { team: "{{date '[x]'}}" }, annotations: ['index:c={{branch}}'] }
    const { decision } = await push('rules', null, inputs)
    expect(decision.wordings.get('alone')).toEqual({
      labels: { team: 'x', who: 'alone', branch: 'main' },
      annotations: [`manifest:a=${short('rules')}`, 'manifest:a=b', 'index:c=main'],
      version: 'own',
    })
    expect(decision.wordings.get('base')).toMatchObject({ labels: { who: 'stack' }, version: 'main' })
    expect(decision.wordings.get('child')?.version).toBe('x-c-main')
  })

  it('a mistake in the input ends the run before anything is built', async () => {
    await expect(push('rules', null, { labels: { a: '{{brnch}}' } })).rejects.toMatchObject({
      code: 'input',
      message: expect.stringContaining('{{brnch}} is not understood'),
    })
  })

  it('{{base_ref}} is the branch that a pushed tag is on', async () => {
    const payload = tagEvent({ repository, tag: 'v1', sha: sha('plain'), baseRef: 'refs/heads/release/1' })
    const inputs = { labels: { base: '{{base_ref}}', tag: '{{tag}}' } }
    const { decision } = await scene.plan({ event: 'push', payload, at: 'plain', ref: 'refs/tags/v1', inputs })
    expect(decision.wordings.get('base')?.labels).toEqual({ base: 'release/1', tag: 'v1' })
  })
})

/** Puts builds behind the tag main, made so many hours ago from a commit's files. */
function published(commit: string, hours: Readonly<Record<string, number>>, extra: object = {}): void {
  for (const [name, ago] of Object.entries(hours))
    remote.set(`registry.test/team/${name}:main`, {
      digest: `newest:${name}`,
      size: 1,
      diffIds: [],
      created: Date.now() - ago * 3_600_000,
      labels: { 'org.opencontainers.image.revision': sha(commit), ...extra },
    })
}

describe('rebuild: daily | weekly', () => {
  it('a schedule builds what is due and what is built on it, without the cache, and leaves the rest', async () => {
    published('rebuild', { base: 30, child: 2, alone: 30 })
    scene.store.tags.set(`registry.test/team/base:${short('later')}`, 'first:base')
    const found = await schedule('later')
    const { images } = found.decision.plan
    expect(decided(found)).toEqual({ base: 'build', child: 'build', alone: 'newest:alone' })
    expect(images.map(({ name, afresh }) => [name, afresh])).toEqual([
      ['alone', undefined],
      ['base', true],
      ['child', undefined],
    ])
    expect(images.find(({ name }) => name === 'base')?.reason).toBe(
      'spec.yml says rebuild: daily, and its newest build is 30 hours old',
    )
    // The commit is published: what is built anew gets the day's tag, for the whole stack.
    expect(tags(found).alone).toEqual([expect.stringMatching(`^alone:${short('later')}-\\d{8}$`), 'alone:main'])
  })

  it('nothing is due: nothing is built, taken or tagged', async () => {
    published('rebuild', { base: 2, child: 200, alone: 30 })
    const found = await schedule('later')
    expect(decided(found)).toEqual({ base: 'skip', child: 'skip', alone: 'skip' })
    expect(Object.values(tags(found)).flat()).toEqual([])
  })

  it('a build of other files is none: what changed since, what has a strange commit', async () => {
    published('rebuild', { base: 2, child: 2, alone: 2 })
    expect(decided(await schedule('word'))).toMatchObject({ child: 'build' })
    published('rebuild', { base: 2, child: 2, alone: 2 }, { 'org.opencontainers.image.revision': '$(x)' })
    expect(decided(await schedule('later'))).toEqual({ base: 'build', child: 'build', alone: 'build' })
  })

  it('where no tag moves, the commit’s own is looked behind', async () => {
    published('rebuild', { base: 30, child: 2, alone: 2 })
    for (const [reference, image] of [...remote])
      remote.set(reference.replace(/main$/, short('later')), image).delete(reference)
    const found = await schedule('later', { tags: ['type=sha'] })
    expect(decided(found)).toEqual({ base: 'build', child: 'build', alone: 'newest:alone' })
  })

  it('without rebuild in spec.yml a schedule builds everything', async () => {
    published('first', { base: 2, child: 2, alone: 2 })
    expect(decided(await schedule('first'))).toEqual({ base: 'build', child: 'build', alone: 'build' })
  })

  it('a push takes the newest build of what did not change, not the commit’s first one', async () => {
    published('rebuild', { base: 2, child: 2, alone: 2 })
    for (const name of ['base', 'alone']) scene.store.tags.set(`registry.test/team/${name}:${short('later')}`, 'old')
    expect(decided(await push('word', 'later'))).toEqual({
      base: 'newest:base',
      child: 'build',
      alone: 'newest:alone',
    })
  })

  it('a registry that cannot be asked makes a plan of everything, and a run that pushes red', async () => {
    scene.store.image = async () => await Promise.reject(new Error('down'))
    await expect(schedule('later')).rejects.toThrow('down')
    const found = await schedule('later', { command: 'plan' })
    expect(decided(found)).toEqual({ base: 'build', child: 'build', alone: 'build' })
    expect(found.host.said).toContainEqual(['warning', expect.stringContaining('all count as due: down')])
  })
})
