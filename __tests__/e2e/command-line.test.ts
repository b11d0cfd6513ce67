import { spawn } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import type { Played, Stage } from '../../sandbox/play/stage.ts'
import type { World } from '../../sandbox/world/index.ts'
import { openSmallStage, smallImages, startTestWorld } from './small-stack.ts'

jest.setTimeout(20 * 60_000)

let world: World
let stage: Stage
let published: Played
let folder: string
beforeAll(async () => {
  world = await startTestWorld()
  stage = await openSmallStage(world)
  published = await stage.push()
  await stage.commit({ files: { 'images/child/word': 'two\n' } })
  folder = await stage.checkout('refs/heads/main', await stage.commit({ files: { 'README.md': 'x\n' } }), 0)
})
afterAll(async () => {
  await stage?.[Symbol.asyncDispose]()
  await world?.stop()
})

const escapeCharacter = String.fromCodePoint(27)
/** Sequences that move or clear, and those that colour. */
const moves = new RegExp(`${escapeCharacter}\\[\\d*[AKJG]`)
const colours = new RegExp(`${escapeCharacter}\\[\\d+m`)

interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Runs `node dist/cli.js` in the checkout; with a pty, all goes through it as in somebody's terminal. */
async function cli(
  args: readonly string[],
  options: { env?: Record<string, string>; pty?: boolean | 'sizeless'; cwd?: string } = {},
): Promise<Ended> {
  const command = [process.execPath, path.join(stage.actionDir, 'dist/cli.js'), ...args]
  const quoted = command.map((word) => `'${word.replaceAll("'", "'\\''")}'`).join(' ')
  const size = options.pty === 'sizeless' ? 'rows 0 cols 0' : 'rows 40 cols 100'
  const [file = '', ...rest] = options.pty
    ? ['script', '--quiet', '--return', '--command', `stty ${size}; ${quoted}`, '/dev/null']
    : command
  const { CI: _, GITHUB_ACTIONS: __, NO_COLOR: ___, FORCE_COLOR: ____, ...env } = world.env
  return await new Promise((resolve, reject) => {
    const child = spawn(file, rest, {
      cwd: options.cwd ?? folder,
      env: { ...env, TERM: 'xterm-256color', COLUMNS: '100', ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const texts = { stdout: '', stderr: '' }
    child.stdout.setEncoding('utf8').on('data', (text: string) => (texts.stdout += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (texts.stderr += text))
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...texts }))
  })
}

describe('plan', () => {
  it('tells a person what would be done, on stdout and without colour when it is piped', async () => {
    const { code, stdout, stderr } = await cli(['plan', '--base', published.commit])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/4 images, 2 to build/)
    expect(stdout).toMatch(/child +build +word changed/)
    expect(stdout).not.toContain(escapeCharacter)
  })

  // Fails if anything but the JSON is on stdout, or its shape is not the documented one.
  it('prints JSON and nothing else for --format json', async () => {
    const { code, stdout, stderr } = await cli(['plan', '--format', 'json', '--base', published.commit])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const plan = JSON.parse(stdout)
    expect(Object.keys(plan)).toEqual(['trigger', 'images', 'order'])
    expect(plan.order).toEqual([...smallImages])
    const { action, reason, parents, dockerfile, fingerprint } = plan.images[1]
    expect({ action, reason, parents, dockerfile, fingerprint }).toEqual({
      action: 'build',
      reason: 'word changed',
      parents: ['base'],
      dockerfile: 'images/child/Dockerfile',
      fingerprint: null,
    })
  })

  it('plans every image as changed without --base', async () => {
    const { images } = JSON.parse((await cli(['plan', '--format', 'json'])).stdout)
    expect(images.map(({ action }: { action: string }) => action)).toEqual(['build', 'build', 'build', 'build'])
  })

  it('takes the event that --event-name and --event-path give', async () => {
    const file = path.join(stage.dir, 'event.json')
    await writeFile(file, JSON.stringify(published.occasion.event))
    const { code, stdout, stderr } = await cli([
      'plan',
      '--format',
      'json',
      '--event-name',
      'push',
      '--event-path',
      file,
    ])
    expect([code, stderr]).toEqual([0, expect.stringMatching(/^push refs\/heads\/main: trusted/)])
    expect(JSON.parse(stdout).trigger).toMatchObject({ kind: 'push', trust: 'trusted', defaultBranch: 'main' })
  })

  it('needs no builder and no registry, and no git', async () => {
    const bare = await mkdtemp(path.join(tmpdir(), 'bare-'))
    try {
      await writeFile(path.join(bare, 'Dockerfile'), 'FROM busybox\n')
      const { code, stdout } = await cli(['plan'], { cwd: bare, env: { BUILDX_BUILDER: 'nobody' } })
      expect([code, stdout]).toEqual([0, expect.stringContaining('1 to build')])
    } finally {
      await rm(bare, { recursive: true })
    }
  })
})

describe('build', () => {
  // Fails if progress gets into stdout, or an image is pushed unasked.
  it('prints the result on stdout and progress on stderr', async () => {
    const before = await stage.tags()
    const { code, stdout, stderr } = await cli(['build', 'child'])
    expect(code).toBe(0)
    expect(stdout.split('\n')[0]).toMatch(/^✓ 2 built/)
    expect(stderr).toMatch(/^\[\d:\d\d\] child: built in/m)
    expect(await stage.tags()).toEqual(before)
  })

  it('prints valid JSON when it is piped, and nothing on stderr with --quiet', async () => {
    const { code, stdout, stderr } = await cli(['build', 'child', '--format', 'json', '--quiet'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const outcomes = JSON.parse(stdout).results.map(({ name, outcome }: { name: string; outcome: string }) => [
      name,
      outcome,
    ])
    expect(Object.fromEntries(outcomes)).toMatchObject({ base: 'built', child: 'built' })
  })

  it('ends with 1 where an image fails, and says which line', async () => {
    const file = path.join(folder, 'images/sibling/Dockerfile')
    await writeFile(file, 'FROM base\nRUN echo before; exit 7\n')
    const { code, stdout, stderr } = await cli(['build', 'sibling', '--quiet'])
    expect(code).toBe(1)
    expect(stdout).toMatch(/exit code 7/)
    expect(stdout).toContain('images/sibling/Dockerfile:2')
    expect(stderr).toMatch(/^error: sibling failed/m)
  })

  // Fails if a SHA tag could name what its commit does not hold.
  it('refuses to push a work tree that differs from its commit', async () => {
    await writeFile(path.join(folder, 'images/base/word'), 'dirty\n')
    const { code, stderr } = await cli(['build', 'base', '--push', '--registry', stage.prefix])
    expect(code).toBe(2)
    expect(stderr).toMatch(/work tree differs from its commit[\s\S]*commit your changes/)
  })
})

describe('a terminal', () => {
  it('gets one live line an image, redrawn, and colours', async () => {
    const { code, stdout } = await cli(['build', 'base', 'child', '--no-cache'], { pty: true })
    expect(code).toBe(0)
    expect(stdout).toMatch(moves)
    expect(stdout).toMatch(colours)
    expect(stdout).toContain('waiting for base')
    expect(stdout).toMatch(/✓.* built/)
  })

  // Fails if progress is drawn into no room at all.
  it('of no size gets lines', async () => {
    const { code, stdout } = await cli(['build', 'child', '--no-cache'], { pty: 'sizeless' })
    expect(code).toBe(0)
    expect(stdout).toMatch(/^\[\d:\d\d\] child: built in/m)
  })

  it('gets no colour with NO_COLOR', async () => {
    const { stdout } = await cli(['plan'], { pty: true, env: { NO_COLOR: '1' } })
    expect(stdout).not.toMatch(colours)
  })

  it('gets the result alone with --quiet', async () => {
    const { code, stdout } = await cli(['build', 'base', '--quiet'], { pty: true })
    expect(code).toBe(0)
    expect(stdout).not.toMatch(moves)
    expect(stdout).not.toContain('waiting')
  })
})

// Each fails if the exit code is not 2, the message lacks the remedy, or something is printed on stdout.
describe('wrong usage', () => {
  it.each([
    [['bild'], /"bild" is no command[\s\S]*build/],
    [['plan', '--registri', 'x'], /--registri[\s\S]*--registry/],
    [['plan', '--format', 'yaml'], /"yaml" is not a format/],
    [['plan', '--event-name', 'push'], /--event-name and --event-path go together/],
    [['plan', '--base', 'nowhere'], /--base: "nowhere" is not a commit/],
    [['plan', '--repo', '/no/where'], /--repo: "\/no\/where" is not a folder/],
    [['plan', 'chlid'], /chlid[\s\S]*child/],
    [['build', '--jobs', '0'], /jobs[\s\S]*"0"/],
  ])('%j', async (args, message) => {
    const { code, stdout, stderr } = await cli(args)
    expect([code, stdout]).toEqual([2, ''])
    expect(stderr).toMatch(message)
    expect(stderr.split('\n').length).toBeLessThanOrEqual(6)
    expect(stderr).not.toMatch(/ at .*\.js:\d+/)
  })

  it('shows usage without a command, and with --help', async () => {
    expect(await cli([])).toMatchObject({ code: 2, stdout: expect.stringContaining('usage:') })
    expect(await cli(['--help'])).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('exit code: 0 done'),
      stderr: '',
    })
  })
})
