import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from '@jest/globals'
import type { ActionError } from '../../src/errors.ts'
import { type Command, execute, failure, output } from '../../src/tools/exec.ts'

/** A child whose program is this JavaScript. */
function node(script: string, overrides: Partial<Command> = {}): Command {
  return { file: process.execPath, args: ['-e', script], cwd: '/', env: { PATH: process.env.PATH }, ...overrides }
}

function shell(script: string, overrides: Partial<Command> = {}): Command {
  return { file: '/bin/sh', args: ['-c', script], cwd: '/', env: { PATH: process.env.PATH }, ...overrides }
}

describe('execute', () => {
  it('gives output as bytes, errors as text, and the exit code', async () => {
    const ended = await execute(shell("printf 'a\\0\\377'; echo oh >&2; exit 3"))
    expect(ended).toEqual({ status: 3, signal: null, stdout: Buffer.from([97, 0, 255]), stderr: 'oh\n' })
  })

  it('passes arguments and environment untouched, and nothing of its own', async () => {
    const args = ['-e', 'console.log(JSON.stringify([process.argv.slice(1), Object.keys(process.env)]))', '--']
    const hostile = ['$(id)', '`id`', 'a b', "'", '"', '\n', '--x', '*', '', 'é\u202e']
    const ended = await execute(node('', { args: [...args, ...hostile], env: { A: '1', B: undefined } }))
    expect(JSON.parse(ended.stdout.toString())).toEqual([hostile, ['A']])
  })

  it('gives lines as they come, the last one also without its end', async () => {
    const lines: string[] = []
    const said: string[] = []
    const script = "printf 'a\\r\\nb'; printf 'x\\ny' >&2"
    const ended = await execute(
      shell(script, { onStdout: (line) => lines.push(line), onStderr: (line) => said.push(line) }),
    )
    expect([lines, said, ended.stdout.length, ended.stderr]).toEqual([['a', 'b'], ['x', 'y'], 0, 'x\ny\n'])
  })

  it('keeps the end of long errors only', async () => {
    const ended = await execute(node('for (let i = 0; i < 30000; i++) console.error("line " + i)'))
    expect(ended.stderr.length).toBeLessThanOrEqual(64 * 1024)
    expect(ended.stderr.endsWith('line 29998\nline 29999\n')).toBe(true)
  })

  it('writes its input, and judges a child that does not read it by its exit code', async () => {
    expect((await output(shell('cat', { input: 'héllo' }))).toString()).toBe('héllo')
    const ended = await execute(shell('exec 0<&-; exit 4', { input: Buffer.alloc(4 * 1024 * 1024) }))
    expect(ended.status).toBe(4)
  })

  it('tells what could not be started, and why', async () => {
    await expect(execute(node('', { file: 'no-such-program' }))).rejects.toMatchObject({
      message: 'no-such-program is not installed (or not on PATH)',
    })
    await expect(execute(node('', { cwd: '/no/such/folder', code: 'git' }))).rejects.toMatchObject({
      code: 'git',
      message: expect.stringContaining('/no/such/folder is not a folder'),
    })
    await expect(execute(node('', { file: '/etc/passwd' }))).rejects.toMatchObject({
      message: expect.stringMatching(/^\/etc\/passwd could not be started: .*EACCES/),
    })
    await expect(execute(node('', { args: ['x'.repeat(4_000_000)] }))).rejects.toMatchObject({
      name: 'ActionError',
      message: expect.stringContaining('E2BIG'),
    })
  })
})

describe('output', () => {
  it('takes an end by a signal for a failure, also with nothing on stderr', async () => {
    await expect(output(shell('kill -KILL $$'))).rejects.toMatchObject({ message: 'sh was ended by SIGKILL' })
  })

  it('names command, exit code and last line, and gives the lines before as details', async () => {
    const script = 'for i in 1 2 3 4 5 6 7 8 9; do echo "e$i" >&2; done; echo >&2; exit 7'
    await expect(output(shell(script, { code: 'registry', title: 'buildx ls' }))).rejects.toMatchObject({
      code: 'registry',
      message: 'buildx ls ended with exit code 7: e9',
      details: ['e2', 'e3', 'e4', 'e5', 'e6', 'e7', 'e8'],
    })
  })

  it.each([
    [{ file: '/usr/bin/docker', args: ['--debug', 'buildx', 'ls'] }, 'docker buildx ended with exit code 1'],
    [{ file: 'buildx', args: [] }, 'buildx ended with exit code 1'],
    [{ file: 'docker', args: ['a=b', '/x'] }, 'docker ended with exit code 1'],
  ])('%j is called by its verb', (command, message) => {
    const ended = { status: 1, signal: null, stdout: Buffer.alloc(0), stderr: '' }
    expect(failure(command, ended).message).toBe(message)
  })
})

describe('a run that is cancelled', () => {
  const grandchild = `
    const { spawn } = require('node:child_process')
    const ignoring = 'process.on("SIGINT", () => {}); process.on("SIGHUP", () => {}); setInterval(() => {}, 1000); process.send?.(1)'
    const child = spawn(process.execPath, ['-e', ignoring], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    child.on('message', () => { child.disconnect(); child.unref(); console.log(child.pid) })`

  it('starts nothing any more', async () => {
    await expect(execute(node('', { signal: AbortSignal.abort() }))).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('asks the child to end, and is told apart from a failure', async () => {
    const controller = new AbortController()
    const script = 'process.on("SIGINT", () => process.exit(0)); setInterval(() => {}, 1000); console.log("up")'
    const running = execute(node(script, { signal: controller.signal, onStdout: () => controller.abort() }))
    await expect(running).rejects.toMatchObject({ code: 'cancelled', message: expect.stringContaining('cancelled') })
  })

  it('ends grandchildren, too: also those that ignore the signal and keep no pipe', async () => {
    const controller = new AbortController()
    let pid = 0
    const running = execute(
      node(`${grandchild}; setInterval(() => {}, 1000)`, {
        signal: controller.signal,
        onStdout: (line) => {
          pid = Number(line)
          controller.abort()
        },
      }),
    )
    const error: unknown = await running.catch((thrown) => thrown)
    expect((error as ActionError).code).toBe('cancelled')
    expect(pid).toBeGreaterThan(1)
    await expect(goneWithin(pid, 2000)).resolves.toBe(true)
  })

  it('kills a child that ignores the signal, after a while', async () => {
    const controller = new AbortController()
    const started = performance.now()
    const script = 'process.on("SIGINT", () => {}); setInterval(() => {}, 1000); console.log("up")'
    const running = execute(node(script, { signal: controller.signal, onStdout: () => controller.abort() }))
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    // GitHub's runner gives 7.5 s between its first and its second signal.
    expect(performance.now() - started).toBeLessThan(7500)
  }, 15_000)
})

async function goneWithin(pid: number, milliseconds: number): Promise<boolean> {
  for (const end = performance.now() + milliseconds; performance.now() < end; await sleep(20)) {
    try {
      process.kill(pid, 0)
    } catch {
      return true
    }
  }
  return false
}
