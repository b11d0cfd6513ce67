import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import pLimit from 'p-limit'
import type { Played, Stage, TagTable } from '../../sandbox/play/stage.ts'
import {
  type Fault,
  type FaultProxy,
  type ProxyRequest,
  startFaultProxy,
  type World,
} from '../../sandbox/world/index.ts'
import { firstError, imageErrors, openSmallStage, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

/** A run whose registry misbehaves, with what it left. */
interface Case {
  readonly played: Played
  readonly requests: FaultProxy['requests']
  readonly before: TagTable
  readonly after: TagTable
}

interface Scenario {
  readonly name: string
  readonly behaviour: (request: ProxyRequest, n: number) => Fault
  /** The run's first error; none where it is green in the end. */
  readonly error?: RegExp
  /** What the annotation of the image that failed begins with. */
  readonly image?: RegExp
  /** How often the faulty request may come. */
  readonly most?: number
}

const agent = (name: string) => (request: ProxyRequest) => (request.headers['user-agent'] ?? '').startsWith(name)
/** Who asks: the action itself, which sets the tags too, and BuildKit that pushes. */
const [own, pushing] = [agent('node'), agent('buildkit')]
const reads = (request: ProxyRequest) =>
  own(request) && request.method !== 'PUT' && request.path.includes('/manifests/')
const puts = (request: ProxyRequest) =>
  pushing(request) && request.method === 'PUT' && request.path.includes('/manifests/')
const uploads = (request: ProxyRequest) => pushing(request) && request.method === 'POST'
const writes = (request: ProxyRequest) => pushing(request) && !['GET', 'HEAD'].includes(request.method)
const tags = (request: ProxyRequest) =>
  own(request) && request.method === 'PUT' && request.path.endsWith('/manifests/main')

type Match = (request: ProxyRequest) => boolean
const always = (match: Match, fault: Fault) => (request: ProxyRequest) => (match(request) ? fault : 'pass')
const once = (match: Match, fault: Fault) => (request: ProxyRequest, n: number) =>
  match(request) && n === 1 ? fault : 'pass'

const upTo = (most: number, match: Match, fault: Fault) => (request: ProxyRequest, n: number) =>
  match(request) && n <= most ? fault : 'pass'
const putsTag = (request: ProxyRequest) => puts(request) && /\/manifests\/[0-9a-f]{7}$/.test(request.path)

const unauthorized: Fault = { status: 401, headers: { 'www-authenticate': 'Basic realm="registry"' } }
const limited: Fault = { status: 429, headers: { 'retry-after': '1' } }

const scenarios: readonly Scenario[] = [
  // Looking up what is published, and reading back.
  {
    name: 'look-up, 401',
    behaviour: always(reads, unauthorized),
    error: /^registry \S+ refuses to read \S+\/base: 401$/,
    most: 4,
  },
  {
    name: 'look-up, 403',
    behaviour: always(reads, { status: 403 }),
    error: /^registry \S+ refuses to read \S+\/base: 403$/,
    most: 4,
  },
  { name: 'look-up, 429 once', behaviour: once(reads, limited) },
  {
    name: 'look-up, 429',
    behaviour: always(reads, limited),
    error: /^registry \S+ answered 429 for \S+\/(base|child), also after retries$/,
    most: 4,
  },
  { name: 'look-up, 500 once', behaviour: once(reads, { status: 500 }) },
  {
    name: 'look-up, 503',
    behaviour: always(reads, { status: 503 }),
    error: /^registry \S+ answered 503 for \S+\/(base|child), also after retries$/,
    most: 4,
  },
  { name: 'look-up, dropped once', behaviour: once(reads, 'drop') },
  {
    name: 'look-up, dropped',
    behaviour: always(reads, 'drop'),
    error: /^registry \S+ cannot be reached for \S+\/(base|child): (other side closed|socket hang up|read ECONNRESET)/,
    most: 4,
  },
  {
    name: 'look-up, a manifest cut once',
    behaviour: once((request) => reads(request) && request.method === 'GET', { cut: 30 }),
  },
  { name: 'look-up, slow', behaviour: always(own, { delay: 700 }) },
  // Pushing.
  {
    name: 'push, 401',
    behaviour: always(pushing, unauthorized),
    error: /^base failed: failed to push \S+\/base:\w+: .*401 Unauthorized; child not built/,
    image: /^failed to push/,
  },
  {
    name: 'push, 403',
    behaviour: always(writes, { status: 403 }),
    error: /^base failed: failed to push \S+\/base:\w+: denied: .*; child not built/,
    image: /^failed to push/,
    most: 4,
  },
  {
    name: 'push, 404',
    behaviour: always(writes, { status: 404 }),
    error: /^base failed: failed to push \S+\/base:\w+: .*; child not built/,
    image: /^failed to push/,
    most: 4,
  },
  { name: 'push, 429 once', behaviour: once(puts, limited) },
  {
    name: 'push, 429',
    behaviour: always(puts, limited),
    error: /^base failed: failed to push \S+\/base:\w+: toomanyrequests: /,
    image: /^failed to push/,
    most: 30,
  },
  { name: 'push, 500 once', behaviour: once(puts, { status: 500 }) },
  {
    name: 'push, 503',
    behaviour: always(puts, { status: 503 }),
    error: /^base failed: failed to push \S+\/base:\w+: unavailable: /,
    image: /^failed to push/,
    most: 40,
  },
  // More often than BuildKit tries by itself: these are ours to try again.
  { name: 'push, 429 eight times', behaviour: upTo(8, putsTag, limited) },
  { name: 'push, 503 six times', behaviour: upTo(6, putsTag, { status: 503 }) },
  { name: 'push, an upload dropped once', behaviour: once(uploads, 'drop') },
  {
    name: 'push, manifests dropped',
    behaviour: always(puts, 'drop'),
    error: /^base failed: failed to push \S+\/base:\w+: /,
    image: /^failed to push/,
    most: 40,
  },
  {
    name: 'push, a blob cut when it is read back',
    behaviour: once((request) => own(request) && request.path.includes('/blobs/'), { cut: 20 }),
  },
  // Setting the moving tags.
  {
    name: 'tag, 401',
    behaviour: always(tags, unauthorized),
    error: /^\S+\/(base|child):main could not be set: registry \S+ refuses to write \S+: 401$/,
    most: 2,
  },
  {
    name: 'tag, 403',
    behaviour: always(tags, { status: 403 }),
    error: /^\S+\/(base|child):main could not be set: registry \S+ refuses to write \S+: 403$/,
    most: 2,
  },
  { name: 'tag, 429 once', behaviour: once(tags, limited) },
  { name: 'tag, 500 once', behaviour: once(tags, { status: 500 }) },
  {
    name: 'tag, 503',
    behaviour: always(tags, { status: 503 }),
    error: /^\S+\/(base|child):main could not be set: registry \S+ answered 503 for \S+, also after retries$/,
    most: 16,
  },
  { name: 'tag, 503 six times', behaviour: upTo(6, tags, { status: 503 }) },
  { name: 'tag, dropped once', behaviour: once(tags, 'drop') },
]

const twoImages = {
  'images/base/Dockerfile': 'FROM busybox\nCOPY word /base\n',
  'images/base/word': 'one\n',
  'images/child/Dockerfile': 'FROM base\nCOPY word /child\n',
  'images/child/word': 'one\n',
} as const

let world: World
const cases = new Map<string, Promise<Case>>()

beforeAll(async () => {
  world = await startTestWorld()
  // Most of the time is waiting for the next try: they run side by side, those of pushes first, which wait longest.
  const limit = pLimit(10)
  const pushes = ({ name }: Scenario) => Number(name.startsWith('push'))
  for (const scenario of scenarios.toSorted((a, b) => pushes(b) - pushes(a)))
    cases.set(
      scenario.name,
      limit(() => play(scenario)),
    )
})

afterAll(async () => {
  await Promise.allSettled(cases.values())
  await world?.stop()
})

async function play({ behaviour, name }: Scenario): Promise<Case> {
  const stage = await openSmallStage(world, twoImages)
  await using _ = stage
  await stage.push()
  const before = await stage.tags()
  const proxy = await startFaultProxy({ target: world.registry, behaviour })
  try {
    const inputs = { registry: throughProxy(stage, proxy) }
    const played = await stage.push({ files: { 'images/base/word': name } }, { inputs })
    return { played, requests: [...proxy.requests], before, after: await stage.tags() }
  } finally {
    await proxy.stop()
  }
}

/** The stage's prefix at the proxy's address. */
function throughProxy(stage: Stage, proxy: FaultProxy): string {
  return stage.prefix.replace(world.registry, proxy.address)
}

describe('a registry that misbehaves', () => {
  it.each(scenarios.filter(({ error }) => !error))('$name: green in the end', async ({ name }) => {
    const { played, after } = await cases.get(name)!
    expect([firstError(played), played.outcome]).toEqual(['', 'success'])
    const digests = JSON.parse(played.outputs.digests ?? '{}')
    for (const image of ['base', 'child'])
      expect(after[image]).toMatchObject({ main: digests[image], [played.sha7]: digests[image] })
  })

  it.each(scenarios.filter(({ error }) => error))(
    '$name: red, says why, and no moving tag has changed',
    async (scenario) => {
      const { played, before, after, requests } = await cases.get(scenario.name)!
      expect([played.outcome, played.exitCode]).toEqual(['failure', 1])
      expect(firstError(played)).toMatch(scenario.error ?? /never/)
      if (scenario.image) expect(imageErrors(played)).toEqual([expect.stringMatching(scenario.image)])
      for (const image of ['base', 'child']) expect(after[image]?.main).toBe(before[image]?.main)
      const faulty = Map.groupBy(
        requests.filter((request) => scenario.behaviour(request, 1) !== 'pass'),
        ({ method, path }) => `${method} ${path}`,
      )
      for (const [request, times] of faulty)
        expect([request, times.length, times.length <= (scenario.most ?? 1)]).toEqual([request, times.length, true])
    },
  )
})
