import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { openStage, type Played, type Stage } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { json } from './flow.ts'
import { startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

/** What a Dockerfile, a file or a branch would like to tell the runner. Commands that fail a step are among them. */
const attacks = [
  '##[set-output name=digest]evil',
  '##[save-state name=builder]evil',
  '##[add-mask]e',
  '::set-output name=digests::evil',
  '::save-state name=builder::evil',
  '::error file=evil::evil',
  '::add-path::/evil',
  '::set-env name=PATH::/evil',
  '::stop-commands::evil',
  '::add-mask::built',
  '::group::evil',
  '::echo::on',
  '\u001b]0;evil\u0007\u001b[2J\u001b[31m',
]

/** Names of commands that the action itself may give. */
const own = ['group', 'endgroup', 'stop-commands', 'error', 'warning', 'notice', 'debug', 'add-mask']

const hostileFolder = 'images/a ::error::b\u001b[31m'
/** git refuses `[`, `:` and control characters in a branch: this is the worst that is left. */
const hostileBranch = `topic/##evil]x%0A%3A%3Aerror%3A%3Ax;$(id)'"&é`
const shouting = attacks.map((attack) => `RUN printf '%s\\n' '${attack}' '  ${attack}'`).join('\n')

let world: World
let stage: Stage
beforeAll(async () => {
  world = await startTestWorld()
  const files = {
    'images/loud/Dockerfile': 'FROM busybox\n',
    'images/loud/word': '1\n',
    'images/other/Dockerfile': 'FROM busybox\nRUN true\n',
  }
  stage = await openStage({ world, repository: files, name: 'team/hostile' })
  await stage.push()
})
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]()
  await world?.stop()
})

/** Fails if anything but the action's own commands reached the runner, or any of them holds what others wrote. */
function expectOwnCommandsOnly(played: Played): void {
  const all = [...played.commands, ...(played.post?.commands ?? [])]
  expect(all.filter(({ name }) => !own.includes(name.toLowerCase()))).toEqual([])
  expect(all.filter(({ version }) => version === 1)).toEqual([])
  const tokens = all.filter(({ name }) => name === 'stop-commands').map(({ data }) => data)
  expect(tokens.filter((token) => !/^[0-9a-f]{32}$/.test(token))).toEqual([])
  expect(new Set(tokens).size).toBe(tokens.length)
  // An image that failed has no list of its packages.
  expect(
    Object.keys(played.outputs)
      .filter((name) => name !== 'manifests')
      .sort(),
  ).toEqual(['built', 'changed', 'digests', 'matrix', 'metadata', 'plan', 'references', 'report', 'tags'])
  expect(played.outputs.digests).not.toContain('evil')
  expect(played).toMatchObject({ state: {}, env: {}, path: [] })
  expect(played.masks.filter((mask) => mask !== stage.token)).toEqual([])
  expect(played.groups.filter(({ title }) => title.startsWith('evil'))).toEqual([])
  expect(played.annotations.filter(({ file }) => file === 'evil')).toEqual([])
}

/** Escape characters would let text move the reader's cursor, or paint over the truth. */
function expectNoEscapes(played: Played): void {
  for (const text of [played.stdout, played.stderr, played.summary]) expect(text.includes('\u001b')).toBe(false)
}

describe('a Dockerfile that speaks to the runner', () => {
  it.each(['builds', 'fails'])('and %s', async (end) => {
    const dockerfile = `FROM busybox\nCOPY word /${end}\n${shouting}\n${end === 'fails' ? 'RUN exit 1\n' : ''}`
    const files = { 'images/loud/Dockerfile': dockerfile }
    const played = await stage.pullRequest({ files, branch: `loud-${end}` })
    expect(played.outcome).toBe(end === 'fails' ? 'failure' : 'success')
    expect(played.stdout).toContain('evil')
    expectOwnCommandsOnly(played)
    expectNoEscapes(played)
  })

  it('and fails in the very step that shouts, so that its lines are told again', async () => {
    const step = attacks.map((attack) => `echo '${attack}'`).join('; ')
    const files = { 'images/loud/Dockerfile': `FROM busybox\nRUN ${step}; exit 1\n` }
    const played = await stage.pullRequest({ files, branch: 'shout' })
    expect(played.outcome).toBe('failure')
    expectOwnCommandsOnly(played)
    expectNoEscapes(played)
    expect(played.annotations.some(({ file }) => file === 'images/loud/Dockerfile')).toBe(true)
  })
})

describe('names that speak to the runner', () => {
  it('of a branch, a title and a file', async () => {
    const files = {
      'images/loud/Dockerfile': 'FROM busybox\nCOPY * /\n',
      'images/loud/::error::x\n::set-output name=digests::evil\u001b[31m': 'x\n',
    }
    const played = await stage.pullRequest({ files, branch: hostileBranch, title: 'x\n::error::evil\n##[add-mask]e' })
    expect(json(played.outputs.changed)).toEqual(['loud'])
    expectOwnCommandsOnly(played)
    expectNoEscapes(played)
    expect(played.summary).not.toMatch(/^::/m)
  })

  // An image's name becomes a repository's: what no registry takes is refused, with the folder made visible.
  it('of an image', async () => {
    const files = { [`${hostileFolder}/Dockerfile`]: 'FROM busybox\nRUN true\n' }
    const played = await stage.pullRequest({ files, branch: 'image' })
    expectNoEscapes(played)
    expect(played.commands.filter(({ name }) => !own.includes(name.toLowerCase()))).toEqual([])
    expect(played.outcome).toBe('failure')
    expect(played.annotations[0]?.message).toMatch(/a ::error::b/)
  })

  it('in a Dockerfile that does not parse, with a path and a text of its own', async () => {
    const files = { 'images/loud/Dockerfile': 'FROM busybox\n::error::evil ##[add-mask]e\n' }
    const played = await stage.pullRequest({ files, branch: 'broken' })
    expect(played.outcome).toBe('failure')
    expect(played.masks.filter((mask) => mask !== stage.token)).toEqual([])
    expect(played.commands.filter(({ name }) => !own.includes(name.toLowerCase()))).toEqual([])
    expect(played.annotations.filter(({ file }) => file === 'evil')).toEqual([])
  })
})

// `push` of a branch with such a name: its tag is made of it.
it('a branch name becomes a tag that a registry takes', async () => {
  const change = {
    branch: hostileBranch,
    files: { 'images/loud/word': 'branch\n', 'images/loud/Dockerfile': 'FROM busybox\nCOPY word /\n' },
  }
  const played = await stage.push(change, { inputs: { push: true } })
  expect(played.outcome).toBe('success')
  expectOwnCommandsOnly(played)
  const { loud } = await stage.tags()
  expect(Object.keys(loud!).some((tag) => tag.startsWith('topic-'))).toBe(true)
})
