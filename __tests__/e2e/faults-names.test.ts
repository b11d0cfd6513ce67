import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { pushEvent } from '../../sandbox/github/events.ts'
import { type Files, openStage, type Stage } from '../../sandbox/play/stage.ts'
import { runAction } from '../../sandbox/runner/run-action.ts'
import { tool, type World } from '../../sandbox/world/index.ts'
import { which } from '../../sandbox/world/run.ts'
import { plainTags } from './flow.ts'
import { makePath } from './shims.ts'
import { firstError, openSmallStage, smallImages, smallStack, startTestWorld, stepEnv } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

let world: World

beforeAll(async () => {
  world = await startTestWorld()
})

afterAll(async () => {
  await world?.stop()
})

const oneImage = { 'images/base/Dockerfile': 'FROM scratch\nCOPY word /\n', 'images/base/word': 'one\n' }

/** Runs the action on a push to a branch of that name, with every call of git and buildx written down. */
async function pushTo(stage: Stage, branch: string, before: string, commit: string) {
  const workspace = await stage.checkout('refs/heads/main', commit, 0)
  const commands = { git: which('git') ?? '', buildx: await tool('buildx') }
  const shims = await makePath(stage.dir, commands, ['git', 'buildx'])
  const ref = `refs/heads/${branch}`
  const result = await runAction({
    ...{ actionDir: stage.actionDir, workspace, eventName: 'push', ref, sha: commit, token: stage.token },
    event: pushEvent({ repository: stage.repository, before, after: commit, ref }),
    apiUrl: stage.github.apiUrl,
    inputs: { registry: stage.prefix, push: 'true' },
    env: { ...stepEnv(world.env), PATH: shims.folder },
  })
  return { ...result, calls: await shims.calls(), sha7: commit.slice(0, 7) }
}

describe('a hostile branch name', () => {
  let stage: Stage

  beforeAll(async () => {
    stage = await openSmallStage(world, oneImage)
  })

  afterAll(async () => {
    await stage?.[Symbol.asyncDispose]()
  })

  it.each([
    '-x;$(touch${IFS}CANARY)',
    '`touch${IFS}CANARY`b',
    '--upload-pack=touch${IFS}CANARY',
    'a"b\'c|d&e>f',
    '::error::pwned',
    '##[error]pwned',
    '${{github.token}}',
    'branché-🚀',
    'x'.repeat(200),
  ])('%s', async (pattern) => {
    const canary = path.join(stage.dir, 'canary')
    const branch = pattern.replace('CANARY', canary)
    const before = await stage.commit({})
    const commit = await stage.commit({ files: { 'images/base/word': branch } })
    const played = await pushTo(stage, branch, before, commit)
    expect([firstError(played), played.outcome]).toEqual(['', 'success'])
    expect(existsSync(canary)).toBe(false)
    expect(JSON.stringify(played.annotations)).not.toContain('pwned')
    // Only its safe form is an argument, and nothing of it begins one that could be an option.
    const words = played.calls.flat()
    expect(words.filter((word) => word.startsWith(branch) || word.includes(`=${branch}`))).toEqual([])
    const tags = plainTags(await stage.tags()).base ?? {}
    const made = Object.keys(tags).filter((name) => tags[name] === tags[played.sha7] && name !== played.sha7)
    expect(made).toHaveLength(1)
    expect(made[0]).toMatch(/^\w[\w.-]{0,127}$/)
  })

  it('that is the tag of a commit: that tag stays', async () => {
    const first = await stage.push({ files: { 'images/base/word': 'published\n' } })
    const published = (await stage.tags()).base?.[first.sha7]
    expect(published).toMatch(/^sha256:/)
    const commit = await stage.commit({ files: { 'images/base/word': 'other\n' } })
    const played = await pushTo(stage, first.sha7, first.commit, commit)
    expect((await stage.tags()).base?.[first.sha7]).toBe(published)
    expect((await stage.tags()).base?.[played.sha7]).not.toBe(published)
  })
})

describe('hostile file names', () => {
  const names = [
    'new\nline',
    'x\n::error::pwned',
    'x\n::set-output name=digests::pwned',
    '##[error]pwned',
    '$(touch canary)',
    '`touch canary`',
    '-rf',
    '--help',
    'quote"\'back\\slash',
    'tab\there',
    'emoji 🚀 é',
    ':(top)x',
    '%{x}${x}',
    'a,b=c',
  ]

  it('go through plan and build as they are', async () => {
    const files = Object.fromEntries(names.map((name) => [`images/base/files/${name}`, 'one\n']))
    const stack: Files = {
      ...smallStack,
      'images/base/Dockerfile':
        'FROM busybox\nCOPY . /all\nRUN ls -1 /all/files && find /all/files -type f | wc -l > /count\n',
      ...files,
    }
    await using stage = await openSmallStage(world, stack)
    await stage.push()
    const changed = Object.fromEntries(names.map((name) => [`images/base/files/${name}`, 'two\n']))
    const commands = { git: which('git') ?? '', buildx: await tool('buildx') }
    const shims = await makePath(stage.dir, commands, ['git', 'buildx'])
    const played = await stage.push({ files: changed }, { env: { PATH: shims.folder } })
    expect([firstError(played), played.outcome]).toEqual(['', 'success'])
    expect(JSON.parse(played.outputs.built ?? '')).toEqual(smallImages)
    expect(played.annotations).toEqual([])
    expect(played.outputs.digests).not.toContain('pwned')
    expect(existsSync(path.join(played.workspace, 'canary'))).toBe(false)
    expect((await shims.calls()).flat().filter((word) => names.includes(word))).toEqual([])
    const reason = JSON.parse(played.outputs.plan ?? '').images[0].reason
    expect(reason).not.toMatch(/\n/)
  })

  it.each(['-rf', '--push', '$(touch canary)', 'a\nb', '::error::pwned', 'Ünïcode', '🚀', 'UPPER'])(
    'an image folder %j: published under a safe name, or one clear error and nothing built',
    async (name) => {
      const stack = { [`images/${name}/Dockerfile`]: 'FROM scratch\nCOPY word /\n', [`images/${name}/word`]: 'one\n' }
      await using stage = await openStage({
        world,
        repository: stack,
        name: `team/folder-${Buffer.from(name).toString('hex').slice(0, 12)}`,
      })
      const played = await stage.push({ files: { [`images/${name}/word`]: 'two\n' } })
      expect(existsSync(path.join(played.workspace, 'canary'))).toBe(false)
      expect(played.annotations.map(({ message }) => message)).not.toContain('pwned')
      const repositories = Object.keys(await stage.tags())
      if (played.outcome === 'success') {
        expect(repositories).toEqual([expect.stringMatching(/^[a-z0-9]+([._-]+[a-z0-9]+)*$/)])
      } else {
        expect(firstError(played)).toMatch(/images\//)
        expect(firstError(played)).not.toMatch(/\n|TypeError|undefined/)
        expect(repositories).toEqual([])
      }
    },
  )
})
