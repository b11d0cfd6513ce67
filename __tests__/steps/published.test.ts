import { afterAll, beforeAll, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { pushEvent } from '../../sandbox/github/events.ts'
import { openScene, type Planned, repository, type Scene } from './scene.ts'

jest.setTimeout(60_000)

let scene: Scene
beforeAll(async () => {
  scene = await openScene({
    first: {
      on: [],
      files: {
        'images/base/Dockerfile': 'FROM debian:12\nCOPY start /\n',
        'images/base/start': '1',
        'images/child/Dockerfile': 'FROM registry.test/team/base:main\nCOPY word /\n',
        'images/child/word': '1',
        'images/alone/Dockerfile': 'FROM debian:12\nCOPY tool /\n',
        'images/alone/tool': '1',
      },
    },
    word: { on: ['first'], files: { 'images/child/word': '2' } },
    note: { on: ['word'], files: { 'README.md': '1' } },
    start: { on: ['note'], files: { 'images/base/start': '2' } },
    last: { on: ['start'], files: { 'README.md': '2' } },
  })
})
afterAll(async () => await scene[Symbol.asyncDispose]())
beforeEach(() => scene.store.tags.clear())

/** Publishes these images as a commit's, each with a digest of its own: `word:child`. */
function publish(commit: string, ...names: string[]): void {
  for (const name of names)
    scene.store.tags.set(`registry.test/team/${name}:${scene.sha[commit]?.slice(0, 7)}`, `${commit}:${name}`)
}

const push = (before: string, at: string, depth: 0 | 1) => {
  const payload = pushEvent({ repository, before: scene.sha[before] ?? '', after: scene.sha[at] ?? '' })
  return scene.plan({ event: 'push', payload, at, depth })
}
const decided = ({ decision }: Planned) =>
  Object.fromEntries(decision.plan.images.map(({ name, action, digest }) => [name, digest ?? action]))

// Runs between the last published commit and the push failed, were cancelled or never started.
describe.each([
  ['the whole history', 0],
  ['a clone of depth 1', 1],
] as const)('changed since the last good commit, in %s', (_title, depth) => {
  it('takes from there what no commit since has changed', async () => {
    publish('first', 'base', 'child', 'alone')
    expect(decided(await push('word', 'note', depth))).toEqual({
      alone: 'first:alone',
      base: 'first:base',
      child: 'build',
    })
  })

  it('builds what has another parent since', async () => {
    publish('first', 'base', 'child', 'alone')
    publish('word', 'child')
    expect(decided(await push('start', 'last', depth))).toEqual({ alone: 'first:alone', base: 'build', child: 'build' })
  })

  it('takes each image from the newest commit that has it', async () => {
    publish('first', 'base', 'child', 'alone')
    publish('word', 'child')
    publish('note', 'alone')
    expect(decided(await push('word', 'note', depth))).toEqual({
      alone: 'note:alone',
      base: 'first:base',
      child: 'word:child',
    })
  })

  it('builds all where nothing is published', async () => {
    expect(decided(await push('word', 'note', depth))).toEqual({ alone: 'build', base: 'build', child: 'build' })
  })
})

it('asks GitHub for nothing where the base is published', async () => {
  publish('word', 'base', 'child', 'alone')
  const before = scene.github.requests().length
  await push('word', 'note', 0)
  expect(scene.github.requests()).toHaveLength(before)
})
