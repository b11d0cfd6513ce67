import { existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { type Buildx, findBuildx, hasEngine } from '../../src/tools/buildx.ts'
import { installPrograms } from '../helpers/programs.ts'
import { createTemporary } from '../helpers/temporary.ts'

const listed = [
  {
    Name: 'default',
    Driver: 'docker',
    Current: true,
    Nodes: [{ Status: 'running', Platforms: ['linux/amd64', 'linux/386'] }],
  },
  {
    Name: 'two',
    Driver: 'docker-container',
    Nodes: [
      { Status: 'running', Platforms: ['linux/amd64'] },
      { Status: 'inactive', Platforms: ['linux/arm64', 'linux/amd64'] },
    ],
  },
  { Name: 'gone', Driver: '', Err: 'no such context' },
  { Name: 'down', Driver: 'remote', Nodes: [{ Status: 'error', Err: 'connection refused' }] },
]

/** A docker with buildx that keeps what it was asked in `log`, and answers. */
function docker(log: string, answers: Readonly<Record<string, string>> = {}): string {
  return `
    require('node:fs').appendFileSync(${JSON.stringify(log)}, JSON.stringify(args) + '\\n')
    const answers = ${JSON.stringify(answers)}
    if (args[0] === 'info') console.log(answers.info ?? '[["driver-type","overlay2"]]')
    else if (args[1] === 'version') console.log('github.com/docker/buildx v0.36.1 abc')
    else if (args[1] === 'ls') console.log(answers.ls)
    else if (args[1] === 'bake') { for (const line of ['one', 'two']) console.error(line + ' ' + process.env.SECRET); process.exit(answers.bake ? 1 : 0) }
    else if (args[1] === 'imagetools') { if (answers.imagetools) { console.error(answers.imagetools); process.exit(1) } }
    else if (args[1] === 'rm') process.exit(1)`
}

async function withDocker(
  answers: Readonly<Record<string, string>>,
  use: (buildx: Buildx, asked: () => string[][]) => Promise<void>,
) {
  await using temporary = await createTemporary()
  const log = `${temporary.folder}/log`
  const PATH = installPrograms(temporary.folder, { docker: docker(log, answers) })
  const buildx = await findBuildx({ cwd: temporary.folder, env: { PATH, HOME: temporary.folder } })
  await use(buildx, () =>
    readFileSync(log, 'utf8')
      .trim()
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line)),
  )
}

describe('findBuildx', () => {
  it.each([
    [
      'docker’s plugin first',
      { docker: "console.log('buildx v1.2.3-rc1')", buildx: "console.log('v9.9.9')" },
      '1.2.3-rc1',
    ],
    ['buildx alone where docker has none', { docker: 'process.exit(1)', buildx: "console.log('x v9.9.9')" }, '9.9.9'],
    ['buildx alone without docker', { buildx: "console.log('github.com/docker/buildx v0.36.1 x')" }, '0.36.1'],
  ])('finds %s', async (_title, programs, version) => {
    await using temporary = await createTemporary()
    const PATH = installPrograms(temporary.folder, programs)
    expect((await findBuildx({ cwd: '/', env: { PATH, HOME: temporary.folder } })).version).toBe(version)
  })

  it.each([
    ['in the configuration folder', (plugins: string, config: string) => symlinkSync(plugins, `${config}/cli-plugins`)],
    [
      'in a folder that the configuration names',
      (plugins: string, config: string) =>
        writeFileSync(`${config}/config.json`, JSON.stringify({ cliPluginsExtraDirs: [7, plugins] })),
    ],
  ])('finds docker’s plugin %s without docker’s help', async (_title, place) => {
    await using temporary = await createTemporary()
    const config = `${temporary.folder}/config`
    mkdirSync(config)
    const plugin = "console.log('github.com/docker/buildx v0.36.2 x')"
    place(installPrograms(`${temporary.folder}/plugin`, { 'docker-buildx': plugin }), config)
    const PATH = installPrograms(temporary.folder, { docker: 'process.exit(1)' })
    expect((await findBuildx({ cwd: '/', env: { PATH, DOCKER_CONFIG: config } })).version).toBe('0.36.2')
  })

  it.each<[string, Record<string, string>]>([
    ['neither is there', {}],
    ['what is called buildx is another thing', { buildx: "console.log('hello')" }],
  ])('says what to install where %s', async (_title, programs) => {
    await using temporary = await createTemporary()
    const PATH = installPrograms(temporary.folder, programs)
    await expect(findBuildx({ cwd: '/', env: { PATH, HOME: temporary.folder } })).rejects.toMatchObject({
      code: 'builder',
      message: 'there is neither `docker buildx` nor `buildx` on PATH',
      details: [expect.stringContaining('setup-buildx-action'), expect.any(String)],
    })
  })

  it('does not take a cancelled run for a missing buildx', async () => {
    const signal = AbortSignal.abort()
    await expect(findBuildx({ cwd: '/', env: process.env, signal })).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('builders', () => {
  it('are told as facts', async () => {
    const ls = listed.map((builder) => JSON.stringify(builder)).join('\n')
    await withDocker({ ls }, async (buildx) => {
      expect(await buildx.builders()).toEqual([
        {
          name: 'default',
          driver: 'docker',
          current: true,
          running: true,
          nodes: 1,
          platforms: ['linux/amd64', 'linux/386'],
          containerdStore: false,
          error: null,
        },
        expect.objectContaining({ name: 'two', running: false, nodes: 2, platforms: ['linux/amd64', 'linux/arm64'] }),
        expect.objectContaining({ name: 'gone', running: false, error: 'no such context' }),
        expect.objectContaining({ name: 'down', running: false, error: 'connection refused' }),
      ])
    })
  })

  it('know of containerd’s image store', async () => {
    const info = '[["driver-type","io.containerd.snapshotter.v1"]]'
    await withDocker({ ls: JSON.stringify(listed[0]), info }, async (buildx) => {
      expect((await buildx.builders())[0]?.containerdStore).toBe(true)
    })
  })

  it('are none where there are none', async () => {
    await withDocker({ ls: '' }, async (buildx) => expect(await buildx.builders()).toEqual([]))
  })
})

describe('commands', () => {
  it('are arguments, whatever they hold', async () => {
    await withDocker({}, async (buildx, asked) => {
      await buildx.bootstrap('b; id')
      await buildx.create('$(id)')
      await buildx.remove('b')
      await buildx.copy({ builder: 'b', source: 'q.io/p/x@sha256:1', tags: ['q.io/p/x:a', 'q.io/p/x:b'] })
      await buildx.copy({ builder: null, source: 's', tags: ['t'] })
      expect(asked()).toEqual([
        ['buildx', 'inspect', '--bootstrap', 'b; id'],
        ['buildx', 'create', '--name', '$(id)', '--driver', 'docker-container', '--bootstrap'],
        ['buildx', 'rm', '--force', 'b'],
        [
          ...['buildx', 'imagetools', 'create', '--prefer-index=false', '--builder', 'b'],
          ...['--tag', 'q.io/p/x:a', '--tag', 'q.io/p/x:b', 'q.io/p/x@sha256:1'],
        ],
        ['buildx', 'imagetools', 'create', '--prefer-index=false', '--tag', 't', 's'],
      ])
    })
  })

  it('bake gives its lines and its end, and sees the variables of secrets alone', async () => {
    const lines: string[] = []
    await withDocker({ bake: 'fails' }, async (buildx) => {
      const ended = await buildx.bake(['x'], (line) => void lines.push(line), { SECRET: 's' })
      expect(ended.status).toBe(1)
    })
    expect(lines).toEqual(['one s', 'two s'])
  })

  it('a copy that fails is told with its reason', async () => {
    await withDocker({ imagetools: 'ERROR: unexpected status: 403 Forbidden' }, async (buildx) => {
      await expect(buildx.copy({ builder: null, source: 's', tags: ['t'] })).rejects.toMatchObject({
        code: 'registry',
        message: 'docker buildx ended with exit code 1: ERROR: unexpected status: 403 Forbidden',
      })
    })
  })
})

describe('hasEngine', () => {
  it('asks the engine, not the command', async () => {
    await using temporary = await createTemporary()
    const up = installPrograms(`${temporary.folder}/up`, { docker: "console.log('28.5.0')" })
    const down = installPrograms(`${temporary.folder}/down`, { docker: 'process.exit(1)' })
    expect(await hasEngine({ cwd: '/', env: { PATH: up } })).toBe(true)
    expect(await hasEngine({ cwd: '/', env: { PATH: down } })).toBe(false)
    expect(await hasEngine({ cwd: '/', env: { PATH: '/nonexistent' } })).toBe(false)
    expect(existsSync('/nonexistent')).toBe(false)
  })
})
