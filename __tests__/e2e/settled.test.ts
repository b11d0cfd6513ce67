import { afterAll, beforeAll, expect, it, jest } from '@jest/globals'
import type { Played, PlayOptions, Stage } from '../../sandbox/play/stage.ts'
import {
  type Fault,
  type FaultProxy,
  type ProxyRequest,
  startFaultProxy,
  type World,
} from '../../sandbox/world/index.ts'
import { stackFileType } from '../../src/publish/stack-file.ts'
import { canonicalReference } from '../../src/stack/canonical.ts'
import { createRegistry } from '../../src/tools/registry.ts'
import { actions, json, writesOf } from './flow.ts'
import { digestsOf, openSmallStage, smallImages, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

let world: World
let stage: Stage
let first: Played
let proxies: FaultProxy[]
let behaviour: (request: ProxyRequest) => Fault = () => 'pass'

beforeAll(async () => {
  world = await startTestWorld({ registries: 2 })
  proxies = await Promise.all(
    world.registries.map((target) => startFaultProxy({ target, behaviour: (request) => behaviour(request) })),
  )
  stage = await openSmallStage(world)
  first = await stage.push({}, both())
  expect(first).toMatchObject({ outcome: 'success' })
})
afterAll(async () => {
  for (const proxy of proxies ?? []) await proxy.stop()
  await stage?.[Symbol.asyncDispose]()
  await world?.stop()
})

const name = () => stage.prefix.split('/')[1] ?? ''
/** Both registries, behind proxies that count. */
const both = (inputs: NonNullable<PlayOptions['inputs']> = {}): PlayOptions => ({
  inputs: { registry: proxies.map(({ address }) => `${address}/${name()}`).join(','), ...inputs },
})
const word = (image: string, text: string) => ({ [`images/${image}/word`]: `${text}\n` })

/** Requests of what happens, by registry. */
async function asked(happening: () => Promise<unknown>): Promise<string[][]> {
  const before = proxies.map(({ requests }) => requests.length)
  await happening()
  return proxies.map(({ requests }, at) => requests.slice(before[at]).map((one) => `${one.method} ${one.path}`))
}

/** Lets a tag of an image point at what another one points at, in the first registry. */
async function moveTag(image: string, tag: string, from: string): Promise<void> {
  const registry = createRegistry({ env: {}, login: false })
  await registry.tag(canonicalReference(`${stage.prefix}/${image}:${from}`)!, [tag])
}

/** A stack.json of a commit, made from that of another one, in both registries. */
async function forge(from: string, tag: string, edit: (text: string) => string): Promise<void> {
  const { artifacts } = createRegistry({ env: {}, login: false })
  for (const address of world.registries) {
    const place = `${address}/${name()}/${name()}`
    const found = await artifacts.read(canonicalReference(`${place}:${from}`)!, stackFileType)
    const text = edit(found?.text ?? '')
    const forged = { type: stackFileType, title: 'stack.json', text, annotations: {}, embed: true }
    await artifacts.write(canonicalReference(`${place}:${tag}`)!, forged)
  }
}

// Fails if anything is asked twice, or if what is told differs from what the first run told.
it('a run that finds its commit published asks each registry for stack.json, and for one tag an image', async () => {
  let again: Played | undefined
  const requests = await asked(async () => {
    again = await stage.again(first.occasion, both())
  })
  for (const one of requests)
    expect(one.toSorted()).toEqual(
      [
        `GET /v2/${name()}/${name()}/manifests/${first.sha7}`,
        ...smallImages.map((image) => `HEAD /v2/${name()}/${image}/manifests/main`),
      ].toSorted(),
    )
  expect(again).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
  expect(digestsOf(again!)).toEqual(digestsOf(first))
  expect(again!.outputs.tags?.split('\n').toSorted()).toEqual(first.outputs.tags?.split('\n').toSorted())
  expect(json(again!.outputs.stack)).toEqual(json(first.outputs.stack))
  const fingerprintsOf = (played: Played) =>
    json(played.outputs.plan).images.map((image: { fingerprint: string }) => image.fingerprint)
  expect(fingerprintsOf(again!)).toEqual(fingerprintsOf(first))
})

it('a branch’s tag that was moved behind its back is put where it belongs', async () => {
  const second = await stage.push({ files: word('sibling', 'two') }, both())
  await moveTag('sibling', 'main', first.sha7)
  const again = await stage.again(second.occasion, both())
  expect(again).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
  expect((await stage.tags()).sibling?.main).toBe(digestsOf(second).sibling)
  first = second
})

it('a registry without stack.json is asked for all, and has one afterwards', async () => {
  const { artifacts } = createRegistry({ env: {}, login: false })
  const place = `${world.registries[1]}/${name()}`
  await artifacts.untag(canonicalReference(`${place}/${name()}:${first.sha7}`)!)
  expect(await stage.again(first.occasion, both())).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
  expect(Object.keys(await stage.stackTags(place))).toContain(first.sha7)
})

it('a registry that does not give stack.json costs questions and nothing else', async () => {
  behaviour = ({ method, path }) =>
    method === 'GET' && path.endsWith(`/${name()}/manifests/${first.sha7}`) ? { status: 403 } : 'pass'
  let again: Played | undefined
  const [one = []] = await asked(async () => {
    again = await stage.again(first.occasion, both())
  }).finally(() => {
    behaviour = () => 'pass'
  })
  expect(again).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
  expect(again?.annotations.filter(({ level }) => level !== 'notice')).toEqual([])
  expect(one.filter((line) => line.endsWith(`/manifests/${first.sha7}`)).length).toBeGreaterThan(smallImages.length)
})

// Fails if a stack.json is believed for its place alone: whoever may push can write it before the commit's run.
it.each([
  ['of another commit', (text: string) => text],
  ['with the fingerprints of other files', (text: string, commit: string) => text.replaceAll(first.commit, commit)],
])('a stack.json %s does not keep a commit from being built', async (title, edit) => {
  const occasion = await stage.prepare({ files: word('sibling', title) })
  await forge(first.sha7, occasion.commit.slice(0, 7), (text) =>
    edit(text, occasion.commit).replaceAll(`"${first.sha7}"`, `"${occasion.commit.slice(0, 7)}"`),
  )
  const played = await stage.again(occasion, both())
  expect(played).toMatchObject({ outcome: 'success', outputs: { built: '["sibling"]' } })
  expect((await stage.tags()).sibling).toMatchObject({
    [played.sha7]: digestsOf(played).sibling,
    main: digestsOf(played).sibling,
  })
})

it('pull requests and other branches leave no stack.json', async () => {
  const before = Object.keys(await stage.stackTags())
  await stage.pullRequest({ files: word('sibling', 'pull'), branch: 'pull' }, both({ push: true }))
  const other = await stage.push({ files: word('sibling', 'branch'), branch: 'other' }, both({ push: true }))
  expect((await stage.tags()).sibling).toHaveProperty('other')
  expect(Object.keys(await stage.stackTags()).filter((tag) => !before.includes(tag))).toEqual([])
  expect(Object.keys(await stage.stackTags())).not.toContain(other.sha7)
})

it('a run of an older commit leaves the branch to the newer one', async () => {
  const older = await stage.push({ files: word('sibling', 'older') }, both())
  const newer = await stage.push({ files: word('sibling', 'newer') }, both())
  const again = await stage.again(older.occasion, both())
  expect(again).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
  expect((await stage.tags()).sibling).toMatchObject({
    main: digestsOf(newer).sibling,
    [older.sha7]: digestsOf(older).sibling,
  })
})

// Fails if a second run of a commit moves the branch back from what was built of the same files since.
it('leaves the branch a later build of the same files, and the commit’s tag its own', async () => {
  const built = await stage.push({ files: word('child', 'later') }, both())
  const forced = await stage.again(built.occasion, both({ 'no-cache': true, images: 'child' }))
  expect(json(forced.outputs.built)).toContain('child')
  const before = await stage.tags()
  expect(before.child?.main).toBe(digestsOf(forced).child)
  expect(before.child?.main).not.toBe(digestsOf(built).child)
  const writes = await writesOf(stage, async () => {
    const again = await stage.again(built.occasion, both())
    expect(again).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
    expect(actions(again.outputs.plan)).toEqual(Object.fromEntries(smallImages.map((image) => [image, 'reuse'])))
  })
  expect(writes).toEqual([])
  expect(await stage.tags()).toEqual(before)
  expect(before.child?.[built.sha7]).toBe(digestsOf(built).child)
})
