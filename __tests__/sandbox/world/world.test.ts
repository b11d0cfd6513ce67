import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, cp, mkdir, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { mirrorPath } from '../../../sandbox/world/extra-images.ts'
import { withLock } from '../../../sandbox/world/lock.ts'
import { cacheDir } from '../../../sandbox/world/paths.ts'
import { isRunning, readProcess, startProcess, stopProcess } from '../../../sandbox/world/processes.ts'
import { parseLine, readAccessLog } from '../../../sandbox/world/registry.ts'
import { run, tryRun } from '../../../sandbox/world/run.ts'
import { contentKey } from '../../../sandbox/world/seeds.ts'
import { clearFolder, makeFolder } from '../../../sandbox/world/state.ts'

let dir: string

beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'buildx-action-'))
})

afterEach(() => rm(dir, { recursive: true, force: true }))

describe('mirrorPath', () => {
  it.each([
    ['busybox', 'library/busybox:latest'],
    ['busybox:1', 'library/busybox:1'],
    ['docker.io/busybox', 'library/busybox:latest'],
    ['docker.io/library/debian:trixie-slim', 'library/debian:trixie-slim'],
    ['mambaorg/micromamba:2.3', 'mambaorg/micromamba:2.3'],
    ['mambaorg/micromamba', 'mambaorg/micromamba:latest'],
  ])('%s is kept at %s', (ref, path) => expect(mirrorPath(ref)).toBe(path))
})

describe('cacheDir', () => {
  it.each([
    [{ BUILDX_ACTION_CACHE: '/a', XDG_CACHE_HOME: '/b' }, '/a'],
    [{ XDG_CACHE_HOME: '/b' }, '/b/buildx-action'],
    [{ XDG_CACHE_HOME: '' }, expect.stringMatching(/\/\.cache\/buildx-action$/)],
  ])('%j gives %s', (env, expected) => expect(cacheDir(env)).toEqual(expected))
})

describe('the access log', () => {
  const line = (fields: object) =>
    JSON.stringify({ msg: 'response completed', time: '2026-01-02T03:04:05Z', ...fields })
  const answer = { 'http.request.method': 'GET', 'http.response.status': 200, 'http.response.written': 42 }

  it('gives method, path, status and bytes of a finished request', () => {
    const text = line({ ...answer, 'http.request.uri': '/v2/a/manifests/1?x=y', 'http.request.useragent': 'buildx' })
    const expected = {
      method: 'GET',
      path: '/v2/a/manifests/1',
      query: 'x=y',
      status: 200,
      bytes: 42,
      userAgent: 'buildx',
    }
    expect(parseLine(text)).toEqual({ ...expected, time: Date.UTC(2026, 0, 2, 3, 4, 5) })
  })

  it('passes other lines over, also where they are no JSON', () => {
    expect(parseLine('{"msg":"listening"}')).toBeNull()
    expect(parseLine('panic: something')).toBeNull()
  })

  it('is read from an offset', async () => {
    const lines = ['/old', '/new'].map((uri) => `${line({ ...answer, 'http.request.uri': uri })}\n`)
    await writeFile(join(dir, 'log'), lines.join(''))
    expect(readAccessLog(join(dir, 'log'), lines[0]?.length).map(({ path }) => path)).toEqual(['/new'])
  })
})

describe('contentKey', () => {
  const changes: Record<string, (folder: string) => Promise<void>> = {
    'another byte': (folder) => writeFile(join(folder, 'sub/file'), 'B'),
    'a further file': (folder) => writeFile(join(folder, 'more'), ''),
    'another name': (folder) => cp(join(folder, 'sub/file'), join(folder, 'sub/other')),
    'another mode': (folder) => chmod(join(folder, 'sub/file'), 0o755),
    'a link': (folder) => symlink('sub/file', join(folder, 'link')),
  }
  const make = async (name: string) => {
    await mkdir(join(dir, name, 'sub'), { recursive: true })
    await writeFile(join(dir, name, 'sub/file'), 'A', { mode: 0o644 })
    return join(dir, name)
  }

  it('does not depend on where the folder is', async () => {
    expect(await contentKey([await make('one')], ['x'])).toBe(await contentKey([await make('two')], ['x']))
  })

  it.each(Object.entries(changes))('changes with %s', async (_, change) => {
    const folder = await make('one')
    const before = await contentKey([folder], [])
    await change(folder)
    expect(await contentKey([folder], [])).not.toBe(before)
  })

  it('changes with the texts', async () => {
    expect(await contentKey([], ['a', 'b'])).not.toBe(await contentKey([], ['ab']))
  })
})

describe('withLock', () => {
  it('lets one in at a time, and the next one after a failure', async () => {
    let inside = 0
    const work = async (fail: boolean) => {
      expect(++inside).toBe(1)
      await sleep(20)
      inside--
      if (fail) throw new Error('as told')
    }
    const results = await Promise.allSettled([true, false, false].map((fail) => withLock(dir, () => work(fail))))
    expect(results.map(({ status }) => status)).toEqual(['rejected', 'fulfilled', 'fulfilled'])
  })
})

describe('run', () => {
  it('gives stdout, and says what failed with its last lines', async () => {
    expect(await run('printf', ['%s', '$HOME; `id`'])).toBe('$HOME; `id`')
    const failure = run('sh', ['-c', 'echo why >&2; exit 3'])
    await expect(failure).rejects.toMatchObject({ message: expect.stringContaining('ended with 3'), details: ['why'] })
    expect((await tryRun(join(dir, 'absent'), [])).code).toBe(127)
  })
})

describe('processes', () => {
  it('end with their children, which a signal to the parent alone would leave', async () => {
    const script = 'trap "" TERM; sleep 1000 & echo $! > child; wait'
    startProcess({ dir, name: 'tree', command: 'sh', args: ['-c', script] })
    const file = join(dir, 'child')
    while (!existsSync(file) || !(await readFile(file, 'utf8'))) await sleep(10)
    const child = Number(await readFile(file, 'utf8'))
    await stopProcess(dir, 'tree', 100)
    expect(await tryRun('ps', ['-o', 'stat=', '-p', String(child)])).toMatchObject({
      stdout: expect.stringMatching(/^(Z.*\n)?$/),
    })
    expect(existsSync(join(dir, 'tree.pid'))).toBe(false)
  })

  it('are not taken for another one that has the same number', async () => {
    const id = startProcess({ dir, name: 'one', command: 'sleep', args: ['1000'] })
    await writeFile(join(dir, 'other.pid'), JSON.stringify({ pid: id.pid, started: '1' }))
    expect(readProcess(dir, 'other')).toBeNull()
    await stopProcess(dir, 'other')
    expect(isRunning(id)).toBe(true)
    await stopProcess(dir, 'one')
    expect(isRunning(id)).toBe(false)
  })

  it.each([false, true])('outlive a process that is killed only when told to: %s', async (outlive) => {
    const module = new URL('../../../sandbox/world/processes.ts', import.meta.url).href
    const spec = JSON.stringify({ dir, name: 'bound', command: 'sleep', args: ['1000'], outlive })
    const script = `import { startProcess } from '${module}'; startProcess(${spec}); setInterval(() => {}, 1000)`
    const owner = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: 'inherit' })
    while (!readProcess(dir, 'bound')) await sleep(20)
    await sleep(100)
    owner.kill('SIGKILL')
    await new Promise((resolve) => owner.on('exit', resolve))
    await sleep(200)
    expect(readProcess(dir, 'bound') !== null).toBe(outlive)
    await stopProcess(dir, 'bound')
  })
})

describe('a folder of a world', () => {
  it('is not made of a folder that holds other things', async () => {
    await writeFile(join(dir, 'precious'), '')
    await expect(makeFolder(dir)).rejects.toThrow('is not empty and holds no world')
    expect(existsSync(join(dir, 'precious'))).toBe(true)
  })

  it('is taken over from a world that died, and goes away with what runs in it', async () => {
    await makeFolder(dir)
    const id = startProcess({ dir, name: 'left', command: 'sleep', args: ['1000'] })
    await makeFolder(dir)
    expect(isRunning(id)).toBe(false)
    await clearFolder(dir, false)
    expect(existsSync(dir)).toBe(false)
  })
})
