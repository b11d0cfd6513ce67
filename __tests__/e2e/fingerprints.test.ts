import { spawnSync } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { mergeGroupEvent, scheduleEvent } from '../../sandbox/github/events.ts'
import type { Occasion, PlayOptions, Stage, TagTable } from '../../sandbox/play/stage.ts'
import { startFaultProxy, type World } from '../../sandbox/world/index.ts'
import { actions, json, writesOf } from './flow.ts'
import { digestsOf, firstError, openSmallStage, smallImages, smallStack, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

const key = 'io.github.pangeo-data.buildx-action.fingerprint'
const pushing = { inputs: { push: true } }

let world: World
beforeAll(async () => {
  world = await startTestWorld({ registries: 2 })
})
afterAll(() => world?.stop())

/** The fingerprint tags of an image. */
const fingerprints = (tags: TagTable, name: string) =>
  Object.keys(tags[name] ?? {}).filter((tag) => tag.startsWith('fp-'))
const word = (name: string, text: string) => ({ [`images/${name}/word`]: `${text}\n` })

/** The run of a schedule at the head of main. */
async function schedule(stage: Stage, play?: PlayOptions) {
  const commit = await stage.commit({ files: {}, message: 'Nothing' })
  const event = scheduleEvent({ repository: stage.repository })
  return await stage.again({ eventName: 'schedule', event, ref: 'refs/heads/main', commit }, play)
}

/** Lets a tag of Docker Hub's busybox, as the builder sees it, point at another image with the same layers. */
async function moveBase(tag: string, note: string): Promise<void> {
  const base = `http://${world.registry}/v2/library/busybox/manifests`
  const type = 'application/vnd.oci.image.manifest.v1+json'
  const index = 'application/vnd.oci.image.index.v1+json'
  const got = await fetch(`${base}/latest`, { headers: { accept: `${type}, ${index}` } })
  const manifest = { ...((await got.json()) as object), annotations: { note } }
  const put = await fetch(`${base}/${tag}`, {
    method: 'PUT',
    headers: { 'content-type': got.headers.get('content-type') ?? type },
    body: JSON.stringify(manifest),
  })
  expect(put.status).toBe(201)
}

describe('a trusted pull request that pushes, and its merge', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openSmallStage(world)
    await stage.push()
  })
  afterAll(async () => await stage?.[Symbol.asyncDispose]())

  // Fails if the build leaves no name of its inputs, or the label tells another one than the tag.
  it('a push leaves the name of its inputs beside the commit’s tag', async () => {
    const tags = await stage.tags()
    for (const name of smallImages) {
      const [tag, ...others] = fingerprints(tags, name)
      expect(others).toEqual([])
      expect(tags[name]![tag!]).toBe(tags[name]!.main)
      const image = await stage.image(`${name}:main`)
      const label = JSON.parse(image?.config.config.Labels?.[key] ?? 'null')
      expect(`fp-${label.fingerprint}`).toBe(tag)
      expect(Object.keys(label.files)).toContain('word')
    }
  })

  // Fails if main builds again what its pull request built, or takes another image.
  it('the merge takes what the pull request built: nothing is built, the digests are the same', async () => {
    const pull = await stage.pullRequest({ files: word('child', 'two'), branch: 'two' }, pushing)
    expect(pull).toMatchObject({ outcome: 'success', outputs: { built: '["child","grandchild"]' } })
    const built = digestsOf(pull)
    const before = await stage.tags()
    expect(before.child).toMatchObject({ 'pr-1': built.child })
    const merged = await stage.push({ merge: 'two' })
    expect(merged).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
    const tags = await stage.tags()
    for (const name of ['child', 'grandchild']) {
      expect(tags[name]).toMatchObject({ [merged.sha7]: built[name], main: built[name] })
      expect(json(merged.outputs.plan).images.find((image: { name: string }) => image.name === name).reason).toMatch(
        /^fp-[0-9a-f]{8}… holds the same inputs \(built from [0-9a-f]{7}\)$/,
      )
    }
  })

  it('a squash, another branch and a re-run of the pull request build nothing either', async () => {
    const pull = await stage.pullRequest({ files: word('sibling', 'three'), branch: 'three' }, pushing)
    expect(pull.outputs.built).toBe('["sibling"]')
    const again = await stage.again(pull.occasion, pushing)
    expect(again).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
    const squashed = await stage.push({ files: word('sibling', 'three'), message: 'Squash' })
    expect(squashed).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
    expect(digestsOf(squashed).sibling).toBe(digestsOf(pull).sibling)
    const other = await stage.pullRequest({ files: word('child', 'one'), branch: 'back' })
    expect(other).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
  })

  // Fails if earlier content is built once more: its digest is that of the first build.
  it('a revert takes the build of the earlier content', async () => {
    const first = (await stage.tags()).child!
    const reverted = await stage.push({ files: word('child', 'one'), message: 'Revert' })
    expect(reverted).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
    expect(digestsOf(reverted).child).not.toBe(first.main)
    expect(Object.values(first)).toContain(digestsOf(reverted).child)
  })

  // Fails if a pull request's tag moves before the whole stack is green.
  it('pr-N is moved for the whole stack or not at all', async () => {
    const broken = `${smallStack['images/grandchild/Dockerfile']}RUN false\n`
    const red = await stage.pullRequest(
      { files: { ...word('child', 'red'), 'images/grandchild/Dockerfile': broken }, branch: 'red' },
      pushing,
    )
    expect(red.outcome).toBe('failure')
    const tags = await stage.tags()
    expect(Object.keys(tags.child!)).not.toContain(`pr-${red.number}`)
    const mended = await stage.pullRequest(
      { files: { 'images/grandchild/Dockerfile': smallStack['images/grandchild/Dockerfile'] }, branch: 'red' },
      pushing,
    )
    expect(mended).toMatchObject({ outcome: 'success', outputs: { built: '["grandchild"]' } })
    expect(Object.keys((await stage.tags()).child!)).toContain(`pr-${red.number}`)
  })

  it('a merge group with push: true leaves fingerprints and no other tag; its push then takes them', async () => {
    const baseSha = await stage.commit({ files: {}, message: 'Base' })
    const queued = await stage.prepare({ files: word('sibling', 'queued'), message: 'Queued' })
    const before = await stage.tags()
    const event = mergeGroupEvent({ repository: stage.repository, headSha: queued.commit, baseSha })
    const ref = 'refs/heads/gh-readonly-queue/main/pr-9'
    const occasion: Occasion = { eventName: 'merge_group', event, ref, commit: queued.commit }
    const writes = await writesOf(stage, async () => {
      expect(await stage.again(occasion, pushing)).toMatchObject({
        outcome: 'success',
        outputs: { built: '["sibling"]' },
      })
    })
    const named = writes.filter((line) => /PUT \S+\/manifests\/(?!sha256:)/.test(line))
    expect(named).toEqual([expect.stringMatching(/^PUT sibling\/manifests\/fp-[0-9a-f]{32}$/)])
    expect((await stage.tags()).sibling!.main).toBe(before.sibling!.main)
    expect(await stage.again(queued)).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
  })
})

describe('bases, age and force', () => {
  const repository = {
    ...smallStack,
    'images/base/Dockerfile': smallStack['images/base/Dockerfile'].replace('FROM busybox', 'FROM busybox:moving'),
  }
  let stage: Stage
  beforeAll(async () => {
    await moveBase('moving', 'one')
    stage = await openSmallStage(world, repository)
    await stage.push()
  })
  afterAll(async () => await stage?.[Symbol.asyncDispose]())

  // Fails if a schedule builds what has not changed, or leaves a moved base where it is.
  it('a schedule builds nothing while the bases stand, and what stands on a base that moved', async () => {
    const before = await stage.tags()
    const calm = await schedule(stage)
    expect(calm).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
    expect((await stage.tags()).base!.main).toBe(before.base!.main)
    await moveBase('moving', 'two')
    const moved = await schedule(stage)
    expect(moved).toMatchObject({ outcome: 'success', outputs: { built: JSON.stringify(smallImages) } })
    const after = await stage.tags()
    expect(after.base!.main).not.toBe(before.base!.main)
    // A push that changes nothing stays with the newest build: it must not move the branch back.
    const next = await stage.push({ files: { 'README.md': 'x\n' } })
    expect(next).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
    expect((await stage.tags()).grandchild!.main).toBe(after.grandchild!.main)
    await moveBase('moving', 'three')
    await stage.push({ files: { 'README.md': 'y\n' } })
    expect((await stage.tags()).grandchild!.main).toBe(after.grandchild!.main)
  })

  it('no-cache builds all the same and moves the fingerprint to the new build; so does an age', async () => {
    const one = await stage.push({ files: word('sibling', 'age') })
    const before = await stage.tags()
    const forced = await stage.pullRequest({ files: word('sibling', 'age2'), branch: 'age' }, pushing)
    expect(forced.outputs.built).toBe('["sibling"]')
    const again = await stage.again(forced.occasion, { inputs: { push: true, 'no-cache': true } })
    expect(again).toMatchObject({ outcome: 'success', outputs: { built: '["sibling"]' } })
    const after = await stage.tags()
    const [fresh] = fingerprints(after, 'sibling').filter((tag) => !fingerprints(before, 'sibling').includes(tag))
    expect(after.sibling![fresh!]).toBe(digestsOf(again).sibling)
    expect(digestsOf(again).sibling).not.toBe(digestsOf(forced).sibling)
    const young = await stage.again(one.occasion, { inputs: { 'max-age': '1h', push: false } })
    expect(young.outputs.built).toBe('[]')
  })
})

it('an image older than max-age is built anew, a younger one taken', async () => {
  await using stage = await openSmallStage(world)
  await stage.push()
  const hours = Math.floor(Date.now() / 1000) - 26 * 3600
  // BuildKit writes this time as the image's own.
  const inputs = { push: true, 'build-args': `SOURCE_DATE_EPOCH=${hours}` }
  const pull = await stage.pullRequest({ files: word('sibling', 'old'), branch: 'old' }, { inputs })
  expect(pull).toMatchObject({ outcome: 'success', outputs: { built: '["sibling"]' } })
  expect(Date.parse((await stage.image('sibling:pr-1'))?.config.created ?? '')).toBe(hours * 1000)
  const young = await stage.again(pull.occasion, { inputs: { ...inputs, 'max-age': '27h' } })
  expect(young).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
  expect(digestsOf(young).sibling).toBe(digestsOf(pull).sibling)
  const old = await stage.push({ merge: 'old' }, { inputs: { ...inputs, 'max-age': '1d' } })
  expect(old).toMatchObject({ outcome: 'success', outputs: { built: '["sibling"]' } })
  expect(json(old.outputs.plan).images).toContainEqual(
    expect.objectContaining({ reason: 'the build of the same inputs is 26 hours old, max-age allows 24' }),
  )
  // From BuildKit's cache the random number would be the old one.
  const layers = async (reference: string) => (await stage.image(reference))?.config.rootfs.diff_ids
  expect(await layers('sibling:main')).not.toEqual(await layers('sibling:pr-1'))
  const tags = await stage.tags()
  const named = fingerprints(tags, 'sibling').filter((tag) => tags.sibling?.[tag] === digestsOf(old).sibling)
  expect(named).toHaveLength(1)
  expect(Object.values(tags.sibling ?? {}).filter((digest) => digest === digestsOf(pull).sibling)).toHaveLength(1)
})

// Fails if a new quarter builds what the last one has, or if variants of one repository are taken for each other.
it('another prefix of all tags builds nothing', async () => {
  const spec = (prefix: string) => ({
    'images/spec.yml': `tag: {prefix: "${prefix}"}
images:
  child: {variants: [{name: main, tag: ""}, {name: cuda12}]}
`,
  })
  await using stage = await openSmallStage(world, { ...smallStack, ...spec('2026.3') })
  const first = await stage.push({ files: word('base', 'two') })
  expect(first).toMatchObject({ outcome: 'success' })
  expect(json(first.outputs.built)).toHaveLength(5)
  const digests = digestsOf(first)
  expect(digests['child/cuda12']).not.toBe(digests.child)
  const before = await stage.tags()
  expect(fingerprints(before, 'child')).toHaveLength(2)
  const next = await stage.push({ files: spec('2026.4') })
  expect(next).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
  expect(digestsOf(next)).toEqual(digests)
  expect((await stage.tags()).child).toEqual({
    ...before.child,
    '2026.4-main': digests.child,
    [`2026.4-${next.sha7}`]: digests.child,
    '2026.4-cuda12-main': digests['child/cuda12'],
    [`2026.4-cuda12-${next.sha7}`]: digests['child/cuda12'],
  })
})

describe('who may take and who may write', () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openSmallStage(world)
    await stage.push()
  })
  afterAll(async () => await stage?.[Symbol.asyncDispose]())

  // Fails if a fork's run writes anything, or if what it built could be taken by somebody else.
  it('a fork’s run takes what is there and leaves nothing', async () => {
    const files = word('child', 'fork')
    const writes = await writesOf(stage, async () => {
      const fork = await stage.pullRequest({ files, fork: true }, pushing)
      expect(fork).toMatchObject({ outcome: 'success', outputs: { built: '["child","grandchild"]', tags: '' } })
    })
    expect(writes).toEqual([])
    const own = await stage.pullRequest({ files, branch: 'own' }, pushing)
    expect(own.outputs.built).toBe('["child","grandchild"]')
    const second = await stage.pullRequest({ files, fork: true, branch: 'second' }, pushing)
    expect(second).toMatchObject({ outcome: 'success', outputs: { built: '[]' } })
  })

  it('with reuse: branch the default branch does not take what a pull request pushed', async () => {
    const inputs = { push: true, reuse: 'branch' }
    const pull = await stage.pullRequest({ files: word('sibling', 'scoped'), branch: 'scoped' }, { inputs })
    expect(fingerprints(await stage.tags(), 'sibling')).toContainEqual(
      expect.stringMatching(new RegExp(`^fp-[0-9a-f]{32}-pr-${pull.number}$`)),
    )
    expect((await stage.again(pull.occasion, { inputs })).outputs.built).toBe('[]')
    const merged = await stage.push({ merge: 'scoped' }, { inputs: { reuse: 'branch' } })
    expect(merged).toMatchObject({ outcome: 'success', outputs: { built: '["sibling"]' } })
  })

  // Fails if a fingerprint tag is believed: it may be set by whoever can push.
  it('a fingerprint tag that points at something else is not taken', async () => {
    const pull = await stage.pullRequest({ files: word('sibling', 'forged'), branch: 'forged' }, pushing)
    const tags = await stage.tags()
    const tag = fingerprints(tags, 'sibling').find((name) => tags.sibling![name] === digestsOf(pull).sibling)
    const from = `http://${stage.prefix.replace('/', '/v2/')}/sibling/manifests`
    const accept = 'application/vnd.oci.image.index.v1+json, application/vnd.oci.image.manifest.v1+json'
    const got = await fetch(`${from}/main`, { headers: { accept } })
    const type = got.headers.get('content-type') ?? ''
    const put = await fetch(`${from}/${tag}`, {
      method: 'PUT',
      headers: { 'content-type': type },
      body: await got.text(),
    })
    expect(put.status).toBe(201)
    const merged = await stage.push({ merge: 'forged' })
    expect(merged).toMatchObject({ outcome: 'success', outputs: { built: '["sibling"]' } })
    expect(merged.annotations.map(({ message }) => message).join()).toContain(
      'does not say that it is made from these inputs',
    )
  })

  it('a registry that fails at the look-up costs a build and nothing else', async () => {
    const pull = await stage.pullRequest({ files: word('sibling', 'fault'), branch: 'fault' }, pushing)
    const proxy = await startFaultProxy({
      target: world.registry,
      behaviour: ({ method, path }) =>
        method === 'HEAD' && path.includes('/manifests/fp-') ? { status: 500 } : 'pass',
    })
    try {
      const registry = stage.prefix.replace(world.registry, proxy.address)
      const played = await stage.again(pull.occasion, { inputs: { registry } })
      expect(played).toMatchObject({ outcome: 'success', outputs: { built: '["sibling"]' } })
      expect(played.annotations.filter(({ level }) => level === 'warning')).toHaveLength(1)
    } finally {
      await proxy.stop()
    }
  })

  // Fails if a tag were set to what is gone, or if the run did not say what to do.
  it('an image that vanishes between look-up and tags makes the run red', async () => {
    const pull = await stage.pullRequest({ files: word('sibling', 'gone'), branch: 'gone' }, pushing)
    const digest = digestsOf(pull).sibling ?? ''
    let asked = 0
    const proxy = await startFaultProxy({
      target: world.registry,
      behaviour: ({ method, path }) =>
        method === 'GET' && path.endsWith(digest) && ++asked > 1 ? { status: 404 } : 'pass',
    })
    try {
      const registry = stage.prefix.replace(world.registry, proxy.address)
      const played = await stage.push({ merge: 'gone' }, { inputs: { registry } })
      expect(played.outcome).toBe('failure')
      expect(firstError(played)).toMatch(/sibling:\w+ could not be set: \S+ is not there/)
    } finally {
      await proxy.stop()
    }
  })

  it('an image that one of two registries lacks is copied there', async () => {
    const pull = await stage.pullRequest({ files: word('sibling', 'copied'), branch: 'copied' }, pushing)
    const registry = `${world.registries[1]}/other\n${stage.prefix}`
    const merged = await stage.push({ merge: 'copied' }, { inputs: { registry, images: 'sibling' } })
    expect(merged).toMatchObject({ outcome: 'success' })
    expect(actions(merged.outputs.plan)).toMatchObject({ sibling: 'reuse' })
    const other = await stage.tags(`${world.registries[1]}/other`)
    expect(other.sibling).toMatchObject({ [merged.sha7]: digestsOf(pull).sibling, main: digestsOf(pull).sibling })
  })
})

describe('a plan', () => {
  const from = () => smallStack['images/base/Dockerfile'].replace('busybox', `${world.registry}/library/busybox`)
  let stage: Stage
  let folder: string
  const plan = (...args: readonly string[]) => {
    const argv = ['plan', '--repo', folder, '--registry', stage.prefix, ...args]
    const ended = spawnSync(process.execPath, [path.join(stage.actionDir, 'dist/cli.js'), ...argv], {
      encoding: 'utf8',
    })
    return { ...ended, out: ended.stdout }
  }
  beforeAll(async () => {
    stage = await openSmallStage(world, { ...smallStack, 'images/base/Dockerfile': from() })
    const { commit } = await stage.push()
    folder = await stage.checkout('refs/heads/main', commit)
  })
  afterAll(async () => await stage?.[Symbol.asyncDispose]())

  it('says by fingerprints what is there, and builds what a file that differs from the commit makes another', async () => {
    const before = json(plan('--format', 'json').out).images as { action: string; fingerprint: string; name: string }[]
    expect(before.map(({ action }) => action)).toEqual(['reuse', 'reuse', 'reuse', 'reuse'])
    const tags = await stage.tags()
    for (const { name, fingerprint } of before) expect(fingerprints(tags, name)).toEqual([`fp-${fingerprint}`])
    await writeFile(path.join(folder, 'images/child/word'), 'dirty\n')
    const after = json(plan('--format', 'json').out).images as typeof before
    expect(after.map(({ action }) => action)).toEqual(['reuse', 'build', 'build', 'reuse'])
  })

  it('explains an image beside the build that is published', async () => {
    await writeFile(path.join(folder, 'images/child/word'), 'dirty\n')
    const told = plan('--explain', 'child', '--base', 'HEAD').out
    expect(told).toMatch(/fingerprint +[0-9a-f]{32}\n/)
    expect(told).toMatch(/made from +its Dockerfile 100644 [0-9a-f]{40}\n +file word [0-9a-f]{12}\n/)
    expect(told).toMatch(/since [0-9a-f]{7} +file word changed\n/)
    expect(plan('--explain', 'sibling', '--base', 'HEAD').out).toMatch(/since [0-9a-f]{7} +nothing differs\n/)
    expect(plan('--explain', 'sibling', '--base', 'HEAD', '--build-args', 'A=C4nary').out).toMatch(/argument A added/)
  })
})
