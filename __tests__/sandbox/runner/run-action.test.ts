import { mkdir, mkdtemp, readFile, realpath, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { runAction } from '../../../sandbox/runner/run-action.ts'

// A shared machine may be slow to start processes.
jest.setTimeout(60_000)

const event = {
  ref: 'refs/heads/main',
  after: 'a'.repeat(40),
  repository: { id: 7, full_name: 'o/r' },
  sender: { login: 'ann' },
}

let root = ''
beforeEach(async () => {
  root = await realpath(await mkdtemp(path.join(tmpdir(), 'action-')))
  await mkdir(path.join(root, 'workspace'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

/** An action of two scripts in a folder, run with a push event. */
async function run(
  { main, post, postIf, inputs = '{}' }: { main: string; post?: string; postIf?: string; inputs?: string },
  options: Partial<Parameters<typeof runAction>[0]> = {},
) {
  const lines = ['name: t', `inputs: ${inputs}`, 'runs:', '  using: node24', '  main: main.mjs']
  if (post !== undefined) lines.push('  post: post.mjs')
  if (postIf !== undefined) lines.push(`  post-if: ${postIf}`)
  await writeFile(path.join(root, 'action.yml'), lines.join('\n'))
  await writeFile(path.join(root, 'main.mjs'), `import fs from 'node:fs'\nconst { env } = process\n${main}`)
  await writeFile(path.join(root, 'post.mjs'), `import fs from 'node:fs'\nconst { env } = process\n${post ?? ''}`)
  return runAction({ actionDir: root, workspace: path.join(root, 'workspace'), event, eventName: 'push', ...options })
}

describe('the environment', () => {
  it('has inputs, their defaults with expressions, GITHUB_* and the event, and nothing of this machine', async () => {
    const inputs = `{plain: {default: 3}, token: {default: "\${{ github.token }}"}, 'two words-x': {}, where: {default: "\${{ github.workspace }}/a"}}`
    const { outputs, annotations } = await run(
      {
        inputs,
        main: `fs.appendFileSync(env.GITHUB_OUTPUT, 'seen<<E\\n' + JSON.stringify({env, cwd: process.cwd(), event: JSON.parse(fs.readFileSync(env.GITHUB_EVENT_PATH))}) + '\\nE\\n')`,
      },
      { inputs: { 'Two words-x': true, other: 1 }, token: 't0k', env: { MINE: 'yes' } },
    )
    const seen = JSON.parse(outputs.seen ?? '')
    expect(seen.event).toEqual(event)
    expect(seen.cwd).toBe(path.join(root, 'workspace'))
    expect(seen.env).toMatchObject({
      INPUT_PLAIN: '3',
      INPUT_TOKEN: 't0k',
      'INPUT_TWO_WORDS-X': 'true',
      INPUT_WHERE: `${root}/workspace/a`,
      INPUT_OTHER: '1',
      MINE: 'yes',
      GITHUB_SHA: 'a'.repeat(40),
      GITHUB_REF: 'refs/heads/main',
      GITHUB_REF_NAME: 'main',
      GITHUB_REF_TYPE: 'branch',
      GITHUB_REPOSITORY: 'o/r',
      GITHUB_REPOSITORY_ID: '7',
      GITHUB_ACTOR: 'ann',
      GITHUB_EVENT_NAME: 'push',
      RUNNER_OS: 'Linux',
    })
    expect(Object.keys(seen.env).filter((name) => /^(npm|NODE|JEST)_/.test(name))).toEqual([])
    expect(annotations).toEqual([{ level: 'warning', message: expect.stringContaining("Unexpected input(s) 'other'") }])
  })

  it('refuses an expression that it cannot resolve', () =>
    expect(run({ inputs: '{a: {default: "${{ secrets.X }}"}}', main: '' })).rejects.toThrow('secrets.X'))
})

describe('results', () => {
  it('hands state, variables and paths to the post step, and keeps its results apart', async () => {
    const result = await run(
      {
        main: `
        fs.appendFileSync(env.GITHUB_STATE, 'builder=one\\n')
        fs.appendFileSync(env.GITHUB_ENV, 'A=1\\nGITHUB_SHA=forged\\n')
        fs.appendFileSync(env.GITHUB_PATH, '/first\\n/second\\n')
        fs.appendFileSync(env.GITHUB_STEP_SUMMARY, '# Done t0k')
        console.log('::save-state name=old::way')
        console.log('::error file=Dockerfile,line=2::bad')
        console.log('the token is t0k')`,
        post: `console.log([env.STATE_builder, env.STATE_old, env.A, env.PATH.split(':').slice(0, 2), env.GITHUB_SHA.length].join(' '))`,
      },
      { token: 't0k' },
    )
    expect(result).toMatchObject({
      outcome: 'success',
      exitCode: 0,
      state: { builder: 'one', old: 'way' },
      path: ['/first', '/second'],
      summary: '# Done ***',
      annotations: [{ level: 'error', message: 'bad', file: 'Dockerfile', line: 2 }],
      log: '##[error]bad\nthe token is ***',
    })
    expect(result.stdout).toContain('the token is t0k')
    expect(result.post).toMatchObject({ outcome: 'success', log: 'one way 1 /second,/first 40', state: {} })
  })

  it('is red for an exit code, for a refused command and for a file that cannot be read', async () => {
    expect(await run({ main: 'process.exit(3)', post: '' })).toMatchObject({
      outcome: 'failure',
      exitCode: 3,
      post: { outcome: 'success' },
    })
    expect(await run({ main: `console.log('::add-path::/x')` })).toMatchObject({
      outcome: 'failure',
      exitCode: 0,
      post: null,
    })
    expect(await run({ main: `fs.writeFileSync(env.GITHUB_OUTPUT, 'x')` })).toMatchObject({ outcome: 'failure' })
  })

  it.each([
    ['success()', false],
    ['failure()', true],
    ['always()', true],
  ])('obeys post-if: %s', async (postIf, ran) => {
    const { post } = await run({ main: 'process.exit(1)', post: '', postIf })
    expect(post !== null).toBe(ran)
  })

  it('reads both streams, long and cut lines, and a last line without an end', async () => {
    const { groups, log } = await run({
      main: `
        const pause = () => new Promise((done) => setTimeout(done, 60))
        process.stdout.write('::gro'); await pause(); process.stdout.write('up::é'); await pause(); process.stdout.write('\\r'); await pause()
        process.stdout.write('\\nfirst\\rsecond\\n'); await pause()
        process.stderr.write('::endgroup::\\n'); await pause()
        process.stdout.write('x'.repeat(200_000) + '\\nlast')`,
    })
    expect(groups).toEqual([{ title: 'é', lines: ['first', 'second'] }])
    expect(log.split('\n').map((line) => line.length)).toEqual([10, 5, 6, 12, 200_000, 4])
  })
})

describe('cancelling', () => {
  const ready = `console.log('ready'); setInterval(() => {}, 1000)`

  it('sends SIGINT first and runs the post step', async () => {
    const result = await run(
      {
        main: `process.on('SIGINT', () => { console.log('stopping'); process.exit(0) }); ${ready}`,
        post: `console.log('clean')`,
      },
      { signals: { when: /ready/ } },
    )
    expect(result).toMatchObject({ outcome: 'cancelled', exitCode: 0, log: 'ready\nstopping', post: { log: 'clean' } })
  })

  it('goes on to SIGTERM and SIGKILL', async () => {
    const result = await run(
      { main: `for (const name of ['SIGINT', 'SIGTERM']) process.on(name, () => console.log(name)); ${ready}` },
      { signals: { when: /ready/, interruptMs: 600, terminateMs: 600 } },
    )
    expect(result).toMatchObject({ outcome: 'cancelled', signal: 'SIGKILL', log: 'ready\nSIGINT\nSIGTERM' })
  })

  it('signals the process alone, tells what it left behind and ends that at last', async () => {
    const child = `import('node:child_process').then(({ spawn }) => { const { pid } = spawn('sleep', ['60'], { stdio: 'ignore' }); fs.appendFileSync(env.GITHUB_OUTPUT, 'pid=' + pid + '\\n'); console.log('ready') })`
    const result = await run({ main: `${child}; setInterval(() => {}, 1000)` }, { signals: { when: /ready/ } })
    const pid = Number(result.outputs.pid)
    expect(result.orphans).toEqual([{ pid, command: 'sleep 60' }])
    expect(await gone(pid)).toBe(true)
  })

  it('gives up on a step that never ends', () =>
    expect(run({ main: ready }, { timeoutMs: 300 })).rejects.toThrow('still running after 300 ms'))
})

/** Whether a process ends within five seconds; one that is dead but not yet waited for (Z) has ended. */
async function gone(pid: number): Promise<boolean> {
  for (let tries = 0; tries < 250; tries += 1) {
    const status = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => ') Z')
    if (/\) [ZX]/.test(status)) return true
    await delay(20)
  }
  return false
}
