import { afterAll, beforeAll, expect, it, jest } from '@jest/globals'
import type { Stage } from '../../sandbox/play/stage.ts'
import { type Fault, type ProxyRequest, startFaultProxy, type World } from '../../sandbox/world/index.ts'
import { firstError, imageErrors, openSmallStage, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

let world: World

beforeAll(async () => {
  world = await startTestWorld()
})

afterAll(async () => {
  await world?.stop()
})

/** Somebody else points a tag of ours at another image, straight at the registry. */
async function meddle({ prefix }: Stage, image: string, tag: string): Promise<void> {
  const [host, ...repository] = `${prefix}/${image}`.split('/')
  const busybox = await fetch(`http://${world.registry}/v2/library/busybox/manifests/latest`, {
    headers: { accept: type },
  })
  const body = await busybox.text()
  const manifest = JSON.parse(body) as { config: { digest: string }; layers: { digest: string }[] }
  for (const { digest } of [manifest.config, ...manifest.layers]) {
    const mount = `mount=${digest}&from=library/busybox`
    await fetch(`http://${host}/v2/${repository.join('/')}/blobs/uploads/?${mount}`, { method: 'POST' })
  }
  const url = `http://${host}/v2/${repository.join('/')}/manifests/${tag}`
  const answer = await fetch(url, { method: 'PUT', headers: { 'content-type': type }, body })
  if (!answer.ok) throw new Error(`${url}: ${answer.status} ${await answer.text()}`)
}

const type = 'application/vnd.oci.image.manifest.v1+json'

/** A push through a proxy that sees every request first. */
async function pushThrough(stage: Stage, behaviour: (request: ProxyRequest) => Fault) {
  const proxy = await startFaultProxy({ target: world.registry, behaviour })
  try {
    const inputs = { registry: stage.prefix.replace(world.registry, proxy.address) }
    return await stage.push({ files: { 'images/base/word': 'race\n' } }, { inputs })
  } finally {
    await proxy.stop()
  }
}

it('a tag that somebody moves between our write and the reading back: red, in the right words', async () => {
  await using stage = await openSmallStage(world)
  await stage.push()
  let moved: Promise<void> | null = null
  let written = false
  const played = await pushThrough(stage, ({ method, path }) => {
    if (!path.endsWith('/child/manifests/main')) return 'pass'
    if (method === 'PUT') written = true
    if (method !== 'HEAD' || !written || moved) return 'pass'
    moved = meddle(stage, 'child', 'main')
    return { delay: 1500 }
  })
  await moved
  expect(played.outcome).toBe('failure')
  expect(firstError(played)).toMatch(/\/child:main is sha256:\w+ after it was set to sha256:\w+$/)
  expect(played.annotations.map(({ message }) => message).join('\n')).toContain('use a concurrency group')
  expect(played.summary).toMatch(/^## ❌ .*child:main/)
})

it('a commit’s tag that appears between the plan and the build is never overwritten', async () => {
  await using stage = await openSmallStage(world)
  await stage.push()
  const before = await stage.tags()
  let tag = ''
  let moved: Promise<void> | null = null
  const played = await pushThrough(stage, ({ method, path }) => {
    tag ||= /\/manifests\/([0-9a-f]{7})$/.exec(path)?.[1] ?? ''
    if (method === 'POST') moved ??= meddle(stage, 'child', tag)
    return 'pass'
  })
  await moved
  const busybox = await stage.image('busybox:latest', `${world.registry}/library`)
  const after = await stage.tags()
  expect(after.child?.[tag]).toBe(busybox?.digest)
  expect(played.outcome).toBe('failure')
  expect(imageErrors(played)).toEqual([expect.stringMatching(/\/child:\w{7} is there by now: it is never overwritten/)])
  for (const image of ['base', 'child', 'sibling']) expect(after[image]?.main).toBe(before[image]?.main)
})

it('a commit’s tag of a reused image that appears before it is set is never overwritten', async () => {
  await using stage = await openSmallStage(world)
  await stage.push()
  const proxyTag = { tag: '', moved: null as Promise<void> | null }
  const proxy = await startFaultProxy({
    target: world.registry,
    behaviour: ({ method, path }) => {
      proxyTag.tag ||= /\/manifests\/([0-9a-f]{7})$/.exec(path)?.[1] ?? ''
      if (method === 'POST') proxyTag.moved ??= meddle(stage, 'sibling', proxyTag.tag)
      return 'pass'
    },
  })
  const inputs = { registry: stage.prefix.replace(world.registry, proxy.address) }
  const played = await stage.push({ files: { 'images/child/word': 'race\n' } }, { inputs })
  await proxy.stop()
  await proxyTag.moved
  const busybox = await stage.image('busybox:latest', `${world.registry}/library`)
  expect((await stage.tags()).sibling?.[proxyTag.tag]).toBe(busybox?.digest)
  expect(played.outcome).toBe('failure')
  expect(firstError(played)).toMatch(/\/sibling:\w{7} is there already with another digest: it is never overwritten$/)
})
