import { spawn } from 'node:child_process'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Played, Stage } from '../../sandbox/play/stage.ts'
import {
  type Fault,
  type FaultProxy,
  type ProxyRequest,
  startFaultProxy,
  type World,
} from '../../sandbox/world/index.ts'
import schema from '../../schema/stack.schema.json' with { type: 'json' }
import { json } from './flow.ts'
import { firstError, openSmallStage, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

/** Two images without a RUN: what is told here is of tags, not of builds. */
const twoImages = {
  'images/base/Dockerfile': 'FROM scratch\nCOPY word /base\n',
  'images/base/word': 'one\n',
  'images/child/Dockerfile': 'FROM base\nCOPY word /child\n',
  'images/child/word': 'one\n',
} as const
const images = ['base', 'child'] as const

let world: World
let stage: Stage
let first: Played
let second: Played

beforeAll(async () => {
  world = await startTestWorld({ registries: 2 })
  stage = await openSmallStage(world, twoImages)
  first = await stage.push({}, { inputs: { registry: prefixes().join(',') } })
  second = await stage.push({ files: { 'images/base/word': 'two\n' } }, { inputs: { registry: prefixes().join(',') } })
  expect([first, second].map((played) => [firstError(played), played.outcome])).toEqual([
    ['', 'success'],
    ['', 'success'],
  ])
  proxies = await Promise.all(
    world.registries.map(
      async (target, registry) =>
        await startFaultProxy({
          target,
          behaviour: (request) => {
            count += 1
            return behaviour(request, count, registry)
          },
        }),
    ),
  )
})

afterAll(async () => {
  for (const proxy of proxies) await proxy.stop()
  await stage?.[Symbol.asyncDispose]()
  await world?.stop()
})

/** The stage's prefix in each registry, or in what stands before them. */
function prefixes(addresses: readonly string[] = world.registries): string[] {
  const [, name] = stage.prefix.split('/')
  return addresses.map((address) => `${address}/${name}`)
}

/** Digests of a tag in both registries, each once: one where the stack is whole, of images with another digest each. */
async function state(tag: string): Promise<Record<string, string[]>> {
  const tables = await Promise.all(prefixes().map(async (prefix) => await stage.tags(prefix)))
  const of = (image: string) => [...new Set(tables.map((table) => table[image]?.[tag] ?? 'none'))]
  return Object.fromEntries(images.map((image) => [image, of(image)]))
}

interface Ended {
  readonly code: number | null
  readonly text: string
}

/** What the proxies do with the n-th request of a command, counted over both. */
type Behaviour = (request: ProxyRequest, n: number, registry: number) => Fault

/** Both registries, behind proxies that stay: journals name their addresses. */
let proxies: FaultProxy[] = []
let behaviour: Behaviour = () => 'pass'
let count = 0

interface Ended {
  readonly code: number | null
  readonly text: string
  readonly requests: number
}

/** The command line in a process of its own, through the proxies. */
async function command(
  args: readonly string[],
  { behave = () => 'pass', onSpawn }: { behave?: Behaviour; onSpawn?: (pid: number) => void } = {},
): Promise<Ended> {
  behaviour = behave
  count = 0
  return await start(args, onSpawn)
}

async function start(args: readonly string[], onSpawn?: (pid: number) => void): Promise<Ended> {
  const cli = path.join(stage.actionDir, 'dist/cli.js')
  const registry = prefixes(proxies.map(({ address }) => address)).flatMap((prefix) => ['--registry', prefix])
  const repo = path.join(stage.dir, 'clone')
  const child = spawn(process.execPath, [cli, ...args, ...registry, '--stack', 'all', '--repo', repo], {
    env: { ...world.env, USER: 'ann' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onSpawn?.(child.pid ?? 0)
  let text = ''
  const hear = (chunk: Buffer) => {
    text += chunk.toString()
  }
  child.stdout.on('data', hear)
  child.stderr.on('data', hear)
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve))
  return { code, text, requests: count }
}

const promote = (from: string, to: string) => ['promote', '--from', from, '--to', to]

/** A promote that is killed (SIGKILL) at the n-th request, before the registry sees it or after; false: it came to its end. */
async function killedAt(n: number, args: readonly string[], when: 'before' | 'after'): Promise<boolean> {
  let pid = 0
  let killed = false
  const kill = () => {
    killed = true
    try {
      process.kill(pid, 'SIGKILL')
    } catch (error) {
      // It came to its end a moment before.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
    }
  }
  const behave: Behaviour = (_, at) => {
    if (killed) return 'drop'
    if (at !== n) return 'pass'
    if (when === 'before') {
      kill()
      return 'drop'
    }
    // The registry's answer is held back at its first byte: what was asked for is done by then.
    setTimeout(kill, 60)
    return { cut: 0 }
  }
  const onSpawn = (child: number) => {
    pid = child
  }
  await command(args, { behave, onSpawn })
  return killed
}

/** Points a tag of both images in both registries at another tag's image, past the journal: as it was before there was one. */
async function place(from: string, tag: string): Promise<void> {
  const type = 'application/vnd.oci.image.index.v1+json'
  const accept = `${type}, application/vnd.oci.image.manifest.v1+json`
  const one = async (prefix: string, image: string) => {
    const [host, name] = prefix.split('/')
    const url = `http://${host}/v2/${name}/${image}/manifests`
    const read = await fetch(`${url}/${from}`, { headers: { accept } })
    const headers = { 'content-type': read.headers.get('content-type') ?? type }
    await fetch(`${url}/${tag}`, { method: 'PUT', headers, body: await read.text() })
  }
  await Promise.all(prefixes().flatMap((prefix) => images.map((image) => one(prefix, image))))
}

describe('a publication that is killed', () => {
  it.each(['before', 'after'] as const)(
    'at every request, %s it came through: whole after the next run',
    async (when) => {
      const [old, now] = [await state(first.sha7), await state(second.sha7)]
      expect(old).not.toEqual(now)
      let halves = 0
      for (let n = 1; ; n++) {
        const tag = `${when}-${n}`
        await place(first.sha7, tag)
        const killed = await killedAt(n, promote(second.sha7, tag), when)
        const left = JSON.stringify(await state(tag))
        if (left !== JSON.stringify(old) && left !== JSON.stringify(now)) halves += 1
        // Every other time something else is run next: it has to mend what it finds, one way or the other.
        const same = n % 2 === 0
        const ended = await command(promote(second.sha7, same ? tag : `other-${tag}`))
        expect([n, ended.code, ended.text]).toEqual([n, 0, expect.anything()])
        const after = await state(tag)
        expect([n, same || !killed ? [now] : [old, now]]).toEqual([n, expect.arrayContaining([after])])
        if (!killed) {
          expect(n).toBeGreaterThan(25)
          break
        }
      }
      // All tags are set within that moment where the last answers are on their way.
      if (when === 'before') expect(halves).toBeGreaterThan(0)
    },
  )
})

describe('a publication that cannot be had', () => {
  it('moves nothing anywhere while one registry is down', async () => {
    await command(promote(first.sha7, 'down'))
    const before = [await state('down'), await stage.stackTags(prefixes()[0])]
    const ended = await command(promote(second.sha7, 'down'), {
      behave: (request, _, registry) =>
        registry === 1 && /journal|PUT|POST/.test(`${request.method} ${request.path}`) ? { status: 503 } : 'pass',
    })
    expect([ended.code, ended.text]).toEqual([1, expect.stringMatching(/error: registry \S+ answered 503/)])
    expect([await state('down'), await stage.stackTags(prefixes()[0])]).toEqual(before)
  })

  it('takes back what it moved where a tag is refused', async () => {
    await command(promote(first.sha7, 'refused'))
    const ended = await command(promote(second.sha7, 'refused'), {
      behave: ({ method, path: address }, _, registry) =>
        registry === 1 && method === 'PUT' && address.endsWith('/child/manifests/refused') ? { status: 403 } : 'pass',
    })
    expect([ended.code, ended.text]).toEqual([1, expect.stringMatching(/\/child:refused could not be set/)])
    expect(ended.text).toContain('no tag of the stack was left moved')
    expect(await state('refused')).toEqual(await state(first.sha7))
  })

  it('tells of a tag that somebody moved in the middle, and takes back the others', async () => {
    await command(promote(first.sha7, 'behind'))
    let put = false
    let meddled: Promise<unknown> | null = null
    const ended = await command(promote(second.sha7, 'behind'), {
      behave: ({ method, path: address }, _, registry) => {
        if (registry !== 0 || !address.endsWith('/base/manifests/behind')) return 'pass'
        if (method === 'PUT') put = true
        if (method !== 'HEAD' || !put || meddled) return 'pass'
        meddled = meddle()
        return { delay: 700 }
      },
    })
    await meddled
    expect([ended.code, ended.text]).toEqual([
      1,
      expect.stringMatching(/\/base:behind is sha256:\w+ after it was set to sha256:/),
    ])
    const [here, there] = await Promise.all(prefixes().map(async (prefix) => await stage.tags(prefix)))
    const old = await state(first.sha7)
    expect([there?.base?.behind, here?.child?.behind, there?.child?.behind]).toEqual([
      old.base?.[0],
      old.child?.[0],
      old.child?.[0],
    ])
  })

  it('writes nothing where a digest is in one registry alone', async () => {
    const alone = await stage.push(
      { files: { 'images/base/word': 'three\n' } },
      { inputs: { registry: prefixes()[0] ?? '' } },
    )
    expect(alone.outcome).toBe('success')
    const before = await state('main')
    const ended = await command(promote(alone.sha7, 'main'))
    expect([ended.code, ended.text]).toEqual([1, expect.stringMatching(/is not there: no tag was moved/)])
    expect(await state('main')).toEqual(before)
  })
})

/** Somebody else points base:behind of the first registry at the child's image. */
async function meddle(): Promise<void> {
  const [prefix = ''] = prefixes()
  const [host, name] = prefix.split('/')
  const type = 'application/vnd.oci.image.index.v1+json'
  const accept = `${type}, application/vnd.oci.image.manifest.v1+json`
  const read = await fetch(`http://${host}/v2/${name}/base/manifests/${first.sha7}`, { headers: { accept } })
  const body = `${await read.text()}\n`
  const headers = { 'content-type': read.headers.get('content-type') ?? type }
  await fetch(`http://${host}/v2/${name}/base/manifests/behind`, { method: 'PUT', headers, body })
}

it('two promotes at once: the stack is whole after both, or the one that is red says so and a re-run mends it', async () => {
  await command(promote(first.sha7, 'race'))
  behaviour = () => 'pass'
  const both = await Promise.all([start(promote(second.sha7, 'race')), start(promote(first.sha7, 'race'))])
  const [old, now] = [await state(first.sha7), await state(second.sha7)]
  if (both.every(({ code }) => code === 0)) expect([old, now]).toContainEqual(await state('race'))
  await command(promote(second.sha7, 'race'))
  expect(await state('race')).toEqual(now)
})

it('stack.json keeps to its schema', () => {
  const validate = new Ajv2020({ strict: false }).compile(schema)
  expect([validate(json(second.outputs.stack)), validate.errors]).toEqual([true, null])
})
