import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { parse } from 'yaml'
import type { Played, Stage } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { json, writesOf } from './flow.ts'
import { digestsOf, firstError, openSmallStage, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

const lock = (version: string) =>
  `# platform: linux-64\n@EXPLICIT\nhttps://conda.anaconda.org/conda-forge/noarch/dask-gateway-${version}-pyh_0.conda\n`
const page = '# Images\n\n<!-- buildx-action:images -->\nold\n<!-- /buildx-action:images -->\n\nBy hand.\n'
const stack = {
  'README.md': page,
  'images/base/Dockerfile': 'ARG TAG=stable\nFROM busybox:$TAG\nCOPY word /base\n',
  'images/base/word': 'one\n',
  'images/child/Dockerfile': 'FROM base\nCOPY word /child\n',
  'images/child/word': 'one\n',
  'images/child/conda-linux-64.lock': lock('2024.1.0'),
} as const

let world: World
let stage: Stage
let first: Played
let second: Played
let folder: string
beforeAll(async () => {
  world = await startTestWorld()
  stage = await openSmallStage(world, stack)
  first = await stage.push()
  const files = { 'images/child/word': 'two\n', 'images/child/conda-linux-64.lock': lock('2025.4.0') }
  second = await stage.push({ files }, { depth: 0 })
  folder = await stage.checkout('refs/heads/main', second.commit, 0)
  for (const [tag, { commit }] of Object.entries({ '2026.01': first, '2026.02': second }))
    await promisify(execFile)('git', ['tag', tag, commit], { cwd: folder })
})
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]()
  await world?.stop()
})

/** `node dist/cli.js history …` in a clone with all of the history. */
async function history(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  const command = [path.join(stage.actionDir, 'dist/cli.js'), 'history', '--registry', stage.prefix, ...args]
  const { GITHUB_ACTIONS: _, ...env } = world.env
  return await promisify(execFile)(process.execPath, command, { cwd: folder, env }).catch((error) => error)
}

describe('history', () => {
  it('tells what each commit published, and which image stands on which', async () => {
    const told = json((await history('--format', 'json', '--packages-of-interest', 'dask-gateway')).stdout)
    expect(told.published.map(({ commit }: { commit: string }) => commit)).toEqual([second.commit, first.commit])
    const [one, two] = [digestsOf(first), digestsOf(second)]
    expect(told.current.images).toMatchObject([
      { name: 'base', digest: two.base, tag: second.sha7, size: expect.any(Number), revision: first.commit },
      { name: 'child', digest: two.child, tag: second.sha7, revision: second.commit },
    ])
    expect(one.base).toBe(two.base)
    const name = (image: string, tag: string) => `${stage.prefix}/${image}:${tag}`
    // Fails if base, which the second commit only retagged, is told as one of its builds.
    expect(told.bases).toMatchObject([
      { image: name('child', second.sha7), base: name('base', first.sha7), commit: second.commit },
      { image: name('child', first.sha7), base: name('base', first.sha7), commit: first.commit },
      { image: name('base', first.sha7), base: expect.stringMatching(/busybox:stable@sha256:/) },
    ])
    expect(told.packages).toEqual([
      { package: 'dask-gateway', version: '2025.4.0', since: { child: '2026.02' } },
      { package: 'dask-gateway', version: '2024.1.0', since: { child: '2026.01' } },
    ])
  })

  it('shows a person the same, and writes to no registry', async () => {
    let shown = { stdout: '', stderr: '' }
    const writes = await writesOf(stage, async () => {
      shown = await history('--packages-of-interest', 'dask-gateway')
    })
    expect(writes).toEqual([])
    expect(shown.stdout).toContain(`\`${stage.prefix}/child:${second.sha7}\``)
    expect(shown.stdout).toContain('| dask-gateway | child |\n| --- | --- |\n| 2025.4.0 | 2026.02 |')
  })

  it('gives hubs the images of the tag that is asked for, by digest', async () => {
    const { singleuser } = parse((await history('child', '--show', 'jupyterhub', '--from', first.sha7)).stdout)
    expect(singleuser.profileList).toMatchObject([
      { kubespawner_override: { image: `${stage.prefix}/child@${digestsOf(first).child}` } },
    ])
    const set = parse((await history('--show', 'prepull')).stdout)
    expect(set.spec.template.spec.initContainers.map(({ image }: { image: string }) => image)).toEqual(
      ['base', 'child'].map((name) => `${stage.prefix}/${name}@${digestsOf(second)[name]}`),
    )
    const { stdout } = await history('child', '--show', 'binder', '--binder-repository', 'o/r')
    expect(stdout).toContain('https://mybinder.org/v2/gh/o/r/child')
  })

  it('resolves FROM in the Dockerfiles', async () => {
    const { stdout } = await history('--show', 'dockerfiles')
    expect(stdout).toMatch(/^ARG TAG=stable\n# FROM busybox:\$TAG\nFROM \S*busybox@sha256:[0-9a-f]{64}\nCOPY/m)
    expect(stdout).toContain(`# FROM base\nFROM ${stage.prefix}/base@${digestsOf(first).base}\n`)
  })

  it.each([
    [['--from', 'stable'], /base, child has no tag stable/, 1],
    [['--show', 'jupyterhb'], /input show: "jupyterhb" is not a value of it/, 2],
    [['--binder-repository', 'https://x'], /input binder-repository/, 2],
    [['--readme', '../x.md'], /input readme/, 2],
    [['--readme', 'images/base/none.md'], /input readme: images\/base\/none.md cannot be read/, 2],
    [['--wiki'], /input wiki: true, but there is no repository on GitHub or no token/, 2],
    [['nothing'], /there is no image "nothing"/, 2],
  ])('%j is refused', async (args, message, code) => {
    const ended = (await history(...args)) as { stderr: string; code?: number }
    expect(ended.stderr).toMatch(message)
    expect(ended.code).toBe(code)
  })

  it('rewrites the blocks of a page, and keeps all documents for later steps', async () => {
    const inputs = { command: 'history', readme: 'README.md' }
    const played = await stage.again(second.occasion, { inputs, depth: 0 })
    expect(firstError(played)).toBe('')
    const text = await readFile(path.join(played.workspace, 'README.md'), 'utf8')
    expect(text).toMatch(/^# Images\n\n<!-- buildx-action:images -->\n\n\| image \|/)
    expect(text).toMatch(/\n\n<!-- \/buildx-action:images -->\n\nBy hand\.\n$/)
    expect(text).toContain(`${stage.prefix}/child:${second.sha7}`)
    const kept = async (name: string) => await readFile(path.join(played.outputs.history!, name), 'utf8')
    expect(await kept('binder/child/Dockerfile')).toBe(`FROM ${stage.prefix}/child@${digestsOf(second).child}\n`)
    expect(json(await kept('history.json')).current.images).toHaveLength(2)
    expect(await kept('dockerfiles/child.Dockerfile')).toContain('# FROM base')
    expect(parse(await kept('prepull.yaml')).kind).toBe('DaemonSet')
  })
})

describe('a stack that never published', () => {
  it('is told so', async () => {
    await using fresh = await openSmallStage(world, stack)
    const played = await fresh.again(await fresh.prepare(), { inputs: { command: 'history' }, depth: 0 })
    expect(firstError(played)).toBe('')
    expect(json(await readFile(path.join(played.outputs.history!, 'history.json'), 'utf8'))).toMatchObject({
      published: [],
      bases: [],
      moves: [],
    })
  })
})
