import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Stage } from '../../sandbox/play/stage.ts'
import { tool, type World } from '../../sandbox/world/index.ts'
import { run } from '../../sandbox/world/run.ts'
import { makePath } from './shims.ts'
import { firstError, imageErrors, openSmallStage, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

let world: World

beforeAll(async () => {
  world = await startTestWorld()
})

afterAll(async () => {
  await world?.stop()
})

const images = (base: string) => ({
  'images/base/Dockerfile': base,
  'images/child/Dockerfile': 'FROM base\nRUN echo child > /child\n',
})

describe('a full disk', () => {
  it('of the builder: red, and the first line says so', async () => {
    const small = await startTestWorld({ disk: 40 })
    try {
      await using stage = await openSmallStage(
        small,
        images('FROM busybox\nRUN dd if=/dev/zero of=/big bs=1M count=60\n'),
      )
      const played = await stage.push()
      expect([played.outcome, played.exitCode]).toEqual(['failure', 1])
      expect(firstError(played)).toMatch(
        /^base failed: no space is left on a disk: .*; child not built; no moving tag was changed$/,
      )
      expect(imageErrors(played).join('\n')).toMatch(/no space left on device/i)
      expect(played.summary).toMatch(/no space left on device/i)
      expect(await stage.tags()).toEqual({})
    } finally {
      await small.stop()
    }
  })

  // The event's file takes the first 12 KiB, the runner's other files stay empty until the step writes to them.
  it.each([16, 24, 32, 40, 48, 64, 96])(
    'of RUNNER_TEMP, with %d KiB left: red in one clear line, or all is done',
    async (left) => {
      await using stage = await openSmallStage(world)
      const temp = path.join(stage.dir, 'runs/1/runner/_temp')
      await mkdir(temp, { recursive: true })
      await run('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', temp])
      try {
        await writeFile(path.join(temp, 'filler'), Buffer.alloc((1024 - left) * 1024))
        const played = await stage.push()
        const moved = Object.values(await stage.tags()).filter(({ main }) => main !== undefined)
        if (played.outcome === 'success')
          expect([moved.length, played.summary]).toEqual([4, expect.stringMatching(/^## ✅/)])
        else
          expect([played.exitCode, firstError(played)]).toEqual([
            1,
            expect.stringMatching(/no space is left on (the|a) disk: /),
          ])
      } finally {
        await run('umount', [temp])
      }
    },
  )
})

describe('a process that dies', () => {
  it('BuildKit killed while it builds: red, the image and the reason are named', async () => {
    const own = await startTestWorld()
    try {
      await using stage = await openSmallStage(own, images('FROM busybox\nRUN echo killed soon; sleep 30\n'))
      const killer = (async () => {
        while (!(await commandRuns('sleep 30', own.dir))) await sleep(100)
        process.kill(own.processes().buildkitd ?? 0, 'SIGKILL')
      })()
      const played = await stage.push()
      await killer
      expect([played.outcome, played.exitCode]).toEqual(['failure', 1])
      expect(firstError(played)).toMatch(/^base failed: the builder stopped answering: .*; child not built/)
      expect(played.summary).toMatch(/^## ❌ /)
      expect(await stage.tags()).toEqual({})
      expect(played.orphans).toEqual([])
    } finally {
      await own.stop()
    }
  })

  it('buildx killed by a signal with nothing on stderr: red', async () => {
    await using stage = await openSmallStage(world)
    const buildx = await tool('buildx')
    const script = `#!/bin/sh\ncase "$*" in *" child") kill -9 $$ ;; *) exec "${buildx}" "$@" ;; esac\n`
    const shims = await makePath(stage.dir, { buildx: script })
    const played = await stage.push({}, { env: { PATH: shims.folder } })
    expect([played.outcome, played.exitCode]).toEqual(['failure', 1])
    expect(firstError(played)).toMatch(
      /^child failed: buildx bake was ended by SIGKILL; grandchild not built; no moving tag was changed$/,
    )
    expect(JSON.parse(played.outputs.built ?? '[]')).toEqual(['base', 'sibling'])
    expect((await stage.tags()).base?.main).toBeUndefined()
  })

  it('buildx that fails without a word: red', async () => {
    await using stage = await openSmallStage(world)
    const buildx = await tool('buildx')
    const script = `#!/bin/sh\ncase "$*" in *" child") exit 1 ;; *) exec "${buildx}" "$@" ;; esac\n`
    const shims = await makePath(stage.dir, { buildx: script })
    const played = await stage.push({}, { env: { PATH: shims.folder } })
    expect([played.outcome, played.exitCode]).toEqual(['failure', 1])
    expect(firstError(played)).toMatch(/^child failed: buildx ended without a reason; grandchild not built/)
  })

  it.each([
    ['no metadata', ''],
    ['metadata of nothing', 'while [ "$1" != --metadata-file ]; do shift; done; echo {} > "$2";'],
  ])('buildx that succeeds with %s: red, as nothing tells what was pushed', async (_, write) => {
    await using stage = await openSmallStage(world)
    const buildx = await tool('buildx')
    const script = `#!/bin/sh\ncase "$*" in *" child") ${write} exit 0 ;; *) exec "${buildx}" "$@" ;; esac\n`
    const shims = await makePath(stage.dir, { buildx: script })
    const played = await stage.push({}, { env: { PATH: shims.folder } })
    expect([played.outcome, played.exitCode]).toEqual(['failure', 1])
    expect(firstError(played)).toMatch(/^child failed: buildx ended well but did not tell the digest of what it pushed/)
    expect((await stage.tags()).base?.main).toBeUndefined()
  })
})

describe('a flood of output', () => {
  it('1,000 lines at once and 50 MB in one step: green, and little memory', async () => {
    const flood = 'i=0; while [ $i -lt 1000 ]; do echo "line $i ##[error]x"; i=$((i+1)); done'
    const stack = {
      'images/base/Dockerfile': `FROM busybox\nRUN ${flood}\n`,
      'images/child/Dockerfile': 'FROM base\nRUN dd if=/dev/urandom bs=1M count=36 | base64 -w 100\n',
    }
    await using stage = await openSmallStage(world, stack)
    const peak = watchMemory(stage)
    const played = await stage.push()
    expect([firstError(played), played.outcome]).toEqual(['', 'success'])
    expect(played.annotations).toEqual([])
    expect(played.summary.length).toBeLessThan(1024 * 1024)
    expect(await peak()).toBeLessThan(400)
  })
})

/** Whether a process with such a command line runs below a folder's BuildKit. */
async function commandRuns(command: string, folder: string): Promise<boolean> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const runs = async (pid: string) => {
    const text = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0').join(' ')
    const root = await readFile(`/proc/${pid}/mountinfo`, 'utf8').catch(() => '')
    return text.includes(command) && root.includes(folder)
  }
  return (await Promise.all(pids.map(runs))).some(Boolean)
}

/** Follows the run's own process; gives its highest resident memory, MiB. */
function watchMemory(stage: Stage): () => Promise<number> {
  let peak = 0
  const look = async () => {
    const script = path.join(stage.actionDir, 'dist/index.js')
    for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
      const [, first] = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
      if (first !== script) continue
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
      peak = Math.max(peak, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024)
    }
  }
  const timer = setInterval(() => void look(), 100)
  return async () => {
    clearInterval(timer)
    if (peak === 0) throw new Error('the run was never seen')
    return peak
  }
}
