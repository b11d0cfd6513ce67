import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import pLimit from 'p-limit'
import type { Played, Stage, TagTable } from '../../sandbox/play/stage.ts'
import { type ProxyRequest, startFaultProxy, tool, type World } from '../../sandbox/world/index.ts'
import { run } from '../../sandbox/world/run.ts'
import { makePath } from './shims.ts'
import { openSmallStage, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

/** Builds take about three seconds, so that a signal finds them. */
const slowStack = {
  'images/base/Dockerfile': 'FROM busybox\nCOPY word /base\nRUN sleep 1\n',
  'images/base/word': 'one\n',
  'images/child/Dockerfile': 'FROM base\nRUN sleep 1\n',
  'images/sibling/Dockerfile': 'FROM base\nRUN sleep 1\n',
} as const

/** Milliseconds: what GitHub's runner gives between SIGINT and SIGTERM. */
const patience = 7500

type Trigger =
  | { readonly after: number }
  | { readonly at: (request: ProxyRequest) => boolean }
  | { readonly on: RegExp }

interface Moment {
  readonly name: string
  readonly signal: 'SIGINT' | 'SIGTERM'
  readonly trigger: Trigger
  /** The summary has to be there: a plan was made, and there was time. */
  readonly summary?: boolean
}

const put = (tag: RegExp) => (request: ProxyRequest) => request.method === 'PUT' && tag.test(request.path)

const phases: readonly Moment[] = [
  {
    name: 'the first look-up',
    signal: 'SIGINT',
    trigger: { at: ({ path }) => /\/manifests\/[0-9a-f]{7}$/.test(path) },
  },
  { name: 'the first upload', signal: 'SIGINT', trigger: { at: ({ method }) => method === 'POST' }, summary: true },
  { name: 'the push of the second image', signal: 'SIGTERM', trigger: { at: put(/child\/manifests/) }, summary: true },
  { name: 'the first moving tag', signal: 'SIGINT', trigger: { at: put(/\/manifests\/main$/) }, summary: true },
  { name: 'a build', signal: 'SIGTERM', trigger: { on: /base: built/ }, summary: true },
]

/** Seeded, so that a red run can be had again. */
const random = (seed: number) => ((Math.imul(seed, 0x9e3779b1) >>> 8) & 0xffff) / 0x10000
const anytime: readonly Moment[] = Array.from({ length: 12 }, (_, index) => ({
  name: `${Math.round(100 + random(index + 1) * 6000)} ms`,
  signal: index % 2 === 0 ? 'SIGINT' : 'SIGTERM',
  trigger: { after: Math.round(100 + random(index + 1) * 6000) },
}))

interface Cancelled {
  readonly played: Played
  /** When the signal was sent; null where the run was done before. */
  readonly signalled: number | null
  readonly ended: number
  /** `slowness()` about that time. */
  readonly slow: number
  /** Moving tags that were asked for, with the time. */
  readonly writes: readonly { readonly path: string; readonly time: number }[]
  readonly atEnd: TagTable
  readonly later: TagTable
}

let world: World
const runs = new Map<Moment, Promise<Cancelled>>()

beforeAll(async () => {
  world = await startTestWorld()
  const limit = pLimit(3)
  for (const moment of [...phases, ...anytime])
    runs.set(
      moment,
      limit(() => cancelAt(moment)),
    )
})

afterAll(async () => {
  await Promise.allSettled(runs.values())
  await world?.stop()
})

async function cancelAt({ trigger, signal }: Moment): Promise<Cancelled> {
  await using stage = await openSmallStage(world, slowStack)
  await stage.commit({ files: { 'images/base/word': `${Math.random()}\n` } })
  const before = await slowness()
  const writes: { path: string; time: number }[] = []
  let signalled: number | null = null
  const pid = findRun(stage)
  const send = async () => {
    // Without a process the run is over, or has not begun.
    if (signalled === null && signalProcess(await pid.now(), signal)) signalled = Date.now()
  }
  const behaviour = (request: ProxyRequest) => {
    if (put(/\/manifests\/main$/)(request)) writes.push({ path: request.path, time: Date.now() })
    if ('at' in trigger && trigger.at(request)) void send()
    return { delay: request.method === 'PUT' ? 200 : 60 }
  }
  const proxy = await startFaultProxy({ target: world.registry, behaviour })
  const timer = 'after' in trigger ? setTimeout(() => void send(), trigger.after + 700) : undefined
  try {
    const onLog = (line: string) => void ('on' in trigger && trigger.on.test(line) && send())
    const inputs = { registry: stage.prefix.replace(world.registry, proxy.address) }
    const played = await stage.push({}, { inputs, onLog })
    pid.stop()
    // Of the step alone, as the runner counts: its post step comes after it.
    const ended = pid.seen() + played.durationMs
    const slow = Math.max(before, await slowness())
    const atEnd = await stage.tags()
    await sleep(1500)
    return { played, signalled, ended, slow, writes, atEnd, later: await stage.tags() }
  } finally {
    clearTimeout(timer)
    pid.stop()
    await proxy.stop()
  }
}

/** Looks for the run's own process until it is there; a signal is then sent at once. */
function findRun(stage: Stage): { now(): Promise<number | null>; seen(): number; stop(): void } {
  const script = path.join(stage.actionDir, 'dist/index.js')
  let stopped = false
  let seen = 0
  const look = async (): Promise<number | null> => {
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      const [, first] = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
      if (first !== script) continue
      seen = Date.now()
      return Number(pid)
    }
    if (stopped) return null
    await sleep(50)
    return await look()
  }
  const found = look()
  const stop = () => {
    stopped = true
  }
  return { now: () => (stopped ? Promise.resolve(null) : found), seen: () => seen, stop }
}

/** As the runner does it: to the run's own process, never to its children. */
function signalProcess(pid: number | null, signal: NodeJS.Signals): boolean {
  try {
    return pid !== null && process.kill(pid, signal)
  } catch {
    return false
  }
}

/** How many times as long as on an idle machine (100 ms) a process takes to start now; at least 1. */
async function slowness(): Promise<number> {
  const started = Date.now()
  await run(process.execPath, ['--eval', '0'])
  return Math.max(1, (Date.now() - started) / 100)
}

/** Waits for a file: on a busy machine nobody knows when. */
async function appears(file: string): Promise<void> {
  for (const end = Date.now() + 300_000; !existsSync(file) && Date.now() < end; ) await sleep(50)
}

describe('a run that is cancelled', () => {
  it.each([...phases, ...anytime])('at $name by $signal', async (moment) => {
    const { played, signalled, ended, slow, writes, atEnd, later } = await runs.get(moment)!
    expect(played.orphans).toEqual([])
    expect(played.post?.outcome).toBe('success')
    expect(later).toEqual(atEnd)
    if (signalled === null) {
      expect([moment.name, played.outcome]).toEqual([expect.stringMatching(/ ms$/), 'success'])
      return
    }
    // Before Node listens, the signal itself ends it.
    expect([played.exitCode, played.signal]).toEqual(played.signal ? [null, moment.signal] : [1, null])
    expect(ended - signalled).toBeLessThan(patience * slow)
    // A request that was on its way may come in; none is made anew.
    expect(writes.filter(({ time }) => time > signalled + 300 * slow)).toEqual([])
    if (!played.signal) expect(played.annotations.map(({ message }) => message).join('\n')).toMatch(/cancelled/)
    if (moment.summary) expect(played.summary).toMatch(/cancelled|not built|skipped/)
  })

  it('ends a child that does not listen, before the runner would kill the run', async () => {
    await using stage = await openSmallStage(world, slowStack)
    // What it started is deaf, too, and has to end with it.
    const begun = path.join(stage.dir, 'begun')
    const deaf = `#!/bin/sh\ntrap '' INT TERM\n: > "${begun}"\n/bin/sleep 300\n:\n`
    const buildx = await tool('buildx')
    const script = `#!/bin/sh\ncase "$*" in *" base") exec deaf ;; *) exec "${buildx}" "$@" ;; esac\n`
    const shims = await makePath(stage.dir, { buildx: script, deaf })
    // SIGKILL follows SIGTERM at once: who ends by itself, did so before either.
    const signals = { when: appears(begun), interruptMs: patience, terminateMs: 0 }
    const played = await stage.push({}, { env: { PATH: shims.folder }, signals })
    expect([played.outcome, played.exitCode, played.signal]).toEqual(['cancelled', 1, null])
    expect(played.orphans).toEqual([])
    expect(await stage.tags()).toEqual({})
    expect(played.summary).toContain('cancelled')
  })
})
