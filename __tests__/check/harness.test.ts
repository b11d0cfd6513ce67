import { execFileSync } from 'node:child_process'
import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { places } from '../../src/check/harness.ts'
import { readJUnit } from '../../src/check/junit.ts'
import { readResults } from '../../src/check/results.ts'
import { needsShell, testScripts } from '../../src/check/test-scripts.ts'
import type { TestGroup } from '../../src/stack/tests.ts'
import { readWritten } from '../../src/tools/written-files.ts'
import { createTemporary } from '../helpers/temporary.ts'

const group = (overrides: Partial<TestGroup>): TestGroup => ({
  ...{ image: 'base', commands: [], folder: null, network: 'none', allowFailure: false, place: null },
  ...overrides,
})

/** Runs the scripts of a group as the image's shell does, with the places of a folder of the machine. */
async function play(tested: TestGroup, files: Readonly<Record<string, string>> = {}, env: Record<string, string> = {}) {
  await using temporary = await createTemporary()
  const at = (name: string) => path.join(temporary.folder, name)
  for (const folder of ['out', 'run', 'tests']) await mkdir(at(folder))
  for (const [name, text] of Object.entries(files)) {
    await mkdir(path.dirname(at(`tests/${name}`)), { recursive: true })
    await writeFile(at(`tests/${name}`), text)
    if (text.startsWith('#!')) await chmod(at(`tests/${name}`), 0o755)
  }
  for (const [name, text] of testScripts([tested])) {
    const moved = text
      .replaceAll(places.out, at('out'))
      .replaceAll(places.run, at('run'))
      .replaceAll(places.tests, at('tests'))
    await writeFile(at(`run/${name}`), moved)
  }
  execFileSync('/bin/sh', [at('run/0.sh')], { env: { PATH: process.env.PATH, ...env }, stdio: 'ignore' })
  const written = await readWritten(at('out'), () => 100_000)
  return readResults([tested], written, { read: readJUnit, platform: null }).cases.map(
    ({ name, outcome, reason, tail }) => ({ name, outcome, reason, tail }),
  )
}

describe('the harness', () => {
  it('runs commands as they are written', async () => {
    const odd = ["it's", '$HOME', 'a  b', '`x`', '"', '\\n', '*']
    const cases = await play(
      group({
        commands: ['echo "a"\nfalse || echo b >&2', ['printf', '<%s>', ...odd], 'exit 7', 'set -e; false; true'],
      }),
    )
    expect(cases.map(({ outcome, tail }) => [outcome, tail])).toEqual([
      ['passed', ['a', 'b']],
      ['passed', [odd.map((word) => `<${word}>`).join('')]],
      ['failed', []],
      ['failed', []],
    ])
  })

  it('does not wait for what a command leaves running, and gives it nothing to read', async () => {
    const started = Date.now()
    const cases = await play(group({ commands: ['sleep 8 & echo started', 'cat'] }))
    expect(cases.map(({ outcome, tail }) => [outcome, tail])).toEqual([
      ['passed', ['started']],
      ['passed', []],
    ])
    expect(Date.now() - started).toBeLessThan(5000)
  })

  it('finds scripts, and runs each in the folder', async () => {
    const files = {
      'a.sh': 'cat data',
      'b c.sh': '#!/bin/sh\necho "$tests" | grep -q tests$',
      data: 'x',
      'sub/d.sh': 'exit 1',
    }
    const cases = await play(group({ folder: 'base/tests' }), files)
    expect(cases.map(({ name, outcome, tail }) => [name, outcome, tail])).toEqual([
      ['a.sh', 'passed', ['x']],
      ['b c.sh', 'passed', []],
    ])
  })

  it('runs with nothing but a shell', async () => {
    const cases = await play(group({ commands: ['echo x', 'exit 2'] }), {}, { PATH: '/nowhere' })
    expect(cases.map(({ outcome, tail }) => [outcome, tail])).toEqual([
      ['passed', ['x']],
      ['failed', []],
    ])
  })
})

it.each<[Partial<TestGroup>, boolean]>([
  [{ commands: [['a']] }, false],
  [{ commands: [['a'], 'b'] }, true],
  [{ commands: [['a']], folder: 'tests' }, true],
])('needsShell %j: %s', (overrides, expected) => {
  expect(needsShell([group(overrides)])).toBe(expected)
})
