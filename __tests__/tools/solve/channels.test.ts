import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { decode, encode } from '@msgpack/msgpack'
import { type ChannelServer, type Faults, startChannel } from '../../../sandbox/conda/index.ts'
import { createRequest, keepOf } from '../../../sandbox/conda/requests.ts'
import { ActionError } from '../../../src/errors.ts'
import type { CondaRecord, SolveRequest } from '../../../src/lock/types.ts'
import { createSolver } from '../../../src/tools/solve/solver.ts'
import { createTemporary } from '../../helpers/temporary.ts'

let channel: ChannelServer

jest.setTimeout(120_000)

beforeAll(async () => {
  channel = await startChannel()
})
afterAll(async () => await channel.stop())

interface World {
  readonly mirrors?: Readonly<Record<string, string>>
  readonly env?: Readonly<Record<string, string>>
}

async function solve(request: SolveRequest, { mirrors = { 'conda-forge': channel.url }, env = {} }: World = {}) {
  await using temporary = await createTemporary()
  const warnings: string[] = []
  const solver = createSolver({
    folder: temporary.folder,
    mirrors: new Map(Object.entries(mirrors)),
    env,
    signal: new AbortController().signal,
    warn: (line) => warnings.push(line),
    firstWait: 1,
  })
  const [answer] = await solver.solve([request])
  return { answer, warnings }
}

async function solved(request: SolveRequest, world?: World): Promise<readonly CondaRecord[]> {
  const { answer } = await solve(request, world)
  if (answer === undefined || answer instanceof Error) throw answer
  return answer
}

const find = (records: readonly CondaRecord[], name: string) => records.find((record) => record.name === name)
const channels = (...urls: string[]) => urls.map((url) => ({ url, usedEnvVars: [] }))

async function withFaults<T>(faults: Faults, work: (server: ChannelServer) => Promise<T>): Promise<T> {
  const server = await startChannel({ data: channel.data, faults })
  try {
    return await work(server)
  } finally {
    await server.stop()
  }
}

/** The channel's index of a subdir with another base_url. */
async function rebased(base: string): Promise<Faults> {
  const bodies = new Map<string, Buffer>()
  for (const subdir of ['linux-64', 'noarch']) {
    const response = await fetch(`${channel.url}/${subdir}/repodata_shards.msgpack.zst`)
    const index = decode(zstdDecompressSync(Buffer.from(await response.arrayBuffer()))) as { info: object }
    const changed = { ...index, info: { ...index.info, base_url: `${base}${subdir}/` } }
    bodies.set(subdir, zstdCompressSync(encode(changed)))
  }
  return (file) => {
    const body = file.endsWith('repodata_shards.msgpack.zst') ? bodies.get(file.split('/').at(-2) ?? '') : undefined
    return body ? { kind: 'body', body } : null
  }
}

describe('an old lock', () => {
  // Broken by: old packages that are preferred, but not held: the newest puller would bring the newest pulled.
  it('holds its packages against a new one that would rather have newer ones', async () => {
    const { noarch } = channel.data
    const [, model] = Object.entries(noarch['packages.conda']).find(([, record]) => record.name === 'xarray')!
    const made = (name: string, version: string, depends: string[]) =>
      [`${name}-${version}-0.conda`, { ...model, name, version, build: '0', build_number: 0, depends }] as const
    const more = [
      ...[made('holder', '1', ['pulled']), made('pulled', '1', []), made('pulled', '2', [])],
      ...[made('puller', '1', ['pulled']), made('puller', '2', ['pulled >=2'])],
    ]
    const server = await startChannel({
      data: { ...channel.data, noarch: { ...noarch, 'packages.conda': Object.fromEntries(more) } },
    })
    try {
      const world = { mirrors: { 'conda-forge': server.url } }
      const old = await solved(createRequest(['holder', 'pulled =1']), world)
      const edited = await solved(createRequest(['holder', 'puller'], { keep: keepOf(old) }), world)
      expect(edited.map(({ name, version }) => `${name} ${version}`)).toEqual(['holder 1', 'pulled 1', 'puller 1'])
      const fresh = await solved(createRequest(['holder', 'puller']), world)
      expect(fresh.map(({ name, version }) => `${name} ${version}`)).toEqual(['holder 1', 'pulled 2', 'puller 2'])
    } finally {
      await server.stop()
    }
  })
})

describe('several channels', () => {
  // Broken by: the newest version of all channels, where the first one that has the name is to give it.
  it('takes each name from the first that has it', async () => {
    const { noarch } = channel.data
    const records = Object.entries(noarch['packages.conda'])
    const [file, newest] = records.findLast(([, record]) => record.name === 'xarray')!
    const name = 'only-here'
    const more = {
      [file.replace(newest.version, '2099.1.0')]: { ...newest, version: '2099.1.0' },
      [`${name}-1-0.conda`]: { ...newest, name, version: '1', build: '0', depends: ['xarray'] },
    }
    const other = { packages: {}, 'packages.conda': more }
    const server = await startChannel({ data: { ...channel.data, noarch: { ...noarch, ...other } } })
    try {
      const mirrors = { 'conda-forge': channel.url, other: server.url }
      const specs = ['python =3.12', name]
      const first = await solved(createRequest(specs, { channels: channels('conda-forge', 'other') }), { mirrors })
      expect(find(first, name)?.url).toMatch('https://conda.anaconda.org/other/noarch/only-here-1')
      expect(find(first, 'xarray')?.url).toMatch(/^https:\/\/conda.anaconda.org\/conda-forge\/noarch\/xarray-20(?!99)/)
      const second = await solved(createRequest(specs, { channels: channels('other', 'conda-forge') }), { mirrors })
      expect(find(second, 'xarray')?.url).toMatch('https://conda.anaconda.org/other/noarch/xarray-2099')
    } finally {
      await server.stop()
    }
  })
})

describe('a channel’s address', () => {
  const secret = 'conda-forge'
  const used = (alias: string) => [{ url: `${alias}/$TOKEN`, usedEnvVars: ['TOKEN'] }]
  const env = { TOKEN: secret }
  const request = (alias: string) => createRequest(['python =3.12'], { channels: used(alias) })

  // Broken by: an address that is asked, in place of the one that is written. (The value is a folder that the server has.)
  it('keeps the name of a variable in place of its value', async () => {
    const { answer, warnings } = await solve(request(channel.alias), { env })
    expect(answer).not.toBeInstanceOf(Error)
    expect((answer as CondaRecord[]).every(({ url }) => url.startsWith(`${channel.alias}/$TOKEN/`))).toBe(true)
    expect(JSON.stringify([answer, warnings])).not.toContain(secret)
  })

  it.each(['../packages/', '../../conda-forge/packages/'])('keeps it where packages are at %s', async (base) => {
    await withFaults(await rebased(base), async (server) => {
      const { answer } = await solve(request(server.alias), { env })
      expect(JSON.stringify(answer)).not.toContain(secret)
      expect(find(answer as CondaRecord[], 'python')?.url).toMatch(
        `${server.alias}/$TOKEN/packages/linux-64/python-3.12`,
      )
    })
  })

  // Broken by: a message with the URL that was asked.
  it.each([403, 404])('keeps it in the error of a channel that answers %d', async (status) => {
    await withFaults(
      () => ({ kind: 'status', status }),
      async (server) => {
        const { answer, warnings } = await solve(request(server.alias), { env })
        if (!(answer instanceof ActionError)) throw new Error('it was solved')
        expect(answer.message).toContain('$TOKEN')
        expect([answer.message, answer.stack, ...answer.details, ...warnings].join('\n')).not.toContain(secret)
      },
    )
  })

  // Broken by: packages of the mirror's in a lock that others read.
  it('is the channel’s own where a mirror says that its packages lie elsewhere', async () => {
    await withFaults(await rebased('http://mirror.invalid/files/'), async (server) => {
      const records = await solved(createRequest(['python =3.12']), { mirrors: { 'conda-forge': server.url } })
      for (const { url } of records)
        expect(url).toMatch(/^https:\/\/conda\.anaconda\.org\/conda-forge\/(linux-64|noarch)\//)
    })
  })

  it('is another one where the channel itself says so', async () => {
    await withFaults(await rebased('http://files.invalid/'), async (server) => {
      const records = await solved(createRequest(['python =3.12'], { channels: channels(server.url) }), { mirrors: {} })
      expect(find(records, 'python')?.url).toMatch('http://files.invalid/linux-64/python-3.12')
    })
  })
})
