import { type ChildProcess, spawn } from 'node:child_process'
import { hash } from 'node:crypto'
import { once } from 'node:events'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { type ChannelServer, type Faults, loadChannelData, startChannel } from '../../../sandbox/conda/index.ts'
import {
  createRequest,
  createSpec,
  environments,
  keepOf,
  linuxMachine,
  readSpecs,
} from '../../../sandbox/conda/requests.ts'
import { run } from '../../../sandbox/world/run.ts'
import { ActionError } from '../../../src/errors.ts'
import { satisfied } from '../../../src/lock/satisfied.ts'
import type { CondaRecord, SolveRequest } from '../../../src/lock/types.ts'
import { specText } from '../../../src/tools/solve/request.ts'
import { createSolver } from '../../../src/tools/solve/solver.ts'
import { createTemporary } from '../../helpers/temporary.ts'

const own = 'https://conda.anaconda.org/conda-forge'
const small = createRequest(['python =3.12', 'xarray'])
let channel: ChannelServer

jest.setTimeout(120_000)

beforeAll(async () => {
  channel = await startChannel()
})
afterAll(async () => await channel.stop())

interface Setup {
  readonly folder: string
  readonly mirror?: string
  readonly signal?: AbortSignal
  readonly storeLimit?: number
}

/** One solve of a solver of its own, and what it warned of. */
async function solve(requests: readonly SolveRequest[], { folder, mirror = channel.url, signal, storeLimit }: Setup) {
  const warnings: string[] = []
  const solver = createSolver({
    folder,
    mirrors: new Map([['conda-forge', mirror]]),
    env: {},
    signal: signal ?? new AbortController().signal,
    warn: (line) => warnings.push(line),
    firstWait: 1,
    ...(storeLimit === undefined ? {} : { storeLimit }),
  })
  return { answers: await solver.solve(requests), warnings }
}

function records(answer: readonly CondaRecord[] | Error | undefined): readonly CondaRecord[] {
  if (answer === undefined || answer instanceof Error) throw answer
  return answer
}

const names = (answer: readonly CondaRecord[]) => new Set(answer.map((record) => record.name))
const find = (answer: readonly CondaRecord[], name: string) => answer.find((record) => record.name === name)
const changes = (from: readonly CondaRecord[], to: readonly CondaRecord[]) =>
  to.filter((record) => find(from, record.name) && find(from, record.name)?.url !== record.url).map(({ name }) => name)

describe('createSolver', () => {
  it('solves all pangeo environments: every dependency holds, and each answer solves again to itself', async () => {
    await using temporary = await createTemporary()
    const images = Object.keys(environments)
    const requests = await Promise.all(
      images.map(async (image) => createRequest([], { specs: await readSpecs(image) })),
    )
    const { answers } = await solve(requests, temporary)
    const solved = answers.map(records)
    for (const [at, answer] of solved.entries()) {
      const specs = requests[at]!.specs.map(specText)
      expect([images[at], satisfied(answer, linuxMachine, specs)]).toEqual([images[at], []])
      expect(answer.every((record) => record.url.startsWith(`${own}/`) && record.sha256?.length === 64)).toBe(true)
    }
    expect(solved.map((answer) => answer.length > (answer === solved[0] ? 200 : 800))).toEqual([true, true, true, true])
    const again = await solve(
      requests.map((request, at) => ({ ...request, keep: keepOf(solved[at]!) })),
      temporary,
    )
    expect(again.answers).toEqual(solved)
  })

  // An answer that depended on what came first over the network would make locks that are never the same.
  it('gives the same records for the same channel, from the network and from the store', async () => {
    await using temporary = await createTemporary()
    const first = await solve([small], temporary)
    const before = channel.accessLog().length
    const second = await solve([small], temporary)
    expect(second.answers).toEqual(first.answers)
    const asked = channel.accessLog().slice(before)
    expect(asked.map(({ path: file, status }) => [file, status]).sort()).toEqual([
      ['linux-64/repodata_shards.msgpack.zst', 304],
      ['noarch/repodata_shards.msgpack.zst', 304],
    ])
  })

  it('reads each shard once for all requests, and none that nothing leads to', async () => {
    await using temporary = await createTemporary()
    const before = channel.accessLog().length
    const { answers } = await solve([small, createRequest(['python =3.12', 'numpy']), small], temporary)
    const asked = channel
      .accessLog()
      .slice(before)
      .map((request) => request.path)
    expect(asked.length).toBe(new Set(asked).size)
    expect(asked.length).toBeLessThan(400)
    expect(answers[2]).toEqual(answers[0])
  })

  it('gives every platform its own packages', async () => {
    await using temporary = await createTemporary()
    const mac = [
      { name: '__osx', version: '11.0', build: '0' },
      { name: '__unix', version: '0', build: '0' },
    ]
    const requests = [small, { ...small, platform: 'osx-arm64', virtualPackages: mac }]
    const [linux, osx] = (await solve(requests, temporary)).answers.map(records)
    expect(find(linux!, 'python')?.subdir).toBe('linux-64')
    expect(find(osx!, 'python')?.subdir).toBe('osx-arm64')
    expect(find(osx!, 'python')?.url).toMatch(`${own}/osx-arm64/python-3.12`)
  })

  it('answers each request by itself: one that cannot be solved spoils no other', async () => {
    await using temporary = await createTemporary()
    const { answers } = await solve([createRequest(['numpy >=99']), small], temporary)
    expect(answers[0]).toBeInstanceOf(ActionError)
    expect(names(records(answers[1])).has('xarray')).toBe(true)
  })

  it('takes nothing that is newer than asked', async () => {
    const limit = Date.parse('2025-01-01')
    const data = await loadChannelData()
    const dated = { ...data, noarch: { ...data.noarch, 'packages.conda': { ...data.noarch['packages.conda'] } } }
    for (const [file, record] of Object.entries(data.noarch['packages.conda'])) {
      const timestamp = record.name === 'xarray' && record.version.startsWith('2025') ? limit + 1 : limit
      dated.noarch['packages.conda'][file] = { ...record, timestamp } as typeof record
    }
    const server = await startChannel({ data: dated })
    try {
      await using temporary = await createTemporary()
      const requests = [small, { ...small, excludeNewer: limit }]
      const [all, old] = (await solve(requests, { ...temporary, mirror: server.url })).answers.map(records)
      expect(find(all!, 'xarray')?.version).toMatch(/^2025/)
      expect(find(old!, 'xarray')?.version).toMatch(/^2024/)
    } finally {
      await server.stop()
    }
  })
})

describe('an old lock', () => {
  it('changes nothing where nothing was edited, though there is newer', async () => {
    await using temporary = await createTemporary()
    const old = records((await solve([createRequest(['python =3.12', 'xarray <2025'])], temporary)).answers[0])
    const { answers } = await solve([{ ...small, keep: keepOf(old) }], temporary)
    expect(changes(old, records(answers[0]))).toEqual([])
    const fresh = records((await solve([small], temporary)).answers[0])
    expect(changes(old, fresh).length).toBeGreaterThan(0)
  })

  it('sets the names free that are to be updated, and changes no other without need', async () => {
    await using temporary = await createTemporary()
    const old = records(
      (await solve([createRequest(['python =3.12', 'xarray <2025', 'zarr <3'])], temporary)).answers[0],
    )
    const request = createRequest(['python =3.12', 'xarray', 'zarr'], { keep: keepOf(old, ['xarray']) })
    const updated = records((await solve([request], temporary)).answers[0])
    expect(find(updated, 'xarray')?.version).toMatch(/^2025/)
    expect(find(updated, 'zarr')?.version).toBe(find(old, 'zarr')?.version)
  })

  it('drops what nothing needs any more, and adds what a new spec needs', async () => {
    await using temporary = await createTemporary()
    const old = records((await solve([createRequest(['python =3.12', 'xarray', 'boto3'])], temporary)).answers[0])
    const request = createRequest(['python =3.12', 'xarray', 'zarr'], { keep: keepOf(old) })
    const edited = records((await solve([request], temporary)).answers[0])
    expect(changes(old, edited)).toEqual([])
    expect(names(edited).has('zarr')).toBe(true)
    expect(names(edited).has('botocore')).toBe(false)
  })

  it('changes what an edit forces, as little as can be: no package of the answer could have stayed', async () => {
    await using temporary = await createTemporary()
    const old = records((await solve([createRequest(['python =3.11', 'xarray', 'numba'])], temporary)).answers[0])
    const request = createRequest(['python =3.12', 'xarray', 'numba'], { keep: keepOf(old) })
    const edited = records((await solve([request], temporary)).answers[0])
    expect(satisfied(edited, linuxMachine)).toEqual([])
    // All that changed was built for one version of python.
    const forced = changes(old, edited).filter((name) => name !== 'python' && name !== 'python_abi')
    for (const name of forced) expect(find(old, name)?.depends.join()).toMatch(/python/)
  })
})

describe('what cannot be solved', () => {
  const failure = async (request: SolveRequest) => {
    await using temporary = await createTemporary()
    const [answer] = (await solve([request], temporary)).answers
    if (!(answer instanceof ActionError)) throw new Error('it was solved')
    return answer
  }

  it('says why, and which lines asked', async () => {
    const error = await failure(createRequest(['xarray >=2025', 'pandas <2']))
    expect(error.code).toBe('solve')
    expect(error.message).toBe('environment.yml:1: no packages fulfil xarray >=2025, pandas <2 on linux-64')
    expect(error.details.join('\n')).toMatch(/xarray >=2025 cannot be installed.*pandas >=2/s)
    expect(error.details).toContain('environment.yml:2 asks for pandas <2')
  })

  it('names packages that there are beside one that there is not', async () => {
    const error = await failure(createRequest(['python =3.12', 'xaray', 'zzzzzzzzzzzz']))
    expect(error.message).toBe('environment.yml:2: no package xaray for linux-64 in conda-forge')
    expect(error.details[0]).toMatch(/^environment.yml:2: there is no xaray: did you mean xarray/)
    expect(error.details[1]).toBe('environment.yml:3: there is no zzzzzzzzzzzz')
  })

  it.each(['a"b', 'x]', '[y'])('takes %j in a spec for no way into another field', async (version) => {
    const spec = { ...createSpec('numpy'), version }
    expect((await failure(createRequest([], { specs: [spec] }))).message).toContain('is no match spec')
  })

  it('says that there is no such channel', async () => {
    const channels = [{ url: `${channel.alias}/nowhere`, usedEnvVars: [] }]
    expect((await failure({ ...small, channels })).message).toMatch(
      /^there is no channel http.*nowhere: it has no repodata/,
    )
  })
})

describe('a channel that fails', () => {
  async function faulty<T>(faults: Faults, work: (server: ChannelServer, folder: string) => Promise<T>): Promise<T> {
    const server = await startChannel({ data: channel.data, faults })
    try {
      await using temporary = await createTemporary()
      return await work(server, temporary.folder)
    } finally {
      await server.stop()
    }
  }

  const isShard = (file: string) => file.includes('/shards/')
  const isIndex = (file: string) => file.endsWith('repodata_shards.msgpack.zst')
  const isRepodata = (file: string) => file.includes('repodata.json')

  const expected = async () => {
    await using temporary = await createTemporary()
    return (await solve([small], temporary)).answers
  }

  it.each<[string, Faults]>([
    [
      '429 once for each shard',
      (file, before) => (isShard(file) && before < 1 ? { kind: 'status', status: 429, retryAfter: 0.01 } : null),
    ],
    [
      '503 twice for each index',
      (file, before) => (isIndex(file) && before < 2 ? { kind: 'status', status: 503 } : null),
    ],
    ['cut once for each file', (_, before) => (before < 1 ? { kind: 'cut' } : null)],
    ['another byte once in each file', (_, before) => (before < 1 ? { kind: 'flip' } : null)],
    ['half of each file once', (_, before) => (before < 1 ? { kind: 'truncate' } : null)],
    ['slow', () => ({ kind: 'slow', milliseconds: 20 })],
    ['no shards: repodata.json.zst', (file) => (isIndex(file) ? { kind: 'status', status: 404 } : null)],
    [
      'repodata.json alone',
      (file) => (isIndex(file) || file.endsWith('.zst') ? { kind: 'status', status: 404 } : null),
    ],
  ])('gives the same answer: %s', async (_, faults) => {
    const right = await expected()
    await faulty(faults, async (server, folder) => {
      expect((await solve([small], { folder, mirror: server.url })).answers).toEqual(right)
    })
  })

  it.each<[string, Faults, RegExp]>([
    [
      '429 for ever',
      (file) => (isShard(file) ? { kind: 'status', status: 429, retryAfter: 0.01 } : null),
      /answered 429 for .*\/shards\/.*, also after retries/,
    ],
    [
      '403 for shards',
      (file) => (isShard(file) ? { kind: 'status', status: 403 } : null),
      /answered 403 for .*\/shards\/[^,]*$/,
    ],
    [
      '404 for shards',
      (file) => (isShard(file) ? { kind: 'status', status: 404 } : null),
      /has no .*which its index names/,
    ],
    [
      'cut for ever',
      (file) => (isIndex(file) ? { kind: 'cut' } : null),
      /repodata_shards.msgpack.zst cannot be read: /,
    ],
    [
      'wrong hash',
      (file) => (isShard(file) ? { kind: 'flip' } : null),
      /cannot be read: its sha256 is [0-9a-f]{64}, and the index says/,
    ],
    [
      'truncated zst',
      (file) => (isIndex(file) ? { kind: 'truncate' } : null),
      /repodata_shards.msgpack.zst cannot be read: /,
    ],
    [
      'truncated repodata',
      (file) => (isIndex(file) ? { kind: 'status', status: 404 } : isRepodata(file) ? { kind: 'truncate' } : null),
      /repodata.json.zst cannot be read: /,
    ],
  ])('is a clear error, and nothing is kept that is wrong: %s', async (_, faults, message) => {
    let broken = true
    await faulty(
      (file, before) => (broken ? faults(file, before) : null),
      async (server, folder) => {
        const [answer] = (await solve([small], { folder, mirror: server.url })).answers
        expect(answer).toBeInstanceOf(ActionError)
        expect((answer as ActionError).message).toMatch(message)
        expect((answer as ActionError).details.length).toBeGreaterThan(0)
        broken = false
        expect((await solve([small], { folder, mirror: server.url })).answers).toEqual(await expected())
      },
    )
  })

  // 4 GiB of zeros in 128 kB of zstd.
  it('stops at a shard index that unpacks without an end', async () => {
    const { zstdCompressSync } = await import('node:zlib')
    const frame = zstdCompressSync(Buffer.alloc(64 * 2 ** 20))
    const body = Buffer.concat(Array.from({ length: 8 }, () => frame))
    await faulty(
      (file) => (isIndex(file) ? { kind: 'body', body } : null),
      async (server, folder) => {
        const [answer] = (await solve([small], { folder, mirror: server.url })).answers
        expect((answer as ActionError).message).toMatch(/cannot be read: /)
        expect(process.memoryUsage().rss).toBeLessThan(1.5e9)
      },
    )
  })

  it('leaves no process of the solver behind, also where a request fails', async () => {
    const workers = async () => {
      const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
      const lines = pids.map(async (pid) => [
        await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => ''),
        await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''),
      ])
      return (await Promise.all(lines)).filter(
        ([line, status]) =>
          line!.includes('rattler-worker') && status!.includes(`PPid:\t${process.pid}\n`) && !/State:\tZ/.test(status!),
      ).length
    }
    await using temporary = await createTemporary()
    await solve([small, createRequest(['numpy >=99'])], temporary)
    expect(await workers()).toBe(0)
  })

  it('ends at once when the run is cancelled', async () => {
    const abort = new AbortController()
    await faulty(
      (file) => {
        if (isShard(file)) abort.abort()
        return isShard(file) ? { kind: 'slow', milliseconds: 60_000 } : null
      },
      async (server, folder) => {
        const solving = solve([small], { folder, mirror: server.url, signal: abort.signal })
        await expect(solving).rejects.toMatchObject({ code: 'cancelled' })
      },
    )
  })
})

describe('the store', () => {
  const files = async (folder: string) => {
    const entries = await readdir(folder, { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  }

  it('reads nothing that is not what it was: each file damaged, and the answer is the same', async () => {
    await using temporary = await createTemporary()
    const first = await solve([small], temporary)
    for (const [at, file] of (await files(temporary.folder)).entries()) {
      const bytes = await readFile(file)
      await writeFile(file, at % 2 === 0 ? bytes.subarray(0, bytes.length >> 1) : Buffer.from(bytes).fill(1, 10, 20))
    }
    expect((await solve([small], temporary)).answers).toEqual(first.answers)
    expect((await solve([small], temporary)).answers).toEqual(first.answers)
  })

  // A file that was written in place would be half there.
  it('is whole when the run is killed in the middle: what is there is right, and the next run goes on from it', async () => {
    await using temporary = await createTemporary()
    let child: ChildProcess | null = null
    let shards = 0
    const faults: Faults = (file) => {
      if (file.includes('/shards/') && ++shards === 40) child?.kill('SIGKILL')
      return null
    }
    const server = await startChannel({ data: channel.data, faults })
    const folder = path.join(temporary.folder, 'store')
    try {
      const task = path.join(temporary.folder, 'task.json')
      await writeFile(task, JSON.stringify({ url: server.url, folder, requests: [small], answer: `${task}.answer` }))
      child = spawn(process.execPath, [path.join(import.meta.dirname, '../../../bench/locks-ours.ts'), task])
      const [, signal] = (await once(child, 'close')) as [number | null, string | null]
      expect(signal).toBe('SIGKILL')
    } finally {
      await server.stop()
    }
    const kept = (await files(path.join(folder, 'content'))).filter((file) => !file.endsWith('.part'))
    expect(kept.length).toBeGreaterThan(0)
    for (const file of kept) expect(hash('sha256', await readFile(file))).toBe(path.basename(file))
    const fresh = path.join(temporary.folder, 'fresh')
    expect((await solve([small], { folder })).answers).toEqual((await solve([small], { folder: fresh })).answers)
  })

  it('keeps within its limit what was used last', async () => {
    await using temporary = await createTemporary()
    const size = async () => {
      const sizes = await Promise.all((await files(temporary.folder)).map(async (file) => (await stat(file)).size))
      return sizes.reduce((sum, bytes) => sum + bytes, 0)
    }
    await solve([small], { ...temporary, storeLimit: 400_000 })
    expect(await size()).toBeLessThanOrEqual(400_000)
    expect(await size()).toBeGreaterThan(100_000)
  })

  it('goes on without a place to write, with one warning: a full disk', async () => {
    await using temporary = await createTemporary()
    await run('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', temporary.folder])
    try {
      const { answers, warnings } = await solve([small], temporary)
      expect(records(answers[0]).length).toBeGreaterThan(20)
      expect(warnings).toEqual([expect.stringMatching(/cannot be kept in .*no space left on device/)])
      expect((await files(temporary.folder)).filter((file) => file.endsWith('.part'))).toEqual([])
    } finally {
      await run('umount', [temporary.folder])
    }
  })
})
