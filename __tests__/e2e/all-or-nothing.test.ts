import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Stage } from '../../sandbox/play/stage.ts'
import { type FaultProxy, type ProxyRequest, startFaultProxy, type World } from '../../sandbox/world/index.ts'
import { firstError, openSmallStage, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

/** base ← child, base ← sibling, without a RUN. */
const stack = {
  'images/base/Dockerfile': 'FROM busybox\nCOPY word /base\n',
  'images/base/word': 'one\n',
  'images/child/Dockerfile': 'FROM base\nCOPY word /child\n',
  'images/child/word': 'one\n',
  'images/sibling/Dockerfile': 'FROM base\nCOPY word /sibling\n',
  'images/sibling/word': 'one\n',
  'images/spec.yml': '{}\n',
} as const
const images = ['base', 'child', 'sibling'] as const
type Name = (typeof images)[number]

let world: World
let proxy: FaultProxy
let stage: Stage
let refused: (request: ProxyRequest) => boolean = () => false
let registry = ''
let count = 0

beforeAll(async () => {
  world = await startTestWorld()
  stage = await openSmallStage(world, stack)
  proxy = await startFaultProxy({
    target: world.registry,
    behaviour: (request) => (refused(request) ? { status: 403 } : 'pass'),
  })
  registry = stage.prefix.replace(world.registry, proxy.address)
  const played = await stage.push({}, { inputs: { registry } })
  expect([firstError(played), played.outcome]).toEqual(['', 'success'])
})

afterAll(async () => {
  await proxy?.stop()
  await stage?.[Symbol.asyncDispose]()
  await world?.stop()
})

/** What breaks an image, in files or at the registry. */
const faults: Readonly<Record<string, (image: Name) => Readonly<Record<string, string>>>> = {
  'cannot be built': (image) => ({
    [`images/${image}/Dockerfile`]: `${stack[`images/${image}/Dockerfile`]}COPY missing /\n`,
  }),
  'fails its test': (image) => ({
    'images/spec.yml': JSON.stringify({ images: { [image]: { test: [['/bin/false']] } } }),
  }),
  'cannot be pushed': (image) => {
    refused = ({ method, path }) => method === 'PUT' && path.includes(`/${image}/manifests/`)
    return {}
  },
}

/** Where the moving tags of the stack point, and the commits that have a stack.json. */
async function moving(): Promise<Record<string, string | undefined>> {
  const tags = await stage.tags()
  const ofImages = Object.fromEntries(images.map((image) => [image, tags[image]?.main]))
  return {
    ...ofImages,
    stacks: Object.keys(await stage.stackTags())
      .sort()
      .join(' '),
  }
}

describe.each(Object.keys(faults))('an image that %s', (kind) => {
  // Broken by: tags of the branch that are set image by image, or a verdict that forgets one of the three.
  it.each(images)('%s: the run is red, and no moving tag changes', async (image) => {
    const before = await moving()
    const broken = faults[kind]?.(image) ?? {}
    count += 1
    const played = await stage.push(
      { files: { ...stack, 'images/base/word': `${count}\n`, ...broken } },
      { inputs: { registry } },
    )
    refused = () => false
    expect([played.outcome, firstError(played)]).toEqual(['failure', expect.stringContaining(image)])
    expect(await moving()).toEqual(before)
  })
})

it('the next push that has no such image moves them all', async () => {
  const before = await moving()
  const played = await stage.push({ files: { ...stack, 'images/base/word': 'mended\n' } }, { inputs: { registry } })
  expect([firstError(played), played.outcome]).toEqual(['', 'success'])
  const after = await moving()
  for (const [name, digest] of Object.entries(before)) {
    expect([name, digest]).toEqual([name, expect.any(String)])
    expect([name, after[name]]).not.toEqual([name, digest])
  }
})
