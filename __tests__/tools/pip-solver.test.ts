import { access, chmod, mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { beforeAll, describe, expect, it } from '@jest/globals'
import { ActionError } from '../../src/errors.ts'
import type { CondaRecord, LockedPackage, PipRecord, PipRequest, PipSpec } from '../../src/lock/types.ts'
import { createPipSolver } from '../../src/tools/pip-solver.ts'
import { findUv } from '../../src/tools/uv.ts'
import { maliciousSdist, type PythonIndex, servePythonIndex, sha256, wheel } from '../helpers/python-index.ts'
import { createTemporary } from '../helpers/temporary.ts'

const repository = path.resolve(import.meta.dirname, '../..')
let uv = ''

beforeAll(async () => {
  await using temporary = await createTemporary()
  uv = await findUv({ env: process.env, temp: temporary.folder, repository })
}, 120_000)

function conda(name: string, version: string, depends: readonly string[] = ['python >=3.9']): CondaRecord {
  const rest = {
    build: '0',
    buildNumber: 0,
    subdir: 'noarch',
    url: '',
    md5: null,
    sha256: null,
    constrains: [],
    size: null,
  }
  return { ...rest, name, version, depends, timestamp: null }
}

function pip(name: string, rest: Partial<PipSpec> = {}): PipSpec {
  const origin = { file: 'images/a/environment.yml', line: 7 }
  const none = { version: '', extras: [], url: null, markers: null, hash: null, category: 'main', origin }
  return { manager: 'pip', name, ...none, ...rest }
}

function request(specs: readonly PipSpec[], rest: Partial<PipRequest> = {}): PipRequest {
  const keep = { packages: [], update: [] }
  const none = { virtualPackages: [], repositories: [], keep, excludeNewer: null }
  return { platform: 'linux-64', specs, conda: [conda('python', '3.12.7', [])], ...none, ...rest }
}

/** A solver that knows one index alone. */
async function solve(
  index: PythonIndex | null,
  asked: PipRequest,
  options: Partial<Parameters<typeof createPipSolver>[0]> = {},
): Promise<readonly PipRecord[] | Error> {
  await using temporary = await createTemporary()
  const env = { ...process.env, UV_DEFAULT_INDEX: index?.url ?? 'http://127.0.0.1:9/simple', ...options.env }
  const hosts = index ? [index.host] : []
  const rest = { repository, temp: temporary.folder, trusted: true, allowedHosts: hosts, uv: async () => uv }
  const [answer] = await createPipSolver({ ...rest, ...options, env }).solve([asked])
  // Nothing of a request stays behind; the cache of an untrusted run goes with the run.
  expect((await readdir(temporary.folder)).filter((name) => name.startsWith('pip-'))).toEqual([])
  return answer ?? new Error('no answer')
}

function records(answer: readonly PipRecord[] | Error): readonly PipRecord[] {
  if (answer instanceof Error) throw answer
  return answer
}

function errorOf(answer: readonly PipRecord[] | Error): ActionError {
  if (answer instanceof ActionError) return answer
  throw new Error(`no error: ${JSON.stringify(answer)}`)
}

describe('what is resolved', () => {
  it('is the wheel of the platform, its hash, and its dependencies as conda-lock writes them', async () => {
    const linux = wheel('fast', '1.2', {
      tags: 'cp312-cp312-manylinux_2_28_x86_64',
      requires: ['pure>=1,!=1.5', "tomli ; python_version < '3.11'", "other ; sys_platform == 'win32'"],
    })
    const any = wheel('fast', '1.2')
    const arm = wheel('fast', '1.2', { tags: 'cp312-cp312-manylinux_2_28_aarch64' })
    await using index = await servePythonIndex({ fast: [any, arm, linux], pure: [wheel('pure', '1.6')] })
    const url = (name: string) => `http://${index.host}/files/${name}`
    expect(records(await solve(index, request([pip('fast')])))).toEqual([
      {
        name: 'fast',
        version: '1.2',
        url: url(`fast/${linux.name}`),
        sha256: sha256(linux.bytes),
        dependencies: { pure: '>=1,<1.5 || >1.5' },
      },
      {
        name: 'pure',
        version: '1.6',
        url: url('pure/pure-1.6-py3-none-any.whl'),
        sha256: expect.any(String),
        dependencies: {},
      },
    ])
    // An older glibc than the wheel's takes the one that fits anything.
    const old = [{ name: '__glibc', version: '2.17', build: '0' }]
    const [first] = records(await solve(index, request([pip('fast')], { virtualPackages: old })))
    expect(first?.url).toBe(url('fast/fast-1.2-py3-none-any.whl'))
  })

  it('is read from a server that gives no parts of files', async () => {
    await using index = await servePythonIndex(
      { a: [wheel('a', '1', { requires: ['b>=2,<3'] })], b: [wheel('b', '2.1')] },
      { parts: false },
    )
    expect(records(await solve(index, request([pip('a')])))[0]).toMatchObject({ dependencies: { b: '>=2,<3' } })
  })

  it('leaves out what conda brings, in conda’s version, with all that it would need', async () => {
    const projects = {
      top: [wheel('top', '1', { requires: ['torch>=2', 'numpy'] }), wheel('top', '2', { requires: ['torch>=3'] })],
      // Newer at the index, and in need of more: neither is asked for.
      torch: [wheel('torch', '3.0', { requires: ['nvidia-cublas'] })],
      numpy: [wheel('numpy', '9.0')],
    }
    await using index = await servePythonIndex(projects)
    const brought = [conda('python', '3.12.7', []), conda('pytorch', '2.5.1'), conda('numpy', '2.1.0')]
    const answer = records(await solve(index, request([pip('top')], { conda: brought })))
    expect(answer.map(({ name, version }) => `${name} ${version}`)).toEqual(['top 1'])
    expect(answer[0]?.dependencies).toEqual({ torch: '>=2', numpy: '*' })
    expect(index.requests.filter(({ path }) => /torch|numpy/.test(path))).toEqual([])
  })

  it('adds what an extra of a package of conda needs', async () => {
    const server = wheel('server', '1.0', { extras: ['fast'], requires: ["loop>=1 ; extra == 'fast'", 'h11'] })
    const projects = {
      app: [wheel('app', '1', { requires: ['server[fast]'] })],
      server: [server],
      loop: [wheel('loop', '1.3')],
    }
    await using index = await servePythonIndex(projects)
    const brought = [conda('python', '3.12.7', []), conda('server', '1.0'), conda('h11', '0.14')]
    const answer = records(await solve(index, request([pip('app')], { conda: brought })))
    expect(answer.map(({ name }) => name)).toEqual(['app', 'loop'])
  })

  it('holds the extras that are asked for, and no others', async () => {
    const requires = ["one ; extra == 'first'", "two ; extra == 'second'"]
    const app = wheel('app', '1', { extras: ['first', 'second'], requires })
    await using index = await servePythonIndex({ app: [app], one: [wheel('one', '1')], two: [wheel('two', '1')] })
    const [first, second] = records(await solve(index, request([pip('app', { extras: ['first'] })])))
    expect([first?.dependencies, second?.name]).toEqual([{ one: '*' }, 'one'])
  })

  it('keeps what was locked where it still fits, and not what is to be updated', async () => {
    const versions = (name: string) => ['1.0', '2.0'].map((version) => wheel(name, version))
    await using index = await servePythonIndex({ a: versions('a'), b: versions('b'), c: versions('c') })
    const locked = (name: string): LockedPackage => ({
      ...{ name, version: '1.0', manager: 'pip', platform: 'linux-64', dependencies: {}, url: 'https://x/y.whl' },
      ...{ hash: {}, category: 'main', optional: false },
    })
    const keep = { packages: ['a', 'b', 'c'].map(locked), update: ['b'] }
    const answer = records(await solve(index, request([pip('a'), pip('b'), pip('c', { version: '>=2' })], { keep })))
    expect(answer.map(({ name, version }) => `${name} ${version}`)).toEqual(['a 1.0', 'b 2.0', 'c 2.0'])
  })

  it('takes nothing that was uploaded after exclude-newer', async () => {
    const uploads = [
      wheel('a', '1', { uploaded: '2025-01-01T00:00:00Z' }),
      wheel('a', '2', { uploaded: '2025-06-01T00:00:00Z' }),
    ]
    await using index = await servePythonIndex({ a: uploads })
    const excludeNewer = Date.parse('2025-03-01T00:00:00Z')
    expect(records(await solve(index, request([pip('a')], { excludeNewer })))[0]?.version).toBe('1')
  })

  it('asks pip-repositories alone where PyPI is not allowed', async () => {
    await using own = await servePythonIndex({ a: [wheel('a', '5')] })
    await using index = await servePythonIndex({ a: [wheel('a', '9')] })
    const asked = request([pip('a')], { repositories: [own.url], allowPypiRequests: false })
    const answer = records(await solve(index, asked, { allowedHosts: [own.host] }))
    expect([answer[0]?.version, index.requests.length]).toEqual(['5', 0])
  })

  it('takes a marker of the environment file by the Python that conda brings', async () => {
    await using index = await servePythonIndex({ a: [wheel('a', '1')], b: [wheel('b', '1')] })
    const specs = [pip('a', { markers: "python_version < '3.12'" }), pip('b', { markers: "python_version >= '3.12'" })]
    expect(records(await solve(index, request(specs))).map(({ name }) => name)).toEqual(['b'])
  })

  it('is nothing, and uv is not looked for, where no pip package is asked for', async () => {
    const nobody = async () => Promise.reject(new Error('uv was asked for'))
    expect(await solve(null, request([]), { uv: nobody })).toEqual([])
  })

  it('logs in to a private index, and leaves the password out of the lock', async () => {
    await using index = await servePythonIndex({ a: [wheel('a', '1')] })
    const env = { UV_DEFAULT_INDEX: `own=${index.url.replace('//', '//someone:hunter2@')}` }
    const [first] = records(await solve(index, request([pip('a')]), { env }))
    expect(first?.url).toBe(`http://${index.host}/files/a/a-1-py3-none-any.whl`)
    expect(index.requests.every(({ login }) => login === null || login === `Basic ${btoa('someone:hunter2')}`)).toBe(
      true,
    )
    expect(index.requests.some(({ login, range }) => login !== null && range !== null)).toBe(true)
    const before = index.requests.length
    // An untrusted run logs in nowhere.
    records(await solve(index, request([pip('a')]), { env, trusted: false }))
    expect(index.requests.slice(before).every(({ login }) => login === null)).toBe(true)
  })
})

describe('code of packages', () => {
  it('does not run: a package that has a source distribution alone is refused', async () => {
    await using temporary = await createTemporary()
    const canary = path.join(temporary.folder, 'canary')
    await using index = await servePythonIndex({ evil: [await maliciousSdist('evil', '1.0', canary)] })
    const { code, message, details } = errorOf(await solve(index, request([pip('evil')])))
    expect([code, message]).toEqual([
      'solve',
      'the pip packages of linux-64 do not fit together: images/a/environment.yml:7 asks for evil',
    ])
    expect(details.join(' ')).toMatch(/no usable wheels.*only wheels are taken/)
    await expect(access(canary)).rejects.toThrow('ENOENT')
  })

  it('does not run either where it is what a wheel needs, or newer than the wheel', async () => {
    await using temporary = await createTemporary()
    const canary = path.join(temporary.folder, 'canary')
    const projects = {
      top: [wheel('top', '1', { requires: ['evil'] })],
      evil: [wheel('evil', '0.9'), await maliciousSdist('evil', '1.0', canary)],
    }
    await using index = await servePythonIndex(projects)
    const answer = records(await solve(index, request([pip('top')])))
    expect(answer.map(({ name, version }) => `${name} ${version}`)).toEqual(['evil 0.9', 'top 1'])
    await expect(access(canary)).rejects.toThrow('ENOENT')
  })

  // Without the empty PATH and the check before, uv runs `git fetch` for the first two.
  it.each([
    ['a requirement of the environment file', pip('a', { url: 'git+https://example.org/a.git' })],
    ['a wheel’s own requirement', pip('top')],
  ])('is not fetched by git for %s', async (_, spec) => {
    await using temporary = await createTemporary()
    const calls = path.join(temporary.folder, 'calls')
    await writeFile(path.join(temporary.folder, 'git'), `#!/bin/sh\necho "$@" >> ${calls}\nexit 1\n`, { mode: 0o755 })
    const top = wheel('top', '1', { requires: ['a @ git+https://example.org/a.git'] })
    await using index = await servePythonIndex({ top: [top] })
    const env = { PATH: `${temporary.folder}:${process.env.PATH}` }
    for (const trusted of [true, false]) errorOf(await solve(index, request([spec]), { env, trusted }))
    await expect(access(calls)).rejects.toThrow('ENOENT')
  })

  it('is not asked for before the rules were checked: uv is not even looked for', async () => {
    const nobody = async () => Promise.reject(new Error('uv was asked for'))
    const refused = [
      request([pip('a', { url: 'git+https://example.org/a.git' })]),
      request([pip('a', { url: './local' })]),
      request([pip('a', { url: 'https://example.org/a.whl' })]),
      request([pip('--index-url=https://example.org')]),
      request([pip('a', { markers: "os_name == 'posix'\n--index-url https://example.org" })]),
      request([pip('a')], { repositories: ['https://example.org/simple'] }),
    ]
    for (const trusted of [true, false])
      for (const asked of refused) expect(errorOf(await solve(null, asked, { uv: nobody, trusted })).code).toBe('lock')
  })

  it('meets no token: uv gets neither the environment of the job nor a setting of the repository', async () => {
    await using temporary = await createTemporary()
    const seen = path.join(temporary.folder, 'seen')
    const wrapper = path.join(temporary.folder, 'uv')
    await mkdir(path.join(temporary.folder, 'x'))
    await writeFile(
      wrapper,
      `#!/bin/sh\n{ /usr/bin/env; echo "ARGS $*"; echo "CWD $(pwd)"; } > ${seen}\nexec ${uv} "$@"\n`,
    )
    await chmod(wrapper, 0o755)
    await using index = await servePythonIndex({ a: [wheel('a', '1')] })
    const secrets = {
      GITHUB_TOKEN: 'canary-1',
      INPUT_TOKEN: 'canary-2',
      AWS_SECRET_ACCESS_KEY: 'canary-3',
      UV_INDEX: 'https://canary-4/',
    }
    const env = {
      ...secrets,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'canary-5',
      VIRTUAL_ENV: '/canary-6',
      PYTHONPATH: '/canary-7',
    }
    records(await solve(index, request([pip('a')]), { env, uv: async () => wrapper }))
    const text = await readFile(seen, 'utf8')
    expect(text).not.toMatch(/canary/)
    expect(text).toMatch(/--no-config/)
    expect(/^CWD (.*)$/m.exec(text)?.[1]).not.toMatch(new RegExp(`^${repository}`))
  })
})

describe('errors', () => {
  it('name uv’s reason, the lines that ask, and what comes from conda', async () => {
    await using index = await servePythonIndex({
      top: [wheel('top', '1', { requires: ['numpy>=2'] })],
      other: [wheel('other', '1')],
    })
    const brought = [conda('python', '3.12.7', []), conda('numpy', '1.26.4')]
    const origin = { file: 'images/b/environment.yml', line: 12 }
    const specs = [pip('other'), pip('top', { version: '>=1', origin })]
    const { code, message, details } = errorOf(await solve(index, request(specs, { conda: brought })))
    expect([code, message]).toEqual([
      'solve',
      'the pip packages of linux-64 do not fit together: images/b/environment.yml:12 asks for top>=1',
    ])
    expect(details.join(' ')).toMatch(/top.* depends? on numpy>=2/)
    expect(details).toContain('numpy 1.26.4 comes from conda')
    expect(details.join('\n')).not.toMatch(/file:\/\/|from-conda/)
  })

  it('say what to do about a wheel from another host', async () => {
    await using index = await servePythonIndex({ a: [wheel('a', '1')] })
    const { code, message } = errorOf(
      await solve(index, request([pip('a')]), { allowedHosts: ['files.pythonhosted.org'] }),
    )
    expect([code, message]).toEqual(['lock', `pip package a 1 would come from ${index.host}`])
  })

  it.each(['nowhere', '/wheels', 'file:///wheels'])('say that the index %s is none', async (url) => {
    const answer = solve(null, request([pip('a')]), { env: { UV_DEFAULT_INDEX: url } })
    await expect(answer).rejects.toMatchObject({ code: 'solve', message: 'UV_DEFAULT_INDEX is no address of an index' })
  })

  it('say that python is missing among the conda packages', async () => {
    const { message, details } = errorOf(await solve(null, request([pip('a')], { conda: [] })))
    expect(message).toBe('there are pip packages but no python among the conda packages of linux-64')
    expect(details).toContain('images/a/environment.yml:7 asks for a')
  })

  it('do not blame the environment file for an index that cannot be reached', async () => {
    const { message, details } = errorOf(await solve(null, request([pip('a')])))
    expect(message).toMatch(/^uv cannot resolve the pip packages of linux-64: /)
    expect(details.join(' ')).toMatch(/127\.0\.0\.1:9/)
  }, 60_000)

  it('give up on a uv that hangs', async () => {
    await using temporary = await createTemporary()
    const hanging = path.join(temporary.folder, 'uv')
    await writeFile(hanging, '#!/bin/sh\nexec /bin/sleep 30\n', { mode: 0o755 })
    const { code, message } = errorOf(
      await solve(null, request([pip('a')]), { uv: async () => hanging, milliseconds: 300 }),
    )
    expect([code, message]).toEqual(['solve', 'uv has not resolved the pip packages of linux-64 in 0.3 s'])
  })

  it('stop a cancelled run instead of answering', async () => {
    const controller = new AbortController()
    controller.abort()
    await expect(solve(null, request([pip('a')]), { signal: controller.signal })).rejects.toThrow('cancelled')
  })

  it('of one request leave the others alone', async () => {
    await using index = await servePythonIndex({ a: [wheel('a', '1')] })
    await using temporary = await createTemporary()
    const env = { ...process.env, UV_DEFAULT_INDEX: index.url }
    const rest = { repository, temp: temporary.folder, trusted: true, allowedHosts: [index.host], uv: async () => uv }
    const answers = await createPipSolver({ ...rest, env }).solve([request([pip('nothing-such')]), request([pip('a')])])
    expect(answers.map((answer) => answer instanceof Error)).toEqual([true, false])
  })
})
