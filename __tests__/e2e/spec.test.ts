import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { scheduleEvent } from '../../sandbox/github/events.ts'
import { openStage, type Played, type PlayOptions, type Stage } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { json, plainTags } from './flow.ts'
import { startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

const chance = 'cat /proc/sys/kernel/random/uuid > /id'
const spec = `tag: {prefix: "2026.3"}
labels: {made-of: "{{branch}} {{sha}}"}
annotations: ["manifest:made-of={{sha}}"]
images:
  base:
    rebuild: daily
    tags: ["type=raw,value=daily", "type=raw,value=base-{{sha}}"]
    labels: {who: base}
`
const files = {
  'images/base/Dockerfile': `FROM busybox\nCOPY word /\nRUN ${chance}\n`,
  'images/base/word': '1',
  'images/child/Dockerfile': `FROM base\nRUN ${chance}\n`,
  'images/alone/Dockerfile': `FROM busybox\nRUN ${chance}\n`,
  'images/spec.yml': spec,
  'far/x.Dockerfile': 'FROM org/base:1\nCOPY here /\n',
  'far/here': 'far\n',
}

let world: World
let stage: Stage
beforeAll(async () => {
  world = await startTestWorld()
  stage = await openStage({ world, repository: files, name: 'team/spec' })
})
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]()
  await world?.stop()
})

const tagNames = async () =>
  Object.fromEntries(
    Object.entries(plainTags(await stage.tags())).map(([name, tags]) => [name, Object.keys(tags).sort()]),
  )
const built = (played: Played) => (json(played.outputs.built) as string[]).toSorted()
const schedule = async ({ occasion }: Played, play?: PlayOptions) =>
  await stage.again(
    { ...occasion, eventName: 'schedule', event: scheduleEvent({ repository: stage.repository }) },
    play,
  )

describe('spec.yml in a registry', () => {
  let first: Played
  beforeAll(async () => {
    first = await stage.push({ files: { 'images/base/word': '2' } })
  })

  it('gives each image its own tags, behind the prefix of all', async () => {
    expect(first).toMatchObject({ outcome: 'success' })
    const common = ['2026.3-main', `2026.3-${first.sha7}`].sort()
    expect(await tagNames()).toEqual({
      alone: common,
      base: [`2026.3-${first.sha7}`, `2026.3-base-${first.sha7}`, '2026.3-daily'].sort(),
      child: common,
    })
  })

  it('fills in labels and annotations, and names the version', async () => {
    const base = await stage.image('base:2026.3-daily')
    expect(base?.config.config.Labels).toMatchObject({
      'made-of': `main ${first.sha7}`,
      who: 'base',
      'org.opencontainers.image.version': '2026.3-daily',
    })
    expect(base?.manifest.annotations).toMatchObject({
      'made-of': first.sha7,
      'org.opencontainers.image.version': '2026.3-daily',
    })
    const labels = (await stage.image('alone:2026.3-main'))?.config.config.Labels
    expect(labels).toMatchObject({ 'org.opencontainers.image.version': '2026.3-main' })
    expect(labels).not.toHaveProperty('who')
  })

  it('a schedule on the same day does nothing', async () => {
    const before = await stage.tags()
    const played = await schedule(first)
    expect(played).toMatchObject({ outcome: 'success' })
    expect(built(played)).toEqual([])
    expect(await stage.tags()).toEqual(before)
  })
})

it('a schedule builds afresh what is a day old, and what is built on it', async () => {
  const day = Math.floor(Date.now() / 1000) - 26 * 3600
  const inputs = { 'build-args': `SOURCE_DATE_EPOCH=${day}` }
  const old = await stage.push({ files: { 'images/base/word': '3' } }, { inputs })
  const before = await stage.tags()
  const played = await schedule(old)
  expect(played).toMatchObject({ outcome: 'success' })
  expect(built(played)).toEqual(['base', 'child'])
  expect(played.outputs.plan).toContain('spec.yml says rebuild: daily, and its newest build is 26 hours old')
  const now = await stage.tags()
  expect(now.base?.['2026.3-daily']).not.toBe(before.base?.['2026.3-daily'])
  expect(now.child?.['2026.3-main']).not.toBe(before.child?.['2026.3-main'])
  expect(now.alone?.['2026.3-main']).toBe(before.alone?.['2026.3-main'])
  // From BuildKit's cache the random number would be the old one.
  const layers = async (reference: string) => (await stage.image(reference))?.config.rootfs.diff_ids
  expect(await layers('base:2026.3-daily')).not.toEqual(await layers(`base:2026.3-${old.sha7}`))
  // The commit's own tag stays what it was; the next run finds a young image.
  expect(now.base?.[`2026.3-${old.sha7}`]).toBe(before.base?.[`2026.3-${old.sha7}`])
  expect(built(await schedule(old))).toEqual([])
  // A push takes the newest build of what it does not change.
  const next = await stage.push({ files: { 'README.md': 'x' } })
  expect((await stage.tags()).base?.['2026.3-daily']).toBe(now.base?.['2026.3-daily'])
  expect((await stage.tags()).base?.[`2026.3-${next.sha7}`]).toBe(now.base?.['2026.3-daily'])
})

it('builds a Dockerfile that lies in a context elsewhere, and takes files from git and from an image', async () => {
  const { owner, name } = stage.repository
  const context = `${stage.github.serverUrl}/${owner}/${name}.git#main:far`
  const more = `  far: {context: "${context}", dockerfile: x.Dockerfile, contexts: {"org/base:1": "target:base"}}
  near: {contexts: {data: "${context}", other: "docker-image://busybox"}}
`
  const near = 'FROM scratch\nCOPY --from=data here /\nCOPY --from=other /bin/busybox /\n'
  const played = await stage.push({ files: { 'images/spec.yml': spec + more, 'images/near/Dockerfile': near } })
  expect(played).toMatchObject({ outcome: 'success' })
  expect(built(played)).toEqual(expect.arrayContaining(['far', 'near']))
  const [base, far] = [await stage.image('base:2026.3-daily'), await stage.image('far:2026.3-main')]
  const layers = base?.config.rootfs.diff_ids ?? []
  expect(layers.length).toBeGreaterThan(2)
  expect(far?.config.rootfs.diff_ids.slice(0, layers.length)).toEqual(layers)
  expect(far?.config.history.map(({ created_by }) => created_by)).toContain('COPY here / # buildkit')
})
